"""The desk: who reads now, what it can, and news that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import FakeModels, FakeRecognizer, LearningRecognizer, Post

from game.persistence.settings import SettingsFile
from game.reading.desk import Desk
from game.reading.news import (
    HandLearned,
    InkRead,
    LabFound,
    LabLoaded,
    ReaderFailed,
    ReaderReady,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(
        SettingsFile.load(tmp_path).settings,
        tmp_path / "hand.json",
        "cnn",
        load=FakeRecognizer().load,
        lab_models=FakeModels(cnn=LearningRecognizer()),
        post=Post(),
    )
    yield desk
    desk.close()


def ready(wanted: str, *, learns_hands: bool = False) -> ReaderReady:
    return ReaderReady(wanted, wanted, ("cnn", "knn"), None, learns_hands)


def test_it_knows_who_reads_and_what_it_can(desk: Desk) -> None:
    assert (desk.ready, desk.backends, desk.learns_hands) == (False, (), False)
    assert desk.hear(ready("cnn", learns_hands=True))
    assert (desk.ready, desk.backend, desk.backends) == (True, "cnn", ("cnn", "knn"))
    assert desk.learns_hands and desk.error is None


def test_a_recognizer_that_came_in_the_place_of_another_is_the_one_that_reads(desk: Desk) -> None:
    desk.use("svm")
    assert not desk.ready
    assert desk.hear(ReaderReady("svm", "cnn", ("cnn",), "SVM is not installed.", True))
    assert (desk.ready, desk.backend) == (True, "cnn")


def test_news_of_one_that_is_no_longer_wanted_changes_nothing(desk: Desk) -> None:
    desk.use("knn")
    assert not desk.hear(ready("cnn", learns_hands=True))
    assert not desk.hear(ReaderFailed("cnn", "It is damaged."))
    assert (desk.ready, desk.backend, desk.error) == (False, "knn", None)
    assert desk.hear(ReaderFailed("knn", "It is damaged."))
    assert (desk.ready, desk.error) == (False, "It is damaged.")
    desk.use("cnn")
    assert desk.error is None, "another try"


def test_whether_the_hand_helps(desk: Desk) -> None:
    assert desk.hear(HandLearned(0, "It cannot learn."))
    assert desk.hand_error == "It cannot learn."
    assert desk.hear(HandLearned(3, None))
    assert desk.hand_error is None


def test_readings_are_for_the_scene(desk: Desk) -> None:
    before = (desk.ready, desk.backend, desk.error, desk.hand_error)
    assert desk.hear(InkRead(1, None, None, "That failed."))
    assert (desk.ready, desk.backend, desk.error, desk.hand_error) == before


def test_the_labs_readers_are_the_same_at_each_visit(desk: Desk) -> None:
    assert desk.lab is desk.lab


def test_nothing_is_loaded_before_it_begins(tmp_path: Path) -> None:
    recognizer, models, post = FakeRecognizer(), FakeModels(cnn=LearningRecognizer()), Post()
    settings = SettingsFile.load(tmp_path).settings
    desk = Desk(
        settings, tmp_path / "hand.json", "cnn", load=recognizer.load, lab_models=models,
        post=post, at_once=False,
    )  # fmt: skip
    desk.lab.open()
    assert post.is_silent() and models.loads == []
    desk.begin()
    news = {type(post.next(object)) for _ in range(3)}
    assert news == {ReaderReady, LabFound, LabLoaded} and models.loads == ["cnn"]
    desk.close()
