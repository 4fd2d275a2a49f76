"""Rejection figures, by a recognizer that is a stand-in: thresholds, curves, tables and sheets."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Digit, Reading
from train.measures import rejection as rejection_scores
from train.measures.outliers import ALL_LETTERS, LETTERS, Collection, Ink
from train.measures.readers import Reader
from train.measures.rejection import Rejection, draw_curves, judge, threshold_for
from train.measures.roc import area, roc
from train.measures.test_sets import TestSets


class ByWidth:
    """Takes narrow ink for a one and calls it the less a digit the wider it is; a dot is none."""

    def __init__(self, knows_no_digit: bool = True) -> None:
        self.knows_no_digit = knows_no_digit

    def read(self, strokes: list[np.ndarray], length: int | None = None) -> Reading:
        assert length == 1, "that there is one digit is told, as play tells it"
        width = float(np.ptp(strokes[0][:, 0]))
        probabilities = np.full(10, width / 9 if not self.knows_no_digit else 0.0, np.float32)
        probabilities[1] = 1 - probabilities.sum() + probabilities[1]
        no_digit = width if self.knows_no_digit else 0.0
        is_dot = not np.ptp(strokes[0])
        value = None if is_dot or no_digit > 0.75 else 1
        box = (0.0, 0.0, 1.0, 1.0)
        return Reading("fake", 0.1, (Digit(value, probabilities, box, no_digit),))


def ink(name: str, **widths: list[float]) -> Ink:
    pairs = [(kind, width) for kind, of in widths.items() for width in of]
    strokes = [[np.array([[0.0, 0.0], [width, 2.0 * (width > 0)]])] for _, width in pairs]
    return Ink(name, tuple(kind for kind, _ in pairs), tuple(strokes))


@pytest.fixture
def collection() -> Collection:
    narrow = np.linspace(0.001, 0.1, 100).tolist()
    return Collection(
        (ink("pendigits test", one=narrow), ink("UNIPEN dev digits", one=[*narrow[:98], 0.3, 0.8])),
        (
            ink(LETTERS, A=[0.05, 0.5], K=[0.9, 0.95]),
            ink(ALL_LETTERS, A=[0.05, 0.5], K=[0.9, 0.95]),
            ink("dots", dot=[0.0, 0.0]),
        ),
        bare=3,
    )


@pytest.fixture
def rejection(collection: Collection) -> Rejection:
    return judge(ByWidth(), collection, "cnn", "CNN")


def test_the_threshold_leaves_the_share_of_each_set(rejection: Rejection) -> None:
    pendigits, unipen = rejection.digits
    assert threshold_for(pendigits.scores) == pytest.approx(0.099)
    assert rejection.threshold == threshold_for(unipen.scores) == pytest.approx(0.3)
    # 198 of 200 may stay: of both together the narrow ones, and neither of the two wide ones.
    assert rejection.pooled_threshold == pytest.approx(0.1)
    assert pendigits.refused_share(rejection.threshold) == 0
    assert unipen.refused_share(rejection.threshold) == pytest.approx(0.01)


def test_refused_is_what_lies_beyond_and_every_dot(rejection: Rejection) -> None:
    letters, _, dots = rejection.outliers
    assert letters.refused_share(rejection.threshold) == 0.75
    assert letters.refused_share() == 0.5
    assert letters.by_kind(rejection.threshold) == {"A": 0.5, "K": 1.0}
    assert letters.by_kind() == {"A": 0.0, "K": 1.0}
    assert dots.refused_share() == dots.refused_share(2.0) == 1
    assert not rejection.by_confidence


def test_without_a_word_for_no_digit_the_score_is_lack_of_confidence(
    collection: Collection,
) -> None:
    found = judge(ByWidth(knows_no_digit=False), collection, "classic", "Classic")
    assert found.by_confidence
    assert found.threshold == pytest.approx(0.3, abs=1e-3)
    assert found.outliers[0].refused_share(found.threshold) == 0.75
    assert found.outliers[0].refused_share() == 0  # play refuses dots only
    assert found.outliers[2].refused_share(found.threshold) == 1
    assert "| Classic* |" in rejection_scores.summary([found])
    assert "knows no" in rejection_scores.summary([found])


def test_the_curve_runs_from_nothing_to_all_refused() -> None:
    random = np.random.default_rng(0)
    digits = np.round(random.beta(1, 6, 300), 2)
    none = np.append(np.round(random.beta(4, 2, 200), 2), [np.inf] * 5)
    lost, refused = roc(digits, none)
    assert (np.diff(lost) >= 0).all()
    assert (np.diff(refused) >= 0).all()
    assert (lost[0], lost[-1], refused[-1]) == (0, 1, 1)
    assert refused[0] == pytest.approx(5 / 205)
    for threshold in (0.1, 0.3):
        place = int(np.abs(lost - (digits > threshold).mean()).argmin())
        assert refused[place] == pytest.approx((none > threshold).mean(), abs=0.02)
    pairs = [(a < b) + 0.5 * (a == b) for a in digits for b in none]
    assert area(digits, none) == pytest.approx(float(np.mean(pairs)))
    assert np.trapezoid(refused, lost) == pytest.approx(area(digits, none), abs=1e-9)


def test_tables_curves_and_sheets_are_written(rejection: Rejection, tmp_path: Path) -> None:
    text = rejection_scores.write([rejection], tmp_path)
    written = (tmp_path / "rejection.md").read_text()
    assert written.startswith(text)
    assert "| CNN | 75.00% (30.1–95.4) | 75.00% (30.1–95.4) | 100.00% (34.2–100.0) |" in text
    assert "| A | 2 | 50% / 100% |" in written
    assert "3 samples" in text
    (figures,) = json.loads((tmp_path / "rejection.json").read_text())
    assert figures["outliers"][LETTERS]["refused at the threshold"] == 0.75
    assert figures["digits"]["UNIPEN dev digits"]["accepted by play"] == 0.99
    sheet = cv2.imread(str(tmp_path / "accepted-outliers-cnn.png"))
    assert (sheet < 100).any()
    draw_curves([rejection], tmp_path / "roc.png")
    assert cv2.imread(str(tmp_path / "roc.png")).shape[1] > 1_000


@pytest.mark.usefixtures("drawn_sets")
def test_what_there_is_is_measured(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    reader = reader_of(ByWidth(), "svm")
    text = rejection_scores.measure([reader], TestSets(None, 20), tmp_path)
    assert "| SVM |" in text
    assert {path.name for path in tmp_path.iterdir()} == {
        "rejection.md",
        "rejection.json",
        "rejection-roc.png",
        "accepted-outliers-svm.png",
    }
