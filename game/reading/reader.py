"""The reading thread: strokes in, readings back as news; the frame never waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from game.ink.strokes import InkArray
from game.language import N_, _
from game.reading.news import HandLearned, InkRead, News, ReaderFailed, ReaderReady, post
from game.reading.thread import Task, WorkerThread
from recognizer import backend_info
from recognizer.reading import Reading

DEFAULT_BACKEND = "cnn"
CANNOT_LEARN = N_("This recognizer cannot learn a hand; it reads as it always does.")
NOT_LOADED = N_("The recognizer is not loaded yet.")
log = logging.getLogger(__name__)

# The player's own digits: each as a character, with its ink.
HandInk = Sequence[tuple[str, Sequence[Sequence[Sequence[float]]]]]


class Reads(Protocol):
    """What the game needs of a recognizer."""

    @property
    def learns_hands(self) -> bool: ...

    def learn_hand(self, samples: HandInk) -> None: ...

    def read(self, strokes: Sequence[InkArray], length: int | None = None) -> Reading: ...

    def read_image(self, grey: npt.NDArray[np.uint8], length: int | None = None) -> Reading: ...


@dataclass(frozen=True)
class Loaded:
    """A recognizer that is ready, and what else could be chosen."""

    recognizer: Reads
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
        missing, found = backend_info(backend).title, backend_info(fallback).title
        # Translators: names of recognizers, such as CNN.
        notice = _("The recognizer {missing} is not installed; {found} reads instead.").format(
            missing=missing, found=found
        )
        backend = fallback
    return Loaded(Recognizer(backend), backend, backends, notice)


@dataclass(frozen=True)
class _Ink:
    ticket: int
    strokes: Sequence[InkArray]
    length: int | None
    freely: bool  # whether it is to be read without the length as well


class Reader:
    """Owns the recognizer and its thread. All methods return at once."""

    def __init__(
        self,
        load: Callable[[str], Loaded] = load_recognizer,
        post: Callable[[News], object] = post,
        *,
        at_once: bool = True,
    ) -> None:
        """It works from now on, or, unless `at_once`, when `begin` says so."""
        self._load_backend = load
        # What is wished for.
        self._wanted_backend: str | None = None
        self._wanted_ink: dict[int, _Ink] = {}  # by sheet: only its newest ink is worth reading
        self._wanted_learn = False
        self._hand: HandInk = ()  # never changed, only replaced: the thread may be learning it
        self._ticket = 0
        # What the thread alone touches.
        self._recognizer: Reads | None = None
        self._trouble = NOT_LOADED
        self._thread = WorkerThread("reader", self._most_urgent, post, at_once=at_once)

    def begin(self) -> None:
        """Let the thread work, if it does not yet."""
        self._thread.begin()

    def use(self, backend: str) -> None:
        """Switch to a backend; `ReaderReady` or `ReaderFailed` tells how it went."""
        with self._thread.wishing():
            self._wanted_backend = backend

    def learn(self, hand: HandInk) -> None:
        """Read with the help of these digits from the next reading on, whatever the backend.

        None at all: without help. `HandLearned` tells how it went.
        """
        with self._thread.wishing():
            self._hand = tuple(hand)
            self._wanted_learn = True

    def request(
        self,
        strokes: Sequence[InkArray],
        length: int | None,
        *,
        freely: bool = False,
        sheet: int = 0,
    ) -> int:
        """Ask for a reading and return its ticket; one of the same sheet not yet begun is replaced.

        `freely` asks for a second reading that is not told the length. `InkRead` is the answer.
        """
        with self._thread.wishing():
            self._ticket += 1
            self._wanted_ink[sheet] = _Ink(self._ticket, strokes, length, freely)
            return self._ticket

    @property
    def resting(self) -> bool:
        """Whether nothing is left to read, to load or to learn."""
        return self._thread.resting

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        self._thread.close()

    # --- in the thread ----------------------------------------------------------------------------

    def _most_urgent(self) -> Task | None:
        if self._wanted_backend is not None:
            backend, self._wanted_backend = self._wanted_backend, None
            self._wanted_learn = False  # whoever is loaded learns first of all
            return partial(self._load, backend)
        if self._wanted_learn:
            self._wanted_learn = False
            return self._learn
        if self._wanted_ink:  # who has waited longest comes first
            sheet = min(self._wanted_ink, key=lambda sheet: self._wanted_ink[sheet].ticket)
            return partial(self._read, self._wanted_ink.pop(sheet))
        return None

    def _load(self, backend: str) -> None:
        try:
            loaded = self._load_backend(backend)
        except Exception as error:
            # Whatever a broken installation throws, the player gets a sentence and a game.
            log.debug("loading %s failed", backend, exc_info=True)
            self._recognizer, self._trouble = None, sentence(error)
            self._thread.tell(ReaderFailed(backend, self._trouble))
            return
        self._recognizer = loaded.recognizer
        if self._hand:
            self._learn()
        learns = loaded.recognizer.learns_hands
        self._thread.tell(
            ReaderReady(backend, loaded.backend, loaded.backends, loaded.notice, learns)
        )

    def _learn(self) -> None:
        if self._recognizer is not None:
            hand = self._hand
            trouble = teach(self._recognizer, hand)
            self._thread.tell(HandLearned(0 if trouble else len(hand), trouble))

    def _read(self, ink: _Ink) -> None:
        reading, free, trouble = None, None, None
        if self._recognizer is None:
            trouble = _(self._trouble)
        else:
            try:
                reading = self._recognizer.read(ink.strokes, length=ink.length)
                free = self._recognizer.read(ink.strokes) if ink.freely else None
            except Exception as error:
                log.debug("reading failed", exc_info=True)
                reading, trouble = None, sentence(error)
        self._thread.tell(InkRead(ink.ticket, reading, free, trouble))


def teach(recognizer: Reads, hand: HandInk) -> str | None:
    """Let a recognizer learn the player's digits; return a sentence where it cannot."""
    if not recognizer.learns_hands:
        return _(CANNOT_LEARN) if hand else None
    try:
        recognizer.learn_hand(hand)
    except Exception as error:
        log.debug("learning the hand failed", exc_info=True)
        return sentence(error)
    return None


def sentence(error: Exception) -> str:
    """What to tell the player about an error: its own sentence, or at least its kind."""
    told = _("The recognizer failed ({kind}).")
    return str(error).strip() or told.format(kind=type(error).__name__)
