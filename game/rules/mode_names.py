"""What the modes that rounds were stored by are called: their level, and what was chosen."""

from __future__ import annotations

from game.rules.modes import MODES
from game.rules.modes.mode import OWN, Mode, is_counted, mode_key
from game.rules.options import GIVEN, SEPARATOR

MARK_LETTERS = 4  # of the mark of a list, by which several of them are told apart


def spoken_mode(name: str) -> str:
    """Such as "Sums: Hard, Signs × ÷"; the name itself where its mode is not there any more."""
    mode = MODES.get(mode_key(name))
    if mode is None:
        return name
    level = mode.stored_level(name)
    words = [level.title] if len(mode.levels) > 1 else []
    words += [_option(mode, key, values) for key, values in level.chosen]
    mark = next((w for w in name.split(SEPARATOR) if w.startswith(f"{OWN}{GIVEN}")), "")
    if mark:
        words.append(f"list {mark.partition(GIVEN)[2][:MARK_LETTERS]}")
    if not is_counted(name):
        words.append("for practice")
    return f"{mode.title}: {', '.join(words)}" if words else mode.title


def short_mode(name: str) -> str:
    """The same within a sentence: "Sums", or "Sums (Hard)" where it is not as usual."""
    mode = MODES.get(mode_key(name))
    if mode is None or name == mode.stored_as(mode.level()):
        return name if mode is None else mode.title
    title, _, rest = spoken_mode(name).partition(": ")
    return f"{title} ({rest})" if rest else title


def _option(mode: Mode, key: str, values: tuple[str, ...]) -> str:
    option = next(each for each in mode.options if each.key == key)
    return f"{option.title} {' '.join(map(option.title_of, values))}"
