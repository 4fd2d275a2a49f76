"""ONNX files with fitting names but wrong types or sizes are refused before anybody plays."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from recognizer import Recognizer, RecognizerError
from recognizer.store import MANIFEST, models_folder

UINT8, FLOAT, DOUBLE = TensorProto.UINT8, TensorProto.FLOAT, TensorProto.DOUBLE
Shape = tuple[int | str | None, ...]
Install = Callable[..., Path]


def tiny(
    taken: tuple[str, int, Shape],
    given: Mapping[str, tuple[int, tuple[int, ...]]],
    value: float = 0,
) -> bytes:
    """A model that takes one input, for show, and gives constants of these types and shapes.

    Each output's first size is that of the input where it is 0, and its second the number of cells
    of 8 x 8 px of the input where it is 0.
    """
    name, kind, shape = taken
    nodes = [
        helper.make_node("Shape", [name], ["shape"]),
        helper.make_node("Gather", ["shape", "zero"], ["count"]),
        helper.make_node("Slice", ["shape", "one", "three"], ["page"]),
        helper.make_node("ReduceProd", ["page"], ["pixels"], keepdims=1),
        helper.make_node("Div", ["pixels", "cell"], ["cells"]),
    ]
    constants = {"zero": [0], "one": [1], "three": [3], "cell": [64]}
    initial = [
        numpy_helper.from_array(np.array(value, np.int64), name)
        for name, value in constants.items()
    ]
    outputs = []
    for output, (number, sizes) in given.items():
        parts = []
        for place, size in enumerate(sizes):
            if size == 0:
                parts.append("count" if place == 0 else "cells")
            else:
                parts.append(f"{output}{place}")
                initial.append(numpy_helper.from_array(np.array([size], np.int64), parts[-1]))
        fill = numpy_helper.from_array(
            np.array([value], helper.tensor_dtype_to_np_dtype(number)), "fill"
        )
        nodes.append(helper.make_node("Concat", parts, [f"{output}_shape"], axis=0))
        nodes.append(helper.make_node("ConstantOfShape", [f"{output}_shape"], [output], value=fill))
        outputs.append(helper.make_tensor_value_info(output, number, [None] * len(sizes)))
    graph = helper.make_graph(
        nodes, "tiny", [helper.make_tensor_value_info(name, kind, list(shape))], outputs, initial
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Put a model's bytes in the place of a shipped one, with a manifest that agrees."""

    def put(name: str, content: bytes) -> Path:
        models = tmp_path / "models"
        shutil.copytree(models_folder(), models, dirs_exist_ok=True)
        manifest = json.loads((models / MANIFEST).read_text())
        entry = manifest["models"][name]
        (models / entry["file"]).write_bytes(content)
        entry["sha256"] = hashlib.sha256(content).hexdigest()
        (models / MANIFEST).write_text(json.dumps(manifest))
        return models

    return put


GLYPHS = ("glyphs", UINT8, ("n", 28, 28))
PAGES = ("pages", UINT8, ("n", 64, "w"))
LOGITS = (FLOAT, (0, 11))


def test_a_tiny_model_that_fits_is_taken(install: Install) -> None:
    classifier = install("cnn", tiny(GLYPHS, {"logits": LOGITS, "features": (FLOAT, (0, 5))}))
    assert len(Recognizer("cnn", classifier).read([[(40, 10), (40, 120)]]).digits) == 1
    detector = install(
        "yolo", tiny(PAGES, {"sides": (FLOAT, (0, 0, 4)), "scores": (FLOAT, (0, 0, 10))})
    )
    assert Recognizer("yolo", detector).read([[(40, 10), (40, 120)]]).text == "?"


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        (("glyphs", FLOAT, ("n", 28, 28)), {"logits": LOGITS}),  # other numbers
        (("glyphs", UINT8, ("n", 28, 30)), {"logits": LOGITS}),  # another size
        (("glyphs", UINT8, ("n", 1, 28, 28)), {"logits": LOGITS}),  # one axis more
        (("glyphs", UINT8, (1, 28, 28)), {"logits": LOGITS}),  # one at a time
        (GLYPHS, {"logits": (DOUBLE, (0, 11))}),
        (GLYPHS, {"logits": (TensorProto.INT64, (0, 11))}),
        (GLYPHS, {"logits": (FLOAT, (0, 9))}),  # too few digits
        (GLYPHS, {"logits": (FLOAT, (0, 1000))}),
        (GLYPHS, {"logits": (FLOAT, (0,))}),
        (GLYPHS, {"logits": (FLOAT, (1, 11))}),  # one row, however many are asked
        (GLYPHS, {"logits": LOGITS, "features": (FLOAT, (0,))}),
        (GLYPHS, {"logits": LOGITS, "features": (FLOAT, (3, 5))}),
        (GLYPHS, {"logits": LOGITS, "features": (DOUBLE, (0, 5))}),
    ],
)  # fmt: skip
def test_a_classifier_of_other_types_or_sizes_is_refused(
    install: Install, taken: tuple[str, int, Shape], given: dict[str, tuple[int, tuple[int, ...]]]
) -> None:
    models = install("cnn", tiny(taken, given))
    with pytest.raises(RecognizerError, match=r"does not hold a model .*python -m train\.cnn"):
        Recognizer("cnn", models)


@pytest.mark.parametrize(
    ("taken", "sides", "scores"),
    [
        (("pages", FLOAT, ("n", 64, "w")), (0, 0, 4), (0, 0, 10)),
        (("pages", UINT8, ("n", 32, "w")), (0, 0, 4), (0, 0, 10)),
        (("pages", UINT8, ("n", 64, 64)), (0, 0, 4), (0, 0, 10)),  # of one width
        (PAGES, (0, 0, 5), (0, 0, 10)),
        (PAGES, (0, 0, 4), (0, 0, 11)),
        (PAGES, (0, 0, 4), (0, 7, 10)),  # another number of cells
        (PAGES, (0, 0), (0, 0, 10)),
    ],
)
def test_a_detector_of_other_types_or_sizes_is_refused(
    install: Install, taken: tuple[str, int, Shape], sides: tuple[int, ...], scores: tuple[int, ...]
) -> None:
    models = install("yolo", tiny(taken, {"sides": (FLOAT, sides), "scores": (FLOAT, scores)}))
    with pytest.raises(RecognizerError, match=r"does not hold a model .*python -m train\.yolo"):
        Recognizer("yolo", models)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_gives_no_numbers_is_refused(install: Install, value: float) -> None:
    with pytest.raises(RecognizerError, match="its logits are no numbers"):
        Recognizer("cnn", install("cnn", tiny(GLYPHS, {"logits": LOGITS}, value)))
