"""The picture of a replay: its lanes side by side, or one above the other."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.language import _
from game.persistence.replays import Recording, mark_words
from game.ui import theme
from game.ui.formats import spoken_time
from game.ui.lane import LaneView
from game.ui.layout import Frame
from game.ui.text import Typesetter

OWN_SHARE = 0.54  # of the room, for the first of two lanes


class ReplayView:
    """Shows a round, and the ghost of another one beside it, at a moment."""

    def __init__(self, own: Recording, ghost: Recording | None) -> None:
        players = len(own.lines)
        names = [_("This round")]
        if players > 1:
            names = [_("Player {number}").format(number=n) for n in range(1, players + 1)]
        self.lanes = [
            LaneView(own.answers, line, name) for line, name in zip(own.lines, names, strict=True)
        ]
        if ghost is not None:
            # Translators: the best of the other rounds, beside which this one is replayed.
            words = _("Best other: {mark}").format(mark=mark_words(ghost.past))
            self.lanes += [
                LaneView(ghost.answers, line, words, is_ghost=True) for line in ghost.lines
            ]
        self.seconds = max((lane.line.seconds for lane in self.lanes), default=0.0)

    @property
    def is_exact(self) -> bool:
        """Whether all times between the answers are known."""
        return all(lane.line.exact for lane in self.lanes)

    def layout(
        self, area: pygame.Rect, frame: Frame, text: Typesetter, backdrop: pygame.Surface
    ) -> None:
        """Take a place, px; what stands still goes onto the backdrop."""
        places = _places(area, len(self.lanes), frame)
        beside = all(place.w > place.h for place in places)
        for lane, place in zip(self.lanes, places, strict=True):
            lane.layout(place, frame, text, backdrop, beside=beside)

    def show(self, seconds: float) -> None:
        """Show the moment so many seconds after the start."""
        for lane in self.lanes:
            lane.show(seconds)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw what moves."""
        for lane in self.lanes:
            lane.draw(surface)


def heading(own: Recording, title: str) -> str:
    """What was played and when."""
    # Translators: what was played, and when.
    return _("{title}, {time}").format(title=title, time=spoken_time(own.past.started_at))


def _places(area: pygame.Rect, count: int, frame: Frame) -> Sequence[pygame.Rect]:
    """A place for each lane, the first one the largest."""
    if count < 2:
        return [area]
    gap = frame.px(theme.GAP)
    first, second = area.copy(), area.copy()
    if area.w > area.h:
        first.w = round((area.w - gap) * OWN_SHARE)
        second.x, second.w = first.right + gap, area.w - first.w - gap
    else:
        first.h = round((area.h - gap) * OWN_SHARE)
        second.y, second.h = first.bottom + gap, area.h - first.h - gap
    return [first, second]
