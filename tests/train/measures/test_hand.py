"""Measuring how a hand is learned: odd writers, draws, sums, and the ways that are compared."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer import Digit, Reading
from recognizer.personal.samples import DrawnHand, Hand
from recognizer.personal.trajectory import POINTS
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.experiments import hand as ways_to_learn
from train.experiments import odd_writers
from train.experiments.hand import Seen
from train.forms.digits import draw_digit
from train.measures import hand
from train.measures.hand import SHOTS, Score, draw, summarise, writers_with_enough
from train.measures.readers import Reader
from train.measures.test_sets import TestSets


def written(writer: int, count: int, first: int = 0) -> list[InkSample]:
    """So many samples of each digit; their one point says which sample it is."""
    return [
        InkSample(str(digit), writer, [np.array([[float(digit), float(first + n)]])])
        for n in range(count)
        for digit in range(10)
    ]


class Pupil:
    """Takes the sevens of every hand for ones until it was taught; reads all else rightly.

    With a hand it misreads nines instead if it is `spoiled`.
    """

    learns_hands = True

    def __init__(self, spoiled: bool = False) -> None:
        self.taught: list[list[str]] = []
        self._spoiled = spoiled

    def learn_hand(self, samples: object) -> None:
        self.taught.append([str(label) for label, _ in samples])  # type: ignore[attr-defined]

    def read(self, strokes: list[np.ndarray], length: int | None = None) -> Reading:
        value = int(strokes[0][0, 0])
        knows = bool(self.taught and self.taught[-1])
        if value == 7 and not knows:
            value = 1
        if value == 9 and knows and self._spoiled:
            value = 4
        even = np.full(10, 0.1, np.float32)
        return Reading("fake", 0.1, (Digit(value, even, (0, 0, 1, 1)),))


def test_only_writers_with_enough_of_every_digit_count() -> None:
    samples = written(1, SHOTS + 1) + written(2, SHOTS) + written(3, SHOTS + 1)[:-1]
    assert writers_with_enough(samples) == [1]


@pytest.mark.parametrize("seed", [None, 0, 1])
def test_a_draw_learns_three_of_each_and_reads_the_rest(seed: int | None) -> None:
    labels = np.repeat(np.arange(10), 5)
    rows = np.arange(50)
    learned, rest = draw(labels, rows, seed)
    assert np.bincount(labels[learned]).tolist() == [SHOTS] * 10
    assert sorted([*learned, *rest]) == rows.tolist()
    if seed is None:
        assert learned[:3].tolist() == [0, 1, 2]
    again, _ = draw(labels, rows, seed)
    assert learned.tolist() == again.tolist()


def test_draws_differ() -> None:
    labels, rows = np.repeat(np.arange(10), 5), np.arange(50)
    first, second = (draw(labels, rows, seed)[0].tolist() for seed in (0, 1))
    assert first != second


def test_the_ten_worst_are_those_with_the_greatest_shares() -> None:
    good = [Score(n, 100, 1, 1, 0) for n in range(10)]
    bad = [Score(20 + n, 50, 4, 1, 0) for n in range(10)]
    harmed = Score(40, 100, 0, 1, 1)
    hardly = Score(41, 200, 0, 1, 1)
    summary = summarise([*good, *bad, harmed, hardly])
    assert (summary.writers, summary.digits) == (22, 1_800)
    assert (summary.before, summary.after) == (50, 22)
    assert (summary.worst_before, summary.worst_after) == (40, 10)
    assert summary.worst_fall == pytest.approx(0.75)
    assert summary.worse == (harmed,)
    assert summarise([harmed]).worst_fall == 0


def test_a_writer_is_read_without_and_with_the_hand() -> None:
    pupil = Pupil()
    score = hand.read_writer(pupil, written(3, 5), [None, 0])
    assert score == Score(3, 20, 2, 0, 0)
    assert pupil.taught[0] == [] and pupil.taught[-1] == []
    assert sorted(pupil.taught[1]) == sorted("0123456789" * SHOTS)


def test_harm_is_counted() -> None:
    score = hand.read_writer(Pupil(spoiled=True), written(3, 5), [None])
    assert score == Score(3, 20, 2, 2, 2)


def test_a_set_without_enough_of_anyone_is_left_out(reader_of: Callable[..., Reader]) -> None:
    assert hand.measure_set(reader_of(Pupil()), "some", written(1, SHOTS)) is None


def test_the_figures_are_written(
    reader_of: Callable[..., Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = reader_of(Pupil(spoiled=True))
    samples = written(1, 5) + written(2, 4) + written(9, 1)
    numbers = [InkSample("7", 1, samples[7].strokes), InkSample("3", 9, samples[3].strokes)]
    outcome = hand.measure_set(reader, "some", samples, numbers)
    assert outcome is not None
    assert [score.writer for score in outcome.scores] == [1, 2]
    assert outcome.numbers == (1, 0, 1)
    assert outcome.refused is not None
    monkeypatch.setattr(hand, "measure_sets", lambda *_: [outcome])
    text = hand.measure([reader], TestSets(None), tmp_path)
    assert "| some | 2 | 30 | 3.0 | 3.0 | 3.0 |" in text
    assert "0 of 1 right without, 1 with the hand" in text
    table = json.loads((tmp_path / "hand-cnn.json").read_text())
    assert table["test sets"]["some"]["scores"][0]["writer"] == 1
    assert (tmp_path / "hand-cnn.md").read_text() in text


def test_a_model_that_learns_no_hand_gets_a_sentence(
    reader_of: Callable[..., Reader], tmp_path: Path
) -> None:
    pupil = Pupil()
    pupil.learns_hands = False
    text = hand.measure([reader_of(pupil)], TestSets(None), tmp_path)
    assert "CNN: this model learns no hand" in text
    assert list(tmp_path.iterdir()) == []


# --- odd writers ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def digits() -> list[PenDigit]:
    random = np.random.default_rng(3)
    return [PenDigit(n % 10, n % 2 + 1, draw_digit(n % 10, random)) for n in range(80)]


@pytest.mark.parametrize("kind", odd_writers.KINDS)
def test_every_writer_gets_hands_of_all_digits(kind: str, digits: list[PenDigit]) -> None:
    hands = odd_writers.KINDS[kind](digits, 0)
    assert len({sample.writer for sample in hands}) == 2 * odd_writers.HANDS
    assert {sample.label for sample in hands} <= set("0123456789")
    assert all(np.isfinite(stroke).all() for sample in hands for stroke in sample.strokes)
    again = odd_writers.KINDS[kind](digits, 0)
    assert all(
        np.array_equal(a, b)
        for one, other in zip(hands, again, strict=True)
        for a, b in zip(one.strokes, other.strokes, strict=True)
    )
    other_seed = odd_writers.KINDS[kind](digits, 1)
    assert any(
        len(a) != len(b) or not np.allclose(a, b)
        for one, other in zip(hands, other_seed, strict=False)
        for a, b in zip(one.strokes, other.strokes, strict=False)
    )


# --- the ways -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Two writers whose sevens are taken for ones; features and courses say better."""
    random = np.random.default_rng(1)
    labels = np.tile(np.repeat(np.arange(10), 5), 2)
    places = random.gamma(0.3, 1.0, (10, 60))
    features = places[labels] + 0.05 * random.gamma(0.3, 1.0, (100, 60))
    logits = np.full((100, 11), 0.0)
    logits[np.arange(100), np.where(labels == 7, 1, labels)] = 5.0
    writers = np.repeat([4, 6], 50)
    courses = random.normal(0, 0.3, (10, 2 * POINTS))[labels]
    courses += random.normal(0, 0.02, courses.shape)
    return Seen(labels, writers, logits.astype(np.float32), features.astype(np.float32), courses)


