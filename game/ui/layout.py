"""Layout: from the window's size to where things are, in px of the window's surface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pygame

from game.ui import theme

WIDE = (1280.0, 720.0)  # the design's size in layout units, lying
TALL = (720.0, 1180.0)  # and standing
PAPER_MARGIN = 92.0  # layout units from the paper's edge to its margin line
APPEAL_HEIGHT = 104.0  # layout units, the chip for an appeal
TIME_BAR = 26.0  # layout units, its height; the lowest is 16 px
FOLLOWING = 72.0  # layout units, the height of the next prompt
SIDE_PANEL = 372.0  # layout units, the widest column beside a paper
PICTURE = 168.0  # layout units, the picture that the models see
PICTURE_PIXELS = 28  # of it in a row
MIN_WINDOW = (360, 320)  # window points; below this the window does not shrink


@dataclass(frozen=True)
class Frame:
    """The window's surface and its layout unit."""

    width: int
    height: int

    @property
    def is_tall(self) -> bool:
        """Whether the prompt goes above the paper rather than beside it."""
        return self.width < self.height * 1.05

    @cached_property
    def unit(self) -> float:
        """Px a layout unit."""
        design = TALL if self.is_tall else WIDE
        return min(self.width / design[0], self.height / design[1])

    def px(self, units: float) -> int:
        """Layout units in whole px, at least one."""
        return max(1, round(units * self.unit))

    def per_point(self, points: tuple[int, int]) -> tuple[float, float]:
        """Px a window point, across and down, of a window that is so many points large."""
        return self.width / max(1, points[0]), self.height / max(1, points[1])

    @property
    def rect(self) -> pygame.Rect:
        """The whole surface."""
        return pygame.Rect(0, 0, self.width, self.height)

    @property
    def inner(self) -> pygame.Rect:
        """The surface within its margins."""
        margin = self.px(theme.MARGIN)
        return self.rect.inflate(-2 * margin, -2 * margin)


@dataclass(frozen=True)
class PlayLayout:
    """The places on the play screen."""

    time_bar: pygame.Rect
    score: pygame.Rect
    card: pygame.Rect
    streak: pygame.Rect
    paper: pygame.Rect
    tools: tuple[pygame.Rect, ...]  # undo, clear, pause
    appeal: pygame.Rect  # the chip for it
    following: pygame.Rect | None = None  # the prompt after the present one, where it is shown


