"""Model digits: their strokes in order and direction, in the forms that schools teach.

Where countries differ there are two forms: a 1 with a flag or without, an open or a closed 4, a 7
with a bar or without. Strokes are points in a square from 0 to 1, y pointing down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from game.language import N_
from game.rules.options import Choice, Chosen, Option, settle
from game.rules.paths import Point

ONE = Option(
    "one", N_("The 1"), N_("A plain stroke, or one with a flag."),
    # Translators: the slanting stroke that a 1 may begin with.
    (Choice("flag", N_("With a flag")), Choice("plain", N_("Plain"))), ("flag",),
)  # fmt: skip
FOUR = Option(
    "four", N_("The 4"), N_("Open at the top, or closed."),
    # Translators: so is the top of a 4.
    (Choice("open", N_("Open")), Choice("closed", N_("Closed"))), ("open",),
)  # fmt: skip
SEVEN = Option(
    "seven", N_("The 7"), N_("With a bar across, or without."),
    (
        Choice("plain", N_("Plain")),
        # Translators: a 7 with a bar.
        Choice("crossed", N_("Crossed")),
    ),
    ("plain",),
)  # fmt: skip
FORMS = (ONE, FOUR, SEVEN)

Strokes = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Model:
    """A digit as it is taught."""

    digit: str
    strokes: Strokes
    is_ring: bool = False  # whether the pen ends where it began

    @property
    def start(self) -> Point:
        """Where the pen begins."""
        return self.strokes[0][0]


def _arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, points: int = 14
) -> tuple[Point, ...]:
    """Part of an ellipse, degrees clockwise from three o'clock."""
    turns = [math.radians(start + (end - start) * n / (points - 1)) for n in range(points)]
    return tuple((cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in turns)


def _line(*corners: Point) -> tuple[Point, ...]:
    """Straight pieces with points between their ends, so that pictures of them stay straight."""
    points = [corners[0]]
    for start, end in pairwise(corners):
        points += [
            (start[0] + (end[0] - start[0]) * n / 4, start[1] + (end[1] - start[1]) * n / 4)
            for n in range(1, 5)
        ]
    return tuple(points)


_SEVEN = _line((0.22, 0.06), (0.78, 0.06), (0.42, 0.95))
_DOWN_OF_FOUR = _line((0.63, 0.3), (0.63, 0.95))
_STROKES: dict[tuple[str, str], Strokes] = {
    ("0", ""): (_arc(0.5, 0.5, 0.29, 0.45, -70, -430, 28),),
    ("1", "plain"): (_line((0.5, 0.05), (0.5, 0.95)),),
    ("1", "flag"): (_line((0.32, 0.32), (0.57, 0.05), (0.57, 0.95)),),
    ("2", ""): ((*_arc(0.49, 0.3, 0.26, 0.25, -165, 30, 16),
                 *_line((0.66, 0.5), (0.24, 0.94), (0.78, 0.94))),),
    ("3", ""): ((*_arc(0.46, 0.27, 0.25, 0.22, -155, 75, 14),
                 *_arc(0.46, 0.71, 0.28, 0.24, -85, 155, 14)),),
    ("4", "open"): (_line((0.4, 0.05), (0.2, 0.62), (0.82, 0.62)), _DOWN_OF_FOUR),
    ("4", "closed"): (
        _line((0.63, 0.05), (0.18, 0.66), (0.84, 0.66)), _line((0.63, 0.05), (0.63, 0.95)),
    ),
    ("5", ""): (
        (*_line((0.32, 0.06), (0.28, 0.45)), *_arc(0.46, 0.67, 0.29, 0.27, -125, 145, 16)),
        _line((0.32, 0.06), (0.74, 0.06)),
    ),
    ("6", ""): ((*_arc(0.8, 0.66, 0.56, 0.62, -107, -178, 8),
                 *_arc(0.5, 0.69, 0.26, 0.26, -182, -540, 20)[1:]),),
    ("7", "plain"): (_SEVEN,),
    ("7", "crossed"): (_SEVEN, _line((0.38, 0.5), (0.76, 0.5))),
    ("8", ""): ((*_arc(0.5, 0.27, 0.2, 0.21, -40, -270, 14),
                 *_arc(0.5, 0.715, 0.25, 0.235, -90, 270, 22)[1:-1],
                 *_arc(0.5, 0.27, 0.2, 0.21, 90, -40, 10)),),
    ("9", ""): ((*_arc(0.48, 0.3, 0.25, 0.25, -10, -350, 20),
                 *_line((0.73, 0.28), (0.7, 0.95))),),
}  # fmt: skip
# As people write them, too, though no school teaches it: for knowing a digit, not for showing it.
_GROWN_UP: dict[tuple[str, str], Strokes] = {
    ("2", "like a z"): (_line((0.22, 0.08), (0.76, 0.08), (0.24, 0.92), (0.78, 0.92)),),
    ("5", "like an s"): ((*_arc(0.52, 0.28, 0.24, 0.21, -30, -235, 12),
                          *_arc(0.48, 0.71, 0.26, 0.23, -75, 145, 14)),),
}  # fmt: skip
_OPTION_OF = {"1": ONE, "4": FOUR, "7": SEVEN}


def model(digit: str, chosen: Chosen | None = None) -> Model:
    """The model of a digit in the forms that were chosen."""
    option = _OPTION_OF.get(digit)
    form = "" if option is None else settle(FORMS, chosen or {})[option.key][0]
    return Model(digit, _STROKES[digit, form], is_ring=digit in "08")


def all_forms(digit: str) -> list[Model]:
    """Every form of a digit, also such as are not taught."""
    return [
        Model(digit, strokes, is_ring=digit in "08")
        for (name, _), strokes in [*_STROKES.items(), *_GROWN_UP.items()]
        if name == digit
    ]
