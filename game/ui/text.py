"""Text: set at its real size in px, each piece rendered once and kept."""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from functools import cache, lru_cache

import pygame

from game.ui.theme import Colour, Face, Type

WORD_SPACE = 0.3  # em, the least space between words
SMALLEST_PIXELS = 6  # below this nothing can be read anyway
KEPT_PIECES = 400  # rendered pieces of text kept for the next frame
KEPT_WIDTHS = 4000  # widths of lines, and of their beginnings, kept for the next frame
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"  # half as wide: between thousands, for example
SPACES = re.compile(f"([ \N{NO-BREAK SPACE}{NARROW_SPACE}])")
BREAKS = re.compile(r"[ \t\r\n\f\v]+")  # where a line may end: not at a space that keeps together
LONGEST_TEXT = 2_000  # letters of one text that are set: more than any window shows


class Typesetter:
    """Renders text for one layout unit; made anew when the window changes its size.

    `enlarge` is the player's text size: how many times larger what is read is set.
    """

    def __init__(self, unit: float, enlarge: float = 1.0) -> None:
        self.unit = unit
        self._enlarge = enlarge
        self._pieces: OrderedDict[tuple[str, Type, Colour, float], pygame.Surface] = OrderedDict()

    def font(self, style: Type, scale: float = 1.0) -> pygame.font.Font:
        """The font of a style, at its size in px."""
        return _font(style.face, round(self._pixels(style, scale)))

    def _pixels(self, style: Type, scale: float = 1.0) -> float:
        """The size of a style in px, not rounded."""
        pixels = max(style.smallest, round(style.size * scale * self.unit))
        return pixels * self._enlarge if style.grows else pixels

    def render(self, text: str, style: Type, colour: Colour, scale: float = 1.0) -> pygame.Surface:
        """The text as a surface; not to be changed."""
        return self._piece(_shortened(text), style, colour, scale, self.font(style, scale))

    def _piece(
        self, text: str, style: Type, colour: Colour, scale: float, font: pygame.font.Font
    ) -> pygame.Surface:
        """The text in a font, kept for the next time; the one longest unused makes room."""
        key = (text, style, colour, scale)
        piece = self._pieces.get(key)
        if piece is None:
            piece = self._pieces[key] = _set(font, text, colour)
            if len(self._pieces) > KEPT_PIECES:
                self._pieces.popitem(last=False)
        else:
            self._pieces.move_to_end(key)
        return piece

    def fitted(
        self, text: str, style: Type, colour: Colour, size: tuple[int, int]
    ) -> pygame.Surface:
        """The text, set smaller where it would not fit into `size` px."""
        text = _shortened(text)
        font = self.font(style)
        width, height = _width(font, text), font.get_height()
        scale = min(1.0, size[0] / max(1, width), size[1] / max(1, height))
        if scale == 1.0:
            return self.render(text, style, colour)
        pixels = int(self._pixels(style) * scale)
        # Hinting makes small letters wider than the scale says.
        while pixels > SMALLEST_PIXELS and _width(_font(style.face, pixels), text) > size[0]:
            pixels -= 1
        pixels = max(SMALLEST_PIXELS, pixels)
        return self._piece(text, style, colour, -float(pixels), _font(style.face, pixels))

    def wrap(self, text: str, style: Type, width: int) -> list[str]:
        """Break text into lines of at most `width` px, between words where possible."""
        font, lines, line = self.font(style), [], ""
        for word in filter(None, BREAKS.split(_shortened(text))):
            longer = f"{line} {word}" if line else word
            if line and _width(font, longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
            while _width(font, line) > width and len(line) > 1:  # a path, for example
                cut = _break(line, font, width)
                lines.append(line[:cut])
                line = line[cut:]
        return [*lines, line] if line else lines

    def paragraph(
        self, surface: pygame.Surface, text: str, style: Type, colour: Colour, area: pygame.Rect,
        *, centred: bool = False,
    ) -> int:  # fmt: skip
        """Draw wrapped text from the top of an area; return the height used in px."""
        height = round(self.font(style).get_linesize() * 1.08)
        y = area.y
        for line in self.wrap(text, style, area.w):
            piece = self.render(line, style, colour)
            surface.blit(piece, (area.centerx - piece.get_width() // 2 if centred else area.x, y))
            y += height
        return y - area.y


def _word_space(font: pygame.font.Font) -> int:
    """The gap between words in px; the text face's own is too narrow on a screen."""
    return max(font.size(" ")[0], round(WORD_SPACE * font.get_point_size()))


@lru_cache(maxsize=KEPT_WIDTHS)
def _width(font: pygame.font.Font, text: str) -> int:
    """How wide a line will be, px; known already for what was set in the frame before."""
    return sum(space + font.size(word)[0] for space, word in _words(font, text))


def _set(font: pygame.font.Font, text: str, colour: Colour) -> pygame.Surface:
    """Render a line, word by word."""
    words = [(space, font.render(word, True, colour)) for space, word in _words(font, text)]
    if len(words) == 1:
        return words[0][1]
    line = pygame.Surface((max(1, _width(font, text)), font.get_height()), pygame.SRCALPHA)
    line.fill((*colour, 0))
    x = 0
    for space, word in words:
        line.blit(word, (x + space, 0))
        x += space + word.get_width()
    return line


def _words(font: pygame.font.Font, text: str) -> list[tuple[int, str]]:
    """The words of a line, each with the px of the space before it."""
    first, *rest = SPACES.split(_unligated(text))
    wide = _word_space(font)
    spaces = [wide // 2 if space == NARROW_SPACE else wide for space in rest[::2]]
    return [(0, first), *zip(spaces, rest[1::2], strict=True)]


def _unligated(text: str) -> str:
    """Two hyphens stay two: the typeface would join them, and commands could not be copied."""
    return text.replace("--", "-\N{ZERO WIDTH NON-JOINER}-")


def _break(text: str, font: pygame.font.Font, width: int) -> int:
    """Where to cut a word that is too long: after a slash if one fits, else where the room ends."""
    fits, too_many = 1, len(text)
    while too_many - fits > 1:  # halving: thousands of letters are not tried one by one
        middle = (fits + too_many) // 2
        if font.size(text[:middle])[0] <= width:
            fits = middle
        else:
            too_many = middle
    return max(text.rfind("/", 0, fits), text.rfind("\\", 0, fits)) + 1 or fits


def _shortened(text: str) -> str:
    """The text, with its middle left out where no window could show it; nothing but letters."""
    text = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return f"{text[:half]} … {text[-half:]}"


@cache
def _file(face: Face) -> bytes:
    return face.data()


@lru_cache(maxsize=96)
def _font(face: Face, size: int) -> pygame.font.Font:
    return pygame.font.Font(io.BytesIO(_file(face)), size)


def forget_fonts() -> None:
    """Drop all fonts: they do not outlive pygame's font module."""
    _width.cache_clear()
    _font.cache_clear()
