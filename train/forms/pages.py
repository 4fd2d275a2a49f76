"""Pages of handwriting with the boxes of their digits: what a detector learns from.

A page is composed as a line of digits in units of the line's height, from pen strokes and from
MNIST's pictures, and is then placed and drawn by `recognizer.ink`, as play does with a player's
ink. For training, strokes are bent before they are drawn. Nothing is mirrored, and no digit is cut
or laid over another as mosaics do. A seed decides everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer import ink
from recognizer.page import PAGE_HEIGHT, WIDTH_STEP, Placement, place
from train.data.people import People
from train.data.sets import Images
from train.data.unipen import PenDigit
from train.forms import negatives
from train.forms.augment_ink import vary
from train.forms.digits import written_or_drawn
from train.forms.hands import Hands

Points = NDArray[np.float64]  # (N, 2): x right, y down

PEN_WIDTHS = (2.0, 4.5)  # px of the page; play draws at `recognizer.page.PAGE_PEN_WIDTH`
MOST_DIGITS = 6  # of an ordinary page

_PICTURE_INK = 80  # grey level from which a picture's pixel counts as ink, for the box around it
_P_ONE_HAND = 0.6  # of the pages are written by one writer; the others mix several
_PROFILE_ROW = 0.05  # line heights; the rows in which the ink of neighbours is compared

# Negatives that hold whole digits would be wrong as background here.
_STRAYS = [kind for kind in negatives.KINDS if kind not in negatives.WITH_WHOLE_DIGITS]
_STRAY_WEIGHTS = np.array([negatives.KINDS[kind] for kind in _STRAYS])
_STRAY_WEIGHTS /= _STRAY_WEIGHTS.sum()


@dataclass(frozen=True)
class Page:
    """A page uint8 (64, width), ink 255 on 0; boxes float32 (N, 4) in px around the ink of digits.

    `labels` int64 (N,) are the digits, left to right as they were written; `stray` tells that there
    is ink besides them.
    """

    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    stray: bool = False

    @property
    def text(self) -> str:
        """The number that was written."""
        return "".join(str(label) for label in self.labels.tolist())


@dataclass(frozen=True)
class Mix:
    """How pages are composed: shares of all pages, unless other things are named."""

    pictures: float = 0.4  # of MNIST's pictures only
    mixed: float = 0.08  # pictures and pen strokes side by side
    drawn: float = 0.4  # pen digits from `allographs`, the rest from real writers
    bent: bool = True  # pen digits varied by `ink_augmentation`; else as they were written
    marked: float = 0.25  # real zeros, ones and sevens that get a slash, a flag and foot, or a bar
    long: float = 0.06  # with more than `MOST_DIGITS` digits
    ones: float = 0.03  # of nothing but ones, which stand as close as no other digits
    empty: float = 0.01
    only_stray: float = 0.12
    stray: float = 0.2  # with ink that is no digit, as large as a digit, in or beside the line
    specks: float = 0.05  # with small ink anywhere
    ruled: float = 0.03  # underlined, or with a frame's edge
    running: float = 0.12  # written without lifting the pen
    flourish: float = 0.05  # the last stroke ends in a swing


# Test digits as they were written: what is drawn or bent by seed belongs to the training, and so
# does the large share of strays: a detector learns from them slowly what is no digit.
TEST_MIX = Mix(
    drawn=0.0, bent=False, marked=0.0, long=0.0, ones=0.0, only_stray=0.06, stray=0.12, running=0.08
)
# The same, but bent as the training's pages are, some beyond what a person could read. It tells
# good detectors from better ones where the pages above no longer do.
BENT_MIX = replace(TEST_MIX, bent=True, marked=0.25)


class Sources:
    """The digits that pages are composed from: pen strokes of several writers, and pictures."""

    def __init__(self, people: People, images: Images) -> None:
        self.people = people
        self.everybody = Hands(people)
        self.images = images
        # Digits of each writer by label; row numbers of the pictures by label.
        self._of_writer: dict[int, list[list[PenDigit]]] = {}
        for digit in people.digits:
            hand = self._of_writer.setdefault(digit.writer, [[] for _ in range(10)])
            hand[digit.label].append(digit)
        self._writers = list(self._of_writer)
        self.rows = [np.flatnonzero(images.labels == label) for label in range(10)]

    def hand(self, random: Generator) -> int | None:
        """One of the writers, each as likely as any other; now and then None: all of them mixed."""
        if not self._writers or random.random() >= _P_ONE_HAND:
            return None
        return self._writers[int(random.integers(len(self._writers)))]

    def digit(self, label: int, writer: int | None, random: Generator) -> PenDigit | None:
        """A digit by that writer, or by anybody where there is none of theirs."""
        own = [] if writer is None else self._of_writer[writer][label]
        if own:
            return own[int(random.integers(len(own)))]
        return self.everybody.digit(label, random)


@dataclass
class _Piece:
    """A digit or other ink on the line: strokes, or a picture with the way from its px to the line.

    `outline` are points on the ink, for its box and for how close neighbours may come.
    """

    label: int | None
    strokes: list[Points]
    outline: Points
    picture: NDArray[np.uint8] | None = None
    frame: Points = field(default_factory=lambda: np.hstack([np.eye(2), np.zeros((2, 1))]))

    def move(self, turn: Points, shift: tuple[float, float]) -> None:
        """Apply point -> turn @ point + shift to all of it."""
        self.strokes = [stroke @ turn.T + shift for stroke in self.strokes]
        self.outline = self.outline @ turn.T + shift
        self.frame = turn @ self.frame
        self.frame[:, 2] += shift

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 of the outline."""
        (x0, y0), (x1, y1) = self.outline.min(axis=0).tolist(), self.outline.max(axis=0).tolist()
        return x0, y0, x1, y1

    def stand(self, height: float) -> None:
        """Scale to a height, or less where it would grow wide; set foot and left edge to (0, 0)."""
        x0, y0, x1, y1 = self.box
        scale = height / max(y1 - y0, (x1 - x0) / 1.3, 1e-9)
        self.move(np.eye(2) * scale, (-x0 * scale, -y1 * scale))


