"""What a recognizer answers: the digits it saw, where, and how sure it is."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recognizer.ink import Box

UNREADABLE = "?"  # stands in a text for ink that is no digit


@dataclass(frozen=True, eq=False)
class Digit:
    """One piece of ink that was read.

    `value` is 0-9, or None where the ink is no digit; `probabilities` float32 (10,) sum to 1; `box`
    is x0, y0, x1, y1 in the caller's coordinates.
    """

    value: int | None
    probabilities: NDArray[np.float32]
    box: Box

    @property
    def confidence(self) -> float:
        """The probability of the likeliest digit."""
        return float(self.probabilities.max())

    @property
    def text(self) -> str:
        """The digit as a character, or "?"."""
        return UNREADABLE if self.value is None else str(self.value)


@dataclass(frozen=True, eq=False)
class Reading:
    """The digits of one piece of writing, left to right; none for empty ink."""

    backend: str
    elapsed_ms: float
    digits: tuple[Digit, ...] = field(default=())

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
                    "probabilities": [round(float(p), 4) for p in digit.probabilities],
                    "box": [float(edge) for edge in digit.box],
                }
                for digit in self.digits
            ],
        }
