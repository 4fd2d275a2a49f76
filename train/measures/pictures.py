"""How pictures are read that people hand in: dirt, thin and pale pens, touching digits, bad light.

Every set is made by seed of MNIST's test digits and of the pens that may be measured
(`train.forms.pictures`), and read by `Recognizer.read_image`, the number of digits not told. What
is answered "?" or with nothing is not wrong in silence: for shadows and desks that is what counts.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.random import Generator

from recognizer.reading import UNREADABLE
from train.data.samples import InkSample
from train.forms import pictures
from train.forms.pictures import Picture, Written
from train.measures.readers import Question, Reader
from train.measures.shares import Share, share
from train.measures.sheets import Cell, draw_sheet
from train.measures.tables import table
from train.measures.test_sets import TestSets

EACH = 200  # pictures of a kind
SEED = 11

_CELL = (200, 150)  # px, of a picture on a sheet of mistakes
_COLUMNS = 6


@dataclass(frozen=True)
class Outcome:
    """What a recognizer made of the pictures of one kind."""

    pictures: tuple[Picture, ...]
    read: tuple[str, ...]

    @property
    def right(self) -> Share:
        """The share that was read exactly."""
        return share(
            np.array([p.label == t for p, t in zip(self.pictures, self.read, strict=True)])
        )

    @property
    def silently_wrong(self) -> Share:
        """The share that was read as another number, without a "?" in it."""
        pairs = zip(self.pictures, self.read, strict=True)
        return share(np.array([bool(t) and UNREADABLE not in t and p.label != t for p, t in pairs]))

    def cells(self) -> list[Cell]:
        """The pictures that were not read right, as "asked > read"."""
        pairs = zip(self.pictures, self.read, strict=True)
        return [Cell(f"{p.label} > {t or 'nothing'}", p.pixels) for p, t in pairs if p.label != t]


Make = Callable[[Written, Generator], Picture]


def kinds() -> dict[str, Make]:
    """How a picture of each kind is made."""
    digit, number = pictures.a_digit, pictures.a_number
    pens = {
        f"pen 1/{share}": partial(_picture, partial(digit, pen_share=share), pictures.scanned)
        for share in pictures.PENS
    }
    return {
        "plain digits": partial(_picture, digit, pictures.scanned),
        "plain numbers": partial(_picture, number, pictures.scanned),
        "one speck": partial(_picture, digit, pictures.scanned, laid=pictures.with_speck),
        "fifteen crumbs": partial(_picture, digit, pictures.scanned, laid=pictures.with_crumbs),
        **pens,
        "pencil": partial(_picture, digit, pictures.pencilled),
        "one touching pair": _one_touching_pair,
        "all touching": partial(
            _picture, partial(number, touching=lambda pairs: [True] * pairs), pictures.scanned
        ),
        "light to half": partial(_picture, digit, pictures.falling_to_half),
        "light to half, numbers": partial(_picture, number, pictures.falling_to_half),
        "hard shadow": partial(_picture, _either, pictures.hard_shadow),
        "desk at the edge": partial(_picture, _either, pictures.desk_at_the_edge),
    }


def _picture(
    write: Callable[[Written, Generator], tuple[str, pictures.Ink]],
    lit: Callable[[pictures.Ink, Generator], pictures.Grey],
    written: Written,
    random: Generator,
    laid: Callable[[pictures.Ink, Generator], pictures.Ink] = pictures.laid,
) -> Picture:
    label, ink = write(written, random)
    return Picture(lit(laid(ink, random), random), label)


def _one_touching_pair(written: Written, random: Generator) -> Picture:
    def touching(pairs: int) -> list[bool]:
        chosen = int(random.integers(pairs))
        return [pair == chosen for pair in range(pairs)]

    write = partial(pictures.a_number, touching=touching)
    return _picture(write, pictures.scanned, written, random)


def _either(written: Written, random: Generator) -> tuple[str, pictures.Ink]:
    make = pictures.a_digit if random.random() < 0.5 else pictures.a_number
    return make(written, random)


def compose(written: Written, each: int, seed: int = SEED) -> dict[str, tuple[Picture, ...]]:
    """So many pictures of each kind; a kind is the same whatever the others are."""
    return {
        name: tuple(
            make(written, np.random.default_rng([seed, zlib.crc32(name.encode()), number]))
            for number in range(each)
        )
        for name, make in kinds().items()
    }


def written_by_others(sets: TestSets) -> Written:
    """MNIST's test digits, and the digits of all people who are there to be measured."""
    samples: list[InkSample] = [sample for of in sets.all_digits for sample in of.samples]
    return Written(sets.mnist, samples)


def composed(sets: TestSets) -> dict[str, tuple[Picture, ...]]:
    """The pictures of each kind that are measured, the same whenever they are asked for."""
    # There are seventeen kinds, and a whole number of digits in most: a quarter of the limit each.
    each = EACH if sets.limit is None else min(EACH, -(-sets.limit // 4))
    return sets.once("pictures", lambda: compose(written_by_others(sets), each))


def questions(sets: TestSets) -> Iterator[Question]:
    """All that `read_all` will ask."""
    yield from ((picture.pixels, None) for of in composed(sets).values() for picture in of)


def read_all(reader: Reader, made: Mapping[str, tuple[Picture, ...]]) -> dict[str, Outcome]:
    """Every picture of every kind, the number of its digits not told."""
    reader.ahead((picture.pixels, None) for of in made.values() for picture in of)
    return {
        name: Outcome(of, tuple(reader.read_image(picture.pixels).text for picture in of))
        for name, of in made.items()
    }


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Read every kind with every model; writes pictures.json, pictures.md and the mistakes."""
    made = composed(sets)
    each = len(next(iter(made.values())))
    all_read = {reader.title: read_all(reader, made) for reader in readers}
    for reader in readers:
        for name, outcome in all_read[reader.title].items():
            file = f"mistakes-{name.replace('/', '-').replace(' ', '-')}-{reader.name}.png"
            draw_sheet(outcome.cells(), folder / file, _CELL, _COLUMNS)
    document = {
        title: {
            name: {
                "right": outcome.right.as_dict(),
                "silently wrong": outcome.silently_wrong.as_dict(),
            }
            for name, outcome in outcomes.items()
        }
        for title, outcomes in all_read.items()
    }
    (folder / "pictures.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown(all_read, each)
    (folder / "pictures.md").write_text(text, encoding="utf-8")
    return text


def _markdown(all_read: Mapping[str, Mapping[str, Outcome]], each: int) -> str:
    titles = list(all_read)
    rows = [
        [
            name,
            *(str(all_read[title][name].right) for title in titles),
            *(f"{all_read[title][name].silently_wrong.value:.1%}" for title in titles),
        ]
        for name in kinds()
    ]
    head = [
        f"Pictures, {each} of a kind: read exactly (95 % interval)",
        *titles,
        *(f"{title}: another number" for title in titles),
    ]
    return f"## Pictures\n\n{table(head, rows)}\n"
