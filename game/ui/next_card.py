"""The next card: what will be asked after the present prompt, small and dimmed below its card."""

from __future__ import annotations

import pygame

from game.language import _
from game.rules.prompt import Prompt
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import clamp, is_reduced
from game.ui.prompt_card import paint_disguise
from game.ui.shapes import panel
from game.ui.text import Typesetter

DIMMED = 190  # of 255: it must not call louder than the present one
APPEAR_SECONDS = 0.3  # s in which a new one comes into sight
CAPTION_SHARE = 0.26  # of its width, at most


class NextCard:
    """Follows a round; shows nothing where there is no place, or no next prompt."""

    def __init__(self) -> None:
        self._place: pygame.Rect | None = None
        self._frame, self._text = Frame(0, 0), Typesetter(1.0)
        self._prompt: Prompt | None = None
        self._picture: pygame.Surface | None = None
        self._age = 0.0

    @property
    def prompt(self) -> Prompt | None:
        """What it shows while the clock runs."""
        return self._prompt if self._place is not None else None

    def resize(self, place: pygame.Rect | None, frame: Frame, text: Typesetter) -> None:
        """Take another place, px, or none."""
        self._place, self._frame, self._text = place, frame, text
        self._picture = None

    def show(self, prompt: Prompt | None) -> None:
        """Show another prompt, or that there is none."""
        if prompt is not self._prompt:
            self._prompt, self._picture, self._age = prompt, None, 0.0

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._age += dt

    def draw(self, surface: pygame.Surface, *, hidden: bool = False) -> None:
        """Draw it; `hidden` leaves the prompt out."""
        place, frame, text = self._place, self._frame, self._text
        if place is None or self._prompt is None:
            return
        panel(surface, place, theme.NIGHT_RAISED, min(place.h // 3, frame.px(theme.RADIUS)))
        room = (round(place.w * CAPTION_SHARE), place.h)
        # Translators: before the prompt that is asked after this one; there is little room.
        caption = text.fitted(_("NEXT"), theme.SMALL, theme.MIST, room)
        left = place.x + frame.px(theme.SPACE_4)
        surface.blit(caption, caption.get_rect(midleft=(left, place.centery)))
        if hidden:
            return
        if self._picture is None:
            self._picture = self._paint(caption.get_width())
        self._picture.set_alpha(
            round(DIMMED * (1.0 if is_reduced() else clamp(self._age / APPEAR_SECONDS)))
        )
        surface.blit(self._picture, place)

    def _paint(self, caption: int) -> pygame.Surface:
        """The prompt alone, as large as the place, px; it stands in the middle of what is left."""
        assert self._place is not None and self._prompt is not None
        frame = self._frame
        picture = pygame.Surface(self._place.size, pygame.SRCALPHA)
        stage = picture.get_rect().inflate(-2 * frame.px(theme.SPACE_3), -frame.px(theme.SPACE_4))
        stage.w -= caption + frame.px(theme.SPACE_4)
        stage.right = picture.get_width() - frame.px(theme.SPACE_3)
        paint_disguise(picture, stage, self._prompt, frame, self._text, theme.TEXT)
        return picture
