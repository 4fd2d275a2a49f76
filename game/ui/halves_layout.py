"""Where things are when two players share the screen, in px of the window's surface."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.layout import PAPER_MARGIN, Frame

TOOL = 56.0  # layout units
CARD = 190.0  # layout units, the height of a prompt


@dataclass(frozen=True)
class HalfPlaces:
    """The places of one player."""

    score: pygame.Rect
    card: pygame.Rect
    paper: pygame.Rect
    tools: tuple[pygame.Rect, ...]  # undo, clear
    margin_right: bool  # the margins are at the outer edges


@dataclass(frozen=True)
class HalvesPlaces:
    """The places of both, and what they share."""

    progress: pygame.Rect
    pause: pygame.Rect
    halves: tuple[HalfPlaces, ...]

    @property
    def papers(self) -> pygame.Rect:
        """Both sheets."""
        return self.halves[0].paper.unionall([half.paper for half in self.halves])


def halves_layout(frame: Frame) -> HalvesPlaces:
    """Place two halves side by side, under what they share."""
    area, gap = frame.inner, frame.px(theme.GAP)
    tool = max(30, frame.px(TOOL))
    pause = pygame.Rect(area.right - tool, area.y, tool, tool)
    height = max(8, frame.px(theme.SPACE_4))
    progress = pygame.Rect(area.x, 0, pause.x - area.x - gap, height)
    progress.centery = pause.centery
    top = pause.bottom + gap // 2
    width = (area.w - gap) // 2
    halves = tuple(
        _half(frame, pygame.Rect(x, top, width, area.bottom - top), n == 1)
        for n, x in enumerate((area.x, area.right - width))
    )
    return HalvesPlaces(progress, pause, halves)


def _half(frame: Frame, area: pygame.Rect, margin_right: bool) -> HalfPlaces:
    gap, small = frame.px(theme.GAP), frame.px(theme.SPACE_4)
    head = min(frame.px(CARD), round(area.h * 0.34))
    score = pygame.Rect(area.x, area.y, round(area.w * 0.3), head)
    card = pygame.Rect(score.right + small, area.y, area.w - score.w - small, head)
    if margin_right:  # the prompts stand near the middle, the scores at the outer edges
        score.right, card.x = area.right, area.x
    top = card.bottom + frame.px(theme.SHADOW) + gap // 2
    paper = pygame.Rect(area.x, top, area.w, area.bottom - top - frame.px(theme.SHADOW))
    size = max(min(30, frame.px(PAPER_MARGIN)), frame.px(TOOL))
    inset = (frame.px(PAPER_MARGIN) - size) // 2
    x = paper.right - inset - size if margin_right else paper.x + inset
    step = size + small
    tools = tuple(pygame.Rect(x, paper.y + small + n * step, size, size) for n in range(2))
    return HalfPlaces(score, card, paper, tools, margin_right)
