"""The model store vouches for every file, and says what to do where it cannot."""

import json
import shutil
from pathlib import Path

import pytest

from recognizer import Recognizer, RecognizerError, available_backends
from recognizer.store import MANIFEST, ModelStore, models_folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the shipped models that a test may spoil."""
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


def edit(models: Path, **changes: object) -> None:
    manifest = json.loads((models / MANIFEST).read_text())
    manifest["models"]["cnn"].update(changes)
    (models / MANIFEST).write_text(json.dumps(manifest))


def test_the_shipped_models_are_whole() -> None:
    store = ModelStore()
    assert "cnn" in store.names()
    for name in store.names():
        entry = store.entry(name)
        assert entry.read()
        assert entry.made_by.startswith("python -m train.")
        assert entry.details["licence"]
        assert entry.details["data"]


def test_the_shipped_cnn_is_small() -> None:
    assert len(ModelStore().entry("cnn").read()) <= 4_000_000


def test_a_missing_file_names_itself_and_the_command(models: Path) -> None:
    path = ModelStore(models).entry("cnn").path
    path.unlink()
    with pytest.raises(RecognizerError) as caught:
        Recognizer("cnn", models)
    assert str(path) in str(caught.value)
    assert "python -m train.cnn --install" in str(caught.value)
    assert "cnn" not in available_backends(models)


def test_an_altered_file_is_refused(models: Path) -> None:
    path = ModelStore(models).entry("cnn").path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(RecognizerError, match="altered") as caught:
        Recognizer("cnn", models)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_model_is_refused_even_with_the_right_checksum(models: Path) -> None:
    import hashlib

    path = ModelStore(models).entry("cnn").path
    path.write_bytes(b"no model")
    edit(models, sha256=hashlib.sha256(b"no model").hexdigest())
    with pytest.raises(RecognizerError, match="cannot be loaded"):
        Recognizer("cnn", models)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 2, "models": 3}']
)
def test_a_damaged_manifest_is_named(models: Path, content: str) -> None:
    (models / MANIFEST).write_text(content)
    with pytest.raises(RecognizerError, match=r"manifest\.json is damaged"):
        Recognizer("cnn", models)
    assert available_backends(models) == ()


def test_a_manifest_of_a_later_version_is_named(models: Path) -> None:
    (models / MANIFEST).write_text('{"format": 99, "models": {}}')
    with pytest.raises(RecognizerError, match="format 99"):
        ModelStore(models).entry("cnn")


def test_without_models_the_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecognizerError, match=r"python -m train\.all --install"):
        Recognizer("cnn", tmp_path)


def test_a_manifest_cannot_point_outside_its_folder(models: Path) -> None:
    edit(models, file="../../secret.onnx")
    assert ModelStore(models).entry("cnn").path == models / "secret.onnx"
