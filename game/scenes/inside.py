"""Look inside: what one of the Lab's recognizers went by, for ink that was just written there."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.language import _
from game.reading.news import LabLooked, News
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.inside_layout import InsideLayout, inside_layout
from game.ui.inside_view import draw_sight
from game.ui.inside_words import explained, verdict
from game.ui.layout import Frame
from game.ui.paper import desk, sheet
from game.ui.text import Typesetter
from game.ui.theme import Colour, Type
from game.ui.widgets import Button, Choice, Widget
from recognizer import backend_info
from recognizer.inside.sights import Found

# Of what stands first and of the rest: the largest that fit are taken.
STYLES = (
    (theme.HEADING, theme.BODY), (theme.LABEL, theme.BODY), (theme.LABEL, theme.NOTE),
    (theme.SMALL, theme.SMALL),
)  # fmt: skip


class Inside(Menu):
    """A recognizer is chosen above, a digit of a number beside; the reading thread looks."""

    def __init__(self, stage: Stage, place: places.Inside) -> None:
        super().__init__(stage, [])
        self.backend = place.backend
        self.looked: LabLooked | None = None  # what there is to see; None while it is looked for
        self._strokes, self._digit = place.strokes, place.digit
        self._ticket = 0
        options = [(name, backend_info(name).title) for name in place.backends]
        self._models = Choice(options, place.backend, self.look_into)
        self._digits = Choice([], "", self.look_at)
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._offer()

    # --- what is looked at ------------------------------------------------------------------------

    def enter(self) -> None:
        self._ask()

    def resume(self) -> None:
        """What was told meanwhile went past."""
        if self.looked is None:
            self._ask()
        super().resume()

    def reword(self) -> None:
        self._back.label = _("Back")

    def look_into(self, backend: str) -> None:
        """Turn to another recognizer, at the same digit."""
        self.backend = self._models.chosen = backend
        self._ask()

    def look_at(self, digit: str) -> None:
        """Turn to another digit of the number, by its index."""
        self._digit = int(digit)
        self._ask()

    def _ask(self) -> None:
        self.looked = None
        lab = self.stage.desk.lab
        self._ticket = lab.look(self.backend, self._strokes, self._digit)
        self.layout()

    def hear(self, news: News) -> None:
        if not isinstance(news, LabLooked) or news.ticket != self._ticket:
            return
        self.looked = news
        digits = () if news.reading is None else news.reading.digits
        several = len(digits) > 1 and not isinstance(news.sight, Found)
        options = [(str(n), digit.text) for n, digit in enumerate(digits)] if several else []
        self._digits.set_options(options, str(news.digit))
        self.layout()

    def _offer(self) -> None:
        """Offer the choices that there are: whom to look into, and at which digit."""
        widgets: list[Widget] = [
            choice for choice in (self._models, self._digits) if len(choice.options) > 1
        ]
        widgets.append(self._back)
        held = self._group.focused
        # The group stays: a pointer may hold one of them.
        self._group.widgets = widgets
        self._group.focus(held if held in widgets else widgets[0])

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        self._offer()
        frame, text = self.stage.frame, self.stage.text
        spots = inside_layout(
            frame,
            self.is_left_handed,
            models=self._models in self.widgets,
            digits=self._digits in self.widgets,
            line=text.font(theme.NOTE).get_linesize() + frame.px(theme.SPACE_1),
        )
        self._models.rect, self._digits.rect = spots.models, spots.digits
        self._back.rect = spots.back
        self._backdrop = desk(frame)
        sheet(self._backdrop, spots.sheet, frame, ruled=False)
        if self._digits in self.widgets:
            label = text.fitted(
                _("Which of your digits?"), theme.NOTE, theme.MIST, spots.label.size
            )
            self._backdrop.blit(label, spots.label)
        self._draw_looked(spots)

    def _draw_looked(self, spots: InsideLayout) -> None:
        frame, text = self.stage.frame, self.stage.text
        name, looked = backend_info(self.backend).title, self.looked
        pad = frame.px(theme.SPACE_5)
        area = spots.sheet.inflate(-2 * pad, -2 * pad)
        if looked is None:
            words = text.fitted(_("Looking inside"), theme.HEADING, theme.INK_QUIET, area.size)
            self._backdrop.blit(words, words.get_rect(center=area.center))
        elif looked.reading is None:
            heading = _("{name} cannot read").format(name=name)
            paragraphs = [(heading, theme.GLOW), (looked.error or "", theme.BAD_BRIGHT)]
            _draw_words(self._backdrop, spots.words, paragraphs, frame, text)
        else:
            said = verdict(name, looked.reading, looked.digit, looked.sight)
            paragraphs = [(said, theme.GLOW)]
            paragraphs += [(words, theme.TEXT) for words in explained(name, looked.sight)]
            _draw_words(self._backdrop, spots.words, paragraphs, frame, text)
            if looked.sight is not None and min(area.size) > 0:
                draw_sight(self._backdrop, area, looked.sight, frame, text)


def _draw_words(
    surface: pygame.Surface, area: pygame.Rect, paragraphs: Sequence[tuple[str, Colour]],
    frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """Paragraphs in the largest letters in which all of them fit; what never fits is left out."""
    gap = frame.px(theme.SPACE_3)

    def height(words: str, style: Type) -> int:
        line = round(text.font(style).get_linesize() * 1.08)
        return len(text.wrap(words, style, area.w)) * line

    for styles in STYLES:
        of_each = [styles[0], *[styles[1]] * (len(paragraphs) - 1)]
        pairs = zip(paragraphs, of_each, strict=True)
        heights = [height(words, style) for (words, _colour), style in pairs]
        if sum(heights) + gap * (len(heights) - 1) <= area.h:
            break
    room = area.copy()
    for (words, colour), style, tall in zip(paragraphs, of_each, heights, strict=True):
        if tall > room.h:
            return
        text.paragraph(surface, words, style, colour, room)
        room.y += tall + gap
        room.h -= tall + gap
