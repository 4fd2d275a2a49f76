"""Settings: what the player chose, in a small TOML file that several windows may share.

What cannot be used in the file costs that entry alone; the file as it was is kept under another
name. A window writes what it changed itself, over what is in the file by then.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from game.language import _
from game.persistence.files import copy_aside, held, reason, set_aside, write_whole
from game.persistence.paths import SETTINGS_FILE
from recognizer.endpointing.patience import PATIENCE
from recognizer.files import read_bounded

HANDS = ("right", "left")
THEMES = ("night", "paper")
TEXT_SIZES = ("normal", "large", "largest")
MOST_BYTES = 100_000  # of the file; a full one takes two thousand
MOST_KEPT = 45_000  # bytes, written out, of what the game knows in a file, and as many of the rest
DEEPEST = 16  # levels of lists and tables in it
LONGEST_NAME = 100  # characters of a recognizer's name
LARGEST = 2**63  # of a whole number in TOML
MOST_SECONDS = 1e6  # of any number in the pace

Table = dict[str, Any]


@dataclass
class Settings:
    """The player's choices; every field has a default and a check of its own."""

    backend: str = "cnn"
    hand: str = "right"
    patience: str = "normal"  # with pauses of the pen, see `recognizer.endpointing.patience`
    volume: float = 0.7  # of the effects; 0 is silent, 1 is full
    full_screen: bool = False
    use_my_hand: bool = True  # whether the player's own samples help the recognizer
    lesson_offered: bool = False  # whether a new player was shown how it is played
    calibration_offered: bool = False  # whether a new player was asked for samples once
    # The rhythm of the player's pen, as `recognizer.endpointing.pace` learned it; empty before
    # that.
    pace: dict[str, list[float]] = field(default_factory=dict)
    last_mode: str = ""  # that was played last; empty before the first round
    # A mode's key, and what was chosen for it before its last round, as `choices.py` reads it.
    choices: dict[str, dict[str, Any]] = field(default_factory=dict)
    ticks: float = 0.7  # the volume of what counts seconds; of an old file, that of the effects
    theme: str = "night"
    safe_colours: bool = False  # whether right and wrong look different to all eyes
    text_size: str = "normal"
    language: str = ""  # its code, such as "de"; empty: the one of the machine
    reduced_motion: bool = False  # whether whatever only pleases stands still
    # The names of keys that the player chose, by what they do; what is not there is as usual.
    keys: dict[str, str] = field(default_factory=dict)
    # Of the window as it was left, in window points: width and height, left and top.
    window_size: list[int] = field(default_factory=list)
    window_place: list[int] = field(default_factory=list)


# What a new player does not take over from the one who played before.
PERSONAL = frozenset(
    {"hand", "patience", "use_my_hand", "lesson_offered", "calibration_offered", "pace",
     "last_mode", "choices", "keys", "safe_colours", "text_size", "reduced_motion"}
)  # fmt: skip


class SettingsFile:
    """The file behind the settings, and what happened when it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings = Settings()
        self.notices: list[str] = []  # sentences for the player
        self._agreed = asdict(self.settings)  # what the file said, as far as this window knows

    @classmethod
    def load(cls, data_dir: Path) -> SettingsFile:
        """Read the settings; a damaged file is set aside and its readable entries are used."""
        file = cls(data_dir / SETTINGS_FILE)
        try:
            with held(file.path.parent):
                table = file._read()
        except OSError as error:
            file.notices.append(
                _("The settings in {file} cannot be read ({reason}), so the usual apply.").format(
                    file=file.path, reason=reason(error)
                )
            )
            return file
        for name in _CHECKS.keys() & table.keys():
            setattr(file.settings, name, table[name])
        file._agreed = copy.deepcopy(asdict(file.settings))
        return file

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet."""
        return not self.path.exists()

    def take_over(self, before: Settings) -> None:
        """Begin with another player's choices, as far as they are about the machine."""
        for name in _CHECKS.keys() - PERSONAL:
            setattr(self.settings, name, copy.deepcopy(getattr(before, name)))

    def save(self) -> str | None:
        """Write what was changed here; return a sentence where that was not possible.

        What another window has changed since, and entries of a newer version, stay as they are.
        """
        mine = asdict(self.settings)
        changed = {name: mine[name] for name in mine if mine[name] != self._agreed[name]}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with held(self.path.parent):
                table = {**mine, **self._read(), **changed}
                write_whole(self.path, tomli_w.dumps(table))
        except OSError as error:
            told = _("The settings cannot be kept in {file} ({reason}).")
            return told.format(file=self.path, reason=reason(error))
        self._agreed = copy.deepcopy(mine)
        return None

    def _read(self) -> Table:
        """The usable entries of the file; without any where there is none.

        A file with others is kept under another name, and loses them. Raises OSError.
        """
        try:
            table = _parse(read_bounded(self.path, MOST_BYTES))
        except FileNotFoundError:
            return {}
        except ValueError:
            self._set_aside()
            return {}
        good = {name: value for name, value in table.items() if _is_usable(name, value)}
        for name in ("volume", "ticks"):
            if name in good:
                good[name] = float(good[name])
        if "volume" in good:  # there was one volume for all
            good.setdefault("ticks", good["volume"])
        good = _what_fits(good)
        bad = [_shown(name) for name in table if name not in good]
        if bad:
            self._leave_out(bad, good)
        return good

    def _set_aside(self) -> None:
        """Make room for a new file where this one is no settings file. Raises OSError."""
        try:
            aside = set_aside(self.path)
        except OSError as error:
            what = _("it is damaged and cannot be set aside: {reason}").format(reason=reason(error))
            raise OSError(error.errno, what, str(self.path)) from error
        self.notices.append(
            _(
                "The settings file is damaged. It is kept as {aside}; the usual settings apply."
            ).format(aside=aside.name)
        )

    def _leave_out(self, bad: list[str], good: Table) -> None:
        """Write the file without its unusable entries, or they would be found at every start."""
        names = ", ".join(bad)
        try:
            aside = copy_aside(self.path)
            write_whole(self.path, tomli_w.dumps(good))
        except OSError as error:
            told = _(
                "The settings file {file} has an unusable entry ({names}) and cannot be set aside"
                " ({reason}); the other entries apply."
            )
            self.notices.append(told.format(file=self.path, names=names, reason=reason(error)))
        else:
            told = _(
                "The settings file has an unusable entry ({names}). It is kept as {aside}; the"
                " other entries apply."
            )
            self.notices.append(told.format(names=names, aside=aside.name))


