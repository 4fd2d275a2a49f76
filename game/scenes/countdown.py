"""The countdown that opens a round, and gives a breath after a pause."""

from __future__ import annotations

import pygame

from game.ink.pointer import Kind, Pointer
from game.language import _
from game.scenes import places
from game.scenes.scene import AWAY, Scene, Stage
from game.ui import theme
from game.ui.motion import clamp, overshoot
from game.ui.shapes import disc

BEAT = 0.62  # s a number
BACK = (pygame.WINDOWFOCUSGAINED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.KEYDOWN)
RADIUS = 120.0  # layout units, of the disc that the numbers stand on
GO_BEAT = 0.42  # s for the last word


class Countdown(Scene):
    """3, 2, 1, Go! over the screen of the round, which starts when it is gone."""

    overlay = True

    def __init__(self, stage: Stage, place: places.Countdown) -> None:
        super().__init__(stage)
        self._labels = [str(n) for n in range(place.count, 0, -1)] + [_("Go!")]
        self._age = 0.0
        self._shown = -1
        self._waiting = False  # whether the player is busy with another window
        self._place = place

    def update(self, dt: float) -> None:
        if self._waiting:
            return
        index = min(int(self._age / BEAT), len(self._labels) - 1)
        if index != self._shown:
            self._shown = index
            self.stage.audio.play("go" if index == len(self._labels) - 1 else "tick")
        self._age += dt
        if self._age >= BEAT * (len(self._labels) - 1) + GO_BEAT:
            self._place.done()
            self.stage.back()

    def woke(self) -> None:
        self._age, self._shown = 0.0, -1

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.stage.go(places.Title())
        elif event.type in AWAY:
            self._waiting, self._age, self._shown = True, 0.0, -1
        elif event.type in BACK:
            self._waiting = False

    def pointer(self, pointer: Pointer) -> None:
        if pointer.kind is Kind.DOWN:
            self._waiting = False  # whoever touches the window is back

    def draw(self, surface: pygame.Surface) -> None:
        frame = self.stage.frame
        index = max(0, self._shown)
        age = self._age - index * BEAT
        centre = self._place.paper.center
        self._draw_words(surface)
        radius = frame.px(RADIUS) * clamp(overshoot(age / 0.28), 0.05, 1.2)
        go = index == len(self._labels) - 1
        disc(surface, (centre[0], centre[1] + frame.px(theme.SHADOW)), radius, theme.NIGHT_DEEP)
        disc(surface, centre, radius, theme.SUN if go else theme.NIGHT)
        style = theme.HUGE if go else theme.GIANT
        colour = theme.INK if go else theme.GLOW
        room = (round(radius * 1.7), round(radius * 1.7))
        piece = self.stage.text.fitted(self._labels[index], style, colour, room)
        surface.blit(piece, piece.get_rect(center=centre))

    def _draw_words(self, surface: pygame.Surface) -> None:
        """What is to come, above the numbers, as far as there is room."""
        frame, text, paper = self.stage.frame, self.stage.text, self._place.paper
        top = paper.y + frame.px(theme.SPACE_6)
        room = pygame.Rect(0, top, paper.w - 2 * frame.px(theme.SPACE_8), 0)
        room.centerx = paper.centerx
        lowest = paper.centery - frame.px(RADIUS * 1.2)
        line = round(text.font(theme.BODY).get_linesize() * 1.08)
        for sentence in self._place.words:
            if room.y + len(text.wrap(sentence, theme.BODY, room.w)) * line > lowest:
                return
            room.y += text.paragraph(
                surface, sentence, theme.BODY, theme.INK, room, centred=True
            ) + frame.px(theme.SPACE_2)
