"""The title: the name, the way back into what was played last, and a tile for every way to play."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.language import _
from game.persistence.choices import chosen_level, last_played
from game.persistence.rounds import Bests
from game.reading.news import News, ReaderReady
from game.rules.modes import MODES
from game.scenes import doors, menu, places
from game.scenes.best_line import line_of_level
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.demonstration import Demonstration
from game.ui.layout import Frame
from game.ui.menu_layout import shared_by_words, title_layout
from game.ui.motion import is_reduced
from game.ui.paper import desk, sheet
from game.ui.player_badge import PlayerChip
from game.ui.tile import Tile, Words
from game.ui.widgets import DIGIT_KEYS, Button, key_name
from game.ui.wordmark import ARRIVED, draw_wordmark

TILE_DIGITS = "1234567890"  # the keys of the first tiles, in their order


class Title(menu.Menu):
    """Where every visit starts."""

    made_anew = True

    def __init__(self, stage: Stage) -> None:
        self.doors = doors.on_title()  # what the tiles lead to, in their order
        self.again = Tile(
            Words(""), partial(menu.play_again, stage), primary=True, hint=key_name(pygame.K_RETURN)
        )
        self.tiles = [
            Tile(Words(_(door.title)), partial(self._open, door), keys=_keys(n))
            for n, door in enumerate(self.doors)
        ]
        self._rest = [
            Button(_("Progress"), partial(stage.lay, places.Progress()), keys=[pygame.K_g]),
            Button(_("Past rounds"), partial(stage.go, places.Review()), keys=[pygame.K_r]),
            Button(_("Lab"), partial(stage.go, places.Lab()), keys=[pygame.K_l]),
            Button(_("Settings"), partial(stage.lay, places.Settings()), keys=[pygame.K_s]),
            Button(_("Quit"), stage.quit, keys=[pygame.K_q]),
        ]
        self.chip = PlayerChip(
            stage.player.name, stage.player.colour, partial(stage.lay, places.Players()),
            note=_("Nothing is kept") if stage.player.is_guest else "", keys=[pygame.K_p],
        )  # fmt: skip
        super().__init__(stage, [self.again, self.chip, *self.tiles, *self._rest])
        self.age = 0.0  # s since it was opened
        self.demonstration = Demonstration()
        self.places = title_layout(stage.frame, 1, len(self.tiles))
        self._tell_bests()

    @property
    def animating(self) -> bool:
        return not is_reduced() or super().animating

    def enter(self) -> None:
        self._offer_calibration()

    def resume(self) -> None:
        self.chip.show(self.stage.player.name, self.stage.player.colour)
        self._tell_bests()
        self._paint_backdrop()
        super().resume()

    def hear(self, news: News) -> None:
        if isinstance(news, ReaderReady):
            self._offer_calibration()

    def _offer_calibration(self) -> None:
        """Ask a new player once whether the game may learn their hand."""
        settings = self.stage.settings
        new = not settings.calibration_offered and not self.stage.hand.samples
        if new and self.stage.desk.learns_hands:
            settings.calibration_offered = True
            self.stage.lay(places.CalibrationOffer())
            self.stage.save_settings()

    # --- what can be played -----------------------------------------------------------------------

    def _open(self, door: doors.Door) -> None:
        self.stage.lay(door.to)

    def _tell_bests(self) -> None:
        """Write on every tile what it is, and the best of the level that was chosen there."""
        settings, bests = self.stage.settings, Bests(self.stage.storage)
        mode = last_played(settings)
        level = chosen_level(settings, mode)
        line = line_of_level(mode, level, bests.mark(mode, level))
        # Translators: on the button that plays again what was played last.
        again = _("Play {mode}").format(mode=_(mode.title))
        self.again.words = Words(again, line)
        for n, (tile, door) in enumerate(zip(self.tiles, self.doors, strict=True)):
            foot, proud = "", False
            if door.key in MODES and door.to == places.Setup(door.key):
                mode = MODES[door.key]
                level = chosen_level(settings, mode)
                best = bests.mark(mode, level)
                foot, proud = line_of_level(mode, level, best), best is not None
            mark = TILE_DIGITS[n : n + 1]
            tile.words = Words(_(door.title), _(door.tagline), foot, mark, proud)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        name = round(text.font(theme.NAME, _name_scale(frame)).get_height() * 1.72)
        left_handed = self.is_left_handed
        self.places = title_layout(frame, name, len(self.tiles), left_handed)
        self.again.rect, self.chip.rect = self.places.again, self.places.chip
        wanted = [widget.wide(frame, text) for widget in self._rest]
        rest = shared_by_words(self.places.rest, wanted)
        for widget, place in zip(self._rest, rest, strict=True):
            widget.rect = place
        for tile, place in zip(self.tiles, self.places.tiles, strict=True):
            tile.rect = place
        self._paint_backdrop()

    def _paint_backdrop(self) -> None:
        """The desk with the sheet, and all tiles as they lie while nobody points at them."""
        frame, text = self.stage.frame, self.stage.text
        self._backdrop = desk(frame)
        if self.places.paper is not None:
            sheet(self._backdrop, self.places.paper, frame)
            self.demonstration.layout(self.places.paper)
        for tile in self.tiles:
            tile.draw_still(self._backdrop, frame, text)

    def update(self, dt: float) -> None:
        self.age += dt
        super().update(dt)
        if self.places.paper is not None:
            self.demonstration.update(dt, self.stage.frame.unit)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        for widget in sorted(self.widgets, key=lambda widget: widget.focused):
            still = isinstance(widget, Tile) and widget.is_at_rest and widget is not self.again
            if not still:  # else it lies in the backdrop
                if widget.pressed:
                    surface.fill(theme.NIGHT, widget.rect)
                widget.draw(surface, frame, text)
        self._draw_name(surface)
        self._draw_demonstration(surface)

    def draw_covered(self, surface: pygame.Surface) -> None:
        """With the whole name: under a notice of the start it would never come in."""
        self.age = max(self.age, ARRIVED)
        self.draw(surface)

    def draw_moving(self, surface: pygame.Surface) -> None:
        """The wordmark and the demonstration; the tiles stand where they were."""
        if super().animating or self.age < ARRIVED:
            self.draw(surface)
            return
        for place in (self.places.name, self.places.paper):
            if place is not None:
                surface.blit(self._backdrop, place, place)
        self._draw_name(surface)
        self._draw_demonstration(surface)

    def _draw_demonstration(self, surface: pygame.Surface) -> None:
        """What is written on the sheet; a digit that flies away stays on it."""
        if self.places.paper is not None:
            whole = surface.get_clip()
            surface.set_clip(whole.clip(self.places.paper))
            self.demonstration.draw(surface, self.stage.frame, self.stage.text)
            surface.set_clip(whole)

    def _draw_name(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        name = self.places.name.topleft
        draw_wordmark(surface, name, frame, text, _name_scale(frame), self.age)


def _name_scale(frame: Frame) -> float:
    """The wordmark's size, of the one it has in the type scale."""
    return 0.8


def _keys(place: int) -> Sequence[int]:
    """The keys that open the tile at a place: those of its digit."""
    digit = TILE_DIGITS[place : place + 1]
    return [key for key, typed in DIGIT_KEYS.items() if typed == digit]