def compose(random: Generator, sources: Sources, mix: Mix) -> Page:
    """Compose one page."""
    kind = random.random()
    if kind < mix.empty:
        return Page(
            np.zeros((PAGE_HEIGHT, WIDTH_STEP), np.uint8),
            np.zeros((0, 4), np.float32),
            np.zeros(0, np.int64),
        )
    source = random.random()
    share = 1.0 if source < mix.pictures else 0.5 if source < mix.pictures + mix.mixed else 0.0
    if not all(len(rows) for rows in sources.rows):
        share = 0.0
    if kind < mix.empty + mix.only_stray:
        pieces = [_stray(random, sources) for _ in range(int(random.choice([1, 2], p=[0.8, 0.2])))]
        share = 0.0
    else:
        pieces = _digits(random, sources, mix, share)
        if random.random() < mix.stray:
            pieces.insert(int(random.integers(len(pieces) + 1)), _stray(random, sources))
    _set_in_line(pieces, random)
    _lean(pieces, random)
    extra = _extra_strokes(pieces, random, mix) if share < 1 else []
    return _render(pieces, extra, random, by_pen=share < 1)


# --- The pieces ---


def _digits(random: Generator, sources: Sources, mix: Mix, share: float) -> list[_Piece]:
    """The digits of one number, each standing at (0, 0); a share of them are pictures."""
    if random.random() < mix.long:
        count = int(random.integers(MOST_DIGITS + 1, 11))
    else:
        count = int(random.choice(range(1, MOST_DIGITS + 1), p=[0.25, 0.2, 0.18, 0.15, 0.11, 0.11]))
    labels = random.integers(0, 10, count)
    if random.random() < mix.ones:
        labels = np.ones(count, np.int64)
    elif random.random() < 0.1:  # "100", "111", "7 070": repetition is commoner than chance
        labels = random.choice(random.integers(0, 10, 2), count)
    hand = sources.hand(random)
    uneven = random.choice([0.04, 0.1, 0.22], p=[0.4, 0.45, 0.15])
    pieces = []
    for label in labels.tolist():
        if random.random() < share:
            piece = _picture(label, sources, random)
        else:
            piece = _written(label, sources.digit(label, hand, random), random, mix)
        piece.stand(float(np.exp(np.clip(random.normal(0, uneven), -0.6, 0.6))))
        pieces.append(piece)
    return pieces


def _written(label: int, written: PenDigit | None, random: Generator, mix: Mix) -> _Piece:
    """What somebody wrote, or a drawn form, varied where pages are bent."""
    strokes = written_or_drawn(label, written, random, drawn=mix.drawn, marked=mix.marked)
    own = vary(strokes, random) if mix.bent else strokes
    return _Piece(label, own, _dense(own))


