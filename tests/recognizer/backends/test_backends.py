"""A backend is one file and a manifest entry; a second ONNX classifier needs no code."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from recognizer import (
    BackendInfo,
    Recognizer,
    RecognizerError,
    available_backends,
    backend_info,
    backends,
)
from recognizer.store import MANIFEST, ModelStore, models_folder

ROOT = Path(__file__).resolve().parents[3]
ONE = [[(40, 10), (41, 60), (40, 120)]]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


def add(models: Path, name: str, like: str, **changes: object) -> None:
    """Give the copied manifest an entry more."""
    manifest = json.loads((models / MANIFEST).read_text())
    manifest["models"][name] = manifest["models"][like] | changes
    (models / MANIFEST).write_text(json.dumps(manifest))


def test_a_second_onnx_classifier_is_an_entry_and_no_code(models: Path) -> None:
    words = {"title": "Mine", "about": "My own network", "rank": 15}
    add(models, "mine", "fcn", **words)
    assert available_backends(models) == ("cnn", "mine", *available_backends()[1:])
    reader = Recognizer("mine", models)
    reading = reader.read(ONE)
    assert (reading.text, reading.backend) == ("1", "mine")
    assert reader.learns_hands
    assert backend_info("mine", models) == BackendInfo(
        "onnx", "Mine", "My own network", "glyph", 15
    )


@pytest.mark.parametrize("name", available_backends())
def test_every_entry_tells_what_it_is(name: str) -> None:
    info = backend_info(name)
    assert info.kind in backends.kinds()
    assert info.title and info.about
    reading = Recognizer(name).read(ONE)
    assert (reading.page is not None) == (info.sees == "page")


def test_of_an_unknown_backend_the_name_is_known() -> None:
    assert backend_info("of-long-ago").title == "of-long-ago"


def test_the_least_rank_comes_first(models: Path) -> None:
    for rank, name in enumerate(reversed(available_backends())):
        add(models, name, name, rank=rank)
    assert available_backends(models) == tuple(reversed(available_backends()))


def test_an_unknown_kind_is_named(models: Path) -> None:
    add(models, "cnn", "cnn", kind="crystal-ball")
    with pytest.raises(RecognizerError, match="kind 'crystal-ball' is unknown; known are knn, onn"):
        Recognizer("cnn", models)


@pytest.mark.parametrize("kind", ["knn", "yolo", "onnx"])
def test_a_file_of_another_kind_is_refused(models: Path, kind: str) -> None:
    like = "yolo" if kind == "onnx" else "cnn"
    add(models, "cnn", like, kind=kind)
    with pytest.raises(RecognizerError, match="does not hold a model of this version"):
        Recognizer("cnn", models)


def test_a_missing_file_names_its_command(models: Path) -> None:
    for name in available_backends():
        ModelStore(models).entry(name).path.unlink()
        with pytest.raises(RecognizerError, match=rf"python -m train\.{name} --install"):
            Recognizer(name, models)


def test_no_list_of_backends_is_left_in_the_reader() -> None:
    names = set(available_backends())
    for path in (ROOT / "recognizer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
                parts = node.keys if isinstance(node, ast.Dict) else node.elts
                said = {part.value for part in parts if isinstance(part, ast.Constant)}
                assert len(said & names) < 2, path


def test_only_the_package_opens_a_backend() -> None:
    kinds = {f"recognizer.backends.{kind}" for kind in backends.kinds()}
    for path in (ROOT / "recognizer").rglob("*.py"):
        if path.parent.name in ("backends", "inside"):  # `inside` looks into what they read with
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                full = {f"{node.module}.{alias.name}" for alias in node.names}
                assert not ({node.module} | full) & kinds, path