def play_layout(
    frame: Frame, left_handed: bool, *, following: bool = False, bar: bool = True, foot: bool = True
) -> PlayLayout:
    """Place the play screen; the prompt is never under the writing hand.

    With `following` there is a place for the next prompt, at the foot of the card. Without `bar`,
    as where nothing is timed or counted, the others have its room; without `foot`, as where no
    gauge stands there, the card has that.
    """
    area, gap = frame.inner, frame.px(theme.GAP)
    top = pygame.Rect(area.x, area.y, area.w, max(16, frame.px(TIME_BAR)))
    body = pygame.Rect(area.x, top.bottom + gap, area.w, area.bottom - top.bottom - gap)
    if not bar:
        body = area
    arrange = _play_tall if frame.is_tall else _play_wide
    made = arrange(frame, left_handed, top, body)
    if not foot and not frame.is_tall:
        card = made.card.copy()
        card.h = made.paper.bottom - frame.px(theme.SHADOW) - card.y
        made = replace(made, card=card)
    if not following:
        return made
    height = min(max(26, frame.px(FOLLOWING)), made.card.h // 4)
    place = pygame.Rect(made.card.x, made.card.bottom - height, made.card.w, height)
    card = made.card.copy()
    card.h -= height + frame.px(theme.SHADOW) + frame.px(theme.SPACE_3)
    return replace(made, card=card, following=place)


def _play_wide(frame: Frame, left_handed: bool, bar: pygame.Rect, body: pygame.Rect) -> PlayLayout:
    gap = frame.px(theme.GAP)
    side = side_panel(frame, body)
    panel = pygame.Rect(body.x, body.y, side, body.h)
    paper = pygame.Rect(panel.right + gap, body.y, body.w - side - gap, body.h)
    if left_handed:
        paper.x, panel.x = body.x, body.right - side
    score_height, streak_height = max(54, frame.px(92)), max(44, frame.px(84))
    score = pygame.Rect(panel.x, panel.y, side, score_height)
    streak = pygame.Rect(panel.x, panel.bottom - streak_height, side, streak_height)
    card = pygame.Rect(panel.x, score.bottom + gap // 2, side, streak.y - score.bottom - gap)
    tools = _tools(frame, paper, left_handed)
    return PlayLayout(bar, score, card, streak, paper, tools, _appeal(frame, paper, tools))


def side_panel(frame: Frame, area: pygame.Rect) -> int:
    """How wide the column beside a paper is in an area, px."""
    return min(frame.px(SIDE_PANEL), round(area.w * 0.36))


def _play_tall(frame: Frame, left_handed: bool, bar: pygame.Rect, body: pygame.Rect) -> PlayLayout:
    gap = frame.px(theme.GAP)
    top = pygame.Rect(body.x, body.y, body.w, round((body.h + gap) * 0.34))
    paper = pygame.Rect(body.x, top.bottom + gap, body.w, body.bottom - top.bottom - gap)
    side = round(top.w * 0.42)
    card = pygame.Rect(top.x, top.y, top.w - side - gap, top.h)
    column = pygame.Rect(card.right + gap, top.y, side, top.h)
    if left_handed:
        column.x, card.x = top.x, top.right - card.w
    half = (column.h - gap) // 2
    score = pygame.Rect(column.x, column.y, side, half)
    streak = pygame.Rect(column.x, column.bottom - half, side, half)
    tools = _tools(frame, paper, left_handed)
    return PlayLayout(bar, score, card, streak, paper, tools, _appeal(frame, paper, tools))


def _tools(frame: Frame, paper: pygame.Rect, left_handed: bool) -> tuple[pygame.Rect, ...]:
    """Three round buttons in the paper's margin, on the side of the resting hand."""
    size, gap = max(30, frame.px(56)), frame.px(theme.SPACE_4)
    inset = max(frame.px(theme.SPACE_2), (frame.px(PAPER_MARGIN) - size) // 2)
    x = paper.right - inset - size if left_handed else paper.x + inset
    top = paper.y + frame.px(theme.SPACE_5)
    return tuple(pygame.Rect(x, top + n * (size + gap), size, size) for n in range(3))


def _appeal(frame: Frame, paper: pygame.Rect, tools: tuple[pygame.Rect, ...]) -> pygame.Rect:
    """The foot of the margin, under the tools: nobody writes there."""
    width = max(tools[0].w, frame.px(PAPER_MARGIN) - 2 * frame.px(theme.SPACE_2))
    bottom = paper.bottom - frame.px(theme.SPACE_6)
    top = max(bottom - max(48, frame.px(APPEAL_HEIGHT)), tools[-1].bottom + frame.px(theme.SPACE_2))
    chip = pygame.Rect(0, top, width, bottom - top)
    chip.centerx = tools[0].centerx
    return chip


@dataclass(frozen=True)
class LabLayout:
    """The places in the Lab."""

    picture: pygame.Rect  # square, a whole number of px for each of the picture's
    words: pygame.Rect  # beside it
    cards: pygame.Rect
    paper: pygame.Rect
    tools: tuple[pygame.Rect, ...]  # undo, clear, back


def lab_layout(frame: Frame, left_handed: bool) -> LabLayout:
    """Place the Lab; neither picture nor cards are under the writing hand."""
    area, gap = frame.inner, frame.px(theme.GAP)
    if frame.is_tall:
        height = round(area.h * 0.56)
        top = pygame.Rect(area.x, area.y, area.w, height)
        paper = pygame.Rect(area.x, top.bottom + gap, area.w, area.h - height - gap)
    else:
        side = round(area.w * 0.51)
        top = pygame.Rect(area.x, area.y, side, area.h)
        paper = pygame.Rect(top.right + gap, area.y, area.w - side - gap, area.h)
        if left_handed:
            paper.x, top.x = area.x, area.right - side
    side = max(2, frame.px(PICTURE) // PICTURE_PIXELS) * PICTURE_PIXELS
    picture = pygame.Rect(top.x, top.y, side, side)
    words = pygame.Rect(picture.right + gap, top.y, top.w - side - gap, side)
    if left_handed:
        picture.right, words.x = top.right, top.x
    cards = pygame.Rect(top.x, picture.bottom + gap, top.w, top.h - side - gap)
    return LabLayout(picture, words, cards, paper, _tools(frame, paper, left_handed))


def stack(area: pygame.Rect, count: int, gap: int, highest: int) -> list[pygame.Rect]:
    """Equal rows for `count` things from the top of an area, each at most `highest` px high."""
    if count == 0:
        return []
    height = max(1, min((area.h - gap * (count - 1)) // count, highest))
    return [pygame.Rect(area.x, area.y + n * (height + gap), area.w, height) for n in range(count)]


def grid(area: pygame.Rect, count: int, gap: int, largest: int) -> list[pygame.Rect]:
    """Square cells for `count` things, as large as fits and at most `largest` px, row by row."""
    if count == 0 or area.w < 1 or area.h < 1:
        return []
    best = (0, 1)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        size = min(
            (area.w - gap * (columns - 1)) // columns, (area.h - gap * (rows - 1)) // rows, largest
        )
        best = max(best, (size, columns))
    size, columns = max(1, best[0]), best[1]
    used = min(count, columns)
    left = area.x + (area.w - used * size - (used - 1) * gap) // 2
    return [
        pygame.Rect(
            left + n % columns * (size + gap), area.y + n // columns * (size + gap), size, size
        )
        for n in range(count)
    ]
