"""Days: how many in a row were played, and the calendar with a stamp on each.

One missed day a week is forgiven: of any seven days that follow one another, one may be missing.
A day is what the player's own calendar says.
"""

from __future__ import annotations

import calendar
import datetime
import enum
from collections.abc import Collection
from dataclasses import dataclass

from game.language import _, figures, ngettext

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Streak:
    """Days in a row up to today; a day that is not over yet is not missed."""

    days: int  # that were played
    forgiven: frozenset[datetime.date]  # between them, that were not
    today: bool  # whether today is among them


def streak(played: Collection[datetime.date], today: datetime.date) -> Streak:
    """The one that goes on today; days that are still to come do not count."""
    days = {day for day in played if day <= today}
    count, forgiven = 0, set[datetime.date]()
    missed: datetime.date | None = None  # not in the streak unless an earlier day was played
    day = today if today in days else today - DAY
    first = min(days, default=today)
    while day >= first:
        if day in days:
            count += 1
            if missed is not None:
                forgiven.add(missed)
                missed = None
        elif missed is not None or any(other - day < WEEK for other in forgiven):
            break
        else:
            missed = day
        day -= DAY
    return Streak(count, frozenset(forgiven), today in days)


def said(streak: Streak) -> str:
    """How it stands, in a sentence that looks ahead, and what was forgiven."""
    days = streak.days
    if days == 0:
        return _("No days in a row yet. Today's round is the first.")
    ahead = (
        _("Tomorrow's round makes it {days}.")
        if streak.today
        else _("Today's round makes it {days}.")
    )
    return f"{_so_far(days, len(streak.forgiven))} {ahead.format(days=figures.number(days + 1))}"


def _so_far(days: int, missed: int) -> str:
    if not missed:
        words = ngettext("One day so far.", "{days} days in a row.", days)
    elif days == 1:
        words = ngettext(
            "One day so far, with {missed} day forgiven.",
            "One day so far, with {missed} days forgiven.",
            missed,
        )
    else:
        words = ngettext(
            "{days} days in a row, with {missed} day forgiven.",
            "{days} days in a row, with {missed} days forgiven.",
            missed,
        )
    return words.format(days=figures.number(days), missed=figures.number(missed))


class Stamp(enum.Enum):
    """What stands on a day of the calendar."""

    PLAYED = "played"
    FORGIVEN = "forgiven"  # missed, and the streak goes on
    MISSED = "missed"
    TODAY = "today"  # still to be played
    AHEAD = "ahead"


@dataclass(frozen=True)
class Day:
    """A day of the calendar."""

    date: datetime.date
    stamp: Stamp
    in_month: bool  # or of the month before or after, to fill the week


def month(
    year: int, number: int, played: Collection[datetime.date], today: datetime.date
) -> list[list[Day]]:
    """The weeks of a month, each from Monday to Sunday."""
    days, forgiven = frozenset(played), streak(played, today).forgiven

    def stamp(day: datetime.date) -> Stamp:
        if day in days:
            return Stamp.PLAYED
        if day >= today:
            return Stamp.TODAY if day == today else Stamp.AHEAD
        return Stamp.FORGIVEN if day in forgiven else Stamp.MISSED

    weeks = calendar.Calendar().monthdatescalendar(year, number)
    return [[Day(day, stamp(day), day.month == number) for day in week] for week in weeks]
