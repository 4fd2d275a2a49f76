"""What the menu screens share."""

from __future__ import annotations

from game.scenes import places
from game.scenes.scene import Stage


def play(stage: Stage, mode: str, level: str | None = None) -> None:
    """Start a round of a mode, as a rule at its first level; while nobody can read, say so."""
    if stage.desk.error is not None:
        stage.lay(places.reader_failed(stage.desk.error))
    else:
        stage.go(places.Round(mode, level))
