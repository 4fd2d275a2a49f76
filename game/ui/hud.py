"""The gauges around the paper: time, score and streak."""

from __future__ import annotations

import math

import pygame

from game.rules.scoring import MAX_MULTIPLIER, STREAK_STEP, Score, multiplier
from game.ui import theme
from game.ui.layout import Frame, PlayLayout
from game.ui.motion import Glide, blend, clamp, overshoot
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter

LAST_SECONDS = 10  # s that are played in another colour
PULSE_SECONDS = 0.3  # s that a gauge swells when it changes


class Hud:
    """Shows a round's time, score and streak; it follows them, it decides nothing."""

    def __init__(self, best: int | None) -> None:
        self._best = best
        self._points = Glide(0.0, 0.12)
        self._streak = Glide(0.0, 0.08)
        self._multiplier = 1
        self._since_level = PULSE_SECONDS  # s since the multiplier rose
        self._since_points = PULSE_SECONDS
        self._last_points = 0

    def update(self, dt: float, score: Score) -> bool:
        """Follow the score; return whether the multiplier has just risen."""
        self._points.goal = float(score.points)
        self._streak.goal = float(score.streak)
        self._points.update(dt)
        self._streak.update(dt)
        self._since_level += dt
        self._since_points += dt
        if score.points != self._last_points:
            self._last_points, self._since_points = score.points, 0.0
        rose = multiplier(score.streak) > self._multiplier
        if rose:
            self._since_level = 0.0
        self._multiplier = multiplier(score.streak)
        return rose

    def draw(
        self, surface: pygame.Surface, layout: PlayLayout, frame: Frame, text: Typesetter,
        score: Score, remaining: float, total: float,
    ) -> None:  # fmt: skip
        """Draw all three gauges."""
        _draw_time(surface, layout.time_bar, frame, text, remaining, total)
        self._draw_score(surface, layout.score, frame, text)
        self._draw_streak(surface, layout.streak, frame, text, score)

    def _draw_score(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        caption = text.render("SCORE", theme.SMALL, theme.MIST)
        swell = 1.0 - clamp(self._since_points / PULSE_SECONDS)
        colour = blend(theme.PAPER, theme.GOOD_BRIGHT, swell)
        number = text.fitted(
            f"{round(self._points.value):,}", theme.LARGE, colour, (rect.w, rect.h)
        )
        total = caption.get_height() + number.get_height()
        top = rect.y + max(0, (rect.h - total) // 2)
        surface.blit(caption, (rect.x, top))
        surface.blit(number, (rect.x, top + caption.get_height()))
        if self._best is not None:
            beaten = self._points.value > self._best
            words = "NEW BEST" if beaten else f"BEST {self._best:,}"
            best = text.render(words, theme.SMALL, theme.SUN if beaten else theme.MIST)
            if caption.get_width() + best.get_width() + frame.px(16) <= rect.w:
                surface.blit(best, best.get_rect(topright=(rect.right, top)))

    def _draw_streak(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        frame: Frame,
        text: Typesetter,
        score: Score,
    ) -> None:
        factor = multiplier(score.streak)
        top_level = factor == MAX_MULTIPLIER
        caption = text.render(
            f"STREAK {score.streak}", theme.SMALL, theme.SUN if factor > 1 else theme.MIST
        )
        badge_side = min(rect.h, frame.px(72))
        badge = pygame.Rect(0, 0, round(badge_side * 1.1), badge_side)
        badge.midright = (rect.right, rect.centery)
        swell = (
            overshoot(self._since_level / PULSE_SECONDS)
            if self._since_level < PULSE_SECONDS
            else 1.0
        )
        size = badge.inflate(
            round(badge.w * (swell - 1) * 0.25), round(badge.h * (swell - 1) * 0.25)
        )
        panel(
            surface, size, theme.SUN if factor > 1 else theme.NIGHT_RAISED, frame.px(theme.RADIUS)
        )
        times = f"\N{MULTIPLICATION SIGN}{factor}"
        label = text.fitted(times, theme.LARGE, theme.INK if factor > 1 else theme.MIST, badge.size)
        surface.blit(label, label.get_rect(center=badge.center))
        bar_height = frame.px(20)
        room = pygame.Rect(rect.x, 0, badge.x - rect.x - frame.px(16), bar_height)
        total = caption.get_height() + frame.px(8) + bar_height
        surface.blit(caption, (rect.x, rect.centery - total // 2))
        room.y = rect.centery - total // 2 + caption.get_height() + frame.px(8)
        filled = self._streak.value
        lit = float(STREAK_STEP) if top_level else filled - (factor - 1) * STREAK_STEP
        gap = frame.px(8)
        each = (room.w - gap * (STREAK_STEP - 1)) / STREAK_STEP
        for n in range(STREAK_STEP):
            cell = pygame.Rect(round(room.x + n * (each + gap)), room.y, round(each), room.h)
            dash(surface, cell, theme.NIGHT_LINE)
            share = clamp(lit - n)
            if share > 0.05:
                dash(
                    surface,
                    pygame.Rect(cell.x, cell.y, max(cell.h, round(cell.w * share)), cell.h),
                    theme.SUN,
                )


def _draw_time(
    surface: pygame.Surface,
    rect: pygame.Rect,
    frame: Frame,
    text: Typesetter,
    remaining: float,
    total: float,
) -> None:
    last = remaining <= LAST_SECONDS
    pulse = 0.5 + 0.5 * math.cos(remaining * math.tau) if last else 0.0
    colour = blend(theme.BAD, theme.BAD_BRIGHT, pulse) if last else theme.SUN
    seconds = text.render(
        f"{math.ceil(remaining)}", theme.HEADING, theme.BAD_BRIGHT if last else theme.PAPER
    )
    width = text.font(theme.HEADING).size("60")[0] + frame.px(14)
    surface.blit(seconds, seconds.get_rect(midright=(rect.right, rect.centery)))
    groove = pygame.Rect(rect.x, rect.y, rect.w - width, rect.h)
    dash(surface, groove, theme.NIGHT_RAISED)
    filled = round(groove.w * clamp(remaining / total))
    if filled > 0:
        dash(surface, pygame.Rect(groove.x, groove.y, max(groove.h, filled), groove.h), colour)
