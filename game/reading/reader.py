"""The reading thread: strokes in, readings back as pygame events; the frame never waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pygame

from game.backends import label
from game.ink.strokes import InkArray

if TYPE_CHECKING:
    from recognizer import Reading

# .ticket, .reading (None where it failed), .free (the same ink read without knowing how many
# digits it is, where that was asked for), .error (a sentence or None)
READING = pygame.event.custom_type()
READER_READY = (
    pygame.event.custom_type()
)  # .wanted, .backend, .backends, .notice (a sentence or None), .learns_hands
READER_FAILED = pygame.event.custom_type()  # .backend, .error (a sentence)
# .count (samples that now help to read), .error (a sentence where there are some and none helps)
HAND_LEARNED = pygame.event.custom_type()

DEFAULT_BACKEND = "cnn"
CANNOT_LEARN = "This recognizer cannot learn a hand; it reads as it always does."
CLOSING_SECONDS = 5.0  # s to wait for a library that is just being imported
log = logging.getLogger(__name__)


class SupportsRead(Protocol):
    """What the game needs of a recognizer."""

    def read(self, strokes: Sequence[InkArray], length: int | None = None) -> Reading: ...


# The player's own digits: each as a character, with its ink.
HandInk = Sequence[tuple[str, Sequence[Sequence[Sequence[float]]]]]


@runtime_checkable
class SupportsHand(Protocol):
    """What it needs of one that may learn the player's hand."""

    @property
    def learns_hands(self) -> bool: ...

    def learn_hand(self, samples: HandInk) -> None: ...


@dataclass(frozen=True)
class Loaded:
    """A recognizer that is ready, and what else could be chosen."""

    recognizer: SupportsRead
    backend: str
    backends: tuple[str, ...]
    notice: str | None = (
        None  # a sentence for the player, where another backend than the wanted one came
    )


def load_recognizer(backend: str) -> Loaded:
    """Load a backend; one that is not installed falls back to another, with a notice."""
    # Imported here, in the reading thread: the window does not wait for the inference library.
    from recognizer import Recognizer, available_backends

    backends = tuple(available_backends())
    notice = None
    if backend not in backends and backends:
        fallback = DEFAULT_BACKEND if DEFAULT_BACKEND in backends else backends[0]
        notice = (
            f"The recognizer {label(backend)} is not installed; {label(fallback)} reads instead."
        )
        backend = fallback
    return Loaded(Recognizer(backend), backend, backends, notice)


@dataclass(frozen=True)
class _Load:
    backend: str


@dataclass(frozen=True)
class _Read:
    ticket: int
    strokes: Sequence[InkArray]
    length: int | None
    freely: bool  # whether it is to be read without the length as well


@dataclass(frozen=True)
class _Learn:
    pass


class Reader:
    """Owns the recognizer and its thread. All methods return at once."""

    def __init__(
        self,
        load: Callable[[str], Loaded] = load_recognizer,
        post: Callable[[pygame.event.Event], object] = pygame.event.post,
    ) -> None:
        self._load = load
        self._post = post
        self._wake = threading.Condition()
        self._wanted_load: _Load | None = None
        self._wanted_read: _Read | None = None  # only the newest ink is worth reading
        self._hand: HandInk = ()  # never changed, only replaced: the thread may be learning it
        self._wanted_learn = False
        self._closing = False
        self._ticket = 0
        self._thread = threading.Thread(target=self._work, name="reader", daemon=True)
        self._thread.start()

    def use(self, backend: str) -> None:
        """Switch to a backend; READER_READY or READER_FAILED tells how it went."""
        with self._wake:
            self._wanted_load = _Load(backend)
            self._wake.notify()

    def learn(self, hand: HandInk) -> None:
        """Read with the help of these digits from the next reading on, whatever the backend.

        None at all: without help. HAND_LEARNED tells how it went.
        """
        with self._wake:
            self._hand = tuple(hand)
            self._wanted_learn = True
            self._wake.notify()

    def request(
        self, strokes: Sequence[InkArray], length: int | None, *, freely: bool = False
    ) -> int:
        """Ask for a reading and return its ticket; a request that was not begun yet is replaced.

        `freely` asks for a second reading that is not told the length.
        """
        with self._wake:
            self._ticket += 1
            self._wanted_read = _Read(self._ticket, strokes, length, freely)
            self._wake.notify()
            return self._ticket

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(timeout=CLOSING_SECONDS)

    def _next_task(self) -> _Load | _Learn | _Read | None:
        with self._wake:
            self._wake.wait_for(
                lambda: (
                    self._closing or self._wanted_load or self._wanted_learn or self._wanted_read
                )
            )
            if self._closing:
                return None
            task: _Load | _Learn | _Read | None
            if self._wanted_load is not None:
                task, self._wanted_load = self._wanted_load, None
                self._wanted_learn = False  # whoever is loaded learns first of all
            elif self._wanted_learn:
                task, self._wanted_learn = _Learn(), False
            else:
                task, self._wanted_read = self._wanted_read, None
            return task

    def _work(self) -> None:
        recognizer: SupportsRead | None = None
        trouble = "The recognizer is not loaded yet."
        while (task := self._next_task()) is not None:
            if isinstance(task, _Load):
                try:
                    loaded = self._load(task.backend)
                except Exception as error:
                    # Whatever a broken installation throws, the player gets a sentence and a game.
                    log.debug("loading %s failed", task.backend, exc_info=True)
                    recognizer, trouble = None, sentence(error)
                    self._tell(READER_FAILED, backend=task.backend, error=trouble)
                else:
                    recognizer = loaded.recognizer
                    if self._hand:
                        self._learn(recognizer)
                    self._tell(
                        READER_READY,
                        wanted=task.backend,
                        backend=loaded.backend,
                        backends=loaded.backends,
                        notice=loaded.notice,
                        learns_hands=isinstance(recognizer, SupportsHand)
                        and recognizer.learns_hands,
                    )
            elif isinstance(task, _Learn):
                if recognizer is not None:
                    self._learn(recognizer)
            elif recognizer is None:
                self._tell(READING, ticket=task.ticket, reading=None, free=None, error=trouble)
            else:
                self._read(recognizer, task)

    def _learn(self, recognizer: SupportsRead) -> None:
        hand = self._hand
        trouble = teach(recognizer, hand)
        self._tell(HAND_LEARNED, count=0 if trouble else len(hand), error=trouble)

    def _read(self, recognizer: SupportsRead, task: _Read) -> None:
        try:
            reading = recognizer.read(task.strokes, length=task.length)
            free = recognizer.read(task.strokes) if task.freely else None
        except Exception as error:
            log.debug("reading failed", exc_info=True)
            self._tell(READING, ticket=task.ticket, reading=None, free=None, error=sentence(error))
        else:
            self._tell(READING, ticket=task.ticket, reading=reading, free=free, error=None)

    def _tell(self, kind: int, **facts: object) -> None:
        if not self._closing:
            self._post(pygame.event.Event(kind, facts))


def teach(recognizer: SupportsRead, hand: HandInk) -> str | None:
    """Let a recognizer learn the player's digits; return a sentence where it cannot."""
    if not isinstance(recognizer, SupportsHand):
        return CANNOT_LEARN if hand else None
    if not recognizer.learns_hands:
        return CANNOT_LEARN if hand else None
    try:
        recognizer.learn_hand(hand)
    except Exception as error:
        log.debug("learning the hand failed", exc_info=True)
        return sentence(error)
    return None


def sentence(error: Exception) -> str:
    """What to tell the player about an error: its own sentence, or at least its kind."""
    return str(error).strip() or f"The recognizer failed ({type(error).__name__})."
