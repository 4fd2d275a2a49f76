"""What the modes that rounds were stored by are called: their level, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable

from game.language import N_, _
from game.rules.modes import MODES
from game.rules.modes.mode import OWN, Mode, is_counted, mode_key
from game.rules.options import GIVEN, SEPARATOR

MARK_LETTERS = 4  # of the mark of a list, by which several of them are told apart


def spoken_mode(name: str) -> str:
    """Such as "Sums: Hard, Signs × ÷"; the name itself where its mode is not there any more."""
    title, words = _said(name, _)
    return _("{mode}: {choices}").format(mode=title, choices=words) if words else title


def stored_title(name: str) -> str:
    """The same in English, for files that are to be the same in every language."""
    title, words = _said(name, N_)
    return f"{title}: {words}" if words else title


def short_mode(name: str) -> str:
    """The same within a sentence: "Sums", or "Sums (Hard)" where it is not as usual."""
    mode = MODES.get(mode_key(name))
    if mode is None or name == mode.stored_as(mode.level()):
        return name if mode is None else _(mode.title)
    title, words = _said(name, _)
    return _("{mode} ({choices})").format(mode=title, choices=words) if words else title


def _said(name: str, say: Callable[[str], str]) -> tuple[str, str]:
    """The mode's title, and what was chosen of it, with a way to say what is only marked."""
    mode = MODES.get(mode_key(name))
    if mode is None:
        return name, ""
    level = mode.stored_level(name)
    words = [say(level.title)] if len(mode.levels) > 1 else []
    words += [_option(mode, key, values, say) for key, values in level.chosen]
    mark = next((w for w in name.split(SEPARATOR) if w.startswith(f"{OWN}{GIVEN}")), "")
    if mark:
        # Translators: a list of the player's own, and four letters that tell it from others.
        named = say(N_("list {mark}"))
        words.append(named.format(mark=mark.partition(GIVEN)[2][:MARK_LETTERS]))
    if not is_counted(name):
        # Translators: a round that does not count.
        words.append(say(N_("for practice")))
    return say(mode.title), ", ".join(words)


def _option(mode: Mode, key: str, values: tuple[str, ...], say: Callable[[str], str]) -> str:
    option = next(each for each in mode.options if each.key == key)
    return f"{say(option.title)} {' '.join(say(option.title_of(value)) for value in values)}"
