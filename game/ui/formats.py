"""Figures as they are said to the player, where `game.language.figures` alone does not say them."""

from __future__ import annotations

import datetime

from game.language import figures, pgettext

MOST_CERTAIN, LEAST_CERTAIN = 0.99, 0.01  # no reader knows more than that


def spoken_share(share: float) -> str:
    """A probability, no more certain than it is."""
    if share < LEAST_CERTAIN:
        return pgettext("less than a share", "<{share}").format(
            share=figures.percent(LEAST_CERTAIN)
        )
    if share > MOST_CERTAIN:
        return pgettext("more than a share", ">{share}").format(share=figures.percent(MOST_CERTAIN))
    return figures.percent(share)


def spoken_time(moment: str | None) -> str:
    """A time in ISO 8601 by the player's own clock."""
    try:
        time = datetime.datetime.fromisoformat(moment or "").astimezone()
    except ValueError:
        return pgettext("at a time that is not known", "once")
    return figures.moment(time)
