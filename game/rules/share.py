"""A day's result, to be sent to somebody who played the same: it tells no answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from game.language import _, figures, ngettext
from game.rules.outcome import Outcome
from game.rules.streak import Streak

RIGHT, WRONG = "\N{LARGE GREEN SQUARE}", "\N{LARGE RED SQUARE}"
IN_A_ROW = 10  # squares of a line


def share_text(
    title: str,
    level: str,
    day: datetime.date,
    outcomes: Sequence[Outcome],
    mark: str,
    streak: Streak,
) -> str:
    """Three or four lines: what and when, a square for each answer, and what it came to.

    `mark` is the goal's word for the result, such as "48.3 s", or empty where there is none.
    """
    squares = [RIGHT if right else WRONG for right in marks(outcomes)]
    lines = ["".join(squares[n : n + IN_A_ROW]) for n in range(0, len(squares), IN_A_ROW)]
    words = [counted(outcomes)] + ([mark] if mark else [])
    if streak.days > 1:
        in_a_row = ngettext("{days} day in a row", "{days} days in a row", streak.days)
        words.append(in_a_row.format(days=figures.number(streak.days)))
    return "\n".join([f"{title}, {day.isoformat()}, {level}", *lines, ", ".join(words)])


def marks(outcomes: Sequence[Outcome]) -> list[bool]:
    """Whether each answer that counts is right, in their order."""
    return [outcome.is_right for outcome in outcomes if outcome.is_right or outcome.is_wrong]


def counted(outcomes: Sequence[Outcome]) -> str:
    """How many of them are right: "14 of 15"."""
    judged = marks(outcomes)
    # Translators: answers, of all that were given.
    return _("{right} of {asked}").format(
        right=figures.number(sum(judged)), asked=figures.number(len(judged))
    )
