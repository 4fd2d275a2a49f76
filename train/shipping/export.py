"""From trained networks to shipped models: ONNX export and parity check."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from recognizer import ink
from recognizer.runtime import onnxruntime
from recognizer.store import BackendInfo
from recognizer.types import Glyph
from train.forms.digits import draw_digit
from train.shipping.install import Model

OPSET = 18
PARITY = 1e-4  # largest difference between an original's probabilities and the shipped form's
PARITY_SAMPLES = 1_000


class _Shipped(nn.Module):
    """A network with the shipped models' interface: glyphs uint8 (N, 28, 28) in.

    Out come the logits and the features: what the last layer sees, flat, float (N, F).
    """

    def __init__(self, network: nn.Sequential) -> None:
        super().__init__()
        *body, self.last = network.children()
        self.body = nn.Sequential(*body)

    def forward(self, glyphs: Tensor) -> tuple[Tensor, Tensor]:
        features = self.body(glyphs.unsqueeze(1).float() / 255)
        return self.last(features), features


def export_classifier(
    network: nn.Sequential,
    path: Path,
    *,
    name: str,
    info: BackendInfo,
    made_by: str,
    data: list[str],
    metrics: dict[str, Any],
) -> Model:
    """Write a network as ONNX, check that it decides as the network does, and describe it.

    Raises RuntimeError where the exported model decides otherwise on one of `PARITY_SAMPLES` drawn
    digits, or its probabilities differ by more than `PARITY`.
    """
    wrapped = _Shipped(network.cpu().float().eval()).eval()
    write_onnx(
        wrapped,
        path,
        example=torch.zeros((2, 28, 28), dtype=torch.uint8),
        inputs="glyphs",
        outputs=["logits", "features"],
        sizes={0: torch.export.Dim("count")},
    )
    glyphs = _drawn_glyphs(PARITY_SAMPLES)
    with torch.no_grad():
        expected = wrapped(torch.from_numpy(glyphs))[0].softmax(1).numpy()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    logits = torch.from_numpy(session.run(["logits"], {"glyphs": glyphs})[0])
    same = parity(expected, logits.softmax(1).numpy(), name)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    size = {"opset": OPSET, "parameters": parameters}
    return _described(name, path, info, made_by, size, data, metrics | {"parity": same})


def write_onnx(
    network: nn.Module,
    path: Path,
    *,
    example: Tensor,
    inputs: str,
    outputs: list[str],
    sizes: dict[int, Any],
) -> None:
    """Write a network of one input as ONNX, without notes of this machine.

    `sizes` names the dimensions of the input that may differ from the example's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    program = torch.onnx.export(
        network,
        (example,),
        input_names=[inputs],
        output_names=outputs,
        dynamic_shapes={inputs: sizes},
        opset_version=OPSET,
        dynamo=True,
        optimize=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch gave no ONNX program.")
    proto = program.model_proto
    del proto.metadata_props[:]
    for node in proto.graph.node:  # the exporter's notes name files of this machine
        del node.metadata_props[:]
        node.doc_string = ""
    onnx.checker.check_model(proto)
    path.write_bytes(proto.SerializeToString())


def _drawn_glyphs(count: int) -> Glyph:
    """Digits of all forms as the models see them, uint8 (count, 28, 28); always the same ones."""
    random = np.random.default_rng(0)
    labels = np.arange(count) % 10
    return np.stack([ink.glyph(draw_digit(int(label), random)) for label in labels])


def export_arrays(
    arrays: Mapping[str, NDArray[Any]],
    path: Path,
    *,
    name: str,
    info: BackendInfo,
    made_by: str,
    parameters: int,
    data: list[str],
    metrics: dict[str, Any],
) -> Model:
    """Write a model that is plain arrays as .npz, which is read without pickle, and describe it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return _described(name, path, info, made_by, {"parameters": parameters}, data, metrics)


def _described(
    name: str,
    path: Path,
    info: BackendInfo,
    made_by: str,
    size: dict[str, int],
    data: list[str],
    metrics: dict[str, Any],
) -> Model:
    """The finished file with its card beside it."""
    origin = {"made_by": made_by, "licence": "MIT"}
    card = asdict(info) | origin | size | {"data": data, "metrics": metrics}
    return Model(name, path, card).write_card()


def parity(
    expected: NDArray[np.floating], found: NDArray[np.floating], name: str
) -> dict[str, float]:
    """How the shipped form's probabilities (N, classes) compare with the original's.

    Raises RuntimeError where a decision differs or a probability by more than `PARITY`.
    """
    other = int((expected.argmax(axis=1) != found.argmax(axis=1)).sum())
    difference = float(np.abs(expected - found).max())
    if other or difference > PARITY:
        raise RuntimeError(
            f"The export of {name} decides otherwise on {other} of {len(expected)} samples; its "
            f"probabilities differ by up to {difference:.2g}."
        )
    return {"samples": len(expected), "largest_difference": float(f"{difference:.1e}")}
