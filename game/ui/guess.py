"""The guess: what the reader sees so far, in quiet letters at the head of the paper."""

from __future__ import annotations

import pygame

from game.language import _
from game.ui import theme
from game.ui.layout import Frame
from game.ui.text import Typesetter


def draw_guess(
    surface: pygame.Surface, guess: str, area: pygame.Rect, frame: Frame, text: Typesetter
) -> None:
    """Say what was read; `area` is what is written on, px."""
    words = _("I see {digits}").format(digits=guess)
    if not guess or "?" in guess:
        words = _("I see no digit yet") if len(guess or "?") == 1 else _("I am not sure yet")
    room = (area.w - frame.px(theme.SPACE_8), area.h // 6)
    piece = text.fitted(words, theme.LABEL, theme.INK_QUIET, room)
    surface.blit(piece, piece.get_rect(midtop=(area.centerx, area.y + frame.px(theme.SPACE_5))))
