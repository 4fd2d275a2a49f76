"""A second look at ink that the classifier doubts: the same strokes, leaning to either side.

A digit that leans is the same digit, but who is unsure of it upright is often sure of it leaning.
Strokes can be drawn anew at any slant, as sharp as before; so all that is not plain at once is
drawn twice more, and the three beliefs are averaged. What is plain is read as fast as without.

This is test-time augmentation, as with the ten crops of Krizhevsky, Sutskever & Hinton, "ImageNet
classification with deep convolutional neural networks", NIPS 2012, for doubtful ink alone. The
slants were chosen on digits of writers held out from the training, in hands made odd:
`train.second_look_choice` compares them, and other ways to draw a digit again.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.ink import Glyph, Stroke, glyph

LEANS = (-0.5, 0.5)  # x per y
PLAIN = 0.9  # probability of the likeliest digit, from which one look is enough
MOST = 6  # pieces of one writing that are looked at again, so that no scribble costs long

_DIGITS = 10

Scores = NDArray[np.float32]  # (N, 10) or (N, 11); the eleventh is "not a digit"


def leaning(strokes: Sequence[Stroke]) -> list[Glyph]:
    """The glyphs uint8 (28, 28) of a digit's strokes, drawn at each of `LEANS`."""
    frames = [np.array([[1.0, lean], [0.0, 1.0]]) for lean in LEANS]
    return [glyph([stroke @ frame.T for stroke in strokes]) for frame in frames]


def look_again(
    scores: Scores,
    draw: Callable[[int], Sequence[Glyph]],
    classify: Callable[[Glyph], Scores],
) -> Scores:
    """The scores (N, 10 or 11) after a second look at the doubtful ones; rows still sum to 1.

    `draw(row)` gives the glyphs uint8 (28, 28) of that row's ink leaning, none where it cannot be
    drawn again; `classify` is asked once for all of them. Of many doubtful ones only the `MOST`
    that come nearest to a digit are looked at.
    """
    belief = scores[:, :_DIGITS].max(axis=1)
    doubtful = np.flatnonzero(belief < PLAIN)
    doubtful = doubtful[np.argsort(-belief[doubtful], kind="stable")][:MOST]
    drawn = {row: glyphs for row in doubtful.tolist() if (glyphs := draw(row))}
    if not drawn:
        return scores
    seen = classify(np.stack([picture for glyphs in drawn.values() for picture in glyphs]))
    after, at = scores.copy(), 0
    for row, glyphs in drawn.items():
        after[row] = np.vstack([scores[row], seen[at : at + len(glyphs)]]).mean(axis=0)
        at += len(glyphs)
    return after
