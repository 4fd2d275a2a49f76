"""The file of a picture, PNG or JPEG, to its grey levels; its size is known before it is decoded.

A picture may be coloured, transparent, or of sixteen bits: what is looked at is ink and paper. The
sizes stand in PNG's first chunk (ISO/IEC 15948) and in JPEG's frame header (ITU-T T.81, B.2.2).
"""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.picture import check_size
from recognizer.types import Glyph

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG's markers of frame headers
_BARE = {0x01, *range(0xD0, 0xD8)}  # its markers without a length

_MORE_CONTRAST = 1.5  # times that of the brightness, from which one colour is looked at alone
_INK_SHARE = 0.005  # of a picture: the least that its ink covers
_SHEET = 0.5  # of a picture: if more is opaque, its paper is

Levels = NDArray[np.uint8]  # (H, W, channels)


def is_picture(content: bytes) -> bool:
    """Whether a file's content begins as a PNG or a JPEG picture does."""
    return content.startswith((_PNG, _JPEG))


def grey_picture(content: bytes) -> Glyph:
    """The grey levels uint8 (H, W) of a PNG or JPEG picture.

    Coloured ink is looked at in the colour that tells it from the paper; what is transparent
    becomes paper. Raises ValueError, with a sentence, for a picture that is too large, and without
    decoding it, or damaged.
    """
    size = _png_size(content) if content.startswith(_PNG) else _jpeg_size(content)
    if size is None:
        raise ValueError("The picture is damaged: it does not say how large it is.")
    check_size(*size)
    # JPEG's notes say how the camera was held; that is heeded only where colours are asked for.
    how = cv2.IMREAD_UNCHANGED if content.startswith(_PNG) else cv2.IMREAD_COLOR
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), how)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.size == 0:
        raise ValueError("The picture is damaged and cannot be decoded.")
    levels = (decoded // 257 if decoded.dtype == np.uint16 else decoded).astype(np.uint8)
    return _flattened(levels.reshape(*levels.shape[:2], -1))


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    return height, width


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[n : n + 2], "big") for n in (at + 5, at + 7))
            return height, width
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _flattened(levels: Levels) -> Glyph:
    """One level a pixel, of 1 channel, 3 (blue, green, red) or 4 (with what is opaque)."""
    colours = levels[:, :, :3]
    if levels.shape[2] < 3:
        grey = colours[:, :, 0]
    else:
        grey = _most_telling(colours, levels[:, :, 3] if levels.shape[2] == 4 else None)
    return _on_paper(grey, levels[:, :, 3]) if levels.shape[2] == 4 else np.ascontiguousarray(grey)


def _most_telling(colours: Levels, opaque: Glyph | None) -> Glyph:
    """The brightness, or the one colour in which ink stands out far more."""
    brightness = cast(Glyph, cv2.cvtColor(np.ascontiguousarray(colours), cv2.COLOR_BGR2GRAY))
    best, most = brightness, _MORE_CONTRAST * max(_contrast(brightness, opaque), 1.0)
    for channel in range(3):
        contrast = _contrast(colours[:, :, channel], opaque)
        if contrast > most:
            best, most = colours[:, :, channel], contrast
    return best


def _contrast(grey: Glyph, opaque: Glyph | None) -> float:
    """How far the ink lies from what is commonest."""
    seen = grey if opaque is None or not (opaque > 127).any() else grey[opaque > 127]
    far = np.abs(seen.astype(np.int16) - int(np.median(seen)))
    return float(np.quantile(far, 1 - _INK_SHARE))


def _on_paper(grey: Glyph, opaque: Glyph) -> Glyph:
    """The picture on paper: like its own, or else white under dark ink and black under light."""
    solid = opaque > 127
    if not solid.any():
        return np.zeros_like(grey)
    typical = float(np.median(grey[solid]))
    paper = typical if float(solid.mean()) > _SHEET else 255.0 if typical < 128 else 0.0
    share = opaque.astype(np.float32) / 255
    return np.rint(grey * share + paper * (1 - share)).astype(np.uint8)
