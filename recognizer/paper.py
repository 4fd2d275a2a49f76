"""What of a grey picture is ink: paper, light, grain and dirt are taken away.

On even paper the border tells the paper's level, and ink is what lies furthest from it. Where the
border is uneven there is a shadow, a lamp, or a desk beside the paper: then the paper under the
light is what a morphological closing leaves, which takes away everything narrower than itself and
keeps sharp edges of what is wider; ink is what it takes away, as a share of the light there
(Gonzalez & Woods, "Digital Image Processing", 2018, on top-hats against uneven light). What stands
out of the paper's grain by too little is no ink, nor are specks (`without_specks`).
"""

from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.types import Glyph

_Level = TypeVar("_Level", np.uint8, np.bool_)
Shares = NDArray[np.float32]  # (H, W), of the light that a pixel lacks: 0 for paper

LEAST_CONTRAST = 24  # grey levels between ink and paper, below which a picture counts as empty
SPECK = 0.14  # of the height of the tallest piece of ink: what has no longer side is dirt

_EVEN = 6  # grey levels that the border of even paper strays from its median
_MOST_STRAYS = 0.05  # of the border that may stray further
_MOST_CUT = 0.99  # of a side of the picture, that ink cut off there may cover
_COARSE = 480  # px, the longer side at which paper and light are looked at
WIDEST_PEN = 0.34  # of the shorter side: what is wider is no ink, but a shadow or a desk
_PAPER_LOOK = 0.5  # of the shorter side: where the paper around a pixel is looked for
_GRAIN = 3.5  # times the grain's deviation that ink stands out by
_CLEAR = 5.0  # the same, of ink that is ink at all
_GRAINY = 0.02  # of the light: deviation from which a picture is smoothed
_FULL_INK = 75  # percentile of the ink's strength that counts as full
_JOINS = 0.02  # of the tallest piece: gaps so narrow are no gaps, when specks are told

_AROUND = np.ones((3, 3), np.uint8)  # a pixel and those around it


def is_ink(ink: Glyph) -> NDArray[np.bool_]:
    """Which pixels of ink on a paper of 0 the pen touched."""
    threshold, _ = cv2.threshold(ink, 0, 255, cv2.THRESH_OTSU)
    return ink > threshold / 2


def against_border(grey: Glyph) -> Glyph:
    """The ink as light on 0; the border's median is the paper, be the ink lighter or darker."""
    paper = int(np.median(_border(grey)))
    lighter, darker = int(grey.max()) - paper, paper - int(grey.min())
    if lighter >= darker:
        return cast(Glyph, cv2.subtract(grey, np.full_like(grey, paper)))
    return cast(Glyph, cv2.subtract(np.full_like(grey, paper), grey))


def is_even(grey: Glyph) -> bool:
    """Whether the paper of a picture uint8 (H, W) is of one level, as far as its border tells.

    Ink that is cut off tightly on all four sides is not taken for a shadow.
    """
    strays = np.abs(grey.astype(np.int16) - int(np.median(_border(grey)))) > _EVEN
    if float(_border(strays).mean()) <= _MOST_STRAYS:
        return True
    touched = cv2.dilate(is_ink(against_border(grey)).astype(np.uint8), _AROUND) > 0
    sides = (touched[0], touched[-1], touched[:, 0], touched[:, -1])
    cut_off = all(0 < float(side.mean()) <= _MOST_CUT for side in sides)
    return cut_off and float(_border(strays)[~_border(touched)].mean()) <= _MOST_STRAYS


def lit_evenly(grey: Glyph) -> Glyph | None:
    """The ink of a picture uint8 (H, W) in uneven light, 255 on 0; None where there is none."""
    light, dark_ink = _light(grey)
    lit = grey.astype(np.float32) if dark_ink else 255 - grey.astype(np.float32)
    whole = np.maximum(light, 1) if dark_ink else np.float32(255)
    lacking: Shares = ((light - lit) / whole).astype(np.float32)
    grain, ink = _grain(lacking)
    if grain > _GRAINY:
        grain, ink = _grain(cast(Shares, cv2.GaussianBlur(ink, (0, 0), 1.0)))
    strength = np.clip(ink * 255, 0, 255).astype(np.uint8)
    threshold = cv2.threshold(strength, 0, 255, cv2.THRESH_OTSU)[0] / 255
    strong = ink > max(threshold, _CLEAR * grain)
    if not strong.any():
        return None
    full = float(np.percentile(ink[strong], _FULL_INK))
    if full * 255 < LEAST_CONTRAST:
        return None
    least = max(threshold / 2, _GRAIN * grain)
    kept = _joined_to(strong, ink > least)
    floor = min(2 * grain, least)
    levels = np.clip((ink - floor) / max(full - floor, 1e-6), 0, 1) * 255
    # The soft edge of the pen stays.
    near = cv2.dilate(kept.astype(np.uint8), _AROUND) > 0
    return cast(Glyph, np.where(near, levels, 0).astype(np.uint8))


