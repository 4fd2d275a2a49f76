"""The Lab's thread: the newest ink, read by every installed backend in turn.

The frame never waits for it. One thread for all backends keeps their times honest: none of them
shares the processor with another. A look inside one of them comes first: the player waits for it.
Readings come before loading, and among the backends the one whose last reading is the oldest comes
first, so that a slow one slows all a little and starves none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from game.ink.strokes import InkArray
from game.language import _
from game.reading.news import LabFound, LabLoaded, LabLooked, LabRead, News, post
from game.reading.reader import NOT_LOADED, HandInk, Reads, sentence, teach
from game.reading.thread import Task, WorkerThread
from recognizer.inside.sights import Sight
from recognizer.reading import Digit

log = logging.getLogger(__name__)


class Looks(Protocol):
    """Looks into one backend's model."""

    def look(self, reader: Reads, strokes: Sequence[InkArray], digit: Digit) -> Sight | None: ...


class Models(Protocol):
    """Where the Lab's backends come from. All of it is called in the Lab's thread."""

    def names(self) -> Sequence[str]: ...

    def load(self, backend: str) -> Reads: ...

    def looker(self, backend: str) -> Looks: ...


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

    def looker(self, backend: str) -> Looks:
        """What looks into that backend's model."""
        from recognizer.inside.look import Looker
        from recognizer.store import ModelStore

        return Looker(ModelStore().entry(backend))


@dataclass
class _Backend:
    """A backend and how far it has come."""

    name: str
    recognizer: Reads | None = None
    trouble: str | None = None  # a sentence, where it could not be loaded
    looker: Looks | None = None  # opened by the first look
    ticket: int = 0  # of the newest ink that it has read
    hand: HandInk = ()  # what it has learned of the player's


@dataclass(frozen=True)
class _Ink:
    ticket: int
    strokes: Sequence[InkArray]


@dataclass(frozen=True)
class _Wish:
    """A look inside."""

    ticket: int
    backend: str
    strokes: Sequence[InkArray]
    digit: int  # index of the one that is looked at


class LabReader:
    """Owns one recognizer a backend, and the thread they read in. All methods return at once."""

    def __init__(
        self, models: Models, post: Callable[[News], object] = post, *, at_once: bool = True
    ) -> None:
        """It works from now on, or, unless `at_once`, when `begin` says so."""
        self._models = models
        # What is wished for.
        self._ink = _Ink(0, ())  # only the newest is worth reading
        self._opening = False
        self._look: _Wish | None = None
        self._looks = 0  # that were asked for
        self._hand: HandInk = ()  # never changed, only replaced
        self._backends: list[_Backend] = []  # the thread's own
        self._thread = WorkerThread("lab", self._most_urgent, post, at_once=at_once)

    def begin(self) -> None:
        """Let the thread work, if it does not yet."""
        self._thread.begin()

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

    def look(self, backend: str, strokes: Sequence[InkArray], digit: int = 0) -> int:
        """Ask what a backend goes by and return the ticket; a wish not yet begun is replaced.

        `digit` is the index of the one to look at, among those that the backend reads; where it
        reads fewer, the last is looked at. `LabLooked` is the answer.
        """
        with self._thread.wishing():
            self._looks += 1
            self._look = _Wish(self._looks, backend, strokes, digit)
            return self._looks

    @property
    def resting(self) -> bool:
        """Whether nothing is left to load, to read or to look into."""
        return self._thread.resting

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        self._thread.close()

    # --- in the thread ----------------------------------------------------------------------------

    def _most_urgent(self) -> Task | None:
        ink = self._ink
        if self._opening:
            self._opening = False
            return self._find
        if self._look is not None:
            return self._towards(self._look)
        behind = [b for b in self._backends if b.recognizer and b.ticket < ink.ticket]
        if behind:
            backend = min(behind, key=lambda b: b.ticket)
            return partial(self._read, backend, ink)
        new = next((b for b in self._backends if not b.recognizer and not b.trouble), None)
        return None if new is None else partial(self._load, new)

    def _towards(self, wish: _Wish) -> Task:
        """What is to be done next for a look inside: load the model, or look."""
        backend = next((b for b in self._backends if b.name == wish.backend), None)
        if backend is not None and not backend.recognizer and not backend.trouble:
            return partial(self._load, backend)
        self._look = None
        return partial(self._look_into, backend, wish)

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
            backend.trouble = None
            if backend.recognizer is not None:
                self._thread.tell(LabLoaded(backend.name, None))

    def _load(self, backend: _Backend) -> None:
        try:
            backend.recognizer = self._models.load(backend.name)
        except Exception as error:
            log.debug("loading %s failed", backend.name, exc_info=True)
            backend.trouble = sentence(error)
            self._thread.tell(LabLoaded(backend.name, backend.trouble))
        else:
            self._thread.tell(LabLoaded(backend.name, None))

    def _read(self, backend: _Backend, ink: _Ink) -> None:
        assert backend.recognizer is not None, "only what is loaded is asked"
        backend.ticket = ink.ticket
        self._teach(backend, backend.recognizer)
        reading, trouble = None, None
        try:
            reading = backend.recognizer.read(ink.strokes)
        except Exception as error:
            log.debug("reading with %s failed", backend.name, exc_info=True)
            trouble = sentence(error)
        self._thread.tell(LabRead(ink.ticket, backend.name, reading, trouble))

    def _teach(self, backend: _Backend, recognizer: Reads) -> None:
        hand = self._hand
        if backend.hand is not hand:
            backend.hand = hand
            teach(recognizer, hand)  # those that cannot learn read without

    def _look_into(self, backend: _Backend | None, wish: _Wish) -> None:
        reading, sight, trouble, digit = None, None, None, wish.digit
        if backend is None or backend.recognizer is None:
            trouble = None if backend is None else backend.trouble
            trouble = trouble or _(NOT_LOADED)
        else:
            recognizer = backend.recognizer
            self._teach(backend, recognizer)
            try:
                if backend.looker is None:
                    backend.looker = self._models.looker(backend.name)
                reading = recognizer.read(wish.strokes)
                digit = max(0, min(digit, len(reading.digits) - 1))
                if reading.digits:
                    sight = backend.looker.look(recognizer, wish.strokes, reading.digits[digit])
            except Exception as error:
                log.debug("looking into %s failed", wish.backend, exc_info=True)
                reading, trouble = None, sentence(error)
        self._thread.tell(LabLooked(wish.ticket, wish.backend, reading, digit, sight, trouble))
