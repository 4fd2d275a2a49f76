"""The Lab: a sheet to draw on freely, and what every installed backend makes of the same ink."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pygame

from game.language import N_, _, pgettext
from game.reading.news import LabFound, LabLoaded, LabRead, News
from game.scenes import places
from game.scenes.scene import Stage
from game.scenes.writing import WritingScene
from game.ui import theme
from game.ui.group import Group
from game.ui.lab_card import UNREADABLE, LabCard, least_certain
from game.ui.layout import lab_layout, stack
from game.ui.pictures import pixels
from game.ui.reading_marks import reading_marks
from game.ui.shapes import panel
from game.ui.widgets import ToolButton
from recognizer import backend_info
from recognizer.reading import Reading
from recognizer.types import Glyph

LIVE_SECONDS = 0.08  # s between two readings while the pen is down
HIGHEST_CARD = 150.0  # layout units
HIGHEST_SMALL_CARD = 64  # px, in windows so small that the letters no longer shrink with them
NO_BACKENDS = N_("No recognizer is installed. Make them with: python -m train.all --install")


class Lab(WritingScene):
    """Draw, watch, and look inside. Nothing here is asked, scored or kept."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage, ToolButton("left", partial(stage.go, places.Title()), keys=[pygame.K_ESCAPE])
        )
        self.cards: list[LabCard] | None = None  # None until the backends are known
        self._oldest_ticket: int | None = None  # readings of older ink are of no interest
        self._unread = False  # whether the pen has moved since the last request
        self._since_request = 0.0
        self._readings: dict[str, Reading] = {}  # by backend, of the present ink
        self._picked: str | None = None  # the backend that the player pressed last
        self._shown: str | None = None  # the one of which it is shown what it saw
        self._marks: tuple[pygame.Surface, pygame.Rect] | None = None
        self.places = lab_layout(stage.frame, stage.settings.hand == "left")

    @property
    def animating(self) -> bool:
        moving = self._unread or any(not card.resting for card in self.cards or ())
        return moving or any(not tool.glow.resting for tool in self._tools)

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self.stage.desk.lab.open()

    def resume(self) -> None:
        """What the readers told meanwhile went past: they are asked again."""
        cards = self.cards
        if cards is None or any(not card.loaded and card.trouble is None for card in cards):
            self.stage.desk.lab.open()
        self._ask()
        self.stage.show_notices()

    def layout(self) -> None:
        self.places = lab_layout(self.stage.frame, self.is_left_handed)
        self.lay_paper(self.places.paper, self.places.tools)
        self._place_cards()
        self._mark()

    def _place_cards(self) -> None:
        cards, frame = self.cards or [], self.stage.frame
        highest = max(HIGHEST_SMALL_CARD, frame.px(HIGHEST_CARD))
        rows = stack(self.places.cards, len(cards), frame.px(theme.SPACE_3), highest)
        for card, rect in zip(cards, rows, strict=True):
            card.rect = rect

    # --- the pen ----------------------------------------------------------------------------------

    def pen_moved(self) -> None:
        self._unread = True

    def pen_lifted(self) -> None:
        self._ask()

    def _ask(self) -> None:
        """Have the ink read by all of them, in the background."""
        self._unread, self._since_request = False, 0.0
        ink = self.canvas.ink()
        if ink:
            ticket = self.stage.desk.lab.request(ink)
            if self._oldest_ticket is None:
                self._oldest_ticket = ticket

    def ink_taken_back(self) -> None:
        """What was read of the ink so far is no longer true."""
        self._oldest_ticket = None
        self._ask()
        if self._oldest_ticket is None:
            self._readings.clear()
            for card in self.cards or ():
                card.clear()
        self._mark()

    # --- what the readers say ---------------------------------------------------------------------

    def hear(self, news: News) -> None:
        match news:
            case LabRead():
                self._take_reading(news)
            case LabFound():
                self._take_backends(news.backends)
            case LabLoaded():
                card = self._card(news.backend)
                if card is not None:
                    card.ready(news.error)
                    self._show_picked()

    def _card(self, backend: str) -> LabCard | None:
        return next((card for card in self.cards or () if card.backend == backend), None)

    def _is_of_this_ink(self, ticket: int) -> bool:
        return self._oldest_ticket is not None and ticket >= self._oldest_ticket

    def _take_backends(self, names: Sequence[str]) -> None:
        known = {card.backend: card for card in self.cards or ()}
        self.cards = [
            known.get(name) or LabCard(name, self._pick, self._tell_trouble) for name in names
        ]
        self._group = Group([*self._tools, *self.cards])
        self._place_cards()
        self._show_picked()

    def _pick(self, backend: str) -> None:
        """Show what a backend saw on this screen; of what it has read, look inside."""
        self._picked = backend
        self._show_picked()
        card = self._card(backend)
        if card is not None and card.opens:
            able = [each.backend for each in self.cards or () if each.loaded]
            self.stage.lay(places.Inside(backend, able, self.canvas.ink(), card.doubtful))

    def _show_picked(self) -> None:
        """Show what the picked backend saw; while it cannot read, what the best of the rest saw."""
        able = [card.backend for card in self.cards or () if card.loaded]
        self._shown = self._picked if self._picked in able else next(iter(able), None)
        for card in self.cards or ():
            card.picked = card.backend == self._shown
        self._mark()

    @property
    def _shown_reading(self) -> Reading | None:
        return None if self._shown is None else self._readings.get(self._shown)

    def _mark(self) -> None:
        """Of a number show on the ink where its digits were read; of a digit there is no doubt."""
        self._marks = None
        reading = self._shown_reading
        if reading is not None and len(reading.digits) > 1:
            inset = 2 * self.stage.frame.px(theme.SPACE_2)
            room = self._writing_area.inflate(-inset, -inset)
            self._marks = reading_marks(
                reading.digits, self.canvas.to_pixels, self.canvas.pen_radius, room,
                self.stage.frame, self.stage.text, theme.INK_QUIET,
            )  # fmt: skip

    def _tell_trouble(self, name: str, trouble: str) -> None:
        self.stage.lay(places.Notice(_("{name} cannot read").format(name=name), [trouble]))

    def _take_reading(self, news: LabRead) -> None:
        card = self._card(news.backend)
        if card is None or not self._is_of_this_ink(news.ticket):
            return
        if news.reading is not None:
            card.show(news.reading)
            self._readings[news.backend] = news.reading
        elif news.error is not None:
            card.fail(news.error)
            self._readings.pop(news.backend, None)
        if news.backend == self._shown:
            self._mark()
        self._mark_odd_ones()

    def _mark_odd_ones(self) -> None:
        """A card stands out where more than half of all read something else."""
        votes = Counter(card.read for card in self.cards or () if card.read)
        if not votes:
            return
        read, count = votes.most_common(1)[0]
        for card in self.cards or ():
            card.odd = bool(card.read) and card.read != read and count > votes.total() / 2

    def summary(self) -> str:
        """What they make of it together, in a sentence."""
        if self._oldest_ticket is None:
            return _("Every recognizer reads the same ink, while you write.")
        readers = [card for card in self.cards or () if card.read]
        votes = Counter(card.read for card in readers)
        if not votes:
            return pgettext("the recognizers are at work", "Reading")
        (read, count), *others = votes.most_common(2)
        if others and others[0][1] == count:
            # Translators: {one} and {other} are what was read, such as 17, or "no digit".
            return _("{one} or {other}? They do not agree.").format(
                one=_called(read), other=_called(others[0][0])
            )
        nothing = read == UNREADABLE
        if len(readers) == 1:
            # Translators: {name} is the name of a recognizer, such as CNN.
            said = _("{name} reads no digit.") if nothing else _("{name} reads {digits}.")
        elif not others:
            said = _("All {count} read no digit.") if nothing else _("All {count} read {digits}.")
        elif nothing:
            said = _("{count} of {all} read no digit.")
        else:
            said = _("{count} of {all} read {digits}.")
        return said.format(name=readers[0].name, count=count, all=len(readers), digits=read)

    # --- time and the picture ---------------------------------------------------------------------

    def update(self, dt: float) -> None:
        self._group.update(dt)
        self._since_request += dt
        if self._unread and self._since_request >= LIVE_SECONDS:
            self._ask()

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        self._draw_head(surface)
        if self.cards == []:
            words = _(NO_BACKENDS)
            text.paragraph(surface, words, theme.BODY, theme.BAD_BRIGHT, self.places.cards)
        self._group.draw(surface, frame, text)
        if self.canvas.is_empty:
            self._draw_hint(surface)
        surface.set_clip(self.places.paper)
        if self._marks is not None:
            surface.blit(*self._marks)
        self.canvas.draw(surface)
        surface.set_clip(None)

    def _draw_head(self, surface: pygame.Surface) -> None:
        """The picture that the models see, and what they make of it together."""
        frame, text = self.stage.frame, self.stage.text
        field = self.places.picture
        panel(surface, field, theme.NIGHT_DEEP, frame.px(theme.RADIUS * 0.8))
        seen = _picture(self._shown_reading)
        if seen is not None:
            # A glyph brings its own margin, a page fills its length with ink.
            side = field.w if seen.shape[0] == seen.shape[1] else field.w * 7 // 8
            picture = pixels(seen, side, theme.NIGHT_DEEP, theme.TEXT)
            surface.blit(picture, picture.get_rect(center=field.center))
        words = self.places.words
        heading = text.fitted(_("Lab"), theme.HUGE, theme.GLOW, (words.w, round(words.h * 0.42)))
        caption = text.font(theme.SMALL).get_linesize()
        said = self.summary()
        lines = text.wrap(said, theme.LABEL, words.w)
        line = round(text.font(theme.LABEL).get_linesize() * 1.08)
        surface.blit(heading, words.topleft)
        y = words.y + heading.get_height() + frame.px(theme.SPACE_1)
        if y + len(lines) * line <= words.bottom:
            for row in lines:
                surface.blit(text.render(row, theme.LABEL, theme.TEXT), (words.x, y))
                y += line
        elif self._oldest_ticket is not None:  # a welcome that does not fit is left out
            surface.blit(text.fitted(said, theme.LABEL, theme.TEXT, (words.w, line)), (words.x, y))
            y += line
        piece = text.render(self.caption(), theme.SMALL, theme.MIST)
        if y + caption <= words.bottom and piece.get_width() <= words.w:
            surface.blit(piece, (words.x, words.bottom - piece.get_height()))

    def caption(self) -> str:
        """Whose picture stands beside these words, and how much of the ink it is."""
        reading = self._shown_reading
        picture = _picture(reading)
        if reading is None or picture is None or self._shown is None:
            return _("28 × 28 pixels, as they see it")
        height, width = picture.shape
        of_one = len(reading.digits) > 1 and reading.page is None
        # Translators: {model} is the name of a recognizer, such as CNN, {digit} one of a number's.
        words = _("The {digit}: {width} × {height} pixels, as {model} sees it")
        if not of_one:
            words = _("{width} × {height} pixels, as {model} sees it")
        digit = reading.text[least_certain(reading.digits)] if of_one else ""
        model = backend_info(self._shown).title
        return words.format(digit=digit, width=width, height=height, model=model)

    def _draw_hint(self, surface: pygame.Surface) -> None:
        frame, text, area = self.stage.frame, self.stage.text, self._writing_area
        room = (area.w - frame.px(theme.SPACE_8), area.h)
        hint = text.fitted(_("Draw anything"), theme.HEADING, theme.INK_QUIET, room)
        surface.blit(hint, hint.get_rect(center=area.center))


def _picture(reading: Reading | None) -> Glyph | None:
    """What was seen for a reading: the page, or else the digit most in doubt."""
    if reading is None or reading.page is not None or not reading.digits:
        return None if reading is None else reading.page
    return reading.digits[least_certain(reading.digits)].picture


def _called(read: str) -> str:
    return _("no digit") if read == UNREADABLE else read
