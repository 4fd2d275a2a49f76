"""The walls of the house: who may import whom, and what playing never loads."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRAINING_ONLY = {
    "torch", "torchvision", "ultralytics", "sklearn", "onnx", "onnxscript", "skl2onnx",
    "matplotlib", "seaborn", "rich", "pooch", "train",
}  # fmt: skip
FORBIDDEN = {
    "game": TRAINING_ONLY,
    "game/rules": {*TRAINING_ONLY, "pygame", "cv2"},
    "recognizer": {*TRAINING_ONLY, "game", "pygame"},
    "train": {"pygame", "game"},
}


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, by its full dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module or ""


@pytest.mark.parametrize("package", FORBIDDEN)
def test_no_file_imports_over_a_wall(package: str) -> None:
    files = list((ROOT / package).rglob("*.py"))
    assert files
    trespasses = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imported(path)
        if name.partition(".")[0] in FORBIDDEN[package]
    ]
    assert trespasses == []


def test_the_rules_know_nothing_of_the_rest_of_the_game() -> None:
    outside = [
        f"{path.name} imports {name}"
        for path in (ROOT / "game" / "rules").rglob("*.py")
        for name in imported(path)
        if name.startswith("game.") and not name.startswith("game.rules")
    ]
    assert outside == []


def test_there_is_one_rasterizer() -> None:
    drawing = {"polylines", "line", "fillPoly"}
    callers = [
        path.relative_to(ROOT).as_posix()
        for package in ("recognizer", "train")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in drawing
        and isinstance(node.value, ast.Name)
        and node.value.id == "cv2"
    ]
    assert set(callers) == {"recognizer/ink.py"}


@pytest.mark.parametrize("module", ["game.__main__", "recognizer"])
def test_playing_loads_nothing_that_only_training_needs(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(result.stdout.splitlines()[-1].split())
    assert module.partition(".")[0] in loaded
    assert loaded & TRAINING_ONLY == set()
