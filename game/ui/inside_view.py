"""What a recognizer shows of itself, drawn on a sheet: digits it knows, ink that counts, boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pygame

from game.language import _, figures, ngettext
from game.ui import theme
from game.ui.inside_words import signed
from game.ui.layout import Frame, grid
from game.ui.motion import blend
from game.ui.pictures import pixels
from game.ui.shapes import dash, panel, ring
from game.ui.text import Typesetter
from recognizer.inside.sights import Compared, Covered, Disputed, Found, Sight
from recognizer.types import Glyph

LEAST_CAPTIONED = 20  # px, a picture beside which there is a caption
RING = 4.0  # layout units, around the player's own digit
KEPT, POSSIBLE = 3.5, 1.2  # layout units, the lines of a box
PALEST = 0.3  # of a box's colour that the least sure one has
FULL_FALL = 0.05  # of a confidence, that the map's full colour stands for at least
INK_SHARE = 0.42  # how much of the map the ink hides
FAINT_INK = 0.12  # the same where nothing but ink has a colour
STRONG = 99.5  # percentile of a first layer's answers that is drawn in full ink
LARGEST_ANSWER = 120.0  # layout units
MAP_SHARE = 0.5  # of the sheet, where a first layer stands beside it


def draw_sight(
    surface: pygame.Surface, area: pygame.Rect, sight: Sight, frame: Frame, text: Typesetter
) -> None:
    """Fill an area of a sheet, px, with what there is to see."""
    match sight:
        case Compared(prototypes=prototypes):
            nearest = prototypes[0].digit if prototypes else None
            cells = [
                _Cell(
                    of.picture,
                    # Translators: a digit that is known, and how unlike the player's it is.
                    _("{digit}, distance {distance}").format(
                        digit=of.digit, distance=figures.number(of.distance)
                    ),
                    theme.INK_QUIET if not of.share else _sided(of.digit == nearest),
                    quiet=not of.share,
                )
                for of in prototypes
            ]
            _draw_cells(surface, area, [*_yours(sight.glyph, sight.edges), *cells], frame, text)
        case Disputed(duel=duel):
            cells = [
                _Cell(of.picture, f"{of.digit}  {signed(of.vote)}", _sided(of.vote > 0))
                for of in duel.voters
            ]
            _draw_cells(surface, area, [*_yours(sight.glyph, sight.edges), *cells], frame, text)
        case Covered():
            _draw_covered(surface, area, sight, frame, text)
        case Found():
            _draw_found(surface, area, sight, frame, text)


# --- digits that are known ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    """A picture with a line beneath."""

    picture: Glyph
    caption: str
    colour: theme.Colour
    quiet: bool = False
    own: bool = False  # whether it is the player's


def _yours(glyph: Glyph, edges: Glyph) -> Sequence[_Cell]:
    """The player's own digit, as it was written and as it is compared."""
    return (
        # Translators: under pictures of the player's own digit.
        _Cell(glyph, _("Yours"), theme.INK, own=True),
        _Cell(edges, _("Its edges"), theme.INK, own=True),
    )


def _sided(speaks_for: bool) -> theme.Colour:
    """The colour of who speaks for what won, or for another digit."""
    return theme.GOOD if speaks_for else theme.BAD


