"""A card with a day's result, to be sent on as a picture: it tells no answer."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.language import _, figures, ngettext
from game.persistence.replays import Recording, mark_words, right_words
from game.rules.share import IN_A_ROW, counted, marks
from game.rules.streak import Streak
from game.ui import theme
from game.ui.calendar_view import draw_stamp
from game.ui.icons import icon
from game.ui.layout import PAPER_MARGIN, Frame
from game.ui.paper import desk, sheet
from game.ui.shapes import disc
from game.ui.text import Typesetter
from game.ui.wordmark import draw_wordmark

SIZE = (1200, 675)  # px, whatever the window
SIDE = 400.0  # layout units, the column with the name and the day
MARK = 86.0  # layout units, from one answer's mark to the next, at most


@dataclass(frozen=True)
class Card:
    """What stands on it."""

    title: str  # the mode's
    level: str
    day: datetime.date
    score: str  # in the goal's words, or how many were right
    counted: str  # such as "14 of 15"
    marks: Sequence[bool]  # whether each answer was right
    streak: Streak


def draw_card(card: Card) -> pygame.Surface:
    """The picture, `SIZE` px."""
    frame = Frame(*SIZE)
    text = Typesetter(frame.unit)
    surface = desk(frame)
    area = frame.inner
    side = frame.px(SIDE)
    column = pygame.Rect(area.x, area.y, side, area.h)
    paper = pygame.Rect(area.x + side, area.y, area.w - side, area.h - frame.px(theme.SHADOW))
    draw_wordmark(surface, column.topleft, frame, text, 0.8)
    _draw_day(surface, column, card, frame, text)
    sheet(surface, paper, frame)
    _draw_result(surface, paper, card, frame, text)
    return surface


def round_card(own: Recording) -> Card:
    """The card of a round long past."""
    past, outcomes = own.past, [answer.outcome for answer in own.answers]
    try:
        day = datetime.datetime.fromisoformat(past.started_at).astimezone().date()
    except (ValueError, OverflowError, OSError):
        day = datetime.date.today()
    right = counted(outcomes)
    score = mark_words(past)
    score = right if score == right_words(past) else score
    level = _(own.level.title) if own.mode.levels[1:] else ""
    nothing = Streak(0, frozenset(), False)
    return Card(_(own.mode.title), level, day, score, right, marks(outcomes), nothing)


def card_png(card: Card) -> bytes:
    """The picture as the bytes of a PNG file; raises pygame.error."""
    file = io.BytesIO()
    pygame.image.save(draw_card(card), file, "card.png")
    return file.getvalue()


def _draw_day(
    surface: pygame.Surface, column: pygame.Rect, card: Card, frame: Frame, text: Typesetter
) -> None:
    """Mode, date and level at the foot of the column."""
    room = (column.w - frame.px(theme.SPACE_7), column.h // 4)
    pieces = [
        text.fitted(card.title, theme.LARGE, theme.TEXT, room),
        text.fitted(figures.long_day(card.day), theme.HEADING, theme.TEXT, room),
        text.fitted(card.level, theme.LABEL, theme.MIST, room),
    ]
    y = column.bottom - frame.px(theme.SHADOW) - sum(piece.get_height() for piece in pieces)
    for piece in pieces:
        surface.blit(piece, (column.x, y))
        y += piece.get_height()


def _draw_result(
    surface: pygame.Surface, paper: pygame.Rect, card: Card, frame: Frame, text: Typesetter
) -> None:
    """The score, a mark for each answer, and the days in a row, right of the paper's margin."""
    pad = frame.px(theme.SPACE_7)
    left = paper.x + frame.px(PAPER_MARGIN) + pad
    area = pygame.Rect(left, paper.y + pad, paper.right - pad - left, paper.h - 2 * pad)
    score = text.fitted(card.score, theme.HUGE, theme.INK, (area.w, area.h // 3))
    surface.blit(score, area.topleft)
    # Translators: {counted} is such as "14 of 15".
    right = _("{counted} right").format(counted=card.counted)
    counted = text.fitted(right, theme.HEADING, theme.INK_QUIET, area.size)
    below = area.y + score.get_height()
    if card.score != card.counted:
        surface.blit(counted, (area.x, below))
        below += counted.get_height()
    foot = area.bottom
    if card.streak.days > 1:
        stamp = frame.px(64.0)
        foot -= stamp
        draw_stamp(surface, (area.x + stamp / 2, foot + stamp / 2), stamp)
        days = card.streak.days
        words = ngettext("{count} day in a row", "{count} days in a row", days)
        words = words.format(count=figures.number(days))
        piece = text.fitted(words, theme.HEADING, theme.INK, (area.w - stamp - pad, stamp))
        at = (area.x + stamp + frame.px(theme.SPACE_4), foot + stamp // 2)
        surface.blit(piece, piece.get_rect(midleft=at))
    gap = frame.px(theme.SPACE_3)
    room = pygame.Rect(area.x, below + 2 * gap, area.w, max(1, foot - below - 4 * gap))
    _draw_marks(surface, room, card.marks, gap, frame.px(MARK))


def _draw_marks(
    surface: pygame.Surface, area: pygame.Rect, marks: Sequence[bool], gap: int, largest: int
) -> None:
    """A tick or a cross for each answer, in rows as even as they can be."""
    rows = max(1, -(-len(marks) // IN_A_ROW))
    columns = max(1, -(-len(marks) // rows))
    step = min(largest, (area.w + gap) // columns, (area.h + gap) // rows)
    side = max(2, step - gap)
    for n, right in enumerate(marks):
        x, y = area.x + n % columns * step, area.y + n // columns * step
        centre = (x + side // 2, y + side // 2)
        disc(surface, centre, side / 2, theme.GOOD if right else theme.BAD)
        picture = icon("check" if right else "cross", round(side * 0.62), theme.PAPER)
        surface.blit(picture, picture.get_rect(center=centre))
