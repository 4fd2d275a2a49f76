"""Options: what the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    data_dir: Path
    mode: str | None = None  # start straight in this mode, or in the Lab
    level: str | None = None  # of that mode; None: the usual one
    file: Path | None = None  # that the mode plays, where it takes one
    chosen: tuple[str, ...] = ()  # of that mode's options, such as "tables=2,3"
    backend: str | None = None  # for this run only; None: as in the settings
    seed: str | None = None
    size: tuple[int, int] | None = None  # of the window, in window points
    lesson: bool = False  # whether a new player is shown first how it is played
    player: str | None = None  # the key of who plays; None: who played last
    guest: bool = False  # whether it is a guest, of whom nothing is kept
    headless_ok: bool = False  # whether a screen that nobody can see will do
