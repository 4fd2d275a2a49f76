"""Everybody whose pen may be learned from: pendigits, UNIPEN, UJI and a tablet's owner, in one.

A person is held out as a whole. Writers are numbered through all sets, so that nobody is two people
and no two people are one; UNIPEN's letters, signs and digits are numbered apart, since its files do
not tell which of their writers are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from train.data import pens, sets
from train.data.cleaning import mislabelled
from train.data.doubles import without_doubles
from train.data.not_digits import shows_no_digit
from train.data.samples import InkSample
from train.data.unipen import PenDigit

_DIGITS = ("unipen-digits-train", "uji-digits-train", "numberpad-digits")
_OTHER_INK = ("unipen-letters-train", "unipen-signs-train", "uji-letters-train")
_ROOM = 1_000  # numbers of writers that are kept for a set

PENDIGITS = "pendigits training strokes"
_TITLES = {
    "unipen-digits-train": "UNIPEN train_r01_v07 digits",
    "unipen-letters-train": "UNIPEN train_r01_v07 letters",
    "unipen-signs-train": "UNIPEN train_r01_v07 signs",
    "uji-digits-train": "UJI Pen Characters v2 digits, training writers",
    "uji-letters-train": "UJI Pen Characters v2 letters and signs, training writers",
    "numberpad-digits": "NumberPad digits",
}

Ink = TypeVar("Ink", PenDigit, InkSample)


@dataclass(frozen=True)
class People:
    """Digits, and letters and signs that nobody takes for one, of some people."""

    digits: list[PenDigit]
    other_ink: list[InkSample] = field(default_factory=list)


@dataclass(frozen=True)
class Crowd:
    """People to learn from, other people to choose by, and what was found on the way."""

    training: People
    held_out: People
    sources: tuple[str, ...]  # the sets that were there, in words
    absent: tuple[str, ...]  # the sets that the data folder lacks
    left_out: int  # digits whose label seems wrong


def load_people(folder: Path | None, seed: int, share_held_out: float) -> Crowd:
    """Load everybody and hold a share of each set's people out, decided by the seed.

    Held-out digits keep labels that seem wrong. Raises DataError where pendigits is missing or a
    file is damaged; any other set may be absent.
    """
    pen_sets = {
        name: pens.load_pens(name, folder, purpose="train") for name in (*_DIGITS, *_OTHER_INK)
    }
    there = {name: samples for name, samples in pen_sets.items() if samples is not None}
    digits = [sets.load_pendigits(train=True, data=folder)]
    for name in _DIGITS:
        if name in there:
            first = len(digits) * _ROOM
            digits.append(
                [PenDigit(int(s.label), first + s.writer, s.strokes) for s in there[name]]
            )
    training: list[PenDigit] = []
    held_out: list[PenDigit] = []
    for of_set in digits:
        own, others = split(without_doubles(of_set), share_held_out, seed)
        training += own
        held_out += others
    wrong = mislabelled(training)
    kept = [digit for digit, out in zip(training, wrong, strict=True) if not out]
    other_ink: tuple[list[InkSample], list[InkSample]] = ([], [])
    for name in _OTHER_INK:
        parts = split(without_doubles(there.get(name, [])), share_held_out, seed)
        for part, some in zip(other_ink, parts, strict=True):
            part += [sample for sample in some if shows_no_digit(sample)]
    return Crowd(
        People(kept, other_ink[0]),
        People(held_out, other_ink[1]),
        (PENDIGITS, *(_TITLES[name] for name in there)),
        tuple(_TITLES[name] for name in pen_sets if name not in there),
        int(wrong.sum()),
    )


def split(samples: Sequence[Ink], share_held_out: float, seed: int) -> tuple[list[Ink], list[Ink]]:
    """Split into (training, held out) so that no writer is in both; one person alone stays."""
    writers = sorted({sample.writer for sample in samples})
    count = min(max(1, round(share_held_out * len(writers))), len(writers) - 1)
    chosen = set(np.random.default_rng(seed).permutation(writers)[:count].tolist())
    return (
        [sample for sample in samples if sample.writer not in chosen],
        [sample for sample in samples if sample.writer in chosen],
    )
