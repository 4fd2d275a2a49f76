"""Which languages there are: one `.po` file each beside this one, and the `.mo` that is read."""

from __future__ import annotations

import gettext as gnu
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from game import language

ENGLISH = "en"
COUNTED = 101  # numbers for which a catalogue's rule of plurals is tried
_FOLDER = resources.files("game.language") / "catalogues"


@dataclass(frozen=True)
class Language:
    """A language that the game speaks."""

    code: str  # as ISO 639 has it, such as "de"
    name: str  # as those who speak it call it


@cache
def languages() -> tuple[Language, ...]:
    """All that there are, by their names; English is always among them."""
    found = [Language(ENGLISH, "English")]
    for file in _FOLDER.iterdir() if _FOLDER.is_dir() else ():
        code, _, kind = file.name.partition(".")
        read = catalogue(code)
        if kind == "mo" and isinstance(read, gnu.GNUTranslations):
            name = read.pgettext("the name of this language, in this language", "English")
            found.append(Language(code, name))
    return tuple(sorted(found, key=lambda language: language.name))


@cache
def catalogue(code: str) -> gnu.NullTranslations:
    """The sentences of a language; of one that is not there, English.

    A damaged file is one that is not there: it costs the language, not the game.
    """
    try:
        with (_FOLDER / f"{code}.mo").open("rb") as file:
            read = gnu.GNUTranslations(file)
        form = read.ngettext  # its rule of plurals is arithmetic that somebody wrote
        for count in range(COUNTED):
            form("", "", count)
    except (OSError, ValueError, LookupError, ArithmeticError, SyntaxError, struct.error):
        return language.ENGLISH  # none, or not as gettext writes it
    return read


def chosen(wish: str, preferred: Iterable[str]) -> str:
    """The code of the language to speak: the player's wish, or else the machine's first known one.

    Preferred ones are such as "de" or "de_AT.UTF-8". Without any that there is: English.
    """
    known: Sequence[str] = [language.code for language in languages()]
    for code in (wish, *(_short(each) for each in preferred)):
        if code in known:
            return code
    return ENGLISH


def _short(locale: str) -> str:
    return locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
