"""Nothing leaves the machine: ONNX Runtime is loaded with its telemetry off, and by one file."""

import ast
import os
from pathlib import Path

import pytest
from child import ROOT, said_by

# Reads for some seconds, then tells what only a sender needs: sockets, whoever opens them, and a
# thread that outlives the loading. The collector's address is looked up only after a while, but
# its thread and its files are there from the beginning.
READ = """
import os, sys, time
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith("socket.") else None)

import cv2, numpy  # they have threads of their own
def threads():
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 0
def sockets():
    folder, found = "/proc/self/fd", []
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        try:
            found.append(os.readlink(os.path.join(folder, name)))
        except OSError:
            pass  # the listing's own
    return [name for name in found if name.startswith("socket:")]

before = threads()
{load}
started = threads() - before
seen = list(sockets())
from recognizer import Recognizer
reader = Recognizer("cnn")
end = time.monotonic() + {seconds}
while time.monotonic() < end:
    assert reader.read([[(40, 10), (40, 120)]]).text == "1"
    seen += sockets()
    time.sleep(0.02)
print(started, asked, seen)
"""


def read(home: Path, load: str, seconds: float) -> tuple[str, list[Path]]:
    """What a child process says that reads with this home, and the files that it left there."""
    home.mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CI", "GITHUB_ACTIONS", "TF_BUILD") and not name.startswith("XDG_")
    }
    own = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "ORT_DISABLE_TELEMETRY": "0",  # a user's own value does not bring it back
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    said = said_by(READ.format(load=load, seconds=seconds), kept | own)
    return said.strip(), sorted(path for path in home.rglob("*") if path.is_file())


def test_a_fresh_home_stays_empty_and_no_socket_is_opened(tmp_path: Path) -> None:
    said, files = read(tmp_path / "home", "import recognizer.runtime", 4.0)
    assert said == "0 [] []"
    assert files == []


@pytest.mark.parametrize(
    "entrance",
    ["game.__main__", "recognizer.__main__", "recognizer.backends.onnx", "game.reading.lab_reader"],
)
def test_every_entrance_to_the_reader_leaves_the_home_empty(tmp_path: Path, entrance: str) -> None:
    _, files = read(tmp_path / "home", f"import {entrance}", 0.0)
    assert files == []


def test_only_one_file_loads_the_runtime() -> None:
    loading = [
        path.relative_to(ROOT).as_posix()
        for package in ("game", "recognizer", "train", "tests")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
        if name.split(".")[0] == "onnxruntime"
    ]
    assert loading == ["recognizer/runtime.py"]
