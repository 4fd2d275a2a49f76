"""The models under test: each reads the same ink but once, in as many processes as there are.

A measure asks `Reader.ahead` for all that it will want to know; what was not read before is shared
out among the processes. `Reader.read` then answers as `Recognizer.read` does, from what is known.
"""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import joblib
import numpy as np
from numpy.typing import NDArray

from recognizer import Reading, Recognizer
from recognizer.store import ModelStore
from recognizer.types import Stroke
from train.measures.processes import Item, Opening, Processes, Result
from train.shipping.install import Model, install, load_model
from train.shipping.script import Progress

_OF_THE_FILE = ("file", "sha256", "bytes")  # what the manifest alone says of a model
_PART = 40  # pieces of ink that a process reads at a time; the last of many small ones ends soon
_MOST_PROCESSES = 4  # each of which opens every model

Ink = Sequence[Stroke] | NDArray[np.uint8]  # strokes, or a picture (H, W)
Question = tuple[Ink, int | None]  # ink, and the number of its digits where that is told


class Reads(Protocol):
    """Reads strokes, as `Recognizer` does."""

    def read(self, strokes: Sequence[Stroke], length: int | None = None) -> Reading:
        """The digits of strokes (N, 2) or (N, 3)."""


class Reader:
    """One model under test, and its readings of all ink that was asked for."""

    def __init__(
        self,
        name: str,
        opening: Opening,
        model: Model | None = None,
        processes: Processes | None = None,
        history: Path | None = None,
        others: Sequence["Reader"] = (),
    ) -> None:
        self.name = name
        self.model = model
        self.history = history
        self.others = tuple(others)  # the same recipe's models by other seeds
        self.opening = opening
        self.seconds = 0.0  # that all readings took
        self._processes = Processes() if processes is None else processes
        self._known: dict[tuple[object, ...], tuple[Ink, Reading]] = {}

    @property
    def title(self) -> str:
        """The model's name for people."""
        return str(self.details.get("title", self.name.upper()))

    @property
    def details(self) -> dict[str, Any]:
        """What the manifest says, or would say, of the model."""
        return {} if self.model is None else self.model.details

    @property
    def metrics(self) -> dict[str, Any]:
        """The figures of its training."""
        metrics: dict[str, Any] = self.details.get("metrics", {})
        return metrics

    @property
    def file_bytes(self) -> int:
        """The size of the model's file."""
        return 0 if self.model is None else self.model.path.stat().st_size

    @cached_property
    def recognizer(self) -> Recognizer:
        """The model opened in this very process: for what must be timed."""
        return self.opening.open()

    @property
    def learns_hands(self) -> bool:
        """Whether the model can learn a person's hand."""
        return self.recognizer.learns_hands

    def each(
        self, work: Callable[[Recognizer, Item], Result], items: Iterable[Item]
    ) -> list[Result]:
        """What a function makes of every item with this model, shared out among the processes."""
        return self._processes.each(self.opening, work, items)

    def later(self, work: Callable[..., object], *arguments: object) -> None:
        """Have a function draw or write something while this process goes on (`Processes`)."""
        self._processes.later(work, *arguments)

    def ahead(self, questions: Iterable[Question], progress: Progress | None = None) -> None:
        """Read all of this that was not read before; `progress` shows how far that is."""
        began = time.perf_counter()
        new = {key: asked for asked in questions if (key := _key(*asked)) not in self._known}
        asked = list(new.values())
        parts = [asked[start : start + _PART] for start in range(0, len(asked), _PART)]
        bar: AbstractContextManager[Callable[[], object]] = nullcontext(lambda: None)
        if progress is not None and parts:
            bar = progress.steps(f"{self.title} reads", len(parts))
        with bar as advance:
            read = self._processes.each(self.opening, _read_part, parts, advance)
        readings = [reading for part in read for reading in part]
        for (key, (ink, _)), reading in zip(new.items(), readings, strict=True):
            self._known[key] = ink, reading
        self.seconds += time.perf_counter() - began

    def read(self, strokes: Sequence[Stroke], length: int | None = None) -> Reading:
        """As `Recognizer.read`, without a hand; what was read before is not read again."""
        return self._answer(strokes, length)

    def read_image(self, picture: NDArray[np.uint8], length: int | None = None) -> Reading:
        """As `Recognizer.read_image`, likewise."""
        return self._answer(picture, length)

    def _answer(self, ink: Ink, length: int | None) -> Reading:
        key = _key(ink, length)
        if key not in self._known:
            self._known[key] = ink, _read_one(self.recognizer, (ink, length))
        return self._known[key][1]


def _key(ink: Ink, length: int | None) -> tuple[object, ...]:
    """What ink is known by: its arrays, which stay the same all run long, not what is in them."""
    arrays = (ink,) if isinstance(ink, np.ndarray) else ink
    return (length, isinstance(ink, np.ndarray), *map(id, arrays))


def _read_part(recognizer: Recognizer, questions: Sequence[Question]) -> list[Reading]:
    return [_read_one(recognizer, question) for question in questions]


def _read_one(recognizer: Recognizer, question: Question) -> Reading:
    ink, length = question
    if isinstance(ink, np.ndarray):
        return _bare(recognizer.read_image(ink, length))
    return _bare(recognizer.read(ink, length))


def _bare(reading: Reading) -> Reading:
    """A reading without the ink and the pictures that it was made of: thousands are kept."""
    digits = tuple(replace(digit, ink=(), picture=None) for digit in reading.digits)
    return replace(reading, digits=digits, page=None)


def models_under(out: Path) -> list[Model]:
    """The models that training steps left under `out`, in no order."""
    found = []
    for card in sorted(out.glob("*/*.json")):
        if card.stem == card.parent.name:
            with contextlib.suppress(OSError):
                found.append(load_model(card))
    return found


def models_in(folder: Path | None = None) -> list[Model]:
    """The models of a folder with a manifest (default: the shipped ones)."""
    store = ModelStore(folder)
    entries = [store.entry(name) for name in store.names()]
    return [
        Model(of.name, of.path, {k: v for k, v in of.details.items() if k not in _OF_THE_FILE})
        for of in entries
    ]


def by_rank(models: Iterable[Model]) -> list[Model]:
    """The models in the report's order: as the game offers them, the best first."""
    return sorted(models, key=lambda model: (model.details.get("rank", 0), model.name))


def processes_for(jobs: int) -> int:
    """How many processes `jobs` of joblib's are, within reason; -1 is one for each core."""
    return min(_MOST_PROCESSES, int(joblib.effective_n_jobs(jobs)))


@contextmanager
def opened(
    models: Sequence[Model], processes: int, others: Mapping[str, Sequence[Model]] | None = None
) -> Iterator[list[Reader]]:
    """A reader for each model, wherever its file lies; `others` are its name's by other seeds."""
    with ExitStack() as stack:
        workers = Processes(processes)
        stack.callback(workers.close)

        def reader(model: Model, others: Sequence[Model]) -> Reader:
            store = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            install([model], store)
            history = model.path.parent / "history.json"
            return Reader(
                model.name, Opening(model.name, store), model, workers,
                history if history.is_file() else None, [reader(of, ()) for of in others],
            )  # fmt: skip

        yield [reader(model, (others or {}).get(model.name, ())) for model in models]
        workers.settle()
