"""Figures as they are said to the player."""

from __future__ import annotations

import datetime


def spoken_share(share: float) -> str:
    """A probability, no more certain than it is."""
    if share < 0.01:
        return "<1%"
    return ">99%" if share > 0.99 else f"{share:.0%}"


def spoken_day(day: datetime.date, *, year: bool = True) -> str:
    """A day, such as "28 Nov 2026"."""
    return f"{day.day} {day:%b %Y}" if year else f"{day.day} {day:%b}"


def spoken_time(moment: str | None) -> str:
    """A time in ISO 8601 by the player's own clock."""
    try:
        time = datetime.datetime.fromisoformat(moment or "").astimezone()
    except ValueError:
        return "once"
    return f"{time.day} {time:%b %Y, %H:%M}"
