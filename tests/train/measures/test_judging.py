"""The replay of written answers, with a stand-in for the recognizer and times by hand."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from recognizer import Digit, Reading, Recognizer
from recognizer.endpointing.endpointer import Call
from recognizer.endpointing.patience import NORMAL
from recognizer.strokes import bounding_box
from train.data import pens, sets
from train.experiments.judging import tuning_sets
from train.forms.numbers import WrittenNumber
from train.measures import judging
from train.measures.pen_timing import USUAL_HAND, Stroke
from train.measures.readers import Reader
from train.measures.replay import JudgingScore, Player, ReadInk, Replayed, read_ink, replay
from train.measures.test_sets import TestSets

STEM = np.array([[10.0, 0.0], [9.0, 40.0], [12.0, 80.0]])
ROOF = np.array([[10.0, 0.0], [60.0, 0.0]])
SECOND = STEM + np.array([200.0, 0.0])


def digit(value: int | None, strokes: Sequence[Stroke], confidence: float = 0.96) -> Digit:
    probabilities = np.full(10, (1 - confidence) / 9, np.float32)
    probabilities[value or 0] = confidence
    return Digit(value, probabilities, bounding_box(strokes))


class Straw:
    """Reads a lone stem as an open five, a stem with a roof as a five, and what is right of it."""

    def read(self, strokes: Sequence[Stroke], length: int | None = None) -> Reading:
        left = [stroke for stroke in strokes if stroke[0, 0] < 150]
        right = [stroke for stroke in strokes if stroke[0, 0] >= 150]
        digits = [digit(5, left, 0.96 if len(left) > 1 else 0.7)]
        if right:
            digits.append(digit(6, right))
        return Reading("straw", 2.0, tuple(digits))


def written(label: str, *strokes: Stroke, freely: bool = False) -> ReadInk:
    return read_ink(Straw(), WrittenNumber(label, "x", 3, list(strokes)), freely=freely)


@pytest.fixture
def player() -> Player:
    return Player(5.0, 0.15, USUAL_HAND, np.random.default_rng(0))


def test_a_roof_after_350_ms_is_waited_for(player: Player) -> None:
    found = player.replay(written("5", STEM, ROOF), [(0.0, 0.3), (0.65, 0.8)])
    assert (found.read, found.call) == ("5", Call.ACCEPT)
    assert found.delay is not None and 0 < found.delay < 0.25


def test_a_roof_after_three_seconds_is_too_late_and_the_next_answer_is_fresh(
    player: Player,
) -> None:
    found = player.replay(written("5", STEM, ROOF), [(0.0, 0.3), (3.3, 3.5)])
    assert found.delay is None
    again = player.replay(written("5", STEM, ROOF), [(0.0, 0.3), (0.6, 0.8)])
    assert again.delay is not None


def test_half_a_number_is_judged_too_early_only_after_long(player: Player) -> None:
    sample = written("56", STEM, ROOF, SECOND, freely=True)
    in_time = [(0.0, 0.3), (0.5, 0.6), (1.6, 1.9)]
    assert player.replay(sample, in_time).delay is not None
    late = [(0.0, 0.3), (0.5, 0.6), (0.7 + NORMAL.unfinished[1], 5.0)]
    found = player.replay(sample, late)
    assert found.delay is None
    assert (found.read, found.call, found.finished) == ("5", Call.CANNOT_READ, "56")


def test_a_stroke_that_comes_before_the_reading_is_no_fault(player: Player) -> None:
    found = player.replay(written("5", STEM, ROOF), [(0.0, 0.3), (0.3001, 0.5)])
    assert found.delay is not None


def test_the_same_seed_gives_the_same_hands() -> None:
    inks = [written("5", STEM, ROOF) for _ in range(40)]
    one, two = replay("fives", inks, seed=1), replay("fives", inks, seed=1)
    assert one == two != replay("fives", inks, seed=2)


def test_figures() -> None:
    answers = (
        Replayed("5", "5", "5", Call.ACCEPT, 0.1),
        Replayed("7", "1", "7", Call.ACCEPT, None),
        Replayed("4", "?", "?", Call.CANNOT_READ, 0.3),
        Replayed("8", "8", "8", Call.ACCEPT, 0.2),
    )
    score = JudgingScore("some", answers)
    assert (score.early, score.cannot_read) == (0.25, 0.25)
    assert (score.accuracy, score.finished_accuracy) == (0.5, 0.75)
    assert score.as_dict()["median delay ms"] == 200


FIVE = ([(30, 5), (28, 42), (50, 36), (70, 46), (74, 64), (66, 84), (48, 95), (22, 88)],
        [(30, 5), (75, 5)])  # fmt: skip
FOUR = [(45, 5), (20, 60), (85, 60)], [(62, 35), (60, 95)]
SEVEN = [(20, 10), (80, 10), (62, 45), (50, 70), (42, 95)], [(30, 52), (75, 50)]


@pytest.mark.parametrize(("label", "paths"), [("5", FIVE), ("4", FOUR), ("7", SEVEN)])
def test_the_shipped_cnn_waits_for_the_second_stroke(
    player: Player, label: str, paths: Sequence[list[tuple[float, float]]]
) -> None:
    strokes = [np.array(path, np.float64) for path in paths]
    sample = read_ink(Recognizer("cnn"), WrittenNumber(label, "x", 1, strokes), freely=False)
    found = player.replay(sample, [(0.0, 0.4), (0.75, 0.9)])
    assert found.read == found.finished == label
    assert found.delay is not None


@pytest.mark.usefixtures("drawn_sets")
def test_the_sets_are_replayed_and_the_table_is_kept(
    reader_of: Callable[..., Reader], tmp_path: Path
) -> None:
    text = judging.measure([reader_of(Straw(), "straw")], TestSets(None, 12), tmp_path)
    assert (tmp_path / "judging-straw.md").read_text() in text
    assert "100 Hz" in text and "`straw`" in text
    kept = json.loads((tmp_path / "judging-straw.json").read_text())
    assert [one["usual"]["test set"] for one in kept["sets"]] == [
        "pendigits test digits",
        "pendigits test numbers",
    ]
    assert [one["usual"]["answers"] for one in kept["sets"]] == [12, 12]
    assert [one["slow"]["answers"] for one in kept["sets"]] == [12, 12]
    assert kept["hands"]["slow"]["dead_time"] > kept["hands"]["usual"]["dead_time"]


@pytest.mark.usefixtures("drawn_sets")
def test_tuning_leaves_the_test_sets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    digits = sets.load_pendigits(train=True)

    def load(*, train: bool, data: Path | None = None) -> object:
        asked.append(train)
        return digits

    monkeypatch.setattr(sets, "load_pendigits", load)
    monkeypatch.setattr(pens, "load_pens", lambda name, data=None, *, purpose: 1 / 0)
    chosen = tuning_sets(None, 5)
    assert asked == [True] and len(chosen) == 2
