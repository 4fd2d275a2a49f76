"""How well pages were read: ultralytics' detection metrics, and whole numbers read exactly."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from recognizer.backends.yolo import SURE, Detections, decode, suppress
from train.fitting.detector import import_ultralytics
from train.forms.pages import Page

# Sides (N, cells, 4) and scores (N, cells, 10), as `recognizer.backends.yolo.decode` takes
# them.
Cells = tuple[NDArray[np.float32], NDArray[np.float32]]
Network = Callable[[NDArray[np.uint8]], Cells]  # pages uint8 (N, 64, W) to their cells

_BATCH_COLUMNS = 64 * 192  # px of width in one batch of pages
# As ultralytics validates: all that is at all likely, doubles by class.
_LEAST_SCORE = 0.001
_OVERLAP = 0.7


@dataclass(frozen=True)
class Scores:
    """Figures of a set of pages, shares of 1; `per_class` holds AP50 and AP50-95 of each digit."""

    map50: float
    map50_95: float
    exact: float
    per_class: dict[str, tuple[float, float]]
    pages: int

    def as_dict(self, name: str) -> dict[str, float]:
        """The main figures for a manifest."""
        return {
            f"{name}_map50": round(self.map50, 5),
            f"{name}_map50_95": round(self.map50_95, 5),
            f"{name}_exact": round(self.exact, 5),
        }


def batches(
    pages: Sequence[Page], columns: int, random: np.random.Generator | None = None
) -> Iterator[NDArray[np.int64]]:
    """Row numbers of pages of one width, together about `columns` px wide; all rows once.

    With `random` in random order, else in that of the widths.
    """
    widths = np.array([page.pixels.shape[1] for page in pages])
    parts: list[NDArray[np.int64]] = []
    for width in np.unique(widths):
        rows = np.flatnonzero(widths == width)
        if random is not None:
            rows = random.permutation(rows)
        size = max(1, round(columns / width))
        parts += [rows[start : start + size] for start in range(0, len(rows), size)]
    order = range(len(parts)) if random is None else random.permutation(len(parts)).tolist()
    for index in order:
        yield parts[index]


def find(network: Network, pages: Sequence[Page]) -> list[Detections]:
    """Every page's cells, decoded by the reader's own code."""
    found: list[Detections | None] = [None] * len(pages)
    for rows in batches(pages, _BATCH_COLUMNS):
        stack = np.stack([pages[row].pixels for row in rows])
        sides, scores = network(stack)
        for row, own_sides, own_scores in zip(rows.tolist(), sides, scores, strict=True):
            found[row] = decode(own_sides, own_scores, stack.shape[2])
    return [one for one in found if one is not None]


def score(found: Sequence[Detections], pages: Sequence[Page], curves: Path | None = None) -> Scores:
    """The figures of what was found on pages; `curves` is a folder for the PR and F1 curves."""
    import_ultralytics()
    from ultralytics.utils.metrics import DetMetrics

    metrics = DetMetrics(names={digit: str(digit) for digit in range(10)})
    for number, (one, page) in enumerate(zip(found, pages, strict=True)):
        metrics.update_stats(_statistics(one, page) | {"im_name": str(number)})
    metrics.process(save_dir=curves or Path(), plot=curves is not None)
    per_class = {
        metrics.names[digit]: (float(metrics.box.ap50[row]), float(metrics.box.ap[row]))
        for row, digit in enumerate(metrics.ap_class_index)
    }
    exact = np.mean([text(one) == page.text for one, page in zip(found, pages, strict=True)])
    return Scores(
        float(metrics.box.map50), float(metrics.box.map), float(exact), per_class, len(pages)
    )


def text(found: Detections) -> str:
    """The number on a page, as the reader would read it, strays aside."""
    digits = suppress(found, SURE)
    order = np.argsort(digits.boxes[:, 0] + digits.boxes[:, 2], kind="stable")
    return "".join(str(value) for value in digits.scores[order].argmax(axis=1).tolist())


def raw_predictions(found: Detections) -> Tensor:
    """The cells of one page as ultralytics' heads give them: (1, 14, cells), boxes by middle."""
    low, high = found.boxes[:, :2], found.boxes[:, 2:]
    cells = np.hstack([(low + high) / 2, high - low, found.scores])
    return torch.from_numpy(np.ascontiguousarray(cells.T, np.float32))[None]


def _statistics(found: Detections, page: Page) -> dict[str, Any]:
    """What ultralytics' metrics count of one page."""
    from ultralytics.utils import nms
    from ultralytics.utils.metrics import box_iou

    kept = nms.non_max_suppression(
        raw_predictions(found), _LEAST_SCORE, _OVERLAP, multi_label=True, max_det=100
    )[0]
    thresholds = np.linspace(0.5, 0.95, 10)
    right = np.zeros((len(kept), len(thresholds)), bool)
    if len(kept) and len(page.labels):
        overlaps = box_iou(torch.from_numpy(page.boxes), kept[:, :4]).numpy()
        same = page.labels[:, None] == kept[:, 5].numpy()[None]
        right = _matches(overlaps * same, thresholds)
    return {
        "tp": right,
        "conf": kept[:, 4].numpy(),
        "pred_cls": kept[:, 5].numpy(),
        "target_cls": page.labels.astype(np.float32),
        "target_img": np.unique(page.labels).astype(np.float32),
    }


def _matches(overlaps: NDArray[np.float32], thresholds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which predictions (columns) match a digit (rows) at each threshold: best overlap first."""
    right = np.zeros((overlaps.shape[1], len(thresholds)), bool)
    digits, predictions = np.nonzero(overlaps >= thresholds[0])
    order = np.argsort(-overlaps[digits, predictions], kind="stable")
    for column, threshold in enumerate(thresholds):
        taken: set[int] = set()
        for digit, prediction in zip(digits[order], predictions[order], strict=True):
            if overlaps[digit, prediction] < threshold:
                break
            if digit not in taken and not right[prediction, column]:
                taken.add(digit)
                right[prediction, column] = True
    return right
