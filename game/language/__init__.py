"""The player's language: every sentence goes through here, and comes back as they read it.

Sentences stand in the code in English, marked as GNU gettext knows it: `_("Well done.")`, with what
varies in named gaps, `_("{count} right").format(count=3)`, and `ngettext` where the number decides
the words. What is made once, when a module is loaded, is only marked there, `N_("Night")`, and
translated by `_` where it is shown, for the language may change at any time. `pgettext` tells apart
what is one word in English and two elsewhere.

Without a catalogue all of it is English. `catalogues` finds and reads them; `figures` writes
numbers, shares, times and dates; `python -m game.language` brings the catalogues up to date.
"""

from __future__ import annotations

import gettext as gnu

ENGLISH = gnu.NullTranslations()  # the sentences as they stand in the code
_in_use = ENGLISH


def use(translations: gnu.NullTranslations) -> None:
    """Speak that language from now on; what was drawn before must be drawn again."""
    global _in_use
    _in_use = translations


def _(message: str) -> str:
    """A sentence in the player's language; gaps such as {count} are still to be filled."""
    return _in_use.gettext(message) if message else ""  # to gettext, "" is the catalogue's head


def N_(message: str) -> str:
    """A sentence that is translated later, by `_`, where it is shown: here it is only marked."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a sentence that belongs to a number of things."""
    return _in_use.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """A word whose translation depends on where it stands; the context is for translators."""
    return _in_use.pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """`ngettext` of words whose translation depends on where they stand."""
    return _in_use.npgettext(context, one, many, count)
