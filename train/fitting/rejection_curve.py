"""When KNN and SVM say "not a digit": a logistic curve over their evidence.

The slopes come from a logistic regression of digits against ink that is none, all by writers whose
digits the classifier has not learned. The constant is then set by what a digit refused costs: of
each validation part `ACCEPTED` are still read at the threshold of play.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from recognizer.reading import NO_DIGIT_THRESHOLD
from recognizer.rejection_curve import Weights, no_digit
from recognizer.types import Glyph
from train.fitting.classical import Parts

ACCEPTED = 0.9985  # of the digits of each validation part, refused ones being the oddest

Evidence = NDArray[np.float64]  # (N, E), see the classifiers' `evidence`


def fit_rejection_curve(
    gather: Callable[[Glyph], Evidence], parts: Parts
) -> tuple[Weights, dict[str, float]]:
    """The weights for the evidence that a classifier can `gather`, and their figures.

    Half of the ink that is no digit is kept back to be measured.
    """
    validation = [gather(part.pixels) for part in parts.validation]
    varied, none = gather(parts.varied_validation.pixels), gather(parts.no_digits.pixels)
    weights = fit_curve(validation, np.concatenate([*validation, varied]), none[::2])
    refused = no_digit(none[1::2], weights) > NO_DIGIT_THRESHOLD
    accepted = [no_digit(part, weights) <= NO_DIGIT_THRESHOLD for part in validation]
    return weights, {
        "validation_negatives_refused": round(float(refused.mean()), 4),
        "validation_digits_accepted": round(min(float(part.mean()) for part in accepted), 4),
    }


def fit_curve(validation: list[Evidence], digits: Evidence, none: Evidence) -> Weights:
    """The weights that tell `digits` from `none` and lose few digits of any validation part."""
    evidence = np.concatenate([digits, none])
    middle, spread = evidence.mean(axis=0), np.maximum(evidence.std(axis=0), 1e-9)
    curve = LogisticRegression(class_weight="balanced", max_iter=1_000)
    curve.fit((evidence - middle) / spread, np.arange(len(evidence)) >= len(digits))
    slopes = curve.coef_[0] / spread
    odds_of_the_oddest = max(
        float(np.quantile(part @ slopes, ACCEPTED, method="higher")) for part in validation
    )
    threshold = np.log(NO_DIGIT_THRESHOLD / (1 - NO_DIGIT_THRESHOLD))
    # A little room: float32 must not put the very digit at the edge on its other side.
    constant = threshold - odds_of_the_oddest - 1e-4
    weights: Weights = np.append(slopes, constant).astype(np.float32)
    return weights
