"""A list of prompts, looked at before it is played: what it asks, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.language import figures, ngettext
from game.rules.prompt_list import Fault, PromptList
from game.ui import theme
from game.ui.layout import Frame
from game.ui.text import Typesetter

FAULTS_SHARE = 0.45  # of the height, at most, for what is wrong
COLUMN = 190.0  # layout units, the width of a column of prompts
LEADING = 1.3  # from line to line, of the type's own


def draw_list(
    surface: pygame.Surface, area: pygame.Rect, found: PromptList, frame: Frame, text: Typesetter
) -> None:
    """Draw it into an area of a paper, px: the faults at the foot, and the prompts above them."""
    heading = text.fitted(found.name, theme.HEADING, theme.INK, (area.w, area.h // 4))
    surface.blit(heading, area.topleft)
    used = heading.get_height() + frame.px(theme.SPACE_3)
    area = pygame.Rect(area.x, area.y + used, area.w, max(1, area.h - used))
    faults = _draw_faults(surface, area, found.faults, frame, text)
    area.h = max(1, area.h - faults)
    _draw_prompts(surface, area, [prompt.text for prompt in found.prompts], frame, text)


def counted(found: PromptList) -> str:
    """How many prompts it has, and how many lines are left out."""
    prompts, faults = len(found.prompts), len(found.faults)
    # Translators: so many prompts of a list are to be asked.
    asked = ngettext("{count} to ask", "{count} to ask", prompts)
    said = [asked.format(count=figures.number(prompts))]
    if faults:
        # Translators: so many lines of a list cannot be asked.
        left_out = ngettext("{count} left out", "{count} left out", faults)
        said.append(left_out.format(count=figures.number(faults)))
    return ", ".join(said)


def _draw_faults(
    surface: pygame.Surface, area: pygame.Rect, faults: Sequence[Fault], frame: Frame,
    text: Typesetter,
) -> int:  # fmt: skip
    """Draw the faulty lines at the foot; return the height that they take, px."""
    line = round(text.font(theme.NOTE).get_linesize() * 1.08)
    lines: list[str] = []
    for n, fault in enumerate(faults):
        wrapped = text.wrap(fault.sentence, theme.NOTE, area.w)
        more = n + 1 < len(faults)  # then a line is needed to say so
        if (len(lines) + len(wrapped) + more) * line > area.h * FAULTS_SHARE:
            rest = len(faults) - n
            words = ngettext("And {count} more that cannot be asked.",
                             "And {count} more that cannot be asked.", rest)  # fmt: skip
            lines.append(words.format(count=figures.number(rest)))
            break
        lines += wrapped
    height = len(lines) * line
    for n, words in enumerate(lines):
        piece = text.fitted(words, theme.NOTE, theme.BAD, (area.w, line))
        surface.blit(piece, (area.x, area.bottom - height + n * line))
    return height + frame.px(theme.SPACE_3) if lines else 0


def _draw_prompts(
    surface: pygame.Surface, area: pygame.Rect, words: Sequence[str], frame: Frame, text: Typesetter
) -> None:
    """Draw the prompts in columns, from the top; what has no room is counted at the end."""
    line = round(text.font(theme.BODY).get_linesize() * LEADING)
    rows = max(1, area.h // line)
    columns = max(1, area.w // frame.px(COLUMN))
    room = rows * columns
    shown = list(words)
    if len(shown) > room:
        rest = len(shown) - room + 1
        more = ngettext("and {count} more", "and {count} more", rest)
        shown = [*shown[: room - 1], more.format(count=figures.number(rest))]
    width = area.w // columns
    for n, each in enumerate(shown):
        place = (area.x + n // rows * width, area.y + n % rows * line)
        last = n == len(shown) - 1 and len(words) > room
        colour = theme.INK_QUIET if last else theme.INK
        size = (width - frame.px(theme.SPACE_3), line)
        surface.blit(text.fitted(each, theme.BODY, colour, size), place)
