"""The YOLO network: its layout, its loss, and what ultralytics must not do beside them.

The layout, the loss, the metrics and the suppression of doubles are called from ultralytics
(AGPL-3.0, https://github.com/ultralytics/ultralytics), which is needed for training only. Its
trainer is not used: `train.yolo` trains as the other steps do, on pages that are new each epoch,
and needs neither picture files nor settings, checkpoints and caches on the disk.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
import yaml  # type: ignore[import-untyped]  # comes with ultralytics, without stubs
from numpy.typing import NDArray
from torch import Tensor, nn

from recognizer.backends.yolo import CELL
from train.forms.pages import Page

Picture = NDArray[np.uint8]
Cells = tuple[NDArray[np.float32], NDArray[np.float32]]  # sides and scores of every cell

# One level of 8x8 px cells: a page's digits are all of a size, and two ones stand 9 px apart.
# The coarser level gives the cells their surroundings. Each line: from, repeats, module, arguments.
LAYOUT = """
nc: 10
reg_max: 12  # a side lies up to 11 cells, 88 px, from the cell's centre; the page is 64 px high
backbone:
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, Conv, [48, 3, 2]]
  - [-1, 1, C2f, [48, True]]
  - [-1, 1, Conv, [96, 3, 2]]
  - [-1, 2, C2f, [96, True]]  # 4, cells of 8 px
  - [-1, 1, Conv, [160, 3, 2]]
  - [-1, 2, C2f, [160, True]]
  - [-1, 1, SPPF, [160, 5]]  # 7, cells of 16 px
head:
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 4], 1, Concat, [1]]
  - [-1, 2, C2f, [96]]
  - [[10], 1, Detect, [nc]]
"""

# Of the parts of the loss. Digits are found easily and boxed well; telling them apart takes long.
_GAINS = {"box": 7.5, "cls": 2.0, "dfl": 1.5}

# Training takes every box so much larger on each side. The loss asks of a cell a score as high as
# its box overlaps the true one, and the box of a bare one is as thin as the pen: half a pixel off
# would be a bad box, and ones would be learned as unsure.
PADDING = 3.0  # px


def import_ultralytics() -> Any:
    """Import ultralytics so that it asks no server and leaves nothing in the user's folders."""
    global _settings_folder
    if _settings_folder is None:
        # It writes its settings while it is imported; the folder goes with this process.
        _settings_folder = tempfile.TemporaryDirectory(prefix="digit-dash-yolo-")
        os.environ["YOLO_CONFIG_DIR"] = _settings_folder.name
        os.environ["YOLO_OFFLINE"] = "true"
        os.environ["YOLO_VERBOSE"] = "false"
    import ultralytics

    import recognizer.runtime  # noqa: F401  ultralytics may load ONNX Runtime: silenced before

    settings: Any = ultralytics.settings
    settings.update({"sync": False})  # no telemetry
    return ultralytics


_settings_folder: tempfile.TemporaryDirectory[str] | None = None


def build() -> nn.Module:
    """A new network with random weights: pages in 0..1, float (N, 1, 64, W), in.

    In training it gives ultralytics' dictionary of raw predictions, else its (decoded, raw) pair.
    """
    import_ultralytics()
    from ultralytics.cfg import get_cfg
    from ultralytics.nn.tasks import DetectionModel

    make: Any = DetectionModel  # ultralytics states no types
    network = make(yaml.safe_load(LAYOUT), ch=1, nc=10, verbose=False)
    network.args = get_cfg(overrides=_GAINS)
    network.names = {digit: str(digit) for digit in range(10)}
    strides = network.stride.tolist()
    if strides != [CELL]:
        raise RuntimeError(f"The network's cells are {strides} px large, the reader's {CELL}.")
    built: nn.Module = network
    return built


class Loss:
    """ultralytics' loss of a network's predictions: boxes, classes and the boxes' distributions."""

    def __init__(self, network: nn.Module) -> None:
        from ultralytics.utils.loss import v8DetectionLoss

        self._criterion = v8DetectionLoss(network)

    def __call__(self, predictions: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
        """The loss (3,) of boxes, classes and distributions: means over the pages, not sums."""
        # Sums of thousands of cells need float32, whatever the network calculated with.
        whole: dict[str, Any] = {name: predictions[name].float() for name in ("boxes", "scores")}
        whole["feats"] = [feature.detach().float() for feature in predictions["feats"]]
        loss, _ = self._criterion(whole, batch)
        mean: Tensor = loss / len(batch["img"])
        return mean


class PagesToCells(nn.Module):
    """The network with the shipped model's interface, without the training's own outputs.

    Pages uint8 (N, 64, W) in; for each cell, row by row, the distances in px from its centre to a
    digit's left, top, right and bottom side, float (N, cells, 4), and the ten digits' scores in
    0..1, float (N, cells, 10), out.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self._steps: int = self._head().reg_max
        self.eval()

    def train(self, mode: bool = True) -> "PagesToCells":
        super().train(mode)
        # A head in training gives its raw predictions alone; its layers are not in training.
        self._head().training = True
        return self

    def _head(self) -> Any:
        layers: Any = self.network.model
        return layers[-1]

    def forward(self, pages: Tensor) -> tuple[Tensor, Tensor]:
        raw = self.network(pages.unsqueeze(1).float() / 255)
        count, _, cells = raw["boxes"].shape
        # The mean of each side's distribution over 0..reg_max - 1 cells.
        shares = raw["boxes"].view(count, 4, self._steps, cells).softmax(2)
        steps = torch.arange(self._steps, dtype=shares.dtype, device=shares.device)
        distances = (shares * steps.view(1, 1, -1, 1)).sum(2) * CELL - PADDING
        return distances.transpose(1, 2), raw["scores"].sigmoid().transpose(1, 2)


def loss_batch(chosen: Sequence[Page], device: torch.device) -> dict[str, torch.Tensor]:
    """Pages of one width for ultralytics' loss: padded boxes by their middle, in shares."""
    pixels = np.stack([page.pixels for page in chosen])
    height, width = pixels.shape[1:]
    boxes = np.concatenate([page.boxes for page in chosen])
    low, high = boxes[:, :2] - PADDING, boxes[:, 2:] + PADDING
    middles = np.hstack([(low + high) / 2, high - low]) / (width, height, width, height)
    counts = [len(page.labels) for page in chosen]
    image = torch.from_numpy(pixels).to(device).float().div_(255).unsqueeze(1)
    return {
        "img": image.contiguous(memory_format=torch.channels_last),
        "bboxes": torch.from_numpy(middles.astype(np.float32)).to(device),
        "cls": torch.from_numpy(np.concatenate([page.labels for page in chosen])).to(device),
        "batch_idx": torch.from_numpy(np.repeat(np.arange(len(chosen)), counts)).to(device),
    }


def cells_of(network: nn.Module, device: torch.device) -> Callable[[Picture], Cells]:
    """A network as a function from pages to cells."""
    cells = PagesToCells(network)

    @torch.no_grad()
    def run(stack: Picture) -> Cells:
        sides, scores = cells(torch.from_numpy(stack).to(device))
        return sides.float().cpu().numpy(), scores.float().cpu().numpy()

    return run
