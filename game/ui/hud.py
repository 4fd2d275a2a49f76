"""The gauges around the paper: clock, progress, score, streak, lives and turn."""

from __future__ import annotations

import math

import pygame

from game.language import _, figures
from game.rules.ending import AfterAnswers, Lives
from game.rules.modes.mode import Gauge
from game.rules.round import Round
from game.rules.scoring import MAX_MULTIPLIER, STREAK_STEP
from game.rules.timing import Face
from game.ui import theme
from game.ui.layout import Frame, PlayLayout
from game.ui.motion import Glide, blend, clamp, is_reduced, overshoot
from game.ui.shapes import dash, heart, panel
from game.ui.text import Typesetter

SPLITS_SHOWN = 3
NOTHING = "\N{EN DASH}"
PULSE_SECONDS = 0.3  # s that a gauge swells when it changes


class Hud:
    """Shows those gauges of a round that its mode wants; it follows them, it decides nothing."""

    def __init__(self, game: Round, best: float | None) -> None:
        """Follow a round; `best` is the mark to beat."""
        self._game = game
        self._gauges = game.mode.gauges
        self._best = best
        self._points = Glide(0.0, 0.12)
        self._streak = Glide(0.0, 0.08)
        self._multiplier = 1
        self._since_level = PULSE_SECONDS  # s since the multiplier rose
        self._since_points = PULSE_SECONDS
        self._last_points = 0
        self._last_second = 0  # of those in which the clock presses

    def update(self, dt: float) -> list[str]:
        """Follow the round; return the sounds that belong to what has just changed."""
        score = self._game.score
        self._points.goal = float(score.points)
        self._streak.goal = float(score.streak)
        self._points.update(dt)
        self._streak.update(dt)
        self._since_level += dt
        self._since_points += dt
        if score.points != self._last_points:
            self._last_points, self._since_points = score.points, 0.0
        factor = self._game.rules.scoring.multiplier(score.streak)
        rose = factor > self._multiplier
        if rose:
            self._since_level = 0.0
        self._multiplier = factor
        return [*(["level"] if rose else []), *(["hurry"] if self._ticks() else [])]

    def _ticks(self) -> bool:
        """Whether another of the last seconds has begun."""
        face = self._game.face()
        left = 0 if face is None or not face.hurries else math.ceil(face.seconds)
        began = 0 < left != self._last_second
        self._last_second = left
        return began

    def draw(
        self, surface: pygame.Surface, layout: PlayLayout, frame: Frame, text: Typesetter
    ) -> None:
        """Draw the mode's gauges."""
        face = self._game.face()
        if face is not None:
            _draw_clock(surface, layout.time_bar, frame, text, face)
        if Gauge.PROGRESS in self._gauges:
            self._draw_progress(surface, layout.time_bar, frame, text, face)
        if Gauge.TURN in self._gauges:
            self._draw_turn(surface, layout.score, frame, text)
        elif Gauge.SCORE in self._gauges:
            self._draw_score(surface, layout.score, frame, text)
        else:
            self._draw_title(surface, layout.score, frame, text)
        foot = layout.streak.copy()
        if self._game.ends_on_wish:  # the button for it has the right part
            foot.w = wish_place(layout, self._gauges).x - foot.x - frame.px(theme.GAP) // 2
        if Gauge.SPLITS in self._gauges:
            self._draw_splits(surface, foot, text)
        if Gauge.STREAK in self._gauges and self._multiplies:
            self._draw_streak(surface, foot, frame, text)
        elif Gauge.STREAK in self._gauges:
            _draw_figure(surface, foot, _("STREAK"), f"{self._game.score.streak}", text)
        if Gauge.LIVES in self._gauges:
            if Gauge.STREAK in self._gauges and self._multiplies:
                foot = pygame.Rect(0, 0, layout.score.w // 2, layout.score.h // 2)
                foot.bottomright = layout.score.bottomright
            self._draw_lives(surface, foot, frame)

    @property
    def _multiplies(self) -> bool:
        """Whether a streak earns more."""
        return self._game.rules.scoring.multiplier(10**6) > 1

    def _draw_title(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """What is played, and the mark to beat, where there are no points to be shown."""
        level = self._game.levels[self._game.turn]
        name = text.fitted(
            _(self._game.mode.title), theme.LARGE, theme.GLOW, (rect.w, rect.h * 3 // 5)
        )
        words = text.fitted(_(level.title), theme.BODY, theme.MIST, (rect.w, rect.h * 2 // 5))
        surface.blit(name, rect.topleft)
        surface.blit(words, (rect.x, rect.y + name.get_height()))
        if self._best is not None:
            piece = text.render(_best(self._game, self._best), theme.SMALL, theme.MIST)
            if name.get_width() + piece.get_width() + frame.px(theme.SPACE_4) <= rect.w:
                middle = rect.y + name.get_height() // 2
                surface.blit(piece, piece.get_rect(midright=(rect.right, middle)))

    def _draw_splits(self, surface: pygame.Surface, rect: pygame.Rect, text: Typesetter) -> None:
        """The last split times, each under the number of its answer; the next one is empty."""
        every, splits = self._game.mode.split_every, self._game.splits
        ending = self._game.rules.ending(AfterAnswers)
        last = ending.count // every if ending is not None else len(splits) + 1
        first = max(0, min(len(splits) + 1, last) - SPLITS_SHOWN)
        width = rect.w // SPLITS_SHOWN
        for n in range(SPLITS_SHOWN):
            known = first + n < len(splits)
            figure = self._game.mode.goal.words(splits[first + n]) if known else NOTHING
            place = pygame.Rect(rect.x + n * width, rect.y, width, rect.h)
            # Translators: above the time at which so many answers were there.
            caption = _("AT {count}").format(count=(first + n + 1) * every)
            _draw_figure(surface, place, caption, figure, text)

    def _draw_score(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        caption = text.render(_("SCORE"), theme.SMALL, theme.MIST)
        swell = 1.0 - clamp(self._since_points / PULSE_SECONDS)
        colour = blend(theme.TEXT, theme.GOOD_BRIGHT, swell)
        number = text.fitted(
            figures.number(round(self._points.value)), theme.LARGE, colour, (rect.w, rect.h)
        )
        total = caption.get_height() + number.get_height()
        top = rect.y + max(0, (rect.h - total) // 2)
        surface.blit(caption, (rect.x, top))
        surface.blit(number, (rect.x, top + caption.get_height()))
        if self._best is not None:
            beaten = self._game.mode.goal.beats(self._game.tally(), self._best)
            words = _("NEW BEST") if beaten else _best(self._game, self._best)
            best = text.render(words, theme.SMALL, theme.GLOW if beaten else theme.MIST)
            if caption.get_width() + best.get_width() + frame.px(theme.SPACE_4) <= rect.w:
                surface.blit(best, best.get_rect(topright=(rect.right, top)))

    def _draw_turn(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """The players side by side; who is to answer stands on a raised ground."""
        scores, gap = self._game.scores, frame.px(theme.SPACE_3)
        width = (rect.w - gap * (len(scores) - 1)) // len(scores)
        for n, score in enumerate(scores):
            place = pygame.Rect(rect.x + n * (width + gap), rect.y, width, rect.h)
            theirs = n == self._game.turn
            if theirs:
                panel(surface, place, theme.SUN, frame.px(theme.RADIUS))
            inner = place.inflate(-frame.px(theme.SPACE_4), -frame.px(theme.SPACE_2))
            name = text.fitted(
                _("PLAYER {number}").format(number=n + 1), theme.SMALL,
                theme.INK if theirs else theme.MIST, (inner.w, inner.h // 3),
            )  # fmt: skip
            points = text.fitted(
                figures.number(score.points), theme.LARGE, theme.INK if theirs else theme.TEXT,
                (inner.w, inner.h * 2 // 3),
            )  # fmt: skip
            surface.blit(name, name.get_rect(midtop=inner.midtop))
            surface.blit(points, points.get_rect(midbottom=inner.midbottom))

    def _draw_lives(self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame) -> None:
        lives = self._game.rules.ending(Lives)
        if lives is None:
            return
        left = lives.left(self._game.tally())
        step = min(rect.w / lives.count, rect.h * 1.2, frame.px(60))
        for n in range(lives.count):
            centre = (rect.right - (lives.count - n - 0.5) * step, rect.centery)
            heart(surface, centre, step * 0.78, theme.BAD_BRIGHT if n < left else theme.NIGHT_LINE)
            if n >= left:  # hollow: not by its colour alone
                heart(surface, centre, step * 0.56, theme.NIGHT)

    def _draw_progress(
        self, surface: pygame.Surface, bar: pygame.Rect, frame: Frame, text: Typesetter,
        face: Face | None,
    ) -> None:  # fmt: skip
        """A dash for every answer, in the bar; below it, where a clock fills that."""
        ending = self._game.rules.ending(AfterAnswers)
        if ending is None:
            return
        row = bar.copy()
        if face is not None:
            row.w -= _number_width(frame, text, face)
            if face.share is not None:
                row.y, row.h = bar.bottom + frame.px(theme.SPACE_2), max(3, frame.px(8))
        done = ending.done(self._game.tally())
        gap = max(1, min(frame.px(theme.SPACE_2), row.w // (4 * ending.count)))
        each = (row.w - gap * (ending.count - 1)) / ending.count
        for n in range(ending.count):
            left = round(row.x + n * (each + gap))
            piece = pygame.Rect(left, row.y, max(1, round(each)), row.h)
            dash(surface, piece, theme.GLOW if n < done else theme.NIGHT_LINE)

    def _draw_streak(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        streak, factor = self._game.score.streak, self._multiplier
        caption = text.render(
            # Translators: so many right answers in a row.
            _("STREAK {count}").format(count=streak), theme.SMALL,
            theme.GLOW if factor > 1 else theme.MIST,
        )  # fmt: skip
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
        room = pygame.Rect(rect.x, 0, badge.x - rect.x - frame.px(theme.SPACE_4), bar_height)
        total = caption.get_height() + frame.px(theme.SPACE_2) + bar_height
        surface.blit(caption, (rect.x, rect.centery - total // 2))
        room.y = rect.centery - total // 2 + caption.get_height() + frame.px(theme.SPACE_2)
        top_level = factor == MAX_MULTIPLIER
        filled = self._streak.value
        lit = float(STREAK_STEP) if top_level else filled - (factor - 1) * STREAK_STEP
        gap = frame.px(theme.SPACE_2)
        each = (room.w - gap * (STREAK_STEP - 1)) / STREAK_STEP
        for n in range(STREAK_STEP):
            cell = pygame.Rect(round(room.x + n * (each + gap)), room.y, round(each), room.h)
            dash(surface, cell, theme.NIGHT_LINE)
            share = clamp(lit - n)
            if share > 0.05:
                dash(
                    surface,
                    pygame.Rect(cell.x, cell.y, max(cell.h, round(cell.w * share)), cell.h),
                    theme.GLOW,
                )


def wish_place(layout: PlayLayout, gauges: frozenset[Gauge]) -> pygame.Rect:
    """Where the button stands with which the player ends the round, px."""
    place = layout.streak.copy()
    if gauges & {Gauge.STREAK, Gauge.LIVES}:
        place.w = place.w * 2 // 5
        place.right = layout.streak.right
    return place


def _best(game: Round, best: float) -> str:
    """The mark to beat, in a few letters."""
    # Translators: {mark} is the best so far, such as 1,240 or 48.3 s.
    return _("BEST {mark}").format(mark=game.mode.goal.words(best))


def _draw_figure(
    surface: pygame.Surface, rect: pygame.Rect, caption: str, figure: str, text: Typesetter
) -> None:
    """A figure under its caption, at the left of a place."""
    name = text.fitted(caption, theme.SMALL, theme.MIST, (rect.w, rect.h // 2))
    room = (max(1, rect.w * 9 // 10), max(1, rect.h - name.get_height()))
    value = text.fitted(figure, theme.HEADING, theme.TEXT, room)
    top = rect.centery - (name.get_height() + value.get_height()) // 2
    surface.blit(name, (rect.x, top))
    surface.blit(value, (rect.x, top + name.get_height()))


def _number_width(frame: Frame, text: Typesetter, face: Face) -> int:
    """The room for the clock's number: of seconds that are left, or of minutes gone."""
    widest = "0:00" if face.share is None else "60"
    return text.font(theme.HEADING).size(widest)[0] + frame.px(theme.SPACE_4)


def _draw_clock(
    surface: pygame.Surface, rect: pygame.Rect, frame: Frame, text: Typesetter, face: Face
) -> None:
    """The seconds at the right; where they are limited, a bar of what is left beside them."""
    pulse = 0.5 if is_reduced() else 0.5 + 0.5 * math.cos(face.seconds * math.tau)
    colour = blend(theme.BAD, theme.BAD_BRIGHT, pulse) if face.hurries else theme.GLOW
    if face.share is None:
        minutes, rest = divmod(math.floor(face.seconds), 60)
        shown = f"{minutes}:{rest:02d}"
    else:
        shown = f"{math.ceil(face.seconds)}"
    seconds = text.render(shown, theme.HEADING, theme.BAD_BRIGHT if face.hurries else theme.TEXT)
    surface.blit(seconds, seconds.get_rect(midright=(rect.right, rect.centery)))
    if face.share is None:
        return
    groove = pygame.Rect(rect.x, rect.y, rect.w - _number_width(frame, text, face), rect.h)
    dash(surface, groove, theme.NIGHT_RAISED)
    filled = round(groove.w * clamp(face.share))
    if filled > 0:
        dash(surface, pygame.Rect(groove.x, groove.y, max(groove.h, filled), groove.h), colour)
