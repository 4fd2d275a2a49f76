"""Layout of the progress screen, in px of the surface."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.layout import Frame

PAGES = 54.0  # layout units, the height of what chooses the page
BUTTON = 60.0  # layout units
TURNER = (520.0, 46.0)  # layout units, at most


@dataclass(frozen=True)
class ProgressLayout:
    """The places."""

    head: pygame.Rect  # the title, and what became better
    pages: pygame.Rect
    paper: pygame.Rect
    turner: pygame.Rect  # at the head of the paper
    back: pygame.Rect
    export: pygame.Rect
    workout: pygame.Rect


def progress_layout(frame: Frame, head: int) -> ProgressLayout:
    """Place the screen under a head `head` px high."""
    area, gap = frame.inner, frame.px(theme.SPACE_4)
    button, pages = max(30, frame.px(BUTTON)), max(28, frame.px(PAGES))
    foot = area.bottom - button
    top = area.y + head + frame.px(theme.SPACE_4)
    choice = pygame.Rect(area.x, top, area.w, pages)
    low = foot - gap - frame.px(theme.SHADOW)
    paper = pygame.Rect(area.x, choice.bottom + gap, area.w, max(1, low - choice.bottom - gap))
    pad = frame.px(theme.SPACE_5)
    wide = min(frame.px(TURNER[0]), paper.w - 2 * pad)
    high = max(26, frame.px(TURNER[1]))
    turner = pygame.Rect(paper.centerx - wide // 2, paper.y + frame.px(theme.SPACE_4), wide, high)
    third = (area.w - 2 * gap) // 3
    return ProgressLayout(
        pygame.Rect(area.x, area.y, area.w, head),
        choice,
        paper,
        turner,
        pygame.Rect(area.x, foot, third, button),
        pygame.Rect(area.x + third + gap, foot, third, button),
        pygame.Rect(area.right - third, foot, third, button),
    )


def beside(
    frame: Frame, area: pygame.Rect, share: float, *, square: bool = False
) -> tuple[pygame.Rect, pygame.Rect]:
    """Part an area: side by side where it lies, one above the other where it stands.

    The first has that share; with `square` no more than it needs to be about one.
    """
    gap = frame.px(theme.SPACE_6)
    if area.w >= area.h:
        wide = round((area.w - gap) * share)
        if square:
            wide = min(wide, round(area.h * 1.1))
        left = pygame.Rect(area.x, area.y, wide, area.h)
        return left, pygame.Rect(left.right + gap, area.y, area.right - left.right - gap, area.h)
    high = round((area.h - gap) * share)
    if square:
        high = min(high, area.w)
    top = pygame.Rect(area.x, area.y, area.w, high)
    return top, pygame.Rect(area.x, top.bottom + gap, area.w, area.bottom - top.bottom - gap)
