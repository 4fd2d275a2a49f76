"""The shipped weights as torch has them: read back out of the ONNX files, layer by layer.

The export folds batch normalisation into the convolutions. Here it is unfolded again, so that the
network is the one that a training leaves behind: the convolution's weights as they are, and a
normalisation that does nothing but add what it would have added.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import yaml
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from recognizer.store import ModelStore
from tests.bench.contest import BenchError
from train import cnn
from train.fitting import detector

Arrays = Mapping[str, NDArray[Any]]


def arrays_of(backend: str) -> dict[str, NDArray[Any]]:
    """The arrays of a shipped ONNX model, by their names."""
    content = ModelStore().entry(backend).read()
    graph = onnx.load_from_string(content).graph
    return {array.name: numpy_helper.to_array(array) for array in graph.initializer}


def unfold(network: nn.Module, arrays: Arrays, prefix: str) -> None:
    """Give a network the weights of an export of it; `prefix` stands before its layers' names.

    Raises BenchError where a layer has no weights of its shape there.
    """
    bias: NDArray[Any] | None = None
    with torch.no_grad():
        for name, layer in network.named_modules():
            if isinstance(layer, nn.Conv2d) and f"{prefix}{name}.weight" in arrays:
                _set(layer.weight, arrays, f"{prefix}{name}.weight")
                bias = arrays.get(f"{prefix}{name}.weight_bias")
                if layer.bias is not None:
                    _set(layer.bias, arrays, f"{prefix}{name}.bias")
            elif isinstance(layer, nn.BatchNorm2d):
                if bias is None:
                    raise BenchError(f"The export has no bias for the normalisation {name}.")
                layer.reset_parameters()
                layer.bias.copy_(torch.from_numpy(np.array(bias)))
                assert layer.running_var is not None
                layer.running_var.fill_(1 - layer.eps)  # divides by exactly one
                bias = None


def _set(parameter: torch.Tensor, arrays: Arrays, name: str) -> None:
    array = arrays[name]
    if tuple(parameter.shape) != array.shape:
        raise BenchError(f"{name} has the shape {array.shape}, its layer {tuple(parameter.shape)}.")
    parameter.copy_(torch.from_numpy(np.array(array)))


def eager_cnn() -> nn.Module:
    """The shipped CNN: ink in 0..1, float (N, 1, 28, 28), to logits (N, 11)."""
    arrays = arrays_of("cnn")
    widths = [arrays[f"body.{place}.0.weight"].shape[0] for place in (0, 2, 4)]
    network = cnn.Network((widths[0], widths[1], widths[2]))
    unfold(network, arrays, "body.")
    last = network[-1]
    assert isinstance(last, nn.Linear)
    with torch.no_grad():
        _set(last.weight, arrays, "last.weight")
        _set(last.bias, arrays, "last.bias")
    return network


def yolo_checkpoint(path: Path) -> Path:
    """Write the shipped YOLO as ultralytics keeps a model, for its own `predict`."""
    arrays = arrays_of("yolo")
    layout = _layout(arrays, "network.model.")
    detector.import_ultralytics()
    from ultralytics.nn.tasks import DetectionModel

    network: Any = DetectionModel(layout, ch=1, nc=10, verbose=False)
    network.names = {digit: str(digit) for digit in range(10)}
    unfold(network, arrays, "network.")
    torch.save({"model": network.eval(), "train_args": {"task": "detect"}}, path)
    return path


def _layout(arrays: Arrays, prefix: str) -> dict[str, Any]:
    """The recipe's layout with the widths of the file: an older one may have had others."""
    layout: dict[str, Any] = copy.deepcopy(yaml.safe_load(detector.LAYOUT))
    for place, layer in enumerate([*layout["backbone"], *layout["head"]]):
        for part in ("conv", "cv2.conv"):
            if (weight := arrays.get(f"{prefix}{place}.{part}.weight")) is not None:
                layer[3][0] = weight.shape[0]
    return layout
