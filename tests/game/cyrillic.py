"""A made-up language: English in Cyrillic letters, so that what nobody translates is seen."""

from __future__ import annotations

import gettext
import re
import string

NAMES = (
    "Digit", "Dash", "DigitDash", "CNN", "KNN", "SVM", "FCN", "YOLO", "Tiny", "GIF", "MP4", "PNG",
    "CSV", "JSON", "English", "Deutsch", "Español", "fake", "other",
)  # fmt: skip
_GAP = re.compile(r"(\{[^}]*\})")
_PATH = re.compile(r"(?:[A-Z]:)?[/\\]\S+")
_LETTERS = str.maketrans(
    string.ascii_letters,
    "".join(chr(0x430 + n) for n in range(26)) + "".join(chr(0x410 + n) for n in range(26)),
)
_NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")


class Cyrillic(gettext.NullTranslations):
    """Turns the letters of every message into Cyrillic ones; gaps stay gaps."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if _GAP.fullmatch(part) else part.translate(_LETTERS)
            for part in _GAP.split(message)
        )

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        return self.ngettext(one, many, count)


def without_names(words: str) -> str:
    """A text without what is called the same in every language: names, and where files lie."""
    return _NAME.sub("", _PATH.sub("", words))
