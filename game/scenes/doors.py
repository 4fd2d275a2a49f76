"""The doors to all that is played: every mode's own, the others, and where `--mode` leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.language import N_
from game.rules.modes import LAB, MODES
from game.rules.modes.learn import MODE as LEARN
from game.rules.modes.mode import Mode
from game.rules.modes.my_list import MODE as MY_LIST
from game.rules.options import Chosen, chosen_by
from game.rules.prompt_list import PromptList
from game.scenes import places

# The place of a file, if there is one, at the level of that key, if one is named.
OfFile = Callable[[Path | None, str | None], places.Place]


@dataclass(frozen=True)
class Door:
    """A way in to play: where a tile of the title leads, and a name for `--mode`."""

    key: str
    title: str  # marked for translation, as the tagline is
    tagline: str
    order: int  # its place among the modes
    to: places.Place
    # Where `--mode KEY FILE` leads, if anywhere, and, for a mode's door, `--mode KEY --level NAME`.
    of_file: OfFile | None = None

    @property
    def has_levels(self) -> bool:
        """Whether it leads to the levels of a mode."""
        return self.key in MODES and (self.to == places.Setup(self.key) or self.of_file is not None)


def _of(mode: Mode, to: places.Place, of_file: OfFile | None = None) -> Door:
    return Door(mode.key, mode.title, mode.tagline, mode.order, to, of_file)


# Under the key of a mode such a door stands in place of the usual one, to that mode's setup.
OTHERS: tuple[Door, ...] = (_of(MY_LIST, places.Lists(), of_file=places.Lists),)


def all_doors() -> list[Door]:
    """The doors to all that can be played, in their order."""
    doors = {mode.key: _of(mode, places.Setup(mode.key)) for mode in MODES.values()}
    doors |= {door.key: door for door in OTHERS}
    return sorted(doors.values(), key=lambda door: (door.order, door.key))


def on_title() -> list[Door]:
    """Those of them that the title has a tile for."""
    return [door for door in all_doors() if door.key not in MODES or MODES[door.key].on_title]


def door_of(key: str) -> Door:
    """The door of that key; raises KeyError where there is none."""
    return {door.key: door for door in all_doors()}[key]


def begin(
    mode: str,
    level: str | None = None,
    chosen: Chosen | None = None,
    own: PromptList | None = None,
) -> places.Round | places.Learn | places.Halves:
    """Where a mode is played, as a rule in a round."""
    if mode == LEARN.key:
        return places.Learn(level, chosen)
    if MODES[mode].is_halved(MODES[mode].level(level, chosen)):
        return places.Halves(mode, level, chosen)
    return places.Round(mode, level, chosen, own)


class OptionError(ValueError):
    """What cannot be chosen for a mode; its text is a sentence for the player."""


def start(
    mode: str, level: str | None = None, file: Path | None = None, options: Sequence[str] = ()
) -> places.Place:
    """Where `--mode` leads: into a round, through a door, or into the Lab.

    `options` are words such as "tables=2,3". Raises ValueError with a sentence for a name that is
    none, and OptionError for an option.
    """
    doors = {door.key: door for door in all_doors()}
    if mode == LAB:
        doors[LAB] = Door(LAB, N_("Lab"), "", 0, places.Lab())
    if mode not in doors:
        known = ", ".join([*doors, LAB])
        raise ValueError(f"there is no mode {mode!r}; there is {known}")
    door = doors[mode]
    is_mode = door.to == places.Setup(mode)
    levels = [each.key for each in MODES[mode].levels] if door.has_levels else []
    if level is not None and level not in levels:
        has = f"it has {', '.join(levels)}" if levels else "it has none"
        raise ValueError(f"{mode} has no level {level!r}; {has}")
    if file is not None and door.of_file is None:
        raise ValueError(f"{mode} takes no file")
    try:
        chosen = chosen_by(MODES[mode].options if is_mode else (), options)
    except ValueError as error:
        raise OptionError(f"{mode}: {error}") from None
    if door.of_file is not None and (file is not None or level is not None):
        return door.of_file(file, level)
    return begin(mode, level, chosen) if is_mode else door.to
