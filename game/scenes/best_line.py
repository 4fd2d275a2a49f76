"""The best as it stands on a tile: of a level, or with the level's name where there are several."""

from __future__ import annotations

from game.language import _
from game.rules.best import NoGoal
from game.rules.modes.mode import Level, Mode


def best_line(mode: Mode, best: float | None) -> str:
    """Such as "Best 4,250", or "New"; nothing where none is kept."""
    if isinstance(mode.goal, NoGoal):
        return ""
    if best is None:
        # Translators: this was not played yet.
        return _("New")
    return _("Best {mark}").format(mark=mode.goal.words(best))


def line_of_level(mode: Mode, level: Level, best: float | None) -> str:
    """Such as "Hard: best 4,250"; the level is named where there are several."""
    if len(mode.levels) < 2:
        return best_line(mode, best)
    if isinstance(mode.goal, NoGoal):
        return _(level.title)
    if best is None:
        # Translators: this level was not played yet.
        return _("{level}: new").format(level=_(level.title))
    return _("{level}: best {mark}").format(level=_(level.title), mark=mode.goal.words(best))
