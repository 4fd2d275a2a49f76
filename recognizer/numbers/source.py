"""What the segmenter needs to know of the ink that it groups, be it strokes or a picture."""

from typing import Protocol

from recognizer.types import Box, Glyph, Stroke

# A piece: number of the stroke (or component), first and last point (or column) of the part of it.
Part = tuple[int, int, int]
Parts = tuple[Part, ...]


class Source(Protocol):
    """Where pieces come from; boxes are x0, y0, x1, y1."""

    line_height: float
    most_candidates: int  # groups that the classifier is asked about at a look
    cut_cost: float  # nats, of a cut through a piece
    reading_weight: float  # of the classifier's surprise

    def whole(self) -> list[Part]:
        """All pieces, uncut."""

    def cut(self, part: Part) -> list[Part]:
        """A piece cut at every candidate place, in the pen's order; itself where there is none."""

    def halve(self, part: Part) -> list[Part]:
        """A piece cut once, wherever; itself where that cannot be."""

    def is_tail(self, part: Part) -> bool:
        """Whether a piece may be a mere swing of the pen after the last digit."""

    def surely_apart(self, one: Part, other: Part) -> bool:
        """Whether two pieces can be no parts of one digit, whatever a classifier says."""

    def upright(self, part: Part) -> Box:
        """The box of a piece with the slant of the hand taken out."""

    def draw(self, parts: Parts) -> list[Glyph]:
        """The pieces as a glyph uint8 (28, 28), and again without ligatures where it has any."""

    def leaning(self, parts: Parts, form: int) -> list[Glyph]:
        """The form of that number in `draw` as a second look sees it."""

    def drawn(self, parts: Parts, form: int) -> list[Stroke]:
        """The strokes that this form in `draw` is the picture of; none of a picture."""

    def box(self, parts: Parts) -> Box:
        """The box of the pieces in the caller's coordinates."""

    def strokes(self, parts: Parts) -> list[Stroke]:
        """The pieces as they were drawn, in the caller's coordinates; none of a picture."""


def long_side(box: Box) -> float:
    """The longer side of a box."""
    return max(box[2] - box[0], box[3] - box[1])