def _picture(label: int, sources: Sources, random: Generator) -> _Piece:
    """One of the pictures of a digit."""
    rows = sources.rows[label]
    pixels = sources.images.pixels[rows[int(random.integers(len(rows)))]]
    y, x = np.nonzero(pixels >= _PICTURE_INK)
    # All corners of the ink's pixels; pixel i covers i - 1/2 .. i + 1/2, as OpenCV counts.
    corners = np.concatenate([np.column_stack([x + dx, y + dy]) for dx in (-0.5, 0.5)
                              for dy in (-0.5, 0.5)])  # fmt: skip
    return _Piece(label, [], corners, pixels)


def _stray(random: Generator, sources: Sources) -> _Piece:
    """Ink that is no digit, from a third of a digit's height to somewhat more than it."""
    kind = _STRAYS[int(random.choice(len(_STRAYS), p=_STRAY_WEIGHTS))]
    strokes = vary(kind(random, sources.everybody), random)
    piece = _Piece(None, strokes, _dense(strokes))
    piece.stand(random.uniform(0.4, 1.15))
    if random.random() < 0.4:
        piece.move(np.eye(2), (0.0, -random.uniform(0, 0.5)))
    return piece


# --- The line ---


def _set_in_line(pieces: list[_Piece], random: Generator) -> None:
    """Move the pieces beside each other, from slightly overlapping to wide apart."""
    low, high = (
        (-0.07, 0.03), (0.0, 0.08), (0.06, 0.2), (0.2, 0.5), (0.5, 1.3),
    )[int(random.choice(5, p=[0.08, 0.2, 0.3, 0.3, 0.12]))]  # fmt: skip
    overhanging = random.random() < 0.6  # gaps are between the ink, else between boxes
    wander = random.choice([0.02, 0.05, 0.12], p=[0.5, 0.35, 0.15])
    for before, piece in zip([None, *pieces[:-1]], pieces, strict=True):
        piece.move(np.eye(2), (0.0, random.normal(0, wander)))
        if before is None:
            continue
        gap = random.uniform(low, high)
        if piece.label is None or before.label is None:
            gap = max(gap, 0.12)  # a stray that touches a digit would make it another sign
        x0, _, x1, _ = before.box
        shift = x1 + gap
        if overhanging and (room := _room(before.outline, piece.outline)) is not None:
            width = piece.box[2]
            # However deep the nook: middles stay apart, so that reading order is plain.
            overlap = min(0.4 * min(width, x1 - x0), 0.3)
            shift = max(gap - room, x1 - overlap, (x0 + x1) / 2 + 0.2 - width / 2)
        piece.move(np.eye(2), (shift, 0.0))


def _room(left: Points, right: Points) -> float | None:
    """The least distance in x from the ink on the left to that on the right; None without any."""
    edges = []
    for points, sign in ((left, 1.0), (right, -1.0)):
        row = np.floor(points[:, 1] / _PROFILE_ROW).astype(int) + 100
        edge = np.full(200, -np.inf)
        np.maximum.at(edge, np.clip(row, 0, 199), sign * points[:, 0])
        edges.append(edge)
    reach = edges[0]
    # The pen is about a row high: neighbours in the next row count as well.
    reach = np.maximum(reach, np.maximum(np.roll(reach, 1), np.roll(reach, -1)))
    distance = -(reach + edges[1])
    distance = distance[np.isfinite(distance)]
    return float(distance.min()) if len(distance) else None


def _lean(pieces: list[_Piece], random: Generator) -> None:
    """Lean and turn the whole line: a hand's slant, and a line that rises or falls."""
    strong = random.random() < 0.2
    slant = float(np.clip(random.normal(0.1 if strong else 0.0, 0.45 if strong else 0.12), -0.5, 1))
    angle = random.normal(0, 0.035)
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, -slant], [0.0, 1.0]])
    for piece in pieces:
        piece.move(turn, (0.0, 0.0))


