"""Doubt: digits of every validation part are kept, other ink is refused."""

import numpy as np
import pytest

from recognizer.reading import NO_DIGIT_THRESHOLD
from recognizer.rejection_curve import no_digit
from train.data.sets import Images
from train.fitting.classical import Parts
from train.fitting.rejection_curve import ACCEPTED, fit_curve, fit_rejection_curve


def evidence(distance: float, share: float, count: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.column_stack(
        [random.normal(distance, 1, count), random.normal(share, 0.1, count).clip(0, 1)]
    )


def test_the_curve_keeps_digits_of_every_part_and_refuses_the_rest() -> None:
    near, odd = evidence(2, 0.95, 1_000, 0), evidence(4, 0.8, 4_000, 1)
    none = evidence(12, 0.4, 800, 2)
    weights = fit_curve([near, odd], np.concatenate([near, odd]), none)
    for part in (near, odd):
        assert (no_digit(part, weights) <= NO_DIGIT_THRESHOLD).mean() >= ACCEPTED
    assert (no_digit(none, weights) > NO_DIGIT_THRESHOLD).mean() > 0.99
    # No more is given up than was asked for: the constant stands at the edge of the oddest part.
    assert (no_digit(odd, weights) <= NO_DIGIT_THRESHOLD).mean() < 1.0


def test_evidence_that_never_changes_does_no_harm() -> None:
    digits, none = np.zeros((300, 2)), np.zeros((300, 2))
    none[:, 0] = 1.0
    weights = fit_curve([digits], digits, none)
    assert np.isfinite(weights).all()
    assert (no_digit(digits, weights) <= NO_DIGIT_THRESHOLD).all()
    assert (no_digit(none, weights) > NO_DIGIT_THRESHOLD).all()


def test_the_figures_are_those_of_ink_that_was_kept_back() -> None:
    """A picture's brightness stands for its evidence."""

    def images(brightness: int, count: int) -> Images:
        shades = np.random.default_rng(brightness).integers(brightness, brightness + 20, count)
        return Images(
            np.broadcast_to(shades[:, None, None], (count, 28, 28)).astype(np.uint8),
            np.zeros(count, np.int64),
        )

    def brightness(glyphs: np.ndarray) -> np.ndarray:
        return np.column_stack([glyphs[:, 0, 0].astype(float), np.zeros(len(glyphs))])

    none = images(200, 400)
    none.pixels[1::4] = 25  # of every second one, which is measured, half look like digits
    parts = Parts(*(images(20, 300) for _ in range(5)), none, ())
    _, figures = fit_rejection_curve(brightness, parts)
    assert figures["validation_negatives_refused"] == pytest.approx(0.5)
    assert figures["validation_digits_accepted"] >= ACCEPTED
