"""The result: the score, what stands behind it, and every answer as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.pointer import Pointer
from game.rules.judge import Verdict
from game.rules.round import Round
from game.scenes.scene import Scene
from game.ui import theme
from game.ui.ink_view import thumbnail
from game.ui.layout import grid
from game.ui.motion import Glide, ease_out
from game.ui.paper import desk, sheet
from game.ui.particles import Particles
from game.ui.shapes import panel
from game.ui.widgets import Button, Group

if TYPE_CHECKING:
    from game.app import App
    from game.scenes.play import KeptAnswer

BUTTON_HEIGHT = 64.0  # layout units
BEST_HEIGHT = 46.0  # layout units, the strip that says how the score compares
LARGEST_TILE = 118.0  # layout units
TILE_COLOURS = {
    Verdict.RIGHT: theme.GOOD,
    Verdict.WRONG: theme.BAD,
    Verdict.UNREADABLE: theme.INK_QUIET,
}
NOTHING = "\N{EN DASH}"
CELEBRATION = (theme.SUN, theme.GOOD_BRIGHT, theme.MIST, theme.BAD_BRIGHT)


class Result(Scene):
    """Closes a round."""

    def __init__(
        self, app: App, played: Round, kept: Sequence[KeptAnswer], best_before: int | None
    ) -> None:
        super().__init__(app)
        self._round = played
        self._kept = list(kept)
        self._best_before = best_before
        points = played.score.points
        self.is_new_best = points > 0 and (best_before is None or points > best_before)
        self._points = Glide(0.0, 0.28)
        self._points.goal = float(points)
        self._particles = Particles()
        self._rained = 0.0
        self._age = 0.0
        self._group = Group(
            [
                Button("Play again", lambda: app.play(played.mode.key), primary=True, hint="Enter"),
                Button("To the title", app.go_home, hint="Esc"),
            ],
            focus=0,
        )
        self._backdrop = pygame.Surface((1, 1))
        self._head = pygame.Rect(0, 0, 1, 1)

    @property
    def animating(self) -> bool:
        moving = self._particles.alive or not self._points.resting or self._age < 3.0
        return moving or any(not widget.glow.resting for widget in self._group.widgets)

    def enter(self) -> None:
        self.app.audio.play("best" if self.is_new_best else "finish")
        self.app.show_notices()

    def layout(self) -> None:
        frame = self.app.frame
        area, gap = frame.inner, frame.px(theme.GAP)
        button = max(36, frame.px(BUTTON_HEIGHT))
        fonts = [self.app.text.font(style) for style in (theme.LABEL, theme.HUGE)]
        head = sum(font.get_height() for font in fonts) + frame.px(BEST_HEIGHT) + gap
        self._backdrop = desk(frame)
        if frame.is_tall:
            self._head = pygame.Rect(area.x, area.y, area.w, head)
            stats = pygame.Rect(area.x, self._head.bottom, area.w, frame.px(84))
            buttons = pygame.Rect(area.x, area.bottom - button, area.w, button)
            paper = pygame.Rect(
                area.x, stats.bottom + gap, area.w, buttons.y - stats.bottom - 2 * gap
            )
            half = (buttons.w - gap) // 2
            places = [
                pygame.Rect(buttons.x, buttons.y, half, button),
                pygame.Rect(buttons.right - half, buttons.y, half, button),
            ]
            self._draw_stats(stats, 4)
        else:
            side = min(frame.px(372), round(area.w * 0.36))
            column = pygame.Rect(area.x, area.y, side, area.h)
            self._head = pygame.Rect(column.x, column.y, side, head)
            lower = column.bottom - 2 * button - frame.px(16)
            stats = pygame.Rect(column.x, self._head.bottom, side, lower - self._head.bottom - gap)
            places = [
                pygame.Rect(column.x, lower, side, button),
                pygame.Rect(column.x, column.bottom - button, side, button),
            ]
            paper = pygame.Rect(column.right + gap, area.y, area.right - column.right - gap, area.h)
            self._draw_stats(stats, 2)
        for widget, place in zip(self._group.widgets, places, strict=True):
            widget.rect = place
        self._draw_answers(paper)

    def _draw_stats(self, area: pygame.Rect, columns: int) -> None:
        """The figures behind the score, drawn once into the backdrop."""
        frame, text = self.app.frame, self.app.text
        score = self._round.score
        median = self._round.median_seconds()
        answered = score.right + score.wrong
        facts = [
            ("RIGHT", f"{score.right} of {answered}"),
            ("ACCURACY", NOTHING if score.accuracy is None else f"{score.accuracy * 100:.0f}%"),
            ("LONGEST STREAK", f"{score.longest_streak}"),
            ("MEDIAN TIME", NOTHING if median is None else f"{median:.1f} s"),
        ]
        gap = frame.px(14)
        rows = -(-len(facts) // columns)
        width = (area.w - gap * (columns - 1)) // columns
        height = min((area.h - gap * (rows - 1)) // rows, frame.px(110))
        for n, (name, value) in enumerate(facts):
            cell = pygame.Rect(
                area.x + n % columns * (width + gap),
                area.y + n // columns * (height + gap),
                width,
                height,
            )
            panel(self._backdrop, cell, theme.NIGHT_RAISED, frame.px(theme.RADIUS * 0.7))
            room = (cell.w - frame.px(24), cell.h // 2)
            caption = text.fitted(name, theme.SMALL, theme.MIST, room)
            number = text.fitted(value, theme.HEADING, theme.PAPER, room)
            total = caption.get_height() + number.get_height()
            top = cell.centery - total // 2
            self._backdrop.blit(caption, (cell.x + frame.px(14), top))
            self._backdrop.blit(number, (cell.x + frame.px(14), top + caption.get_height()))

    def _draw_answers(self, paper: pygame.Rect) -> None:
        """Every answer's ink with what was read; where that is not what was asked, both."""
        frame, text = self.app.frame, self.app.text
        sheet(self._backdrop, paper, frame, ruled=False)
        area = paper.inflate(-2 * frame.px(26), -2 * frame.px(22))
        heading = text.fitted("What you wrote", theme.HEADING, theme.INK, area.size)
        self._backdrop.blit(heading, area.topleft)
        area.y += heading.get_height() + frame.px(10)
        area.h -= heading.get_height() + frame.px(10)
        if not self._kept:
            text.paragraph(
                self._backdrop, "Nothing was written this time. The paper is patient.", theme.BODY,
                theme.INK_QUIET, area,
            )  # fmt: skip
            return
        cells = grid(area, len(self._kept), frame.px(12), frame.px(LARGEST_TILE))
        shift = area.x - cells[0].x
        for cell, answer in zip(cells, self._kept, strict=True):
            self._draw_tile(cell.move(shift, 0), answer)

    def _draw_tile(self, cell: pygame.Rect, answer: KeptAnswer) -> None:
        text, surface = self.app.text, self._backdrop
        outcome = answer.outcome
        colour = TILE_COLOURS[outcome.verdict]
        radius = max(3, cell.w // 8)
        strip = max(12, cell.h // 4)
        panel(surface, cell, colour, radius)
        inner = cell.inflate(-4, -4)
        panel(
            surface,
            pygame.Rect(inner.x, inner.y, inner.w, inner.h - strip + 4),
            theme.PAPER,
            radius - 2,
        )
        side = cell.h - strip - max(4, cell.h // 12)
        ink = thumbnail(answer.ink, max(8, side), theme.INK)
        surface.blit(ink, ink.get_rect(midtop=(cell.centerx, cell.y + max(3, cell.h // 24))))
        words = (
            outcome.read
            if outcome.verdict is Verdict.RIGHT
            else f"{outcome.read} for {outcome.prompt.answer}"
        )
        if outcome.verdict is Verdict.UNREADABLE:
            words = f"? for {outcome.prompt.answer}"
        piece = text.fitted(words, theme.SMALL, theme.PAPER, (cell.w - 6, strip - 2))
        surface.blit(piece, piece.get_rect(center=(cell.centerx, cell.bottom - strip // 2)))

    def handle(self, event: pygame.event.Event) -> None:
        if event.type != pygame.KEYDOWN:
            return
        if event.key == pygame.K_ESCAPE:
            self.app.go_home()
        else:
            self._group.key(event)

    def pointer(self, pointer: Pointer) -> None:
        self._group.pointer(pointer)

    def update(self, dt: float) -> None:
        self._age += dt
        self._points.update(dt)
        self._group.update(dt)
        unit = self.app.frame.unit
        self._particles.update(dt, unit)
        self._rained += dt
        if self.is_new_best and self._age < 2.5 and self._rained > 0.12:
            self._rained = 0.0
            self._particles.rain(self.app.frame.rect, CELEBRATION, 7, unit)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.app.frame, self.app.text
        surface.blit(self._backdrop, (0, 0))
        head = self._head
        caption = text.render("TIME IS UP", theme.LABEL, theme.MIST)
        surface.blit(caption, head.topleft)
        number = text.fitted(
            f"{round(self._points.value):,}", theme.HUGE, theme.PAPER, (head.w, head.h)
        )
        surface.blit(number, (head.x, head.y + caption.get_height() + frame.px(4)))
        below = head.y + caption.get_height() + number.get_height() + frame.px(4)
        self._draw_best(surface, head.x, below)
        self._group.draw(surface, frame, text)
        self._particles.draw(surface)

    def _draw_best(self, surface: pygame.Surface, x: int, y: int) -> None:
        frame, text = self.app.frame, self.app.text
        if self.is_new_best:
            words = "First score. Beat it!" if self._best_before is None else "New best!"
            room = (self._head.w - frame.px(40), frame.px(BEST_HEIGHT))
            piece = text.fitted(words, theme.LABEL, theme.INK, room)
            share = ease_out((self._age - 0.5) / 0.35)
            if share <= 0:
                return
            strip = pygame.Rect(
                x, y, round((piece.get_width() + frame.px(40)) * share), frame.px(44)
            )
            panel(surface, strip, theme.SUN, strip.h // 2)
            if share >= 0.95:
                surface.blit(piece, piece.get_rect(midleft=(x + frame.px(20), strip.centery)))
        elif self._best_before is not None:
            piece = text.render(f"Best score {self._best_before:,}", theme.LABEL, theme.MIST)
            surface.blit(piece, (x, y + frame.px(6)))