def test_every_way_learns_an_easy_hand(seen: Seen) -> None:
    for name, way in ways_to_learn.ways(seen).items():
        scores = ways_to_learn.score_way(way, seen)
        assert [(s.writer, s.digits, s.before) for s in scores] == [(4, 20, 2), (6, 20, 2)]
        assert sum(s.new for s in scores) == 0, name
        if name not in ("nearest, at most 4", "trajectory"):  # both less than the network is sure
            assert sum(s.after for s in scores) == 0, name


def test_the_shipped_way_is_the_first(seen: Seen) -> None:
    way = next(iter(ways_to_learn.ways(seen).values()))
    learned = seen.take(np.arange(0, 50, 2))
    found = way(learned, learned.labels, seen)
    by_looks = Hand(learned.features, learned.labels.tolist())
    by_course = DrawnHand(learned.trajectories, learned.labels.tolist())
    believed = by_looks.blend(seen.probabilities, seen.features)
    assert np.array_equal(found, by_course.blend(believed, seen.trajectories))


def test_scribbles_that_stay_refused_are_counted(seen: Seen) -> None:
    logits = np.zeros((10, 11), np.float32)
    logits[:8, 10] = 9.0
    far = np.random.default_rng(9).gamma(0.3, 1.0, (10, 60)).astype(np.float32)
    none = np.zeros(10, np.int64)
    scribbles = Seen(none, none, logits, far, np.full((10, 2 * POINTS), 9.0))
    way = next(iter(ways_to_learn.ways(seen).values()))
    assert ways_to_learn.refused(way, seen, scribbles) == (0.8, 0.8)
