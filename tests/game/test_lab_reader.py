"""The Lab's thread: every backend, the newest ink, no one starved, and failures kept apart."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from queue import Empty, Queue
from typing import Any

import numpy as np
import pygame
import pytest
from driving import FakeModels, FakeRecognizer

from game.lab_reader import LAB_BACKENDS, LAB_LOADED, LAB_PICTURE, LAB_READING, LabReader

WAIT = 10.0  # s, at the very most


class Bench:
    """A reader of fake models, and what it says."""

    def __init__(self, models: FakeModels) -> None:
        self.said: Queue[pygame.event.Event] = Queue()
        self.reader = LabReader(models, self.said.put)

    def next(self, kind: int) -> pygame.event.Event:
        """The next event, which must be of that kind."""
        event = self.said.get(timeout=WAIT)
        assert event.type == kind
        return event

    def open(self, backends: int) -> None:
        self.reader.open()
        assert len(self.next(LAB_BACKENDS).backends) == backends
        for _ in range(backends):
            self.next(LAB_LOADED)


@pytest.fixture
def benches() -> Iterator[list[Bench]]:
    made: list[Bench] = []
    yield made
    for bench in made:
        bench.reader.close()


def test_all_backends_read_the_same_ink(benches: list[Bench]) -> None:
    models = FakeModels(cnn=FakeRecognizer(lambda: "7"), svm=FakeRecognizer(lambda: "1"))
    bench = Bench(models)
    benches.append(bench)
    bench.reader.open()
    assert bench.next(LAB_BACKENDS).backends == ("cnn", "svm")
    loaded = [bench.next(LAB_LOADED) for _ in range(2)]
    assert [(e.backend, e.error) for e in loaded] == [("cnn", None), ("svm", None)]
    ticket = bench.reader.request(["ink"])
    picture = bench.next(LAB_PICTURE)
    assert picture.ticket == ticket and picture.picture.shape == (28, 28)
    readings = [bench.next(LAB_READING) for _ in range(2)]
    assert [(e.ticket, e.backend, e.reading.text) for e in readings] == [
        (ticket, "cnn", "7"),
        (ticket, "svm", "1"),
    ]


def test_ink_that_comes_before_the_backends_is_read_by_each_as_it_loads(
    benches: list[Bench],
) -> None:
    bench = Bench(FakeModels(cnn=FakeRecognizer(), svm=FakeRecognizer()))
    benches.append(bench)
    bench.reader.request(["ink"])
    bench.next(LAB_PICTURE)
    bench.reader.open()
    bench.next(LAB_BACKENDS)
    order = [(bench.said.get(timeout=WAIT)) for _ in range(4)]
    assert [(e.type, e.backend) for e in order] == [
        (LAB_LOADED, "cnn"), (LAB_READING, "cnn"), (LAB_LOADED, "svm"), (LAB_READING, "svm"),
    ]  # fmt: skip


def test_newest_ink_only_and_the_slow_one_does_not_starve_the_rest(benches: list[Bench]) -> None:
    gate, entered = threading.Event(), threading.Event()

    class Slow(FakeRecognizer):
        def read(self, strokes: Sequence[Any], length: int | None = None) -> Any:
            entered.set()
            assert gate.wait(WAIT)
            return super().read(strokes, length)

    slow, quick = Slow(), FakeRecognizer()
    bench = Bench(FakeModels(cnn=slow, svm=quick))
    benches.append(bench)
    bench.open(2)
    first = bench.reader.request(["a"])
    assert entered.wait(WAIT)
    bench.reader.request(["b"])
    last = bench.reader.request(["c"])
    gate.set()
    bench.next(LAB_PICTURE)
    told = [bench.next(LAB_READING), bench.said.get(timeout=WAIT)]
    told += [bench.next(LAB_READING) for _ in range(2)]
    assert [(e.type, e.ticket) for e in told] == [
        (LAB_READING, first), (LAB_PICTURE, last), (LAB_READING, last), (LAB_READING, last),
    ]  # fmt: skip
    # The one that was waiting comes first.
    assert [e.backend for e in told[2:]] == ["svm", "cnn"]
    assert slow.seen == [["a"], ["c"]] and quick.seen == [["c"]]


def test_a_backend_that_cannot_load_leaves_the_others_alone(benches: list[Bench]) -> None:
    models = FakeModels(cnn=RuntimeError("cnn.onnx was altered."), svm=FakeRecognizer())
    bench = Bench(models)
    benches.append(bench)
    bench.reader.open()
    bench.next(LAB_BACKENDS)
    assert [(e.backend, e.error) for e in (bench.next(LAB_LOADED), bench.next(LAB_LOADED))] == [
        ("cnn", "cnn.onnx was altered."),
        ("svm", None),
    ]
    bench.reader.request(["ink"])
    bench.next(LAB_PICTURE)
    assert bench.next(LAB_READING).backend == "svm"
    with pytest.raises(Empty):
        bench.said.get(timeout=0.05)


def test_a_second_visit_tries_again_what_failed(benches: list[Bench]) -> None:
    models = FakeModels(cnn=FakeRecognizer(), svm=RuntimeError("Not yet."))
    bench = Bench(models)
    benches.append(bench)
    bench.open(2)
    models.backends["svm"] = FakeRecognizer()
    bench.reader.open()
    bench.next(LAB_BACKENDS)
    again = [bench.next(LAB_LOADED) for _ in range(2)]
    assert [(e.backend, e.error) for e in again] == [("cnn", None), ("svm", None)]
    assert models.loads == ["cnn", "svm", "svm"]


def test_errors_while_reading_are_told_and_survived(benches: list[Bench]) -> None:
    class Moody(FakeRecognizer):
        def read(self, strokes: Sequence[Any], length: int | None = None) -> Any:
            if strokes == ["bad"]:
                raise ValueError("That ink is too large.")
            return super().read(strokes, length)

    models = FakeModels(cnn=Moody())
    models.unseen = ["bad"]
    bench = Bench(models)
    benches.append(bench)
    bench.open(1)
    bench.reader.request(["bad"])
    assert bench.next(LAB_PICTURE).picture is None
    failed = bench.next(LAB_READING)
    assert failed.reading is None and failed.error == "That ink is too large."
    bench.reader.request(["good"])
    assert isinstance(bench.next(LAB_PICTURE).picture, np.ndarray)
    assert bench.next(LAB_READING).reading.text == "1"


def test_a_broken_installation_has_no_backends(benches: list[Bench]) -> None:
    class Broken(FakeModels):
        def names(self) -> Sequence[str]:
            raise ImportError("no inference library")

    bench = Bench(Broken())
    benches.append(bench)
    bench.open(0)


def test_close_ends_the_thread() -> None:
    reader = LabReader(FakeModels(cnn=FakeRecognizer()), lambda event: None)
    reader.close()
    assert not reader._thread.is_alive()
