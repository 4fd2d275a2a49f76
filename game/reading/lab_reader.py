"""The Lab's thread: the newest ink, read by every installed backend in turn.

The frame never waits for it. One thread for all backends keeps their times honest: none of them
shares the processor with another. Readings come before loading, and among the backends the one
whose last reading is the oldest comes first, so that a slow one slows all a little and starves
none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from game.ink.strokes import InkArray
from game.reading.news import LabFound, LabLoaded, LabRead, News, post
from game.reading.reader import HandInk, Reads, sentence, teach
from game.reading.thread import Task, WorkerThread

log = logging.getLogger(__name__)


class Models(Protocol):
    """Where the Lab's backends come from. All of it is called in the Lab's thread."""

    def names(self) -> Sequence[str]: ...

    def load(self, backend: str) -> Reads: ...


class InstalledModels:
    """The backends of `recognizer` whose models are installed."""

    # `recognizer` is imported in the thread: the window does not wait for the inference library.

    def names(self) -> Sequence[str]:
        """The installed backends, the best first."""
        from recognizer import available_backends

        return available_backends()

    def load(self, backend: str) -> Reads:
        """A recognizer with that backend."""
        from recognizer import Recognizer

        return Recognizer(backend)


@dataclass
class _Backend:
    """A backend and how far it has come."""

    name: str
    recognizer: Reads | None = None
    failed: bool = False
    ticket: int = 0  # of the newest ink that it has read
    hand: HandInk = ()  # what it has learned of the player's


@dataclass(frozen=True)
class _Ink:
    ticket: int
    strokes: Sequence[InkArray]


class LabReader:
    """Owns one recognizer a backend, and the thread they read in. All methods return at once."""

    def __init__(self, models: Models, post: Callable[[News], object] = post) -> None:
        self._models = models
        # What is wished for.
        self._ink = _Ink(0, ())  # only the newest is worth reading
        self._opening = False
        self._hand: HandInk = ()  # never changed, only replaced
        self._backends: list[_Backend] = []  # the thread's own
        self._thread = WorkerThread("lab", self._most_urgent, post)

    def open(self) -> None:
        """Find the backends (`LabFound`) and load them one by one (`LabLoaded`).

        What is loaded already stays; what could not be loaded is tried again.
        """
        with self._thread.wishing():
            self._opening = True

    def learn(self, hand: HandInk) -> None:
        """Let those that can learn read with the help of these digits of the player's."""
        with self._thread.wishing():
            self._hand = tuple(hand)

    def request(self, strokes: Sequence[InkArray]) -> int:
        """Ask all backends for a reading and return its ticket; older ink is forgotten.

        A backend that is still busy with older ink tells of that first. `LabRead` is the answer.
        """
        with self._thread.wishing():
            self._ink = _Ink(self._ink.ticket + 1, strokes)
            return self._ink.ticket

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        self._thread.close()

    # --- in the thread ----------------------------------------------------------------------------

    def _most_urgent(self) -> Task | None:
        ink = self._ink
        if self._opening:
            self._opening = False
            return self._find
        behind = [b for b in self._backends if b.recognizer and b.ticket < ink.ticket]
        if behind:
            backend = min(behind, key=lambda b: b.ticket)
            return partial(self._read, backend, ink)
        new = next((b for b in self._backends if not b.recognizer and not b.failed), None)
        return None if new is None else partial(self._load, new)

    def _find(self) -> None:
        try:
            names = tuple(self._models.names())
        except Exception:
            # Whatever a broken installation throws: there is nothing to read with, and no crash.
            log.debug("no backends", exc_info=True)
            names = ()
        known = {backend.name: backend for backend in self._backends}
        self._backends = [known.get(name) or _Backend(name) for name in names]
        self._thread.tell(LabFound(names))
        for backend in self._backends:
            backend.failed = False
            if backend.recognizer is not None:
                self._thread.tell(LabLoaded(backend.name, None))

    def _load(self, backend: _Backend) -> None:
        try:
            backend.recognizer = self._models.load(backend.name)
        except Exception as error:
            log.debug("loading %s failed", backend.name, exc_info=True)
            backend.failed = True
            self._thread.tell(LabLoaded(backend.name, sentence(error)))
        else:
            self._thread.tell(LabLoaded(backend.name, None))

    def _read(self, backend: _Backend, ink: _Ink) -> None:
        assert backend.recognizer is not None, "only what is loaded is asked"
        backend.ticket = ink.ticket
        hand = self._hand
        if backend.hand is not hand:
            backend.hand = hand
            teach(backend.recognizer, hand)  # those that cannot learn read without
        reading, trouble = None, None
        try:
            reading = backend.recognizer.read(ink.strokes)
        except Exception as error:
            log.debug("reading with %s failed", backend.name, exc_info=True)
            trouble = sentence(error)
        self._thread.tell(LabRead(ink.ticket, backend.name, reading, trouble))
