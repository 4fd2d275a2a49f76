"""The same ink under several names: kept once, and those who share it are one person.

UNIPEN gathers what its sites sent, and some of it came twice, under other writers' names: of 10,291
training digits of 82 writers 374 are doubles, and make them 72 people. Whoever is held out must be
unknown to the training.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from train.data.samples import InkSample
from train.data.unipen import PenDigit

Ink = TypeVar("Ink", PenDigit, InkSample)


def without_doubles(samples: Sequence[Ink]) -> list[Ink]:
    """Each sample once, its writer the first of all who share ink with theirs, and so on."""
    from scipy.cluster.hierarchy import DisjointSet  # heavy, as in `cleaning`

    people = DisjointSet({sample.writer for sample in samples})
    first: dict[bytes, Ink] = {}
    for sample in samples:
        ink = b"|".join(stroke.tobytes() for stroke in sample.strokes)
        people.merge(first.setdefault(ink, sample).writer, sample.writer)
    person = {writer: min(group) for group in people.subsets() for writer in group}
    return [replace(sample, writer=person[sample.writer]) for sample in first.values()]
