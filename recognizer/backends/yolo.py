"""The YOLO detector kept as ONNX: a line of handwriting in, its digits with their boxes out.

The weights of this backend alone stand under AGPL-3.0 (see `assets/models/LICENSE-YOLO.md`); this
reader is the project's own code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.backends.onnx import open_session, try_out
from recognizer.numbers.bars import are_a_fence
from recognizer.page import PAGE_HEIGHT, WIDTH_STEP, Boxes, Page
from recognizer.picture import page_from_picture
from recognizer.reading import Digit, Seen
from recognizer.store import ModelEntry
from recognizer.strokes import bounding_box, shared_out, thinned
from recognizer.types import Box, Stroke

CELL = 8  # px of the page, side of the cells that each may hold the centre of one digit
OVERLAP = 0.5  # of two boxes (intersection over union) beyond which they are one digit
_THIN = 3.0  # px on all sides by which boxes of two looks are widened: a one is as thin as the pen
SURE = 0.4  # score from which a box is a digit where the number of digits is not known
POSSIBLE = 0.1  # and where it is known
_CANDIDATE = 0.05  # score below which nothing is looked at
_PLAIN = 0.85  # score of every box from which one look is enough
# How much wider strokes are drawn for a second look. On numbers of training writers held out,
# 1.06 to 1.18 served alike; bolder pens and leaning pages served less.
_WIDER = 1.16

_STRAY_OUTSIDE = 0.7  # share of a connected piece of ink outside all boxes that makes it a stray
_STRAY_SIZE = 0.4  # of the digits' height; smaller pieces are specks
_INK = 64  # grey level from which a pixel of the page is ink
_SLACK = 2.0  # px that a box may be too small


@dataclass(frozen=True)
class Detections:
    """Boxes float32 (N, 4) in px of the page and the ten scores float32 (N, 10) of each."""

    boxes: Boxes
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.boxes)

    def take(self, rows: NDArray[np.int64]) -> "Detections":
        """The boxes at the given rows, in that order."""
        return Detections(self.boxes[rows], self.scores[rows])

    @property
    def best(self) -> NDArray[np.float32]:
        """Each box's highest score."""
        highest: NDArray[np.float32] = self.scores.max(axis=1)
        return highest


