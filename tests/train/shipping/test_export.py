"""Export and install: the exported model decides as the network; all or nothing is installed."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer import Recognizer
from recognizer.runtime import onnxruntime
from recognizer.store import MANIFEST, BackendInfo, ModelStore
from train.cnn import Network
from train.shipping import export
from train.shipping import install as installing

DETAILS = {
    "name": "cnn",
    "info": BackendInfo("onnx", "CNN", "A small network", "glyph", 10),
    "made_by": "python -m train.cnn",
    "data": ["nothing"],
    "metrics": {"validation_accuracy": 0.1},
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> installing.Model:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("export") / "cnn.onnx"
    return export.export_classifier(Network((4, 8, 8)), path, **DETAILS)


def test_the_export_decides_as_the_network(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network((4, 8, 8)).eval()
    exported = export.export_classifier(network, tmp_path / "cnn.onnx", **DETAILS)
    reader = Recognizer("cnn", installing.install([exported], tmp_path / "models"))
    glyphs = np.random.default_rng(0).integers(0, 256, (100, 28, 28), np.uint8)
    with torch.no_grad():
        expected = network(torch.from_numpy(glyphs).float().div(255).unsqueeze(1)).softmax(1)
    for glyph, row in zip(glyphs, expected.numpy(), strict=True):
        # Glyphs of noise fill the field: they reach the model by its own entrance, not as pictures.
        found = reader._reader.classifier.probabilities(glyph[None])[0]
        assert np.abs(found - row).max() < 1e-4


def test_the_exported_features_are_what_the_last_layer_sees(tmp_path: Path) -> None:
    torch.manual_seed(2)
    network = Network((4, 8, 8)).eval()
    exported = export.export_classifier(network, tmp_path / "cnn.onnx", **DETAILS)
    session = onnxruntime.InferenceSession(exported.path, providers=["CPUExecutionProvider"])
    glyphs = np.random.default_rng(0).integers(0, 256, (5, 28, 28), np.uint8)
    logits, features = session.run(["logits", "features"], {"glyphs": glyphs})
    with torch.no_grad():
        again = network[-1](torch.from_numpy(features)).numpy()
    assert features.shape == (5, 8 * 9)
    assert np.abs(again - logits).max() < 1e-4


def test_the_export_tells_nothing_of_this_machine(model: installing.Model) -> None:
    content = model.path.read_bytes()
    assert b"/work" not in content
    assert b"train/cnn.py" not in content


def test_an_install_names_files_by_content_and_describes_them(
    model: installing.Model, tmp_path: Path
) -> None:
    installing.install([model], tmp_path)
    entry = ModelStore(tmp_path).entry("cnn")
    assert entry.read() == model.path.read_bytes()
    assert entry.sha256[:8] in entry.path.name
    assert entry.details["bytes"] == entry.path.stat().st_size
    assert DETAILS["metrics"].items() <= entry.details["metrics"].items()
    assert entry.details["metrics"]["parity"]["samples"] == 1_000
    assert entry.details["opset"] == export.OPSET


def test_an_install_replaces_the_old_file_and_keeps_other_models(
    model: installing.Model, tmp_path: Path
) -> None:
    other = installing.Model("fcn", model.path, model.details)
    installing.install([model, other], tmp_path)
    newer = tmp_path / "newer.onnx"
    newer.write_bytes(model.path.read_bytes() + b"\0")
    installing.install([installing.Model("cnn", newer, model.details)], tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    assert set(manifest["models"]) == {"cnn", "fcn"}
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {MANIFEST, *(entry["file"] for entry in manifest["models"].values())}


def test_an_install_that_fails_half_way_changes_nothing(
    model: installing.Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installing.install([model], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    newer = tmp_path.parent / "newer.onnx"
    newer.write_bytes(b"newer")
    written = []

    def full_disk(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 2:  # the model is through, the manifest is not
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing.os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        installing.install([installing.Model("cnn", newer, model.details)], tmp_path)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert after == before
    assert Recognizer("cnn", tmp_path).backend == "cnn"
