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
from sights import covered

from game.reading.lab_reader import LabReader
from game.reading.news import LabFound, LabLoaded, LabLooked, LabRead
from game.reading.reader import NOT_LOADED


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


def test_a_look_inside_comes_before_all_else(benches: list[Bench]) -> None:
    slow, models = SlowRecognizer(lambda: "4"), FakeModels(cnn=FakeRecognizer(lambda: "42"))
    models.backends["svm"] = slow
    models.sights["cnn"] = covered()
    bench = Bench(models)
    benches.append(bench)
    bench.open(2)
    bench.reader.request(["a"])
    assert bench.next(LabRead).backend == "cnn" and slow.entered.wait(WAIT)
    bench.reader.request(["b"])
    replaced = bench.reader.look("cnn", ["a"])
    ticket = bench.reader.look("cnn", ["b"], 1)
    assert ticket > replaced
    slow.gate.set()
    assert bench.next(LabRead).backend == "svm"
    seen = bench.next(LabLooked)
    assert (seen.ticket, seen.backend, seen.digit, seen.error) == (ticket, "cnn", 1, None)
    assert seen.sight is models.sights["cnn"] and seen.reading.text == "42"
    assert [(name, digit.value) for name, digit in models.looks] == [("cnn", 2)]
    assert {bench.next(LabRead).backend for _ in range(2)} == {"cnn", "svm"}


class Held(FakeModels):
    """Found only when its gate is opened."""

    def __init__(self, **backends: FakeRecognizer | Exception) -> None:
        super().__init__(**backends)
        self.gate = threading.Event()

    def names(self) -> Sequence[str]:
        assert self.gate.wait(WAIT)
        return super().names()


def test_what_is_not_loaded_yet_is_loaded_for_a_look(benches: list[Bench]) -> None:
    trouble = RuntimeError("svm.npz was altered.")
    models = Held(cnn=FakeRecognizer(), svm=trouble, knn=FakeRecognizer())
    bench = Bench(models)
    benches.append(bench)
    bench.reader.open()
    bench.reader.look("knn", ["ink"])
    models.gate.set()
    bench.next(LabFound)
    assert bench.next(LabLoaded).backend == "knn" and bench.next(LabLooked).reading.text == "1"
    assert [bench.next(LabLoaded).backend for _ in range(2)] == ["cnn", "svm"]
    bench.reader.look("svm", ["ink"])
    assert bench.next(LabLooked).error == "svm.npz was altered."


def test_a_look_that_fails_is_told_and_survived(benches: list[Bench]) -> None:
    models = FakeModels(cnn=MoodyRecognizer(), svm=FakeRecognizer())
    models.sights["svm"] = RuntimeError("There is no view.")
    bench = Bench(models)
    benches.append(bench)
    bench.open(2)
    for backend, ink, error in (
        ("cnn", "bad", MoodyRecognizer.COMPLAINT), ("svm", "good", "There is no view."),
        ("none such", "good", NOT_LOADED),
    ):  # fmt: skip
        bench.reader.look(backend, [ink])
        told = bench.next(LabLooked)
        assert (told.backend, told.reading, told.sight) == (backend, None, None)
        assert told.error == error
    bench.reader.look("cnn", ["good"], 7)
    told = bench.next(LabLooked)
    assert (told.digit, told.error) == (0, None), "of fewer digits the last is looked at"


def test_a_look_is_through_a_reader_that_knows_the_hand(benches: list[Bench]) -> None:
    cnn = LearningRecognizer()
    bench = Bench(FakeModels(cnn=cnn))
    benches.append(bench)
    bench.reader.learn([("7", [[[0.0, 0.0], [1.0, 9.0]]])])
    bench.open(1)
    bench.reader.look("cnn", ["ink"])
    bench.next(LabLooked)
    assert [len(taught) for taught in cnn.taught] == [1]