def _parse(raw: bytes) -> Table:
    """The entries of a settings file. Raises ValueError for what is none."""
    text = raw.decode("utf-8")
    depth = 0
    for bracket in re.findall(r"[][{}]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:  # the parser calls itself for each level
            raise ValueError("nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _what_fits(table: Table) -> Table:
    """All entries, or else without the longest ones: what is written must be read again.

    A list may take many times the room when each of its parts has a line. What the game knows is
    counted with all that it will write beside it, and apart from the rest: neither grows by the
    other, so what fitted once still does when it comes back.
    """
    sizes = {
        name: len(tomli_w.dumps({name: value}).encode())
        for name, value in {**asdict(Settings()), **table}.items()
    }
    known = {name: size for name, size in sizes.items() if name in _CHECKS}
    others = {name: size for name, size in sizes.items() if name not in _CHECKS}
    fitting = _the_shortest(known, MOST_KEPT) | _the_shortest(others, MOST_KEPT)
    return {name: value for name, value in table.items() if name in fitting}


def _the_shortest(sizes: dict[str, int], most: int) -> set[str]:
    """The names that are left when the longest go until the rest fits."""
    left, total = set(sizes), sum(sizes.values())
    for name in sorted(sizes, key=sizes.__getitem__, reverse=True):
        if total <= most:
            break
        total -= sizes[name]
        left.remove(name)
    return left


def _is_usable(name: str, value: Any) -> bool:
    check = _CHECKS.get(name)
    return _is_plain(value) and (check is None or check(value)) and _is_plain(name)


def _is_plain(value: Any, depth: int = 1) -> bool:
    """Whether it can be written again, and a sentence or a file can hold it."""
    if isinstance(value, dict | list):
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        return depth < DEEPEST and all(_is_plain(part, depth + 1) for part in parts)
    if isinstance(value, str):
        return "\0" not in value
    return not isinstance(value, int) or abs(value) < LARGEST


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0


def _is_pace(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(numbers, list)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
        and all(0.0 <= n <= MOST_SECONDS for n in numbers)
        for numbers in value.values()
    )


def _are_choices(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and all(map(_is_name, value))
        and all(isinstance(chosen, dict) for chosen in value.values())
        and all(
            _is_name(key) and _is_chosen(what)
            for chosen in value.values()
            for key, what in chosen.items()
        )
    )


def _is_chosen(value: Any) -> bool:
    """One name, several, or a table of such."""
    if isinstance(value, dict):
        return all(
            _is_name(key) and not isinstance(what, dict) and _is_chosen(what)
            for key, what in value.items()
        )
    return all(map(_is_name, value)) if isinstance(value, list) else _is_name(value)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= LONGEST_NAME


def _are_two_numbers(value: Any) -> bool:
    return isinstance(value, list) and (
        not value or (len(value) == 2 and all(type(number) is int for number in value))
    )


def _shown(name: str) -> str:
    """An entry's name in a sentence."""
    # Translators: an entry of a file; it stands in brackets.
    return name if _is_name(name) else _("with an odd name")


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "backend": _is_name,
    "hand": lambda value: value in HANDS,
    "patience": lambda value: isinstance(value, str) and value in PATIENCE,
    "volume": _is_share,
    "ticks": _is_share,
    "full_screen": lambda value: isinstance(value, bool),
    "language": lambda value: value == "" or _is_name(value),
    "theme": lambda value: value in THEMES,
    "safe_colours": lambda value: isinstance(value, bool),
    "text_size": lambda value: value in TEXT_SIZES,
    "keys": lambda value: isinstance(value, dict) and all(map(_is_name, [*value, *value.values()])),
    "window_size": _are_two_numbers,
    "window_place": _are_two_numbers,
    "reduced_motion": lambda value: isinstance(value, bool),
    "pace": _is_pace,
    "last_mode": lambda value: value == "" or _is_name(value),
    "choices": _are_choices,
    "use_my_hand": lambda value: isinstance(value, bool),
    "lesson_offered": lambda value: isinstance(value, bool),
    "calibration_offered": lambda value: isinstance(value, bool),
}
