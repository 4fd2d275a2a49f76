"""Models kept as plain arrays: an .npz file, read without pickle."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import RecognizerError
from recognizer.store import ModelEntry


def load_arrays(
    entry: ModelEntry, shapes: Mapping[str, int], optional: Mapping[str, int] | None = None
) -> dict[str, NDArray[Any]]:
    """The arrays of a model file; `shapes` names those that must be there and their dimensions.

    Those of `optional` are left out where the file has none: older models lack them. Raises
    RecognizerError where the file is altered or holds something else.
    """
    content = entry.read()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            known = {name: of for name, of in (optional or {}).items() if name in file}
            arrays = {name: file[name] for name in (*shapes, *known)}
        for name, dimensions in {**shapes, **known}.items():
            if arrays[name].ndim != dimensions:
                raise ValueError(f"{name} has {arrays[name].ndim} dimensions, not {dimensions}")
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise RecognizerError(
            f"The model file {entry.path} does not hold a model of this version of Digit Dash "
            f"({error}); make it anew with: {entry.made_by} --install"
        ) from error
    return arrays
