"""A second look at ink that the classifier doubts: the same digit, leaning to either side.

A digit that leans is the same digit, but who is unsure of it upright is often sure of it leaning.
All that is not plain at once is drawn twice more, and the three beliefs are averaged. Strokes are
drawn anew, as sharp as before; a picture can only be sheared, which blurs it, so it leans less.
What is plain is read as fast as without.

This is test-time augmentation, as with the ten crops of Krizhevsky, Sutskever & Hinton, "ImageNet
classification with deep convolutional neural networks", NIPS 2012, for doubtful ink alone. The
slants were chosen on digits held out from the training and varied: `train.second_look_choice`
compares them, and other ways to draw a digit again.
"""

from collections.abc import Callable, Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.ink import GLYPH_CENTRE, GLYPH_SIZE, Glyph, Stroke, glyph

LEANS = (-0.5, 0.5)  # of strokes, x per y
PICTURE_LEANS = (-0.3, 0.3)
PLAIN = 0.9  # probability of the likeliest digit, from which one look is enough
MOST = 6  # pieces of one writing that are looked at again, so that no scribble costs long

_DIGITS = 10
_OVERSAMPLING = 4  # a picture is sheared four times larger in both directions

Scores = NDArray[np.float32]  # (N, 10) or (N, 11); the eleventh is "not a digit"


def leaning(strokes: Sequence[Stroke]) -> list[Glyph]:
    """The glyphs uint8 (28, 28) of a digit's strokes, drawn at each of `LEANS`."""
    frames = [np.array([[1.0, lean], [0.0, 1.0]]) for lean in LEANS]
    return [glyph([stroke @ frame.T for stroke in strokes]) for frame in frames]


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
    """The scores (N, 10 or 11) after a second look at the doubtful ones; rows still sum to 1.

    `draw(row)` gives the glyphs uint8 (28, 28) of that row's ink leaning; `classify` is asked once
    for all of them. Of many doubtful ones only the `MOST` that come nearest to a digit are looked
    at.
    """
    belief = scores[:, :_DIGITS].max(axis=1)
    doubtful = np.flatnonzero(belief < PLAIN)
    doubtful = doubtful[np.argsort(-belief[doubtful], kind="stable")][:MOST]
    if not len(doubtful):
        return scores
    drawn = [draw(row) for row in doubtful.tolist()]
    seen = classify(np.stack([picture for glyphs in drawn for picture in glyphs]))
    after, at = scores.copy(), 0
    for row, glyphs in zip(doubtful.tolist(), drawn, strict=True):
        after[row] = np.vstack([scores[row], seen[at : at + len(glyphs)]]).mean(axis=0)
        at += len(glyphs)
    return after
