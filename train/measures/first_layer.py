"""What a convolutional network's first layer answers to a glyph, by its shipped file alone.

The file gives logits and features; a further output is put on it here, at what the first
convolution and its ReLU hand on.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from recognizer.runtime import onnxruntime
from recognizer.types import Glyph

_FOLLOWING = ("BatchNormalization", "Relu")  # what still belongs to the first layer


def first_responses(path: Path, glyphs: Glyph) -> NDArray[np.float32] | None:
    """The first layer's answers float32 (N, C, H, W) to glyphs uint8 (N, 28, 28).

    None for a model whose first layer is no convolution, or that takes something else than glyphs.
    """
    model = onnx.load(path)
    name = _end_of_first(model.graph)
    if name is None or [taken.name for taken in model.graph.input] != ["glyphs"]:
        return None
    if name not in [given.name for given in model.graph.output]:
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (responses,) = session.run([name], {"glyphs": glyphs})
    return np.asarray(responses, np.float32)


def _end_of_first(graph: onnx.GraphProto) -> str | None:
    """The name of what the first layer hands on, where it is a convolution."""
    layers = [node for node in graph.node if node.op_type in ("Conv", "Gemm", "MatMul")]
    if not layers or layers[0].op_type != "Conv":
        return None
    name = str(layers[0].output[0])
    while True:
        takers = [node for node in graph.node if name in node.input]
        if len(takers) != 1 or takers[0].op_type not in _FOLLOWING:
            return name
        name = str(takers[0].output[0])
