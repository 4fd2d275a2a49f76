"""An answer and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.rules.judge import Verdict
from game.rules.prompt import Prompt

Probabilities = Sequence[Sequence[float]]  # of each digit that was read, those of 0 to 9


@dataclass(eq=False)
class Outcome:
    """One judged answer. An appeal may change its points, and those of the answers after it."""

    prompt: Prompt
    read: str  # what the reader made of the ink; "?" where it is no digit, "" where there was none
    verdict: Verdict  # by what was read
    seconds: float  # from the prompt's appearance to the last pen-lift, pauses left out
    points: int  # earned by this answer
    probabilities: Probabilities = ()
    appeal: str | None = None  # what the player says it was
    counted: bool = False  # whether that appeal makes the answer right
    thinking_seconds: float | None = None  # of `seconds`, those before the first ink, where known
    player: int = 0  # who gave it, counted from 0
    # Seconds of the round's clock, where they are known: the prompt appeared; it was judged.
    shown_at: float | None = None
    judged_at: float | None = None

    @property
    def is_right(self) -> bool:
        """Whether it counts as right, by what was read or by an appeal."""
        return self.verdict is Verdict.RIGHT or self.counted

    @property
    def is_wrong(self) -> bool:
        """Whether it counts as a mistake."""
        return self.verdict in (Verdict.WRONG, Verdict.LATE) and not self.counted

    @property
    def writing_seconds(self) -> float | None:
        """Of `seconds`, those from the first ink on, where that is known."""
        return None if self.thinking_seconds is None else self.seconds - self.thinking_seconds
