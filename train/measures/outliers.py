"""What a recognizer should refuse, and the real digits that this may cost: the sets, for measuring.

Outliers are UNIPEN's letters but for those of `SHAPES_SHARED_WITH_DIGITS`, its signs but for those
of `SIGNS_SHARED_WITH_DIGITS`, the scribbles, dots and dashes of `train.measures.scribbles`, and
people's digits mirrored, those whose mirror image is no digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.types import Stroke
from train.data.not_digits import (
    DASHES,
    SHAPES_SHARED_WITH_DIGITS,
    SIGNS_SHARED_WITH_DIGITS,
    TWINS_OF_DIGITS,
    is_bare_line,
)
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.forms.negatives import MIRRORED
from train.measures import scribbles

SCRIBBLES_EACH = 200  # of each kind, as of dots and dashes
SEED = 5

LETTERS = "UNIPEN dev letters"
ALL_LETTERS = "UNIPEN dev letters, only twins of digits left out"
SIGNS = "UNIPEN dev signs"
SCRIBBLES = "scribbles"
DOTS = "dots and dashes"
MIRRORED_DIGITS = "mirrored 3 4 7 9"

Strokes = Sequence[Stroke]


@dataclass(frozen=True)
class Ink:
    """Samples of one set with the kind of each: a letter, a kind of scribble, a digit."""

    name: str
    kinds: tuple[str, ...]
    samples: tuple[Strokes, ...]

    def __len__(self) -> int:
        return len(self.samples)


@dataclass(frozen=True)
class Collection:
    """All that is read: real digits, and ink that is none. `bare` letters were left out as such."""

    digits: tuple[Ink, ...]
    outliers: tuple[Ink, ...]
    bare: int = 0


def collect(
    digits: Sequence[tuple[str, Sequence[InkSample]]],
    crossed_out: Sequence[PenDigit],
    letters: Sequence[InkSample] | None,
    signs: Sequence[InkSample] | None,
    limit: int | None = None,
    mirrored: Sequence[InkSample] = (),
) -> Collection:
    """Gather the sets and draw the scribbles; `limit` takes so many samples of each set.

    They are spread over it. `crossed_out` are the digits that some scribbles go over, `mirrored`
    those of which the `MIRRORED` ones are shown in a mirror.
    """
    outliers: list[Ink] = []
    bare = 0
    if letters is not None:
        pairs = [pair for pair in _pairs(letters) if pair[0] not in TWINS_OF_DIGITS]
        own = [pair for pair in pairs if pair[0] not in SHAPES_SHARED_WITH_DIGITS]
        whole = [pair for pair in own if not is_bare_line(pair[1])]
        bare = len(own) - len(whole)
        outliers += [_ink(LETTERS, whole, limit), _ink(ALL_LETTERS, pairs, limit)]
    if signs is not None:
        own = [pair for pair in _pairs(signs) if pair[0] not in SIGNS_SHARED_WITH_DIGITS]
        whole = [pair for pair in own if pair[0] in DASHES or not is_bare_line(pair[1])]
        outliers.append(_ink(SIGNS, whole, limit))
    each = SCRIBBLES_EACH
    if limit is not None:
        each = min(each, -(-limit // len(scribbles.SCRIBBLE_KINDS)))
    for name, drawn in (
        (SCRIBBLES, scribbles.scribbles(crossed_out, each, SEED)),
        (DOTS, scribbles.dots_and_dashes(each, SEED)),
    ):
        outliers.append(_ink(name, [(scribble.kind, scribble.strokes) for scribble in drawn], None))
    turned = [
        (sample.label, [stroke[:, :2] * (-1, 1) for stroke in sample.strokes])
        for sample in mirrored
        if int(sample.label) in MIRRORED
    ]
    if turned:
        outliers.append(_ink(MIRRORED_DIGITS, turned, limit))
    real = [_ink(name, _pairs(samples), limit) for name, samples in digits]
    return Collection(tuple(real), tuple(outliers), bare)


def _pairs(samples: Sequence[InkSample]) -> list[tuple[str, Strokes]]:
    return [(sample.label, sample.strokes) for sample in samples]


def _ink(name: str, pairs: Sequence[tuple[str, Strokes]], limit: int | None) -> Ink:
    if limit is not None and limit < len(pairs):
        pairs = [pairs[int(row)] for row in np.linspace(0, len(pairs) - 1, limit)]
    return Ink(name, tuple(kind for kind, _ in pairs), tuple(strokes for _, strokes in pairs))