def _draw_cells(
    surface: pygame.Surface, area: pygame.Rect, cells: Sequence[_Cell], frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    gap, line = frame.px(theme.SPACE_3), text.font(theme.LABEL).get_linesize()
    side, columns = _largest(area, len(cells), gap, line)
    if side < LEAST_CAPTIONED:
        line = 0
        side, columns = _largest(area, len(cells), gap, line)
    rows = -(-len(cells) // columns)
    left = area.x + (area.w - columns * (side + gap) + gap) // 2
    top = area.y + (area.h - rows * (side + line + gap) + gap) // 2
    radius = min(frame.px(theme.RADIUS * 0.6), side // 4)
    for n, cell in enumerate(cells):
        x, y = left + n % columns * (side + gap), top + n // columns * (side + line + gap)
        tile = pygame.Rect(x, y, side, side)
        panel(surface, tile, theme.PAPER_RULE, radius)
        ink = theme.INK_QUIET if cell.quiet else theme.INK
        picture = pixels(cell.picture, max(1, side - radius), theme.PAPER_RULE, ink)
        surface.blit(picture, picture.get_rect(center=tile.center))
        if cell.own:
            width = max(2, frame.px(RING))
            ring(surface, tile.inflate(-2 * width, -2 * width), theme.SUN_DEEP, radius, width)
        if line:
            words = text.fitted(cell.caption, theme.LABEL, cell.colour, (side, line))
            surface.blit(words, words.get_rect(center=(tile.centerx, tile.bottom + line // 2)))


def _largest(area: pygame.Rect, count: int, gap: int, line: int) -> tuple[int, int]:
    """The largest side of so many squares with a line beneath each, px, and their columns."""
    best = (1, 1)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        side = min((area.w + gap) // columns - gap, (area.h + gap) // rows - gap - line)
        best = max(best, (side, columns))
    return best


# --- ink that counts ------------------------------------------------------------------------------


def _draw_covered(
    surface: pygame.Surface, area: pygame.Rect, sight: Covered, frame: Frame, text: Typesetter
) -> None:
    """The map, and what a first layer answers where there is such."""
    if sight.responses is None and not sight.neurons:
        _draw_map(surface, area, sight, frame, text)
        return
    gap, chart, rest = frame.px(theme.GAP), area.copy(), area.copy()
    if area.w > area.h:
        chart.w = min(round(area.w * MAP_SHARE), area.h) - gap // 2
        rest.x = chart.right + gap
        rest.w = area.right - rest.x
    else:
        chart.h = round(area.h * MAP_SHARE) - gap // 2
        rest.y = chart.bottom + gap
        rest.h = area.bottom - rest.y
    _draw_map(surface, chart, sight, frame, text)
    if sight.responses is None:
        answers = [partial(_for_and_against, of.pulls, sight.glyph) for of in sight.neurons]
    else:
        full = max(float(np.percentile(sight.responses, STRONG)), 1e-6)
        grey = np.rint(np.clip(sight.responses / full, 0, 1) * 255).astype(np.uint8)
        answers = [partial(_inked, picture) for picture in grey]
    _draw_answers(surface, rest, answers, frame, text)


def _draw_map(
    surface: pygame.Surface, area: pygame.Rect, sight: Covered, frame: Frame, text: Typesetter
) -> None:
    line = text.font(theme.NOTE).get_linesize()
    legend = (
        # Translators: what covering a spot of the ink does; two colours on a map.
        (theme.SUN, _("covered: less sure")),
        (theme.GHOST, _("covered: surer")),
    )
    foot = len(legend) * line + frame.px(theme.SPACE_2)
    side = max(1, min(area.w, area.h - foot))
    picture = occlusion_map(sight, side)
    place = picture.get_rect(midtop=(area.centerx, area.y + (area.h - foot - side) // 2))
    surface.blit(picture, place)
    swatch = pygame.Rect(0, 0, line * 3 // 2, max(4, line // 2))
    gap = frame.px(theme.SPACE_2)
    y = place.bottom + gap
    pieces = [
        (colour, text.fitted(words, theme.NOTE, theme.INK, (max(1, area.w - swatch.w - gap), line)))
        for colour, words in legend
    ]
    wide = max(piece.get_width() for _colour, piece in pieces) + swatch.w + gap
    x = area.centerx - wide // 2
    for colour, piece in pieces:
        swatch.midleft = (x, y + line // 2)
        dash(surface, swatch, colour)
        surface.blit(piece, piece.get_rect(midleft=(swatch.right + gap, y + line // 2)))
        y += line


def occlusion_map(sight: Covered, side: int) -> pygame.Surface:
    """The glyph on a ground that is coloured where covering it changes the answer, `side` px."""
    return _for_and_against(
        sight.occlusion.falls, sight.glyph, side, least=FULL_FALL, ink_share=INK_SHARE
    )


def _for_and_against(
    values: npt.NDArray[np.float32], glyph: Glyph, side: int, *,
    least: float = 1e-6, ink_share: float = FAINT_INK,
) -> pygame.Surface:  # fmt: skip
    """The glyph on a ground that shows what each pixel says: one colour for, another against.

    `values` float32 (28, 28); the strongest of them, or one of `least`, has the full colour.
    """
    share = np.abs(values) / max(float(np.abs(values).max()), least)
    paper, sun, ghost = (
        np.array(colour, np.float32) for colour in (theme.PAPER, theme.SUN, theme.GHOST)
    )
    hue = np.where(values[:, :, None] > 0, sun, ghost)
    ground = np.rint(paper + (hue - paper) * share[:, :, None]).astype(np.uint8)
    small = pygame.surfarray.make_surface(ground.swapaxes(0, 1))
    picture = pygame.transform.smoothscale(small, (side, side))
    ink = pygame.Surface(glyph.shape[::-1], pygame.SRCALPHA)
    ink.fill((*theme.INK, 0))
    alpha = pygame.surfarray.pixels_alpha(ink)
    alpha[:] = np.rint(glyph.T * ink_share).astype(np.uint8)
    del alpha  # it keeps the surface locked
    picture.blit(pygame.transform.scale(ink, (side, side)), (0, 0))
    return picture


def _inked(picture: Glyph, side: int) -> pygame.Surface:
    """What a filter answers, dark where strongly, within `side` px."""
    return pixels(picture, side, theme.PAPER_RULE, theme.INK)


def _draw_answers(
    surface: pygame.Surface, area: pygame.Rect, answers: Sequence[Callable[[int], pygame.Surface]],
    frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """What a first layer answers: a picture for each filter or neuron, drawn at its side in px."""
    line = text.font(theme.NOTE).get_linesize()
    heading = text.fitted(_("Its first layer"), theme.NOTE, theme.INK_QUIET, (area.w, line))
    room = pygame.Rect(area.x, area.y + line, area.w, area.h - line)
    cells = grid(room, len(answers), frame.px(theme.SPACE_1), frame.px(LARGEST_ANSWER))
    if not cells:
        return
    shift = (room.bottom - cells[-1].bottom) // 2
    surface.blit(heading, heading.get_rect(midtop=(area.centerx, area.y + shift)))
    for cell, answer in zip(cells, answers, strict=True):
        tile = cell.move(0, shift)
        panel(surface, tile, theme.PAPER_RULE, max(1, tile.w // 10))
        drawn = answer(tile.w)
        surface.blit(drawn, drawn.get_rect(center=tile.center))


# --- boxes ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Box:
    """A box in px of the page, x0, y0, x1, y1, the digit that it says, and how surely."""

    edges: Sequence[float]
    digit: int
    sure: float


def _draw_found(
    surface: pygame.Surface, area: pygame.Rect, sight: Found, frame: Frame, text: Typesetter
) -> None:
    """The page with all boxes, and with those that are kept: below or beside each other."""
    before, kept = (
        [
            _Box(edges, digit, sure)
            for edges, digit, sure in zip(
                of.boxes.tolist(), of.scores.argmax(axis=1).tolist(), of.best.tolist(), strict=True
            )
        ]
        for of in (sight.before, sight.kept)
    )
    count = figures.number(len(before))
    first = ngettext("{count} box at first", "{count} boxes at first", len(before))
    captions = (first.format(count=count), _("Kept: {count}").format(count=len(kept)))
    gap = frame.px(theme.GAP)
    one, other = area.copy(), area.copy()
    page = sight.page.pixels
    lines = 2 * text.font(theme.LABEL).get_linesize()
    below = min(area.w / page.shape[1], ((area.h - gap) / 2 - lines) / page.shape[0])
    beside = min((area.w - gap) / 2 / page.shape[1], (area.h - lines) / page.shape[0])
    if beside > below:
        one.w = other.w = max(1, (area.w - gap) // 2)
        other.right = area.right
    else:
        one.h = other.h = max(1, (area.h - gap) // 2)
        other.bottom = area.bottom
    _draw_page(surface, one, page, before, captions[0], frame, text, kept=False)
    _draw_page(surface, other, page, kept, captions[1], frame, text, kept=True)


def _draw_page(
    surface: pygame.Surface, area: pygame.Rect, page: Glyph, boxes: Sequence[_Box], caption: str,
    frame: Frame, text: Typesetter, *, kept: bool,
) -> None:  # fmt: skip
    """A caption, the digits of the boxes that are kept, and the page with the boxes on it."""
    line = text.font(theme.LABEL).get_linesize()
    height, width = page.shape
    room = max(1, area.h - 2 * line)
    picture = pixels(page, max(1, min(area.w, room * width // height)), theme.PAPER, theme.INK)
    top = area.y + (area.h - 2 * line - picture.get_height()) // 2
    place = picture.get_rect(midtop=(area.centerx, top + 2 * line))
    words = text.fitted(caption, theme.LABEL, theme.INK_QUIET, (area.w, line))
    surface.blit(words, words.get_rect(midtop=(area.centerx, top)))
    panel(surface, place.inflate(2, 2), theme.PAPER_LINE, 0)
    surface.fill(theme.PAPER, place)
    surface.blit(picture, place)
    scale = picture.get_width() / width
    thick = max(2, frame.px(KEPT)) if kept else frame.px(POSSIBLE)
    for box in sorted(boxes, key=lambda box: box.sure):  # the surest lies on top
        x0, y0, x1, y1 = (edge * scale for edge in box.edges)
        outline = pygame.Rect(
            round(place.x + x0), round(place.y + y0), round(x1 - x0), round(y1 - y0)
        )
        share = 1.0 if kept else PALEST + (1.0 - PALEST) * box.sure
        colour = blend(theme.PAPER, theme.GOOD if kept else theme.SUN_DEEP, share)
        pygame.draw.rect(surface, colour, outline, thick, border_radius=frame.px(KEPT))
        if kept:
            digit = text.render(str(box.digit), theme.LABEL, theme.GOOD)
            surface.blit(digit, digit.get_rect(midbottom=(outline.centerx, place.y)))
