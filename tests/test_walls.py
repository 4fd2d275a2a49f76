"""The walls of the house: the import contracts, one rasterizer, and what playing never loads."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from child import ROOT, said_by

TRAINING_ONLY = {
    "torch", "torchvision", "ultralytics", "sklearn", "onnx", "onnxscript", "skl2onnx",
    "matplotlib", "seaborn", "rich", "pooch", "train",
}  # fmt: skip


def test_the_import_contracts_are_kept() -> None:
    """Who may import whom stands in pyproject.toml, under [tool.importlinter]."""
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint_imports, "import-linter comes with the extra [test]"
    result = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stdout


def test_imports_are_absolute() -> None:
    """A relative import would say less than where the thing stands."""
    relative = [
        path.relative_to(ROOT).as_posix()
        for package in ("game", "recognizer", "train")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


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
    # Edges of features are drawn for the eye; no model sees them.
    assert set(callers) == {"recognizer/ink.py", "recognizer/inside/edges.py"}


@pytest.mark.parametrize("module", ["game.__main__", "recognizer"])
def test_playing_loads_nothing_that_only_training_needs(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = set(said_by(code).splitlines()[-1].split())
    assert module.partition(".")[0] in loaded
    assert loaded & TRAINING_ONLY == set()
