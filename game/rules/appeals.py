"""Appeals: the player says what an answer was, and the rules say whether that changes the score.

A reader that takes a seven for a one has usually thought of the seven, too. So its own second guess
is the witness: who meant something else, and sees the right answer only now, finds no support
there. Whatever comes of it, an appeal is kept as labelled ink, and none ever takes points away.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

from game.language import N_
from game.rules.judge import Verdict
from game.rules.outcome import Outcome, Probabilities
from game.rules.scoring import Score, Scoring

# Of a round; more would reward writing things that could be either. RULE names both numbers.
COUNTED_APPEALS = 3
# The least probability of a second guess, for each digit. Training with smoothed labels leaves half
# a per cent to every digit, whatever the ink shows; this is what only a real likeness gets.
LEAST_SHARE = 0.02

RULE = N_(  # for the player
    "“It was 7” counts if 7 was asked and was my second guess, with 2% or more;"
    " 3 times a round. It is kept to learn from either way."
)


class Ruling(enum.Enum):
    """What the rules say to an appeal; the value, once translated, says it to the player."""

    COUNTS = N_("It counts.")
    COST_NOTHING = N_("It had cost you nothing.")
    NOT_ASKED = N_("It was not asked.")
    NOT_SECOND = N_("It was not my second guess.")
    TOO_LATE = N_("It came too late.")
    USED_UP = N_("3 have counted this round.")


@dataclass(frozen=True)
class Guess:
    """Digits that the ink might be, and the probability of the digit most in doubt."""

    text: str
    share: float


def runner_up(read: str, probabilities: Probabilities) -> Guess | None:
    """The next most likely reading: one digit changed, the one where the reader wavered most.

    None where nothing was read, or where it is not known how surely.
    """
    best: tuple[float, Guess] | None = None
    for place, (digit, row) in enumerate(zip(read, probabilities, strict=False)):
        second = _second(digit, row)
        if second is None:
            return None
        likeness = row[second] / max(row[int(digit)], 1e-9)
        if best is None or likeness > best[0]:
            changed = f"{read[:place]}{second}{read[place + 1 :]}"
            best = (likeness, Guess(changed, row[second]))
    return None if best is None else best[1]


def thought_of(claim: str, read: str, probabilities: Probabilities) -> bool:
    """Whether each digit of the claim was read there, or was the second guess there."""
    if len(claim) != len(read) or len(probabilities) != len(read):
        return False
    for said, digit, row in zip(claim, read, probabilities, strict=True):
        if said == digit:
            continue
        second = _second(digit, row)
        if second is None or said != str(second) or row[second] < LEAST_SHARE:
            return False
    return True


def _second(digit: str, row: Sequence[float]) -> int | None:
    """The likeliest of the other digits; None where no digit was read, or nothing is known."""
    if not digit.isdecimal() or len(row) != 10 or not all(map(math.isfinite, row)):
        return None
    others = [n for n in range(10) if n != int(digit)]
    return max(others, key=lambda n: row[n])


def rule_on(outcome: Outcome, claim: str, counted: int) -> Ruling:
    """What the rules say to "it was `claim`", after `counted` appeals that count in that round."""
    if outcome.verdict is Verdict.LATE:
        return Ruling.TOO_LATE
    if outcome.verdict is not Verdict.WRONG:
        return Ruling.COST_NOTHING
    if claim != outcome.prompt.answer:
        return Ruling.NOT_ASKED
    if not thought_of(claim, outcome.read, outcome.probabilities):
        return Ruling.NOT_SECOND
    return Ruling.USED_UP if counted >= COUNTED_APPEALS else Ruling.COUNTS


def counted_in(outcomes: Sequence[Outcome]) -> int:
    """How many appeals count in a round so far."""
    return sum(outcome.counted for outcome in outcomes)


def score_again(outcomes: Sequence[Outcome], scoring: Scoring) -> Score:
    """The score of a player's answers, in their order, as if those that count had been read right.

    Each outcome's points become what it earns then.
    """
    score = Score()
    for outcome in outcomes:
        outcome.points = 0
        if outcome.is_right:
            digits = len(outcome.prompt.answer)
            outcome.points = scoring.points(outcome.seconds, score.streak, digits)
            score.take_right(outcome.points)
        elif outcome.is_wrong:
            score.take_wrong()
    return score
