"""The model store vouches for every file, and says what to do where it cannot."""

import json
import os
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


@pytest.mark.parametrize(
    "changes",
    [
        {"file": ".."}, {"file": ""}, {"file": "a\0b"}, {"file": "x" * 5_000}, {"file": 7},
        {"sha256": "short"}, {"sha256": None}, {"made_by": "line\nline"}, {"made_by": "x" * 5_000},
        {"kind": "../onnx"}, {"kind": None}, {"title": "x" * 5_000}, {"about": ["much"]},
        {"sees": "the future"}, {"rank": "first"},
    ],
)  # fmt: skip
def test_an_odd_entry_is_damage(models: Path, changes: dict[str, object]) -> None:
    edit(models, **changes)
    with pytest.raises(RecognizerError, match=r"manifest\.json is damaged"):
        Recognizer("cnn", models)
    assert available_backends(models) == ()


@pytest.mark.parametrize("name", ["", "../cnn", "a b", "C\0", "x" * 5_000, "é"])
def test_an_odd_name_is_damage(models: Path, name: str) -> None:
    manifest = json.loads((models / MANIFEST).read_text())
    manifest["models"][name] = manifest["models"]["cnn"]
    (models / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(RecognizerError, match=r"manifest\.json is damaged"):
        Recognizer("cnn", models)


def test_nesting_and_size_of_the_manifest_are_bounded(models: Path) -> None:
    for content in ("[" * 200_000, '{"format": 2, "models": ' + "[" * 40 + "]" * 40 + "}",
                    '{"a":' * 50_000, " " * 2_000_000, "1" * 10_000):  # fmt: skip
        (models / MANIFEST).write_text(content)
        with pytest.raises(RecognizerError, match=r"manifest\.json is damaged"):
            Recognizer("cnn", models)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_pipes_and_devices_are_not_waited_for(models: Path) -> None:
    path = ModelStore(models).entry("cnn").path
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(RecognizerError, match="it is no regular file"):
        ModelStore(models).entry("cnn").read()
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(RecognizerError, match="it is no regular file"):
        Recognizer("cnn", models)
    (models / MANIFEST).unlink()
    os.mkfifo(models / MANIFEST)
    with pytest.raises(RecognizerError, match="it is no regular file"):
        Recognizer("cnn", models)
