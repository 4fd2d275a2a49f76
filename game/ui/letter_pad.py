"""The letter pad: keys to press where a name is to be written without a keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pygame

from game.language import _, pgettext
from game.ui import theme
from game.ui.layout import Frame
from game.ui.widgets import Button, Widget

BACK_KEYS = (pygame.K_BACKSPACE, pygame.K_DELETE)
HEIGHT = 58.0  # layout units, of a key, at most
LEAST = 20  # px, of a key that a finger can still press
WIDEST = 2.0  # times its height, a letter
SPACE_KEYS = 3  # letters that the space bar is wide


class LetterPad:
    """Rows of letters as the player's language has them, a space bar, and what rubs out."""

    def __init__(self, press: Callable[[str], object], rub_out: Callable[[], object]) -> None:
        """`press` is told each letter, a small one."""
        self._rows = [[_unfocused(key, partial(press, key)) for key in row] for row in _rows()]
        self._space = _unfocused(pgettext("a key", "Space"), partial(press, " "))
        self._rub = _unfocused(_("Rub out"), rub_out, BACK_KEYS)
        self.shown = True  # whether there was room for it

    @property
    def widgets(self) -> Sequence[Widget]:
        """All keys, as far as there is room for them."""
        keys = [key for row in self._rows for key in row]
        return [*keys, self._space, self._rub] if self.shown else []

    def place(self, area: pygame.Rect, frame: Frame) -> None:
        """Lay the keys into an area, px, in the middle of its width; too low a one shows none."""
        gap, lines = frame.px(theme.SPACE_3), len(self._rows) + 1
        height = min(frame.px(HEIGHT), (area.h - (lines - 1) * gap) // lines)
        self.shown = height >= LEAST
        longest = max(map(len, self._rows))
        each = min(round(WIDEST * height), (area.w - (longest - 1) * gap) // longest)
        y = area.y
        for row in self._rows:
            x = area.centerx - (len(row) * (each + gap) - gap) // 2
            for n, key in enumerate(row):
                key.rect = pygame.Rect(x + n * (each + gap), y, each, height)
            y += height + gap
        wide = SPACE_KEYS * (each + gap) - gap
        self._space.rect = pygame.Rect(area.centerx - wide - gap // 2, y, wide, height)
        self._rub.rect = pygame.Rect(self._space.rect.right + gap, y, wide, height)


def as_pressed(name: str, letter: str) -> str:
    """A letter as it is written at the end of a name: a capital where a word begins."""
    return letter.upper() if not name or name[-1] == " " else letter


def _rows() -> tuple[str, ...]:
    """The keys; the letters are those of a keyboard of the player's language."""
    return (
        "1234567890",
        # Translators: the letters of a keyboard of your language, row by row, in small letters.
        pgettext("first row of a keyboard", "qwertyuiop"),
        pgettext("second row of a keyboard", "asdfghjkl"),
        pgettext("third row of a keyboard", "zxcvbnm-"),
    )


def _unfocused(label: str, action: Callable[[], object], keys: Sequence[int] = ()) -> Button:
    """A key that Tab passes by: whoever has a keyboard types."""
    button = Button(label, action, keys=keys)
    button.focusable = False
    return button
