"""The Lab's thread: the newest ink, read by every installed backend in turn.

The frame never waits for it. One thread for all backends keeps their times honest: none of them
shares the processor with another. Readings come before loading, and among the backends the one
whose last reading is the oldest comes first, so that a slow one slows all a little and starves
none.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import pygame

from game.backends import sees_pages
from game.ink.strokes import InkArray, ink_of_digit, least_certain
from game.reading.reader import CLOSING_SECONDS, HandInk, SupportsRead, sentence, teach
from recognizer.strokes import clean_strokes

if TYPE_CHECKING:
    from recognizer import Reading

LAB_BACKENDS = pygame.event.custom_type()  # .backends: names, the best first
LAB_LOADED = pygame.event.custom_type()  # .backend, .error (a sentence or None)
# .ticket, .backend, .reading (None where it failed), .picture (grey levels as the backend saw
# them, or None), .error (a sentence or None)
LAB_READING = pygame.event.custom_type()
log = logging.getLogger(__name__)


class Models(Protocol):
    """Where the Lab's backends come from. All of it is called in the Lab's thread."""

    def names(self) -> Sequence[str]: ...

    def load(self, backend: str) -> SupportsRead: ...

    def picture(
        self, backend: str, strokes: Sequence[InkArray], reading: Reading
    ) -> npt.NDArray[np.uint8]: ...


class InstalledModels:
    """The backends of `recognizer` whose models are installed."""

    # `recognizer` is imported in the thread: the window does not wait for the inference library.

    def names(self) -> Sequence[str]:
        """The installed backends, the best first."""
        from recognizer import available_backends

        return available_backends()

    def load(self, backend: str) -> SupportsRead:
        """A recognizer with that backend."""
        from recognizer import Recognizer

        return Recognizer(backend)

    def picture(
        self, backend: str, strokes: Sequence[InkArray], reading: Reading
    ) -> npt.NDArray[np.uint8]:
        """What the backend saw: the whole page, or the digit of the reading most in doubt."""
        from recognizer import ink

        if sees_pages(backend):
            return ink.page(clean_strokes(strokes)).pixels
        digits = reading.digits
        if len(digits) > 1:
            strokes = ink_of_digit(strokes, [d.box for d in digits], least_certain(digits))
        return ink.glyph(clean_strokes(strokes))


@dataclass
class _Backend:
    """A backend and how far it has come."""

    name: str
    recognizer: SupportsRead | None = None
    failed: bool = False
    ticket: int = 0  # of the newest ink that it has read
    hand: HandInk = ()  # what it has learned of the player's


@dataclass(frozen=True)
class _Ink:
    ticket: int
    strokes: Sequence[InkArray]


class LabReader:
    """Owns one recognizer a backend, and the thread they read in. All methods return at once."""

    def __init__(
        self, models: Models, post: Callable[[pygame.event.Event], object] = pygame.event.post
    ) -> None:
        self._models = models
        self._post = post
        self._wake = threading.Condition()
        self._ink = _Ink(0, ())  # only the newest is worth reading
        self._backends: list[_Backend] = []
        self._opening = False
        self._closing = False
        self._hand: HandInk = ()  # never changed, only replaced
        self._thread = threading.Thread(target=self._work, name="lab", daemon=True)
        self._thread.start()

    def open(self) -> None:
        """Find the backends (LAB_BACKENDS) and load them one by one (LAB_LOADED).

        What is loaded already stays; what could not be loaded is tried again.
        """
        with self._wake:
            self._opening = True
            self._wake.notify()

    def learn(self, hand: HandInk) -> None:
        """Let those that can learn read with the help of these digits of the player's."""
        with self._wake:
            self._hand = tuple(hand)

    def request(self, strokes: Sequence[InkArray]) -> int:
        """Ask all backends for a reading and return its ticket; older ink is forgotten.

        A backend that is still busy with older ink tells of that first.
        """
        with self._wake:
            self._ink = _Ink(self._ink.ticket + 1, strokes)
            self._wake.notify()
            return self._ink.ticket

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(timeout=CLOSING_SECONDS)

    # --- in the thread ----------------------------------------------------------------------------

    def _work(self) -> None:
        while (task := self._next_task()) is not None:
            task()

    def _next_task(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._closing:
                task = self._most_urgent()
                if task is not None:
                    return task
                self._wake.wait()
            return None

    def _most_urgent(self) -> Callable[[], None] | None:
        ink = self._ink
        if self._opening:
            self._opening = False
            return self._find
        behind = [b for b in self._backends if b.recognizer and b.ticket < ink.ticket]
        if behind:
            backend = min(behind, key=lambda b: b.ticket)
            return lambda: self._read(backend, ink)
        new = next((b for b in self._backends if not b.recognizer and not b.failed), None)
        return None if new is None else lambda: self._load(new)

    def _find(self) -> None:
        try:
            names = tuple(self._models.names())
        except Exception:
            # Whatever a broken installation throws: there is nothing to read with, and no crash.
            log.debug("no backends", exc_info=True)
            names = ()
        known = {backend.name: backend for backend in self._backends}
        self._backends = [known.get(name) or _Backend(name) for name in names]
        self._tell(LAB_BACKENDS, backends=names)
        for backend in self._backends:
            backend.failed = False
            if backend.recognizer is not None:
                self._tell(LAB_LOADED, backend=backend.name, error=None)

    def _load(self, backend: _Backend) -> None:
        try:
            backend.recognizer = self._models.load(backend.name)
        except Exception as error:
            log.debug("loading %s failed", backend.name, exc_info=True)
            backend.failed = True
            self._tell(LAB_LOADED, backend=backend.name, error=sentence(error))
        else:
            self._tell(LAB_LOADED, backend=backend.name, error=None)

    def _read(self, backend: _Backend, ink: _Ink) -> None:
        assert backend.recognizer is not None, "only what is loaded is asked"
        backend.ticket = ink.ticket
        hand = self._hand
        if backend.hand is not hand:
            backend.hand = hand
            teach(backend.recognizer, hand)  # those that cannot learn read without
        reading, picture, trouble = None, None, None
        try:
            reading = backend.recognizer.read(ink.strokes)
        except Exception as error:
            log.debug("reading with %s failed", backend.name, exc_info=True)
            trouble = sentence(error)
        else:
            picture = self._picture(backend, ink, reading)
        self._tell(
            LAB_READING,
            ticket=ink.ticket,
            backend=backend.name,
            reading=reading,
            picture=picture,
            error=trouble,
        )

    def _picture(
        self, backend: _Backend, ink: _Ink, reading: Reading
    ) -> npt.NDArray[np.uint8] | None:
        try:
            return self._models.picture(backend.name, ink.strokes, reading)
        except Exception:
            log.debug("no picture for %s", backend.name, exc_info=True)  # the reading still counts
            return None

    def _tell(self, kind: int, **facts: object) -> None:
        if not self._closing:
            self._post(pygame.event.Event(kind, facts))
