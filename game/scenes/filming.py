"""Saving a replay: as a film or as a card, made a few pictures a frame while the window goes on."""

from __future__ import annotations

import datetime
import time
from functools import partial

import pygame

from game.language import N_, _
from game.persistence.films import GIF, MP4, FilmFile, GifFile, Mp4File
from game.persistence.pictures import PictureError
from game.persistence.replays import Recording, title
from game.scenes import places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.film import SIZE, STEP, Film
from game.ui.group import Group
from game.ui.result_card import card_png, draw_card, round_card
from game.ui.shapes import dash
from game.ui.widgets import Button, key_name

WORK_SECONDS = 0.012  # s of a frame in which pictures are made
CHOOSE = N_(
    "A film shows the round as you see it here, at the same speed. A card shows the result."
)


class Filming(Dialog):
    """Asks what is wanted, makes it, and says where it is. Whoever cancels leaves no file."""

    def __init__(self, stage: Stage, place: places.Filming) -> None:
        self._own, self._ghost, self._speed = place.own, place.ghost, place.speed
        self.film: Film | None = None
        self._file: FilmFile | None = None
        super().__init__(
            stage,
            _("Save this replay"),
            [_(CHOOSE)],
            [
                Button(_("Film as GIF"), partial(self.begin, GIF), primary=True, keys=[pygame.K_g],
                       hint=key_name(pygame.K_RETURN)),
                Button(_("Film as MP4"), partial(self.begin, MP4), keys=[pygame.K_m]),
                Button(_("Card as PNG"), self.keep_card, keys=[pygame.K_c]),
                Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE]),
            ],
        )  # fmt: skip

    def leave(self) -> None:
        self._drop()

    def begin(self, ending: str) -> None:
        """Begin to make a film."""
        card = draw_card(round_card(self._own))
        film = Film(self._own, self._ghost, title(self._own.past), self._speed, card)
        name = file_name(self._own)
        try:
            if ending == MP4:
                self._file = Mp4File(self.stage.pictures, name, SIZE, STEP)
            else:
                self._file = GifFile(self.stage.pictures, name, SIZE, film.palette())
        except PictureError as error:
            self._tell(_("No film this time"), [str(error)])
            return
        self.film = film
        self._heading = _("Making the film")
        self.sentences = [_("This takes a moment. You can cancel it: then nothing is kept.")]
        self._offer(Button(_("Cancel"), self.cancel, keys=[pygame.K_ESCAPE]))

    def cancel(self) -> None:
        """Give it up."""
        self._drop()
        self.stage.back()

    def keep_card(self) -> None:
        """Keep the card as a picture."""
        try:
            path = self.stage.pictures.keep(file_name(self._own), card_png(round_card(self._own)))
        except (PictureError, pygame.error) as error:
            self._tell(_("No picture this time"), [str(error)])
        else:
            self._tell(_("Card saved"), [_("It is kept as {path}.").format(path=path)])

    @property
    def animating(self) -> bool:
        return self.film is not None or super().animating

    def update(self, dt: float) -> None:
        super().update(dt)
        film, file = self.film, self._file
        if film is None or file is None:
            return
        until = time.perf_counter() + WORK_SECONDS
        try:
            film.step(file)
            while not film.is_whole and time.perf_counter() < until:
                film.step(file)
            if film.is_whole:
                path = file.finish()
                self.film = self._file = None
                self._tell(_("Film saved"), [_("It is kept as {path}.").format(path=path)])
        except (PictureError, pygame.error) as error:
            self._drop()
            self._tell(_("No film this time"), [str(error)])

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        if self.film is None:
            return
        frame, content = self.stage.frame, self._content
        bar = pygame.Rect(content.x, 0, content.w, max(6, frame.px(12)))
        bar.centery = (content.bottom + self._panel.bottom) // 2
        dash(surface, bar, theme.NIGHT_DEEP)
        bar.w = max(bar.h, round(bar.w * self.film.progress))
        dash(surface, bar, theme.SUN)

    def _drop(self) -> None:
        if self._file is not None:
            self._file.drop()
        self.film = self._file = None

    def _tell(self, heading: str, sentences: list[str]) -> None:
        self._heading, self.sentences = heading, sentences
        enter = key_name(pygame.K_RETURN)
        self._offer(
            Button(_("OK"), self.stage.back, primary=True, keys=[pygame.K_ESCAPE], hint=enter)
        )

    def _offer(self, button: Button) -> None:
        self._group = Group([button], focus=0)
        self.layout()


def file_name(own: Recording) -> str:
    """The name of a round's files, without ending: its mode and when it was begun."""
    try:
        began = datetime.datetime.fromisoformat(own.past.started_at).astimezone()
    except (ValueError, OverflowError, OSError):
        return f"{own.mode.key}-{abs(own.past.number)}"
    return f"{own.mode.key}-{began:%Y-%m-%d-%H%M%S}"
