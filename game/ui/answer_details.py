"""One answer from near: its ink, what the model saw of it, and what was read, second and asked."""

from __future__ import annotations

import pygame

from game.language import _
from game.persistence.rounds import KeptAnswer, Views
from game.rules.appeals import runner_up
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise
from game.ui import theme
from game.ui.facts import draw_facts
from game.ui.formats import spoken_share
from game.ui.layout import Frame
from game.ui.pictures import pixels, thumbnail
from game.ui.shapes import panel
from game.ui.text import Typesetter
from recognizer import backend_info

PICTURE = 210.0  # layout units, the height of the ink and of the field beside it
NOTHING = "\N{EN DASH}"


def draw_details(
    surface: pygame.Surface, area: pygame.Rect, answer: KeptAnswer, frame: Frame, text: Typesetter
) -> None:
    """Fill an area, px: the pictures above, the facts beneath."""
    gap = frame.px(theme.SPACE_3)
    height = min(frame.px(PICTURE), round(area.h * 0.55), area.w // 2)
    _draw_pictures(surface, pygame.Rect(area.x, area.y, area.w, height), answer, frame, text)
    top = area.y + height + gap
    facts = pygame.Rect(area.x, top, area.w, max(4, area.bottom - top))
    draw_facts(surface, facts, _facts(answer.outcome), 4 if frame.is_tall else 2, frame, text)


def _draw_pictures(
    surface: pygame.Surface, area: pygame.Rect, answer: KeptAnswer, frame: Frame, text: Typesetter
) -> None:
    """The ink on paper, and the pictures that the model saw of it."""
    radius, gap = frame.px(theme.RADIUS * 0.7), frame.px(theme.SPACE_4)
    paper = pygame.Rect(area.x, area.y, area.h, area.h)
    panel(surface, paper, theme.PAPER, radius)
    ink = thumbnail(answer.ink, max(8, area.h - 2 * gap), theme.INK)
    surface.blit(ink, ink.get_rect(center=paper.center))
    field = pygame.Rect(paper.right + gap, area.y, area.right - paper.right - gap, area.h)
    panel(surface, field, theme.NIGHT_DEEP, radius)
    views = answer.views()
    caption = _caption(views, answer)
    piece = text.fitted(caption, theme.SMALL, theme.MIST, (field.w - 2 * gap, field.h // 4))
    foot = piece.get_height() + gap // 2
    surface.blit(piece, piece.get_rect(midbottom=(field.centerx, field.bottom - gap // 2)))
    if not views.pictures:
        return
    share = field.w // len(views.pictures)
    for n, view in enumerate(views.pictures):
        room = pygame.Rect(field.x + n * share, field.y, share, field.h - foot)
        side = max(1, min(room.w - gap // 2, room.h - gap // 2))
        if view.shape[0] != view.shape[1]:
            side = max(1, room.w - gap)
        picture = pixels(view, side, theme.NIGHT_DEEP, theme.TEXT)
        surface.blit(picture, picture.get_rect(center=room.center))


def _caption(views: Views, answer: KeptAnswer) -> str:
    """What stands under the pictures: how large they are, and whether the model saw them so."""
    if answer.outcome.verdict is Verdict.LATE:
        return _("Nothing was written in its time")
    if not views.pictures:
        return _("What the model saw was not kept")
    if views.anew:
        return _("Drawn anew from the ink that was kept")
    height, width = views.pictures[0].shape
    # Translators: {model} is the name of a recognizer, such as CNN.
    return _("{width} × {height} pixels, as {model} saw it").format(
        width=width, height=height, model=backend_info(answer.backend).title
    )


def _facts(outcome: Outcome) -> list[tuple[str, str]]:
    """What was read, how surely, what came second, and what was asked."""
    second = runner_up(outcome.read, outcome.probabilities)
    prompt = outcome.prompt
    asked = prompt.answer
    if prompt.disguise is Disguise.SUM:
        asked = f"{prompt.text} = {prompt.answer}"
    points = f"+{outcome.points}" if outcome.is_right else "0"
    read = _with_share(outcome.read or "?", _share_of(outcome))
    return [
        # Translators: captions of figures: what was read, the runner-up, what was asked.
        (_("READ"), NOTHING if outcome.verdict is Verdict.LATE else read),
        (_("SECOND GUESS"), NOTHING if second is None else _with_share(second.text, second.share)),
        (_("ASKED"), asked),
        (_("POINTS"), points),
    ]


def _share_of(outcome: Outcome) -> float | None:
    """The probability of the digit that was read least surely."""
    shares = [
        row[int(digit)]
        for digit, row in zip(outcome.read, outcome.probabilities, strict=False)
        if digit.isdecimal() and len(row) == 10
    ]
    return min(shares, default=None) if len(shares) == len(outcome.read) else None


def _with_share(words: str, share: float | None) -> str:
    return words if share is None else f"{words}, {spoken_share(share)}"
