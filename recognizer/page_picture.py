"""Pictures of handwriting to the page that a detector reads, at the scale of a page of strokes."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.page import PAGE_HEIGHT, Page, Pixels, place
from recognizer.picture import ink_of_picture, is_ink


def page_from_picture(grey: NDArray[np.uint8]) -> Page | None:
    """The page of a picture uint8 (H, W), ink light on dark or dark on light; None without ink.

    The placement leads back to the picture's pixels. Raises ValueError for anything but a grey
    picture.
    """
    light = ink_of_picture(grey)
    if light is None:
        return None
    contrast = int(light.max())
    touched = is_ink(light)
    columns, rows = np.flatnonzero(touched.any(axis=0)), np.flatnonzero(touched.any(axis=1))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    placement = place((x0, y0, x1, y1), 0.0)
    cut = light[y0:y1, x0:x1].astype(np.float32) * (255 / contrast)
    if placement.scale < 1:  # many pixels become one: their mean, not one of them
        size = (
            max(1, round(cut.shape[1] * placement.scale)),
            max(1, round(cut.shape[0] * placement.scale)),
        )
        cut = cast(NDArray[np.float32], cv2.resize(cut, size, interpolation=cv2.INTER_AREA))
    scale_x = (x1 - x0) * placement.scale / cut.shape[1]
    scale_y = (y1 - y0) * placement.scale / cut.shape[0]
    # Half a pixel: OpenCV counts from the middle of the first pixel, a placement from its edge.
    frame = np.array(
        [
            [scale_x, 0, x0 * placement.scale + placement.offset[0] + (scale_x - 1) / 2],
            [0, scale_y, y0 * placement.scale + placement.offset[1] + (scale_y - 1) / 2],
        ]
    )
    size = (placement.width, PAGE_HEIGHT)
    moved = cv2.warpAffine(cut, frame, size, flags=cv2.INTER_LINEAR)
    return Page(cast(Pixels, np.clip(np.rint(moved), 0, 255).astype(np.uint8)), placement)
