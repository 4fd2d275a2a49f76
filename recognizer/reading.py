"""What a recognizer answers: the digits it saw, where, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.types import Box, Glyph, Scores, Stroke

DIGITS = 10  # that there are; what a classifier says after them is "not a digit"
UNREADABLE = "?"  # stands in a text for ink that is no digit
LEAST = 1e-30  # of what the scores of all digits come to: keeps quotients exact in float32
NO_DIGIT_THRESHOLD = 0.75  # of `Digit.no_digit`, above which ink is not read: odd digits count too


@dataclass(frozen=True, eq=False)
class Digit:
    """One piece of ink that was read.

    `value` is 0-9, or None where the ink is no digit; `probabilities` float32 (10,) sum to 1, given
    that it is one; `box` is x0, y0, x1, y1 in the caller's coordinates; `no_digit` is the
    probability that the ink is no digit at all (0 where the backend cannot tell).

    `ink` are the strokes, or parts of strokes, that the digit was made of: float64 (N, 2), in the
    caller's coordinates, without times; very dense ink is thinned out. None of a picture. `picture`
    is the very glyph uint8 (28, 28) that the classifier got and whose scores were believed; None of
    a detector, which sees the whole page (`Reading.page`). Doubtful ink is seen leaning as well
    (`recognizer.numbers.second_look`); `picture` is then still the first look. `drawn` are the
    strokes as they were drawn for it, straightened and without ligatures where that is how they
    were read: `recognizer.ink.glyph(drawn)` is `picture`. None where `ink` or `picture` is not.
    """

    value: int | None
    probabilities: NDArray[np.float32]
    box: Box
    no_digit: float = 0.0
    ink: tuple[Stroke, ...] = ()
    picture: Glyph | None = None
    drawn: tuple[Stroke, ...] = ()

    @property
    def confidence(self) -> float:
        """The probability that the ink is the likeliest digit."""
        return float(self.probabilities.max()) * (1 - self.no_digit)

    @property
    def text(self) -> str:
        """The digit as a character, or "?"."""
        return UNREADABLE if self.value is None else str(self.value)


def read_digit(
    scores: Scores,
    box: Box,
    ink: Sequence[Stroke] = (),
    picture: Glyph | None = None,
    drawn: Sequence[Stroke] = (),
) -> Digit:
    """The digit that a classifier's scores (10,) or (11,) mean, for the ink in `box`.

    The scores sum to 1; the eleventh, where the classifier has one, is that of "not a digit".
    `ink`, `picture` and `drawn` are what the digit was made of, see `Digit`.
    """
    no_digit = float(scores[DIGITS]) if len(scores) > DIGITS else 0.0
    shares = scores[:DIGITS]
    total = float(shares.sum())
    # Of ink that is no digit at all there may be nothing left to say which one it is.
    probabilities = shares / total if total >= LEAST else np.full_like(shares, 1 / DIGITS)
    # Ink without any extent is a dot, whatever a model would call it.
    is_dot = box[0] == box[2] and box[1] == box[3]
    readable = not is_dot and no_digit <= NO_DIGIT_THRESHOLD
    value = int(probabilities.argmax()) if readable else None
    floats = probabilities.astype(np.float32)
    return Digit(value, floats, box, no_digit, tuple(ink), picture, tuple(drawn))


@dataclass(frozen=True, eq=False)
class Seen:
    """What a backend saw in ink or a picture: its digits, and the page where it got one."""

    digits: tuple[Digit, ...] = ()
    page: Glyph | None = None


def one_after_the_other(rows: Sequence[Seen]) -> Seen:
    """What was seen in the rows of one piece of writing: their digits in order, pages stacked."""
    digits = tuple(digit for row in rows for digit in row.digits)
    pages = [row.page for row in rows if row.page is not None]
    width = max((page.shape[1] for page in pages), default=0)
    wide = [np.pad(page, ((0, 0), (0, width - page.shape[1]))) for page in pages]
    return Seen(digits, np.vstack(wide) if wide else None)


@dataclass(frozen=True, eq=False)
class Reading:
    """The digits of one piece of writing, left to right; none for empty ink.

    `page` is the picture uint8 (64, W) that a detector got, of several rows one below the other;
    None of a backend that sees each digit by itself (`Digit.picture`), and where there was nothing
    to read.
    """

    backend: str
    elapsed_ms: float
    digits: tuple[Digit, ...] = ()
    page: Glyph | None = None

    @property
    def text(self) -> str:
        """All digits as text, such as "42"; "?" stands for ink that is no digit."""
        return "".join(digit.text for digit in self.digits)

    def as_dict(self) -> dict[str, object]:
        """The reading in plain types, ready for JSON."""
        return {
            "text": self.text,
            "backend": self.backend,
            "elapsed_ms": round(self.elapsed_ms, 3),
            "digits": [
                {
                    "value": digit.value,
                    "confidence": round(digit.confidence, 4),
                    "no_digit": round(digit.no_digit, 4),
                    "probabilities": [round(float(p), 4) for p in digit.probabilities],
                    "box": [float(edge) for edge in digit.box],
                }
                for digit in self.digits
            ],
        }


MIN_CONFIDENCE = (
    0.5  # below this the reader is guessing, and a guess must not cost the player anything
)


def is_readable(reading: Reading) -> bool:
    """Whether something was read, and each mark as a digit with reasonable certainty."""
    sure = [d.value is not None and d.confidence >= MIN_CONFIDENCE for d in reading.digits]
    return bool(sure) and all(sure)
