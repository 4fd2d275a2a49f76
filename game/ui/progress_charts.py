"""The charts of progress: a mode's bests, and speed, accuracy and time by the week."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import pygame

from game.language import N_, _, figures
from game.rules.best import Goal, LeastTime, LongestRun
from game.rules.figures import Mark, Spread, Week
from game.ui import theme
from game.ui.charts import Chart, hatched, solid
from game.ui.layout import Frame, stack
from game.ui.progress_layout import beside
from game.ui.scales import scale
from game.ui.text import Typesetter

HEADROOM = 0.16  # of the marks' range, for what is written at the best one
FLAT_HEADROOM = 0.1  # of the value, where all marks are the same
MOST_MARKS = 150  # rounds in sight, the last ones
LOWEST_ACCURACY = 0.5  # where that axis begins at most
WIDE_SHARE = 0.56  # of the width, for speed and accuracy
BAR = 0.55  # of a week's share of the width


def draw_bests(
    surface: pygame.Surface, area: pygame.Rect, found: Sequence[Mark], goal: Goal, frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    """Every round as a dot, the best so far as a line, from the first round to the last one."""
    shown = found[-MOST_MARKS:]
    values = [mark.value for mark in shown]
    room = max(2, area.h // max(1, round(2.4 * text.font(theme.SMALL).get_linesize())))
    less = isinstance(goal, LeastTime)
    low, high = min(values), max(values)
    head = HEADROOM * (high - low) or FLAT_HEADROOM * high
    low, high = (max(0.0, low - head), high) if less else (low, high + head)
    axis = scale(0.0 if low < 0.4 * high else low, high, min(6, room), whole=True)
    count = max(1, len(shown) - 1)
    places = [n / count if len(shown) > 1 else 0.5 for n in range(len(shown))]
    chart = Chart(
        surface, area, axis, _axis_words(goal), _days(places, shown), frame, text,
        caption=_caption(goal),
    )  # fmt: skip
    steps: list[tuple[float, float]] = []
    for n, (x, mark) in enumerate(zip(places, shown, strict=True)):
        if n and mark.is_record:
            steps.append((x, shown[n - 1].best))
        steps.append((x, mark.best))
    chart.line(steps, theme.SUN_DEEP)
    for x, mark in zip(places, shown, strict=True):
        chart.dot(
            x, mark.value, theme.INK, hollow=not mark.is_record, size=1.2 if mark.is_record else 0.9
        )
    records = [n for n, mark in enumerate(shown) if mark.is_record]
    if records:
        n = records[-1]
        # Translators: a best mark, such as 1,240 or 48.3 s, and the day on which it was made.
        words = _("{mark}, {day}").format(
            mark=goal.words(shown[n].value), day=figures.day(shown[n].began.date())
        )
        chart.note(places[n], shown[n].value, words, below=less)


BESTS_LEGEND = N_("A dot is a round; a full one was a record then. The line is the best so far.")
WEEKS_LEGEND = N_("Hollow dots and thin bars: fewer than 20 answers, so chance has a hand in it.")


def draw_weeks(
    surface: pygame.Surface, area: pygame.Rect, weeks: Sequence[Week], frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    """Three charts of the same weeks: speed above accuracy, and beside or below where time goes."""
    gap = frame.px(theme.SPACE_4)
    wide = area.w > area.h
    if wide:
        left, right = beside(frame, area, WIDE_SHARE)
        rooms = [*stack(left, 2, gap, left.h), right]
    else:
        rooms = stack(area, 3, gap, area.h)
    places = [(n + 0.5) / len(weeks) for n in range(len(weeks))]
    days = [figures.day(week.monday, year=False) for week in weeks]
    labels = list(zip(places, days, strict=True))
    speeds = [week.seconds.mean for week in weeks]
    _draw_line(
        surface, rooms[0], places, weeks, speeds, figures.seconds, (), frame, text,
        caption=_("Seconds a right answer: less is faster"),
    )  # fmt: skip
    shares = [week.accuracy for week in weeks]
    _draw_line(
        surface, rooms[1], places, weeks, shares, figures.percent, labels if wide else (), frame,
        text, caption=_("Right answers of all"), ceiling=1.0,
    )  # fmt: skip
    _draw_time(surface, rooms[2], places, weeks, labels, frame, text)


def _draw_line(
    surface: pygame.Surface, area: pygame.Rect, places: Sequence[float], weeks: Sequence[Week],
    values: Sequence[float | None], words: Callable[[float], str],
    labels: Sequence[tuple[float, str]], frame: Frame, text: Typesetter, *, caption: str,
    ceiling: float | None = None,
) -> None:  # fmt: skip
    """A line from week to week, broken over weeks without an answer."""
    known = [value for value in values if value is not None] or [0.0]
    if ceiling is None:
        axis = scale(0.0, max(known), _steps(area, text))
    else:
        low = 0.8 if min(known) >= 0.8 else min(LOWEST_ACCURACY, *known)
        axis = scale(low, ceiling, _steps(area, text))
    chart = Chart(surface, area, axis, words, labels, frame, text, caption=caption)
    last: tuple[int, float] | None = None
    for n, value in enumerate(values):
        if value is None:
            continue
        if last is not None:
            ends = [(places[last[0]], last[1]), (places[n], value)]
            chart.line(ends, theme.SUN_DEEP, broken=n - last[0] > 1)
        last = n, value
    for x, week, value in zip(places, weeks, values, strict=True):
        if value is not None:
            chart.dot(x, value, theme.INK, hollow=week.is_thin)
    if last is not None:
        chart.note(places[last[0]], last[1], words(last[1]))


def _draw_time(
    surface: pygame.Surface, area: pygame.Rect, places: Sequence[float], weeks: Sequence[Week],
    labels: Sequence[tuple[float, str]], frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """Bars of two parts: thinking at the foot, writing upon it."""
    parts = [(_mean(week.thinking), _mean(week.writing)) for week in weeks]
    axis = scale(0.0, max((sum(part) for part in parts), default=1.0) or 1.0, _steps(area, text))
    line = text.font(theme.SMALL).get_linesize()
    _draw_swatches(surface, pygame.Rect(area.x, area.y, area.w, line), frame, text)
    room = pygame.Rect(area.x, area.y + line, area.w, area.h - line)
    chart = Chart(surface, room, axis, figures.seconds, labels, frame, text)
    for x, (thinking, writing), week in zip(places, parts, weeks, strict=True):
        width = BAR / len(weeks) * (0.45 if week.is_thin else 1.0)
        foot = chart.bar(x, width, 0.0, thinking)
        solid(surface, foot, frame)
        upper = chart.bar(x, width, thinking, thinking + writing)
        hatched(surface, upper, frame)


def _draw_swatches(
    surface: pygame.Surface, area: pygame.Rect, frame: Frame, text: Typesetter
) -> None:
    """What the parts of a bar are."""
    x, side, gap = area.x, round(area.h * 0.8), frame.px(theme.SPACE_2)
    for words, paint in ((_("Thinking"), solid), (_("Writing"), hatched)):
        paint(surface, pygame.Rect(x, area.y + (area.h - side) // 2, side, side), frame)
        piece = text.render(words, theme.SMALL, theme.INK)
        surface.blit(piece, piece.get_rect(midleft=(x + side + gap, area.centery)))
        x += side + piece.get_width() + 4 * gap


def _steps(area: pygame.Rect, text: Typesetter) -> int:
    """In how many steps an axis can be named in an area of that height."""
    return min(4, max(1, area.h // round(2.2 * text.font(theme.SMALL).get_linesize()) - 2))


def _mean(values: Spread) -> float:
    return values.mean or 0.0


def _caption(goal: Goal) -> str:
    if isinstance(goal, LeastTime):
        return _("Time with penalties: less is better")
    return _("Right answers in a row") if isinstance(goal, LongestRun) else _("Points")


def _axis_words(goal: Goal) -> Callable[[float], str]:
    if isinstance(goal, LeastTime):
        return lambda value: figures.seconds(value, 0) if value < 600 else figures.minutes(value)
    return figures.number


def _days(places: Sequence[float], found: Sequence[Mark]) -> list[tuple[float, str]]:
    """The first round of each day, with that day."""
    labels: list[tuple[float, str]] = []
    before: datetime.date | None = None
    for x, mark in zip(places, found, strict=True):
        day = mark.began.date()
        if day != before:
            labels.append((x, figures.day(day, year=False)))
        before = day
    return labels
