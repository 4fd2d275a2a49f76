"""A second look at ink that the classifier doubts: the same digit, leaning to either side.

A digit that leans is the same digit, but who is unsure of it upright is often sure of it leaning.
All that is not plain at once is drawn twice more, and the beliefs in each digit are averaged.
Whether it is a digit at all is not asked again: scribbles look more like one, leaning. Strokes are
drawn anew, as sharp as before; a picture can only be sheared, which blurs it, so it leans less.
What is plain is read as fast as without.

This is test-time augmentation, as with the ten crops of Krizhevsky, Sutskever & Hinton, "ImageNet
classification with deep convolutional neural networks", NIPS 2012, for doubtful ink alone. The
slants were chosen on digits held out from the training and varied: `train.experiments.second_look`
compares them, and other ways to draw a digit again.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.reading import DIGITS, NO_DIGIT_THRESHOLD
from recognizer.types import Glyph, Scores

PLAIN = 0.9  # probability of the likeliest digit from which one look is enough
MOST = 4  # pieces of one writing that are looked at again, so that no scribble costs long


def look_again(
    scores: Scores,
    draw: Callable[[int], Sequence[Glyph]],
    classify: Callable[[Glyph], Scores],
) -> Scores:
    """The scores (N, 10 or 11) after a second look at the doubtful ones.

    Rows still sum to 1, and the eleventh column stays as it was.

    `draw(row)` gives the glyphs uint8 (28, 28) of that row's ink leaning; `classify` is asked once
    for all of them. Of many doubtful ones only the `MOST` that come nearest to a digit are looked
    at.
    """
    belief = scores[:, :DIGITS].max(axis=1)
    doubtful = np.flatnonzero(is_doubtful(scores))
    doubtful = doubtful[np.argsort(-belief[doubtful], kind="stable")][:MOST]
    if not len(doubtful):
        return scores
    drawn = [draw(row) for row in doubtful.tolist()]
    seen = classify(np.stack([picture for glyphs in drawn for picture in glyphs]))
    # By look, not by row: every row was drawn in the same number of ways.
    looks = seen.reshape(len(doubtful), -1, scores.shape[1]).swapaxes(0, 1)
    after = scores.copy()
    after[doubtful] = averaged([scores[doubtful], *looks])
    return after


def is_doubtful(scores: Scores) -> NDArray[np.bool_]:
    """Which rows of scores (N, 10 or 11) call for a second look, bool (N,).

    Those in which no digit is plain, but not those that are refused anyway.
    """
    doubtful: NDArray[np.bool_] = scores[:, :DIGITS].max(axis=1) < PLAIN
    if scores.shape[1] > DIGITS:
        doubtful &= scores[:, DIGITS] <= NO_DIGIT_THRESHOLD
    return doubtful


def averaged(looks: Sequence[Scores]) -> Scores:
    """Looks at the same ink, each (N, 10 or 11), as one: the mean belief in each of the digits.

    That it is none of them stays as the first look has it. Rows sum to 1.
    """
    digits = [look[:, :DIGITS] for look in looks]
    sums = [np.maximum(part.sum(axis=1, keepdims=True), 1e-9) for part in digits]
    mean = np.mean([part / total for part, total in zip(digits, sums, strict=True)], axis=0)
    after = looks[0].copy()
    after[:, :DIGITS] = mean * sums[0]
    return after
