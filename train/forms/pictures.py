"""Pictures of handwriting as other people hand them in: on a page, with dirt, in bad light.

Digits are laid on a page as *ink*, float32 (H, W) from 0 (paper) to 1, from MNIST's pictures and
from pen strokes in turn, and then become a grey picture by the light that falls on it. Everything
is drawn by seed, and nothing is bent: what is hard is the picture, not the hand. Lengths are in
pixels where nothing else is said; a digit is some 40 to 120 px high.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer import ink as pen
from recognizer.strokes import bounding_box
from train.data.samples import InkSample
from train.data.sets import Images

Ink = NDArray[np.float32]  # (H, W), 0 for paper, 1 for full ink
Grey = NDArray[np.uint8]

HEIGHTS = (40, 120)  # px of a digit
PENS = (5, 10, 20, 40, 70, 100)  # a pen's width is the height by one of these
SPECK = 3  # px, side of the one speck
CRUMBS = 15
LENGTHS = (2, 4)  # digits of a number, the fewest and the most

_USUAL_PENS = (8.0, 25.0)  # where the pen is not what is asked about
_FREE = 3  # px of paper between a speck and the ink, the least
_LEAST_INK = 0.3  # of a pixel that counts as touched
_OVERLAP = (1, 3)  # px by which touching digits overlap
_NESTED = 0.15  # of the height, by which a digit may reach under its neighbour's box
_GAPS = (0.08, 0.4)  # of the height, between digits that stand apart
_DARK = 40  # grey level of ink, the most; its light is that of the paper around


@dataclass(frozen=True)
class Picture:
    """A grey picture uint8 (H, W) and the digits that are written on it."""

    pixels: Grey
    label: str


@dataclass(frozen=True)
class Written:
    """Digits to make pictures of: MNIST's, and pen strokes."""

    images: Images
    samples: Sequence[InkSample]


# --- Ink ---


def a_digit(written: Written, random: Generator, pen_share: float | None = None) -> tuple[str, Ink]:
    """One digit and its ink, trimmed to it; with `pen_share` from strokes, the pen so thin.

    `pen_share` is the height by the pen's width; without it every other digit is one of MNIST's.
    """
    height = int(random.integers(*HEIGHTS))
    if pen_share is None and random.random() < 0.5:
        row = int(random.integers(len(written.images.labels)))
        return str(written.images.labels[row]), _of_image(written.images.pixels[row], height)
    sample = written.samples[int(random.integers(len(written.samples)))]
    width = height / (pen_share or random.uniform(*_USUAL_PENS))
    if pen_share is not None and width < 1:  # no pen is thinner than a pixel
        height, width = round(pen_share), 1.0
    return sample.label, _of_strokes(sample.strokes, height, width)


def _of_image(pixels: Grey, height: int) -> Ink:
    y, x = np.nonzero(pixels > 64)
    cut = pixels[y.min() : y.max() + 1, x.min() : x.max() + 1].astype(np.float32) / 255
    scale = height / max(cut.shape)
    size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    large = cv2.resize(np.pad(cut, 1), size, interpolation=cv2.INTER_CUBIC)
    return cast(Ink, np.clip(large, 0, 1).astype(np.float32))


