"""The Lab's thread: every backend, the newest ink, no one starved, and failures kept apart."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from driving import (
    WAIT,
    FakeModels,
    FakeRecognizer,
    LearningRecognizer,
    MoodyRecognizer,
    Post,
    SlowRecognizer,
)

from game.reading.lab_reader import LabReader
from game.reading.news import LabFound, LabLoaded, LabRead


class Bench:
    """A reader of fake models, and what it says."""

    def __init__(self, models: FakeModels) -> None:
        self.said = Post()
        self.next = self.said.next
        self.reader = LabReader(models, self.said)

    def open(self, backends: int) -> None:
        self.reader.open()
        assert len(self.next(LabFound).backends) == backends
        for _ in range(backends):
            self.next(LabLoaded)


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
    assert bench.next(LabFound).backends == ("cnn", "svm")
    loaded = [bench.next(LabLoaded) for _ in range(2)]
    assert [(e.backend, e.error) for e in loaded] == [("cnn", None), ("svm", None)]
    ticket = bench.reader.request(["ink"])
    readings = [bench.next(LabRead) for _ in range(2)]
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
    bench.reader.open()
    bench.next(LabFound)
    order: list[LabLoaded | LabRead] = []
    for kind in (LabLoaded, LabRead, LabLoaded, LabRead):
        order.append(bench.next(kind))
    assert [e.backend for e in order] == ["cnn", "cnn", "svm", "svm"]


def test_newest_ink_only_and_the_slow_one_does_not_starve_the_rest(benches: list[Bench]) -> None:
    slow, quick = SlowRecognizer(), FakeRecognizer()
    bench = Bench(FakeModels(cnn=slow, svm=quick))
    benches.append(bench)
    bench.open(2)
    first = bench.reader.request(["a"])
    assert slow.entered.wait(WAIT)
    bench.reader.request(["b"])
    last = bench.reader.request(["c"])
    slow.gate.set()
    told = [bench.next(LabRead) for _ in range(3)]
    assert [e.ticket for e in told] == [first, last, last]
    # The one that was waiting comes first.
    assert [e.backend for e in told[1:]] == ["svm", "cnn"]
    assert slow.seen == [["a"], ["c"]] and quick.seen == [["c"]]


def test_a_backend_that_cannot_load_leaves_the_others_alone(benches: list[Bench]) -> None:
    models = FakeModels(cnn=RuntimeError("cnn.onnx was altered."), svm=FakeRecognizer())
    bench = Bench(models)
    benches.append(bench)
    bench.reader.open()
    bench.next(LabFound)
    assert [(e.backend, e.error) for e in (bench.next(LabLoaded), bench.next(LabLoaded))] == [
        ("cnn", "cnn.onnx was altered."),
        ("svm", None),
    ]
    bench.reader.request(["ink"])
    assert bench.next(LabRead).backend == "svm"
    assert bench.said.is_silent()


def test_a_second_visit_tries_again_what_failed(benches: list[Bench]) -> None:
    models = FakeModels(cnn=FakeRecognizer(), svm=RuntimeError("Not yet."))
    bench = Bench(models)
    benches.append(bench)
    bench.open(2)
    models.backends["svm"] = FakeRecognizer()
    bench.reader.open()
    bench.next(LabFound)
    again = [bench.next(LabLoaded) for _ in range(2)]
    assert [(e.backend, e.error) for e in again] == [("cnn", None), ("svm", None)]
    assert models.loads == ["cnn", "svm", "svm"]


def test_errors_while_reading_are_told_and_survived(benches: list[Bench]) -> None:
    models = FakeModels(cnn=MoodyRecognizer())
    bench = Bench(models)
    benches.append(bench)
    bench.open(1)
    bench.reader.request(["bad"])
    failed = bench.next(LabRead)
    assert failed.reading is None and failed.error == MoodyRecognizer.COMPLAINT
    bench.reader.request(["good"])
    read = bench.next(LabRead)
    assert (read.reading.text, read.error) == ("1", None)


def test_a_broken_installation_has_no_backends(benches: list[Bench]) -> None:
    class Broken(FakeModels):
        def names(self) -> Sequence[str]:
            raise ImportError("no inference library")

    bench = Bench(Broken())
    benches.append(bench)
    bench.open(0)


def test_close_ends_the_thread() -> None:
    before = set(threading.enumerate())
    reader = LabReader(FakeModels(cnn=FakeRecognizer()), lambda news: None)
    (thread,) = set(threading.enumerate()) - before
    reader.close()
    assert not thread.is_alive()


def test_those_that_can_learn_read_with_the_players_hand(benches: list[Bench]) -> None:
    cnn, svm = LearningRecognizer(), FakeRecognizer(lambda: "3")
    cnn.answer = lambda: "7" if cnn.taught and cnn.taught[-1] else "1"
    bench = Bench(FakeModels(cnn=cnn, svm=svm))
    benches.append(bench)
    bench.reader.learn([("7", [[[0.0, 0.0], [1.0, 9.0]]])])
    bench.open(2)
    read = []
    for hand in (None, None, ()):
        if hand is not None:
            bench.reader.learn(hand)
        bench.reader.request(["ink"])
        read += [(e.backend, e.reading.text) for e in (bench.next(LabRead), bench.next(LabRead))]
    assert sorted(read[:4]) == [("cnn", "7"), ("cnn", "7"), ("svm", "3"), ("svm", "3")]
    assert sorted(read[4:]) == [("cnn", "1"), ("svm", "3")]
    assert [len(taught) for taught in cnn.taught] == [1, 0]  # no more often than needed
