"""Models kept as plain arrays: an .npz file, read without pickle, every array checked."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.store import MOST_BYTES, ModelEntry

# The lengths of an array's dimensions: a number, or a name that stands for the same length in all.
Shape = tuple[int | str, ...]


def load_arrays(
    entry: ModelEntry, shapes: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None
) -> dict[str, NDArray[Any]]:
    """The arrays of a model file; `shapes` names those that must be there, with their shapes.

    Those of `optional` are left out where the file has none: older models lack them. All hold
    finite numbers. Raises RecognizerError where the file is altered or holds something else.
    """
    content = entry.read()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_BYTES:
                raise ValueError("it is far too large")
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            known = {name: of for name, of in (optional or {}).items() if name in file}
            arrays = {name: file[name] for name in (*shapes, *known)}
        _check({**shapes, **known}, arrays)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, MemoryError) as error:
        raise entry.unusable(str(error)) from error
    return arrays


def _check(shapes: Mapping[str, Shape], arrays: Mapping[str, NDArray[Any]]) -> None:
    lengths: dict[str, int] = {}
    for name, shape in shapes.items():
        array = arrays[name]
        if array.ndim != len(shape):
            raise ValueError(f"{name} has {array.ndim} dimensions, not {len(shape)}")
        if array.dtype.kind not in "iuf":
            raise ValueError(f"{name} holds no numbers")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} holds numbers that are not finite")
        for length, wanted in zip(array.shape, shape, strict=True):
            known = lengths.setdefault(wanted, length) if isinstance(wanted, str) else wanted
            if length != known or length == 0:
                raise ValueError(f"{name} has the shape {array.shape}")