def _of_strokes(strokes: Sequence[NDArray[np.float64]], height: int, width: float) -> Ink:
    x0, y0, x1, y1 = bounding_box(strokes)
    scale = (height - width) / max(x1 - x0, y1 - y0, 1e-9)
    fine = 4  # times larger, then averaged, as play draws
    shape = [max(1, round(((b - a) * scale + width) * fine)) for a, b in ((y0, y1), (x0, x1))]
    sheet = np.zeros([-(-side // fine) * fine for side in shape], np.uint8)
    offset = (width * fine / 2 - x0 * scale * fine, width * fine / 2 - y0 * scale * fine)
    pen.draw(sheet, strokes, scale * fine, offset, max(1, round(width * fine)))
    size = (sheet.shape[1] // fine, sheet.shape[0] // fine)
    return cast(Ink, cv2.resize(sheet, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)


def a_number(
    written: Written, random: Generator, touching: Callable[[int], Sequence[bool]] | None = None
) -> tuple[str, Ink]:
    """A number of like-sized digits and its ink; `touching` says which neighbours touch.

    It is asked with the number of neighbours. Without it all stand apart.
    """
    count = int(random.integers(LENGTHS[0], LENGTHS[1] + 1))
    digits = [a_digit(written, random) for _ in range(count)]
    height = int(random.integers(*HEIGHTS))
    inks = [_scaled(ink, height * random.uniform(0.9, 1.1)) for _, ink in digits]
    touches = [False] * (count - 1) if touching is None else touching(count - 1)
    line = inks[0]
    for ink, meets in zip(inks[1:], touches, strict=True):
        line = _beside(line, ink, height, random, meets=meets)
    return "".join(label for label, _ in digits), line


def _scaled(ink: Ink, height: float) -> Ink:
    scale = height / max(ink.shape)
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cast(Ink, cv2.resize(ink, size, interpolation=method))


def _beside(left: Ink, right: Ink, height: int, random: Generator, *, meets: bool) -> Ink:
    """Both on one line, their feet on it but for a little."""
    rows = max(left.shape[0], right.shape[0]) + 4
    lifted = [int(random.integers(0, 4)) for _ in range(2)]
    both = []
    for ink, lift in zip((left, right), lifted, strict=True):
        field = np.zeros((rows, ink.shape[1]), np.float32)
        foot = rows - (lift if ink is right else 0)
        field[foot - ink.shape[0] : foot] = ink
        both.append(field)
    start = both[0].shape[1]
    if meets:
        nested = start - round(_NESTED * height)
        start = max(nested, start - _room(*both)) - int(random.integers(*_OVERLAP))
    else:
        start += round(height * random.uniform(*_GAPS))
    line = np.zeros((rows, max(start + both[1].shape[1], both[0].shape[1])), np.float32)
    line[:, : both[0].shape[1]] = both[0]
    over = line[:, start : start + both[1].shape[1]]
    np.maximum(over, both[1], out=over)
    return line


def _room(left: Ink, right: Ink) -> int:
    """By how much the right one may move until its ink meets the other's in some row."""
    touched = [ink > _LEAST_INK for ink in (left, right)]
    free_right = np.where(touched[0].any(axis=1), touched[0][:, ::-1].argmax(axis=1), 10_000)
    free_left = np.where(touched[1].any(axis=1), touched[1].argmax(axis=1), 10_000)
    # A pen is round: rows beside each other meet as well.
    around = np.minimum(free_left, np.minimum(np.roll(free_left, 1), np.roll(free_left, -1)))
    room = int((free_right + around).min())
    return room if room < 10_000 else 0


def laid(ink: Ink, random: Generator) -> Ink:
    """The ink somewhere on a page with room around it."""
    least = min(len(ink), 100)
    margins = [int(random.uniform(0.15, 1.2) * least) + 4 for _ in range(4)]
    return np.pad(ink, ((margins[0], margins[1]), (margins[2], margins[3])))


def with_speck(ink: Ink, random: Generator) -> Ink:
    """The digit somewhere on a far larger page, and one speck of `SPECK` px anywhere else."""
    ways = [int(random.integers(10, 250)) for _ in range(4)]
    page = np.pad(ink, ((ways[0], ways[1]), (ways[2], ways[3])))
    _drop_specks(page, 1, (SPECK, SPECK + 1), random)
    return page


def with_crumbs(ink: Ink, random: Generator) -> Ink:
    """A page with `CRUMBS` crumbs of one to four pixels."""
    page = np.pad(ink, int(random.integers(20, 100)))
    _drop_specks(page, CRUMBS, (1, 5), random)
    return page


def _drop_specks(page: Ink, count: int, sides: tuple[int, int], random: Generator) -> None:
    written = cv2.boundingRect((page > 0).astype(np.uint8))
    near = cv2.dilate((page > 0).astype(np.uint8), np.ones((2 * _FREE + 1,) * 2, np.uint8)) > 0
    assert written[2], "specks lie beside ink"
    dropped = 0
    while dropped < count:
        side = int(random.integers(*sides))
        y, x = (int(random.integers(0, length - side + 1)) for length in page.shape)
        if not near[y : y + side, x : x + side].any():
            page[y : y + side, x : x + side] = 1
            dropped += 1


# --- Light ---


def scanned(ink: Ink, random: Generator) -> Grey:
    """Even paper under even light; one in four is light ink on dark."""
    paper, dark = random.uniform(200, 255), random.uniform(0, 60)
    grey = _as_grey(paper + (dark - paper) * ink)
    return 255 - grey if random.random() < 0.25 else grey


def pencilled(ink: Ink, random: Generator) -> Grey:
    """A pencil's pale and grainy line on noisy paper."""
    noise = random.uniform(4, 12)
    paper, depth = random.uniform(190, 240), random.uniform(70, 120)
    grain = cv2.GaussianBlur(random.normal(0, 1, ink.shape), (0, 0), 0.8)
    covered = np.clip(ink * (0.8 + 0.5 * grain), 0, 1)
    return _as_grey(paper - depth * covered + random.normal(0, noise, ink.shape))


def falling_to_half(ink: Ink, random: Generator) -> Grey:
    """Light that falls off to half from one side or corner to the other."""
    y, x = (np.linspace(0, 1, side) for side in ink.shape)
    angle = random.uniform(0, 2 * np.pi)
    along = np.cos(angle) * x[None, :] + np.sin(angle) * y[:, None]
    along = (along - along.min()) / np.ptp(along)
    return _photographed(ink, 1 - 0.5 * along, random)


def hard_shadow(ink: Ink, random: Generator) -> Grey:
    """A shadow with a sharp edge over part of the page."""
    return _photographed(ink, 1 - random.uniform(0.3, 0.55) * _behind_a_line(ink, random), random)


def desk_at_the_edge(ink: Ink, random: Generator) -> Grey:
    """Paper that ends before the picture does; what lies beside it is dark, light or grained."""
    way = int(random.uniform(0.08, 0.3) * max(ink.shape))
    side = int(random.integers(4))
    ways = [[way if 2 * axis + end == side else 0 for end in range(2)] for axis in range(2)]
    page = np.pad(ink, ways)
    bare = np.pad(np.zeros(ink.shape, np.float32), ways, constant_values=1)
    turn = cv2.getRotationMatrix2D((bare.shape[1] / 2, bare.shape[0] / 2), random.normal(0, 2), 1)
    size = (bare.shape[1], bare.shape[0])
    turned = cv2.warpAffine(bare, turn, size, borderMode=cv2.BORDER_REPLICATE)
    desk = turned.astype(np.float32)
    level = random.uniform(0.15, 0.75)
    rings = np.sin(np.arange(page.shape[0])[:, None] / random.uniform(3, 9)) * random.uniform(
        0, 0.1
    )
    light = 1 - desk * (1 - level - rings)
    return _photographed(page * (1 - desk), light, random)


def _behind_a_line(ink: Ink, random: Generator) -> NDArray[np.float64]:
    """1 on one side of a straight line through the page, 0 on the other."""
    y, x = (np.linspace(-1, 1, side) for side in ink.shape)
    angle, off = random.uniform(0, 2 * np.pi), random.uniform(-0.5, 0.5)
    behind: NDArray[np.float64] = np.cos(angle) * x[None, :] + np.sin(angle) * y[:, None] > off
    return behind.astype(np.float64)


def _photographed(ink: Ink, light: NDArray[np.float64], random: Generator) -> Grey:
    """The ink under that light: a camera's softness and noise come with it."""
    paper = random.uniform(215, 245)
    seen = light * (paper + (_DARK - paper) * ink)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.7)
    return _as_grey(seen + random.normal(0, random.uniform(1, 3), ink.shape))


def _as_grey(levels: NDArray[np.floating]) -> Grey:
    return cast(Grey, np.clip(np.rint(levels), 0, 255).astype(np.uint8))
