"""The prompt card: shows a digit in its disguise, and turns over for the next."""

from __future__ import annotations

import random

import pygame

from game.ink.pen import drawing
from game.ink.spline import Point
from game.language import N_, _
from game.rules.prompt import Disguise, Prompt
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import ease_in_out, ease_out, is_reduced
from game.ui.shapes import disc, panel
from game.ui.text import Typesetter

TURN_SECONDS = 0.24  # s for the card to turn over
CAPTIONS = {
    Disguise.NUMERAL: N_("Write this"),
    Disguise.WORD: N_("As a digit, please"),
    Disguise.DICE: N_("How many pips?"),
    Disguise.TALLY: N_("How many marks?"),
    Disguise.SUM: N_("Work it out"),
    Disguise.MISSING: N_("What is missing?"),
    Disguise.EARLIER: N_("Write an earlier one"),
    Disguise.CHAIN: N_("And again"),
}
PIPS: dict[int, tuple[Point, ...]] = {
    1: ((0.5, 0.5),),
    2: ((0.27, 0.27), (0.73, 0.73)),
    3: ((0.25, 0.25), (0.5, 0.5), (0.75, 0.75)),
    4: ((0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)),
    5: ((0.26, 0.26), (0.74, 0.26), (0.5, 0.5), (0.26, 0.74), (0.74, 0.74)),
    6: ((0.28, 0.24), (0.28, 0.5), (0.28, 0.76), (0.72, 0.24), (0.72, 0.5), (0.72, 0.76)),
}