def _extra_strokes(pieces: list[_Piece], random: Generator, mix: Mix) -> list[Points]:
    """Ink of the pen between and around the digits: ligatures, a flourish, specks, a ruled line."""
    extra: list[Points] = []
    joined = 0.8 if random.random() < mix.running else 0.02
    for before, after in pairwise(pieces):
        by_pen = bool(before.strokes and after.strokes)
        if by_pen and None not in (before.label, after.label) and random.random() < joined:
            start, end = before.strokes[-1][-1], after.strokes[0][0]
            extra.append(_bent(start, end, random.normal(0, 0.12)))
    if pieces[-1].strokes and pieces[-1].label is not None and random.random() < mix.flourish:
        start = pieces[-1].strokes[-1][-1]
        swing = np.array([random.uniform(0.2, 0.9), -random.uniform(-0.2, 0.5)])
        extra.append(_bent(start, start + swing, random.normal(0, 0.2)))
    low = np.min([piece.box[:2] for piece in pieces], axis=0)
    high = np.max([piece.box[2:] for piece in pieces], axis=0)
    if random.random() < mix.specks:
        for _ in range(int(random.integers(1, 4))):
            spot = random.uniform(low - 0.1, high + 0.1)
            clear = min(float(np.hypot(*(p.outline - spot).T).min()) for p in pieces)
            if clear > 0.15:
                extra.append(spot + random.normal(0, 0.02, (int(random.integers(1, 4)), 2)))
    if random.random() < mix.ruled:
        below = high[1] + random.uniform(0.06, 0.3)
        ends = random.uniform(-0.3, 0.1, 2)
        start, end = np.array([low[0] + ends[0], below]), np.array([high[0] - ends[1], below])
        extra.append(_bent(start, end, random.normal(0, 0.02)))
    return extra


def _bent(start: Points, end: Points, bend: float) -> Points:
    """The way from one point to another with a bow, its height as a share of the way."""
    along = np.linspace(0, 1, 12)[:, None]
    way = end - start
    bow: Points = start + along * way + np.sin(along * np.pi) * np.array([-way[1], way[0]]) * bend
    return bow


def _dense(strokes: Sequence[Points]) -> Points:
    """Points along the strokes, four to a piece between two of their points."""
    parts = []
    for stroke in strokes:
        steps = np.diff(stroke, axis=0)
        parts += [stroke, *(stroke[:-1] + steps * share for share in (0.25, 0.5, 0.75))]
    return np.concatenate(parts)


# --- The picture ---


def _render(pieces: list[_Piece], extra: list[Points], random: Generator, *, by_pen: bool) -> Page:
    """Draw the line as play would, and take the digits' boxes."""
    strokes = [stroke for piece in pieces for stroke in piece.strokes] + extra
    pen = round(random.uniform(*PEN_WIDTHS) * 4) / 4 if by_pen else 0.0
    points = np.concatenate([piece.outline for piece in pieces] + extra)
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    placement = place((x0, y0, x1, y1), pen)
    if strokes:
        drawn = placement if by_pen else replace(placement, pen=random.uniform(2.5, 6))
        pixels = ink.draw_page(strokes, drawn)
    else:
        pixels = np.zeros((PAGE_HEIGHT, placement.width), np.uint8)
    contrast = random.uniform(1.0, 1.6)
    for piece in pieces:
        if piece.picture is not None:
            pixels = np.maximum(pixels, _warped(piece, placement, contrast))
    boxes, labels = [], []
    for piece in pieces:
        if piece.label is None:
            continue
        own = placement if piece.picture is None else replace(placement, pen=0.0)
        boxes.append(own.on_page(np.array([piece.box]))[0])
        labels.append(piece.label)
    limits = np.array([0, 0, placement.width, PAGE_HEIGHT])
    return Page(
        pixels,
        np.clip(np.array(boxes, np.float32).reshape(-1, 4), 0, np.tile(limits[2:], 2)),
        np.array(labels, np.int64),
        stray=bool(extra) or any(piece.label is None for piece in pieces),
    )


def _warped(piece: _Piece, placement: Placement, contrast: float) -> NDArray[np.uint8]:
    """The piece's picture where it stands on the page."""
    assert piece.picture is not None
    frame = piece.frame * placement.scale
    # Half a pixel: OpenCV counts from the middle of the first pixel, a placement from its edge.
    frame[:, 2] += np.array(placement.offset) - 0.5
    size = (placement.width, PAGE_HEIGHT)
    picture = cv2.warpAffine(piece.picture, frame, size, flags=cv2.INTER_LINEAR)
    return np.asarray(np.clip(picture * contrast, 0, 255), np.uint8)
