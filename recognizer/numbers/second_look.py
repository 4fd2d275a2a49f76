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
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import strokes as polyline
from recognizer.ink import GLYPH_CENTRE, GLYPH_SIZE, glyph
from recognizer.reading import DIGITS, NO_DIGIT_THRESHOLD
from recognizer.types import Glyph, Scores, Stroke

LEANS = (-0.5, 0.5)  # of strokes, x per y
PICTURE_LEANS = (-0.3, 0.3)
PLAIN = 0.9  # probability of the likeliest digit from which one look is enough
MOST = 4  # pieces of one writing that are looked at again, so that no scribble costs long

_OVERSAMPLING = 4  # a picture is sheared four times larger in both directions


def leaning(strokes: Sequence[Stroke]) -> list[Glyph]:
    """The glyphs uint8 (28, 28) of a digit's strokes, drawn at each of `LEANS`."""
    return [glyph([polyline.sheared(stroke, lean) for stroke in strokes]) for lean in LEANS]


def leaning_picture(picture: Glyph) -> list[Glyph]:
    """The glyph uint8 (28, 28), which holds ink, sheared to each of `PICTURE_LEANS`."""
    return [sheared(picture, lean) for lean in PICTURE_LEANS]


def sheared(picture: Glyph, lean: float) -> Glyph:
    """The glyph uint8 (28, 28), which holds ink, leaning by `lean` (x per y) more than before.

    Its centre of mass stands in the middle, as in every glyph.
    """
    large = cv2.resize(
        picture, None, fx=_OVERSAMPLING, fy=_OVERSAMPLING, interpolation=cv2.INTER_CUBIC
    )
    moments = cv2.moments(large)
    mass = np.array([moments["m10"], moments["m01"]]) / moments["m00"]
    frame = np.array([[1.0, lean], [0.0, 1.0]])
    shift = (GLYPH_CENTRE + 0.5) * _OVERSAMPLING - 0.5 - frame @ mass
    moved = cv2.warpAffine(large, np.column_stack([frame, shift]), large.shape)
    return cast(Glyph, cv2.resize(moved, (GLYPH_SIZE, GLYPH_SIZE), interpolation=cv2.INTER_AREA))


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