class PromptCard:
    """Shows one prompt and turns to the next."""

    def __init__(self) -> None:
        self._rect = pygame.Rect(0, 0, 1, 1)
        self._frame = Frame(1280, 720)
        self._type: Typesetter | None = None
        self._prompt: Prompt | None = None
        self._face: pygame.Surface | None = None
        self._old_face: pygame.Surface | None = None
        self._turned = TURN_SECONDS  # s since the turn began
        self._cover: str | None = None  # what stands on its back, where that is shown

    def resize(self, rect: pygame.Rect, frame: Frame, typesetter: Typesetter) -> None:
        """Take another place and size, px."""
        self._rect, self._frame, self._type = pygame.Rect(rect), frame, typesetter
        self._old_face = None
        if self._cover is not None:
            self._face = self._paint(None, caption=self._cover)
        else:
            self._face = None if self._prompt is None else self._paint(self._prompt)

    def show(self, prompt: Prompt) -> None:
        """Turn over to a prompt."""
        self._prompt, self._cover = prompt, None
        self._old_face = self._face
        self._face = self._paint(prompt)
        self._turned = 0.0

    def reveal(self) -> None:
        """Turn over to the answer of the present prompt."""
        if self._prompt is not None:
            answer = Prompt(self._prompt.answer, Disguise.NUMERAL, self._prompt.answer)
            self._old_face = self._face
            self._face = self._paint(answer, caption=_("It was"))
            self._cover = None
            self._turned = 0.0

    def cover(self, words: str) -> None:
        """Turn to the back, where words say what is to be done: the prompt was a glimpse."""
        self._old_face = self._face
        self._face = self._paint(None, caption=words)
        self._cover = words
        self._turned = 0.0

    @property
    def is_covered(self) -> bool:
        """Whether the present prompt is out of sight by `cover`."""
        return self._cover is not None

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._turned += dt

    def draw(
        self, surface: pygame.Surface, offset: tuple[int, int] = (0, 0), hidden: bool = False
    ) -> None:
        """Draw the card; `hidden` shows its blank back: nobody starts before the clock does."""
        if self._face is None or hidden:
            surface.blit(self._paint(None), self._rect.move(offset))
            return
        share = self._turned / TURN_SECONDS
        if share >= 1.0 or is_reduced():
            surface.blit(self._face, self._rect.move(offset))
            return
        # First half: the old face narrows; second half: the new one widens.
        old = share < 0.5
        face = self._old_face if old and self._old_face is not None else self._face
        width = 1.0 - ease_in_out(share * 2) if old else ease_out(share * 2 - 1)
        pixels = max(2, round(face.get_width() * width))
        narrow = pygame.transform.smoothscale(face, (pixels, face.get_height()))
        surface.blit(
            narrow,
            narrow.get_rect(center=(self._rect.centerx, self._rect.y + face.get_height() // 2)),
        )

    def _paint(self, prompt: Prompt | None, caption: str = "") -> pygame.Surface:
        assert self._type is not None, "resize() comes first"
        frame, lift = self._frame, self._frame.px(theme.SHADOW)
        radius = frame.px(theme.RADIUS)
        surface = pygame.Surface((self._rect.w, self._rect.h + lift), pygame.SRCALPHA)
        body = pygame.Rect(0, 0, self._rect.w, self._rect.h)
        _solid_panel(surface, body.move(0, lift), theme.SUN_DEEP, radius)
        _solid_panel(surface, body, theme.SUN, radius)
        inner = body.inflate(-2 * frame.px(theme.SPACE_6), -2 * frame.px(theme.SPACE_4))
        words = caption
        if prompt is not None and not caption:
            words = _(prompt.caption or CAPTIONS[prompt.disguise])
        used = 0
        if words:
            top = self._type.fitted(words, theme.LABEL, theme.INK, inner.size)
            surface.blit(top, top.get_rect(midtop=inner.midtop))
            used = top.get_height() + frame.px(theme.SPACE_3)
        stage = pygame.Rect(inner.x, inner.y + used, inner.w, max(1, inner.h - used))
        if prompt is None:
            text = self._type.fitted("?", theme.GIANT, theme.SUN_DEEP, stage.size)
            surface.blit(text, text.get_rect(center=stage.center))
            return surface
        paint_disguise(surface, stage, prompt, frame, self._type)
        return surface


def paint_disguise(
    surface: pygame.Surface,
    stage: pygame.Rect,
    prompt: Prompt,
    frame: Frame,
    typesetter: Typesetter,
    ink: theme.Colour | None = None,
) -> None:
    """Paint what is asked into a place, px; in ink, unless another colour is given."""
    ink = theme.INK if ink is None else ink
    if prompt.disguise is Disguise.DICE:
        _paint_dice(surface, stage, prompt.dice, frame)
    elif prompt.disguise is Disguise.TALLY:
        _paint_tally(surface, stage, int(prompt.answer), ink)
    else:
        style = theme.GIANT if prompt.disguise is Disguise.NUMERAL else theme.HUGE
        text = typesetter.fitted(prompt.shown, style, ink, stage.size)
        surface.blit(text, text.get_rect(center=stage.center))


def _solid_panel(
    surface: pygame.Surface, rect: pygame.Rect, colour: theme.Colour, radius: int
) -> None:
    """A panel whose corners are transparent outside, on a transparent surface."""
    panel(surface, rect, colour, radius)


def _paint_dice(
    surface: pygame.Surface, stage: pygame.Rect, faces: tuple[int, ...], frame: Frame
) -> None:
    count, gap = len(faces), frame.px(theme.SPACE_5)
    along = stage.w >= stage.h  # side by side, or one above the other on a narrow card
    room = (stage.w, stage.h) if along else (stage.h, stage.w)
    side = min((room[0] - gap * (count - 1)) // count, room[1], frame.px(170))
    total = side * count + gap * (count - 1)
    for n, face in enumerate(faces):
        shift = n * (side + gap) - total // 2
        place = (stage.centerx + shift, stage.centery - side // 2)
        if not along:
            place = (stage.centerx - side // 2, stage.centery + shift)
        die = pygame.Rect(*place, side, side)
        panel(surface, die.move(0, max(2, side // 24)), theme.SUN_DEEP, side // 5)
        panel(surface, die, theme.PAPER, side // 5)
        for x, y in PIPS[face]:
            disc(surface, (die.x + x * side, die.y + y * side), side * 0.095, theme.INK)


def _paint_tally(
    surface: pygame.Surface, stage: pygame.Rect, count: int, ink: theme.Colour
) -> None:
    """Bundles of five: four marks and one across them, each a little askew as by hand."""
    wobble = random.Random(count)
    groups = -(-count // 5)
    height = min(stage.h * 0.66, stage.w * 0.42)
    step = min(height * 0.24, stage.w / (groups * 5.2))
    widths = [(min(5, count - 5 * g) if count - 5 * g < 5 else 4) * step for g in range(groups)]
    gap = step * 1.1
    x = (stage.w - sum(widths) - gap * (groups - 1)) / 2
    top, bottom = (stage.h - height) / 2, (stage.h + height) / 2
    strokes: list[list[Point]] = []
    for g in range(groups):
        marks = min(5, count - 5 * g)
        for n in range(min(4, marks)):
            at = x + (n + 0.5) * step
            tip, foot = wobble.uniform(-0.16, 0.16) * step, wobble.uniform(-0.16, 0.16) * step
            strokes.append(
                [(at + tip, top + wobble.uniform(0, 0.06) * height), (at + foot, bottom)]
            )
        if marks == 5:
            strokes.append(
                [(x - step * 0.25, bottom - height * 0.2), (x + 4.25 * step, top + height * 0.2)]
            )
        x += widths[g] + gap
    picture = drawing(strokes, stage.size, max(2.0, height * 0.035), ink)
    surface.blit(picture, stage)
