"""Numbers, shares, times and dates, as the player's language writes them.

The ways are messages of the catalogue like any other, so a language is one `.po` file and nothing
else.
"""

from __future__ import annotations

import datetime

from game.language import N_, _, pgettext

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
SECONDS_A_MINUTE = 60


def number(value: float, places: int = 0) -> str:
    """Such as 12,345.6: so many places after the decimal sign."""
    plain = f"{round(value, places) or 0:,.{places}f}"  # what rounds to nothing has no sign
    signs = {
        ".": pgettext("decimal sign", "."),
        ",": pgettext("between thousands, as in 12,345", ","),
        "-": "\N{MINUS SIGN}",
    }
    return "".join(signs.get(sign, sign) for sign in plain)


def percent(share: float, places: int = 0) -> str:
    """A share of 1 in hundredths, such as 97%."""
    return pgettext("a share", "{number}%").format(number=number(100 * share, places))


def whole_percent(share: float) -> str:
    """A share of what could be right: 100% only where nothing is missing."""
    return percent(share if share >= 1 else min(0.99, share))


def seconds(value: float, places: int = 1) -> str:
    """A time, such as 1.2 s."""
    return _("{number} s").format(number=number(value, places))


def minutes(value: float, places: int = 0) -> str:
    """A longer time, given in seconds, such as 3 min."""
    return _("{number} min").format(number=number(value / SECONDS_A_MINUTE, places))


def day(date: datetime.date, *, year: bool = True) -> str:
    """A day, such as 28 Nov 2026."""
    pattern = (
        pgettext("a date", "{day} {month} {year}") if year else pgettext("a date", "{day} {month}")
    )
    return pattern.format(day=date.day, month=_short_months()[date.month - 1], year=date.year)


def long_day(date: datetime.date) -> str:
    """A day with its month in full, such as 28 November 2026."""
    return pgettext("a date", "{day} {month} {year}").format(
        day=date.day, month=_long_months()[date.month - 1], year=date.year
    )


def month(date: datetime.date) -> str:
    """The month of a day, with its year, such as November 2026."""
    pattern = pgettext("a month of a year", "{month} {year}")
    return pattern.format(month=_(MONTHS[date.month - 1]), year=date.year)


def moment(time: datetime.datetime) -> str:
    """A day and its time, such as 28 Nov 2026, 17:05, by the clock that the time is of."""
    return pgettext("a day and a time of it", "{day}, {hour:02d}:{minute:02d}").format(
        day=day(time.date()), hour=time.hour, minute=time.minute
    )


def word(digit: int) -> str:
    """A digit in a word, such as "seven"; raises IndexError for what is none."""
    return words()[digit]


def words() -> tuple[str, ...]:
    """The digits from 0 to 9 in words."""
    return (
        pgettext("a digit", "zero"), pgettext("a digit", "one"), pgettext("a digit", "two"),
        pgettext("a digit", "three"), pgettext("a digit", "four"), pgettext("a digit", "five"),
        pgettext("a digit", "six"), pgettext("a digit", "seven"), pgettext("a digit", "eight"),
        pgettext("a digit", "nine"),
    )  # fmt: skip


def weekdays() -> tuple[str, ...]:
    """The days of a week from Monday on, each in two or three letters."""
    return (
        pgettext("a day of the week", "Mon"), pgettext("a day of the week", "Tue"),
        pgettext("a day of the week", "Wed"), pgettext("a day of the week", "Thu"),
        pgettext("a day of the week", "Fri"), pgettext("a day of the week", "Sat"),
        pgettext("a day of the week", "Sun"),
    )  # fmt: skip


def _long_months() -> tuple[str, ...]:
    return (
        pgettext("a month, within a date", "January"),
        pgettext("a month, within a date", "February"),
        pgettext("a month, within a date", "March"), pgettext("a month, within a date", "April"),
        pgettext("a month, within a date", "May"), pgettext("a month, within a date", "June"),
        pgettext("a month, within a date", "July"), pgettext("a month, within a date", "August"),
        pgettext("a month, within a date", "September"),
        pgettext("a month, within a date", "October"),
        pgettext("a month, within a date", "November"),
        pgettext("a month, within a date", "December"),
    )  # fmt: skip


def _short_months() -> tuple[str, ...]:
    return (
        pgettext("a month, short", "Jan"), pgettext("a month, short", "Feb"),
        pgettext("a month, short", "Mar"), pgettext("a month, short", "Apr"),
        pgettext("a month, short", "May"), pgettext("a month, short", "Jun"),
        pgettext("a month, short", "Jul"), pgettext("a month, short", "Aug"),
        pgettext("a month, short", "Sep"), pgettext("a month, short", "Oct"),
        pgettext("a month, short", "Nov"), pgettext("a month, short", "Dec"),
    )  # fmt: skip