def decode(sides: NDArray[np.float32], scores: NDArray[np.float32], width: int) -> Detections:
    """What the cells of one page say: every cell's box and scores.

    `sides` float32 (cells, 4) are the distances in px from a cell's centre to the left, top, right
    and bottom of a digit; `scores` float32 (cells, 10); the cells stand row by row.
    """
    x = np.arange(width // CELL, dtype=np.float32) * CELL + CELL / 2
    y = np.arange(PAGE_HEIGHT // CELL, dtype=np.float32) * CELL + CELL / 2
    centres = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return Detections(np.hstack([centres - sides[:, :2], centres + sides[:, 2:]]), scores)


def suppress(found: Detections, least: float, overlap: float = OVERLAP) -> Detections:
    """Keep of boxes that overlap more than that only the surest, whatever digit they say.

    Boxes whose best score is below `least` go as well; the surest comes first.
    """
    best = found.best
    order = np.flatnonzero(best >= least)
    order = order[np.argsort(-best[order], kind="stable")]
    boxes = found.boxes[order]
    doubled = _overlaps(boxes) > overlap
    kept: list[int] = []
    for row in range(len(order)):
        if not doubled[row, kept].any():
            kept.append(row)
    return found.take(order[kept])


def _overlaps(boxes: Boxes) -> NDArray[np.float32]:
    """Intersection over union of each two boxes, (N, N)."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    area = np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 0), axis=1)
    union = area[:, None] + area[None, :] - shared
    overlaps: NDArray[np.float32] = shared / np.maximum(union, 1e-6)
    return overlaps


def agreed(looks: Sequence[Detections]) -> Detections:
    """Several looks at the same ink as one: each digit's mean scores, and its surest box.

    Boxes are of one coordinate system, in each look without doubles. Boxes of different looks that
    overlap by more than `OVERLAP`, a little widened, are one digit; a look that lacks it counts as
    scores of 0. After Solovyev, Wang & Gabruseva, "Weighted boxes fusion", Image and Vision
    Computing 2021.
    """
    boxes = np.vstack([look.boxes for look in looks])
    scores = np.vstack([look.scores for look in looks])
    of = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    same = _overlaps(boxes + np.array([-1, -1, 1, 1], np.float32) * _THIN) > OVERLAP
    left = np.ones(len(boxes), bool)
    first: list[int] = []
    sums: list[NDArray[np.float32]] = []
    for row in np.argsort(-scores.max(axis=1), kind="stable").tolist():
        if not left[row]:
            continue
        total = scores[row].copy()
        left[row] = False
        for look in set(of.tolist()) - {of[row]}:
            alike = np.flatnonzero(left & same[row] & (of == look))
            if len(alike):
                surest = alike[scores[alike].max(axis=1).argmax()]
                total += scores[surest]
                left[surest] = False
        first.append(row)
        sums.append(total / len(looks))
    return Detections(boxes[first], np.array(sums, np.float32).reshape(-1, scores.shape[1]))


def load(entry: ModelEntry) -> "YoloReader":
    """A detector reads whole numbers by itself."""
    return YoloReader(entry)


class YoloReader:
    """Reads whole numbers with a model of the input "pages" and the outputs "sides", "scores".

    See `decode` for what they hold. Raises RecognizerError where the file cannot be loaded.
    """

    learns_hands = False

    def __init__(self, entry: ModelEntry) -> None:
        self._session = open_session(entry, {"pages"}, {"sides", "scores"})
        page = np.zeros((1, PAGE_HEIGHT, 3 * WIDTH_STEP), np.uint8)
        cells = page.size // CELL**2
        try_out(
            self._session, entry, {"pages": page},
            {"sides": [(1, cells, 4)], "scores": [(1, cells, 10)]},
        )  # fmt: skip

    def learn_hand(self, samples: Sequence[tuple[int, Sequence[Stroke]]]) -> None:
        """Does nothing: a detector has no features of a digit."""

    def read_strokes(self, cleaned: Sequence[Stroke], length: int | None = None) -> Seen:
        """The digits of at least one stroke, left to right, boxes in the strokes' coordinates.

        `cleaned` are as `recognizer.strokes.clean_strokes` returns them; `length` is the number of
        digits where it is known. Ink that is no digit becomes a digit without a value.
        """
        x0, y0, x1, y1 = bounding_box(cleaned)
        if x0 == x1 and y0 == y1:
            dot = _no_digit((x0, y0, x1, y1))  # whatever a model would call it
            return Seen((replace(dot, ink=tuple(cleaned)),))
        strokes = thinned(cleaned)
        page = ink.page(strokes)
        # A row of bars is read bar by bar: where they stand close, two share a box of the page.
        fence = self._read_bars(strokes, y1 - y0) if len(strokes) > 1 else []
        if fence and length in (None, len(fence)):
            return Seen(tuple(fence), page.pixels)
        found = suppress(self.find(page), _CANDIDATE)
        if not len(found) or float(found.best.min()) < _PLAIN:
            found = suppress(agreed([found, self._second_look(strokes, page)]), _CANDIDATE)
        digits = self._read(page, found, length)
        shares = shared_out(strokes, [digit.box for digit in digits])
        read: list[Digit] = []
        for digit, own in zip(digits, shares, strict=True):
            # Left over, or one digit of several bars; a page of all the ink was read already.
            odd = len(strokes) > 1 and (digit.value is None or len(own) > 1)
            bars = self._read_bars(own, y1 - y0) if odd else []
            if bars and (length is None or len(bars) == 1):
                read += bars
            else:
                read.append(replace(digit, ink=tuple(own)))
        return Seen(tuple(read), page.pixels)

    def read_picture(self, grey: NDArray[np.uint8], length: int | None = None) -> Seen:
        """The digits of a picture uint8 (H, W), light on dark or dark on light; none without ink.

        Boxes are in the picture's pixels. Raises ValueError for anything but a grey picture.
        """
        page = page_from_picture(grey)
        if page is None:
            return Seen()
        digits = self._read(page, suppress(self.find(page), _CANDIDATE), length)
        height, width = grey.shape
        inside = tuple(replace(of, box=_within(of.box, width, height)) for of in digits)
        return Seen(inside, page.pixels)

    def find(self, page: Page) -> Detections:
        """Every cell's box and scores."""
        sides, scores = self._session.run(["sides", "scores"], {"pages": page.pixels[None]})
        return decode(sides[0], scores[0], page.placement.width)

    def _second_look(self, strokes: Sequence[Stroke], page: Page) -> Detections:
        """What is found where the strokes are drawn wider, in px of the page that was read first.

        As with the classifiers (`recognizer.numbers.second_look`), what is doubtful on one page is
        often plain on another; neighbours stand further apart there as well.
        """
        wide = ink.page([stroke * (_WIDER, 1.0) for stroke in strokes])
        again = suppress(self.find(wide), _CANDIDATE)
        boxes = wide.placement.off_page(again.boxes) / (_WIDER, 1.0, _WIDER, 1.0)
        return Detections(page.placement.on_page(boxes), again.scores)

    def _read_bars(self, strokes: Sequence[Stroke], line_height: float) -> list[Digit]:
        """What each of some plain bars is by itself, from left to right; none of other ink.

        A page of many bars is a fence to the detector, and it finds few of them.
        """
        if not are_a_fence(strokes, line_height):
            return []
        read: list[Digit] = []
        for stroke in sorted(strokes, key=lambda bar: float(bar[:, 0].mean())):
            page = ink.page([stroke])
            digits = self._read(page, suppress(self.find(page), _CANDIDATE), None)
            if len(digits) != 1 or digits[0].value is None:
                return []
            read.append(replace(digits[0], ink=(stroke,)))
        return read

    def _read(self, page: Page, found: Detections, length: int | None) -> tuple[Digit, ...]:
        """The digits found on a page, and what ink is left over."""
        if length is None:
            found = found.take(np.flatnonzero(found.best >= SURE))
        else:
            found = found.take(np.flatnonzero(found.best[:length] >= POSSIBLE))
        read: list[tuple[float, Digit]] = []  # with the middle, for the order
        sure = SURE if length is None else POSSIBLE
        for box, scores, where in zip(
            found.boxes, found.scores, page.placement.off_page(found.boxes), strict=True
        ):
            read.append((float(box[0] + box[2]), _digit(scores, _as_box(where), sure)))
        if length is None or len(read) < length:
            strays = _strays(page, found.boxes)
            if not len(strays) and not read:
                strays = np.array([_ink_box(page)], np.float32)
            for box, where in zip(strays, page.placement.off_page(strays), strict=True):
                read.append((float(box[0] + box[2]), _no_digit(_as_box(where))))
        return tuple(digit for _, digit in sorted(read, key=lambda pair: pair[0]))


def _digit(scores: NDArray[np.float32], box: Box, sure: float) -> Digit:
    """A found digit. A score of `sure`, where the reader wavers, means one in two."""
    best = float(scores.max())
    no_digit = 0.5 * (1 - best) / (1 - sure)
    return Digit(
        int(scores.argmax()), (scores / max(float(scores.sum()), 1e-9)), box, min(no_digit, 0.5)
    )


def _within(box: Box, width: int, height: int) -> Box:
    """A box without what stands out of a picture: a detector guesses the edges."""
    x0, x1 = np.clip((box[0], box[2]), 0, width).tolist()
    y0, y1 = np.clip((box[1], box[3]), 0, height).tolist()
    return x0, y0, x1, y1


def _no_digit(box: Box) -> Digit:
    return Digit(None, np.full(10, 0.1, np.float32), box, 1.0)


def _strays(page: Page, boxes: Boxes) -> Boxes:
    """Boxes around ink that lies outside all digits and is too large for a speck."""
    covered = np.zeros(page.pixels.shape, bool)
    for x0, y0, x1, y1 in boxes.tolist():
        rows = slice(max(0, int(y0 - _SLACK)), int(np.ceil(y1 + _SLACK)))
        covered[rows, max(0, int(x0 - _SLACK)) : int(np.ceil(x1 + _SLACK))] = True
    is_ink = page.pixels >= _INK
    if not (is_ink & ~covered).any():
        return np.zeros((0, 4), np.float32)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(is_ink.astype(np.uint8))
    outside = np.bincount(pieces[is_ink & ~covered], minlength=count) / stats[:, cv2.CC_STAT_AREA]
    height = float(np.median(boxes[:, 3] - boxes[:, 1])) if len(boxes) else 0.0
    found: list[list[float]] = []
    for piece in range(1, count):
        x, y, width, tall = stats[piece, :4].tolist()
        if outside[piece] >= _STRAY_OUTSIDE and max(width, tall) >= _STRAY_SIZE * height:
            found.append([x, y, x + width, y + tall])
    return np.array(_merged(found), np.float32).reshape(-1, 4)


def _merged(boxes: list[list[float]]) -> list[list[float]]:
    """Boxes that stand above each other joined to one; left to right."""
    joined: list[list[float]] = []
    for x0, y0, x1, y1 in sorted(boxes):
        if joined and x0 < joined[-1][2]:
            last = joined[-1]
            joined[-1] = [last[0], min(last[1], y0), max(last[2], x1), max(last[3], y1)]
        else:
            joined.append([x0, y0, x1, y1])
    return joined


def _ink_box(page: Page) -> list[int]:
    """The box around all ink of a page."""
    x, y, width, height = cv2.boundingRect(page.pixels)
    return [x, y, x + width, y + height]


def _as_box(edges: NDArray[np.float64]) -> Box:
    x0, y0, x1, y1 = edges.tolist()
    return x0, y0, x1, y1
