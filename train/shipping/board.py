"""What `--log-dir` writes for TensorBoard: a training's curves, pictures and parameters.

Each training has a folder of its own, DIR/step/date-time. Whoever has something to show shows it
here, wherever a training stands; where nothing was asked for, that does nothing and loads nothing.
"""

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from torch.utils.tensorboard import SummaryWriter

_ROW = 10  # small pictures in a row of a sheet, and rows
_KINDS = ("loss", "accuracy")  # curves that share a chart

_board: ContextVar["SummaryWriter | None"] = ContextVar("board", default=None)


@contextlib.contextmanager
def opened(folder: Path | None, step: str) -> Iterator[None]:
    """What is shown inside goes to a new folder under `folder`/step; to nowhere where it is None.

    Raises ValueError, with a sentence, where TensorBoard is not installed.
    """
    if folder is None:
        yield
        return
    try:
        from torch.utils.tensorboard import SummaryWriter  # heavy, and seldom asked for
    except ImportError as error:
        raise ValueError(
            "--log-dir needs TensorBoard; install it (pip install tensorboard) or leave it out."
        ) from error
    place = _new_folder(folder / step)
    with SummaryWriter(str(place)) as writer:
        before = _board.set(writer)
        try:
            yield
        finally:
            _board.reset(before)


def _new_folder(parent: Path) -> Path:
    """A folder named after this second; with a number behind it where that is taken."""
    now = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    count = 1
    while True:
        place = parent / (now if count == 1 else f"{now}-{count}")
        try:
            place.mkdir(parents=True)
            return place
        except FileExistsError:
            count += 1


def show_epoch(number: int, figures: Mapping[str, float]) -> None:
    """Show an epoch's figures, named as in `train.fitting.history`."""
    writer = _board.get()
    if writer is not None:
        for name, value in figures.items():
            writer.add_scalar(_tag(name), value, number)
        writer.flush()  # whoever looks on wants to see every epoch


def _tag(name: str) -> str:
    """Such as "loss/training" for training_loss: what shares a chart has its first part alike."""
    for kind in _KINDS:
        if name.endswith(f"_{kind}"):
            return f"{kind}/{name.removesuffix(f'_{kind}')}"
    return f"more/{name}"


def shows_pictures() -> bool:
    """Whether pictures would be seen: making them may cost something."""
    return _board.get() is not None


def show_glyphs(title: str, glyphs: NDArray[np.uint8]) -> None:
    """Show up to a hundred pictures uint8 (N, H, W), spread over all, on one sheet."""
    writer = _board.get()
    if writer is None or not len(glyphs):
        return
    count = min(_ROW * _ROW, len(glyphs))
    some = glyphs[np.linspace(0, len(glyphs) - 1, count).astype(np.int64)]
    rows = -(-count // _ROW)
    height, width = some.shape[1:]
    sheet = np.zeros((rows * _ROW, height, width), np.uint8)
    sheet[:count] = some
    tiled = sheet.reshape(rows, _ROW, height, width).swapaxes(1, 2)
    writer.add_image(title, tiled.reshape(rows * height, -1), dataformats="HW")


def show_files(folder: Path) -> None:
    """Show every PNG of a folder, by its name."""
    writer = _board.get()
    if writer is not None:
        for path in sorted(folder.glob("*.png")):
            picture = cv2.imread(str(path))
            if picture is not None:
                writer.add_image(path.stem, picture[:, :, ::-1], dataformats="HWC")


def show_result(recipe: "DataclassInstance", seed: int, metrics: Mapping[str, Any]) -> None:
    """Show what decided a training and what came of it, in TensorBoard's table of parameters."""
    writer = _board.get()
    if writer is None:
        return
    parameters = flat(dataclasses.asdict(recipe)) | {"seed": seed}
    found = flat(metrics)
    words = {name: value for name, value in found.items() if isinstance(value, str)}
    numbers = {
        f"result/{name}": float(value)
        for name, value in found.items()
        if isinstance(value, int | float) and name != "seed"
    }
    writer.add_hparams(parameters | words, numbers, run_name=".")  # into this very folder


def flat(values: Mapping[str, Any]) -> dict[str, bool | int | float | str]:
    """Numbers and words by name; what is inside another as "outer.inner", what is None left out."""
    found: dict[str, bool | int | float | str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{inner}": of for inner, of in flat(value).items()}
        elif isinstance(value, Path):
            found[name] = value.name  # where it lies is nobody's business
        elif isinstance(value, bool | int | float | str):
            found[name] = value
        elif value is not None:
            found[name] = str(value)
    return found
