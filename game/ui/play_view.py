"""Everything that a round shows: its card and the next one, the gauges, the verdict, the guess."""

from __future__ import annotations

import pygame

from game.ink.canvas import Canvas
from game.rules.modes.mode import Gauge
from game.rules.round import Round
from game.ui.guess import draw_guess
from game.ui.hud import Hud
from game.ui.layout import Frame, PlayLayout, play_layout
from game.ui.next_card import NextCard
from game.ui.prompt_card import PromptCard
from game.ui.text import Typesetter
from game.ui.verdict import VerdictView, waiting_dash

AT_THE_FOOT = frozenset({Gauge.STREAK, Gauge.LIVES, Gauge.SPLITS})  # of the card's column
STRIP_SECONDS = 1.4  # s that the strip with what was read stays


class PlayView:
    """Follows a round and the ink of a canvas; it decides nothing."""

    def __init__(self, game: Round, best: float | None, canvas: Canvas) -> None:
        """`best` is the mark to beat."""
        self._game = game
        self._canvas = canvas
        self.card = PromptCard()
        self.following = NextCard()
        self.verdict = VerdictView(canvas, STRIP_SECONDS, marks=game.rules.most_digits > 1)
        self.guess: str | None = None  # what the reader sees so far, where the mode may show it
        self._shows_guess = game.mode.shows_guess(game.levels[0])
        self._hud = Hud(game, best)
        self._places = play_layout(Frame(1280, 720), False)
        self._area = pygame.Rect(0, 0, 1, 1)
        self._frame, self._text = Frame(1280, 720), Typesetter(1.0)

    def layout(self, places: PlayLayout, area: pygame.Rect, frame: Frame, text: Typesetter) -> None:
        """Take other places; `area` is what is written on, px."""
        self._places, self._area, self._frame, self._text = places, area, frame, text
        self.card.resize(places.card, frame, text)
        self.following.resize(places.following, frame, text)
        self.verdict.layout(area, frame, text)

    def show_prompt(self) -> None:
        """Turn to the round's present prompt, and show the next one where that is allowed."""
        self.guess = None
        self.card.show(self._game.prompt)
        self.following.show(self._game.upcoming)

    def update(self, dt: float) -> list[str]:
        """Move on by `dt` seconds; return the sounds that belong to what has just changed."""
        self.card.update(dt)
        self.following.update(dt)
        self.verdict.update(dt)
        return self._hud.update(dt)

    def draw_ink(self, surface: pygame.Surface) -> None:
        """Draw what lies on the paper."""
        surface.set_clip(self._places.paper)
        self.verdict.draw_ink(surface)
        if self.guess is not None and self._shows_guess:
            draw_guess(surface, self.guess, self._area, self._frame, self._text)
        self._canvas.draw(surface)
        surface.set_clip(None)

    def draw(self, surface: pygame.Surface, waiting: float | None) -> None:
        """Draw all the rest; `waiting` is the share of the wait for a verdict that is left."""
        running = self._game.clock.running
        if waiting is not None and running:
            waiting_dash(surface, self._places.paper, self._area.centerx, waiting, self._frame)
        self.verdict.draw_strip(surface)
        self.card.draw(surface, hidden=not running)
        self.following.draw(surface, hidden=not running)
        self._hud.draw(surface, self._places, self._frame, self._text)
        self.verdict.draw_sparks(surface)


def round_layout(frame: Frame, left_handed: bool, game: Round) -> PlayLayout:
    """Place the play screen for what a round shows."""
    gauges = game.mode.gauges
    return play_layout(
        frame,
        left_handed,
        following=game.mode.shows_next,
        bar=game.face() is not None or Gauge.PROGRESS in gauges,
        foot=bool(gauges & AT_THE_FOOT) or game.ends_on_wish,
    )
