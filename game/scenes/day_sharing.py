"""The day's result, to be sent on as a text or a picture: neither tells an answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pygame

from game.language import _
from game.persistence.pictures import PictureError
from game.persistence.rounds import days_played
from game.rules.attempts import OnceADay
from game.rules.round import PlayedSheet
from game.rules.share import counted, marks, share_text
from game.rules.streak import Streak, streak
from game.scenes import places
from game.scenes.scene import Stage
from game.ui.result_card import Card, card_png
from game.ui.widgets import Button


class DaySharing:
    """What a result offers where a day has one round that counts; else nothing.

    `streak` are the days in a row up to today, None where the mode knows no days.
    """

    def __init__(self, stage: Stage, played: PlayedSheet) -> None:
        self._stage = stage
        self._round = played
        self._day = datetime.date.today()
        self.streak: Streak | None = None
        if isinstance(played.mode.attempts, OnceADay):
            self.streak = streak(days_played(stage.storage, played.mode), self._day)
        self._copy = Button(_("Copy to share"), self.copy, keys=[pygame.K_c])
        self._picture = Button(_("Save picture"), self.save_picture, keys=[pygame.K_s])

    @property
    def buttons(self) -> Sequence[Button]:
        """Both, of the round that counts; of one for practice none."""
        counts = self.streak is not None and self._round.counts
        return (self._copy, self._picture) if counts else ()

    @property
    def _mark(self) -> str:
        """What the round is measured by, in words; empty where it has no such mark."""
        goal = self._round.mode.goal
        mark = goal.mark(self._round.tally())
        return "" if mark is None else goal.words(mark)

    def copy(self) -> None:
        """Put the day's result into the clipboard."""
        played = self._round
        if self.streak is None:
            return
        text = share_text(
            f"Digit Dash {_(played.mode.title)}", _(played.levels[0].title), self._day,
            played.outcomes, self._mark, self.streak,
        )  # fmt: skip
        try:
            pygame.scrap.put_text(text)
            self._copy.label = _("Copied")
        except pygame.error:  # a system without a clipboard
            self._copy.label = _("No clipboard here")

    def save_picture(self) -> None:
        """Keep the day's result as a picture, and say where it is."""
        played = self._round
        if self.streak is None:
            return
        right = counted(played.outcomes)
        card = Card(
            _(played.mode.title), _(played.levels[0].title), self._day,
            self._mark or right, right, marks(played.outcomes), self.streak,
        )  # fmt: skip
        try:
            name = f"{played.mode.key}-{self._day.isoformat()}"
            path = self._stage.pictures.keep(name, card_png(card))
        except (PictureError, pygame.error) as error:
            told = places.Notice(_("No picture this time"), [str(error)])
        else:
            self._picture.label = _("Saved")
            said = _("Today's result is kept as {path}.").format(path=path)
            told = places.Notice(_("Picture saved"), [said])
        self._stage.lay(told)