def without_specks(ink: Glyph, *, whole_page: bool) -> Glyph:
    """Ink uint8 (H, W) on 0 without dirt; something always remains.

    With `whole_page` false, what the picture's edge cuts off goes as well, where other ink remains:
    the edge of the paper, or what lies on the desk.
    """
    touched = is_ink(ink).astype(np.uint8)
    pieces = _pieces(touched, 1)
    height = int(pieces[1][1:, cv2.CC_STAT_HEIGHT].max())
    labels, stats = _pieces(touched, round(_JOINS * height))
    left, top, width, tall = stats[1:, :4].T
    kept = np.maximum(width, tall) >= SPECK * int(tall.max())
    if not whole_page:
        inside = (left > 0) & (top > 0)
        inside &= (left + width < ink.shape[1]) & (top + tall < ink.shape[0])
        if (kept & inside).any():
            own = kept & inside
            kept = own & (np.maximum(width, tall) >= SPECK * int(tall[own].max()))
    if kept.all():
        return ink
    dropped = np.concatenate([[False], ~kept])[labels].astype(np.uint8)
    gone = cv2.dilate(dropped, np.ones((5, 5), np.uint8)) > 0
    others = np.concatenate([[False], kept])[labels]
    return cast(Glyph, np.where(gone & ~others, 0, ink).astype(np.uint8))


def _border(grey: NDArray[_Level]) -> NDArray[_Level]:
    return np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])


def _light(grey: Glyph) -> tuple[Shares, bool]:
    """The paper's level at each pixel, float32 (H, W), and whether ink is darker than it.

    Of a picture with light ink this is the level of the negative.
    """
    scale = min(1.0, _COARSE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    coarse = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    coarse = cv2.medianBlur(coarse, 3)
    shorter = min(coarse.shape)
    around = cv2.medianBlur(coarse, _odd(min(_PAPER_LOOK * shorter, 255)))
    residual = coarse.astype(np.int16) - around
    dark_ink = int(residual.max()) <= -int(residual.min())
    paper = coarse if dark_ink else 255 - coarse
    side = _odd(WIDEST_PEN * shorter)
    # Beyond its edge the picture goes on as it ends: light that falls off stays light.
    padded = cv2.copyMakeBorder(paper, side, side, side, side, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    closed = closed[side:-side, side:-side].astype(np.float32)
    if scale < 1:  # a sharp edge of a shadow is soft now: better too dark beside it than ink there
        closed = cv2.erode(closed, _AROUND)
        closed = cv2.resize(closed, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cast(Shares, closed), dark_ink


def _grain(ink: Shares) -> tuple[float, Shares]:
    """The deviation of the paper's grain, and the ink above the paper's own level."""
    level = float(np.median(ink))
    return 1.4826 * float(np.median(np.abs(ink - level))), ink - level


def _joined_to(strong: NDArray[np.bool_], weak: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The weak pixels in pieces that hold a strong one (Canny's hysteresis)."""
    count, labels = cv2.connectedComponents((weak | strong).astype(np.uint8), connectivity=8)
    holds = np.bincount(labels[strong], minlength=count) > 0
    holds[0] = False
    return cast(NDArray[np.bool_], holds[labels])


def _pieces(touched: Glyph, reach: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Connected pieces, gaps of `reach` px no gaps: labels (H, W), and OpenCV's statistics."""
    if reach > 1:
        touched = cast(Glyph, cv2.dilate(touched, np.ones((reach, reach), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(touched, connectivity=8)
    return cast(NDArray[np.int32], labels), cast(NDArray[np.int32], stats)


def _odd(length: float) -> int:
    """The odd whole number near a length, at least 3."""
    return max(3, 2 * int(length / 2) + 1)
