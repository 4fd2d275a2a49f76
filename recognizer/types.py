"""The arrays and boxes that go through the reader, by name. Nothing but numpy is loaded here."""

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]  # (N, 2) or (N, 3): x right, y down, and seconds where known
Box = tuple[float, float, float, float]  # x0, y0, x1, y1
Glyph = NDArray[np.uint8]  # (28, 28), ink 255 on 0, or (N, 28, 28); and any grey picture
Scores = NDArray[np.float32]  # (10,) or (11,), or a row each; the eleventh is "not a digit"
