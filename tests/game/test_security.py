"""What the program never does: call home while playing, unpickle, evaluate, or start a shell."""

from __future__ import annotations

import ast
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import Driver, FakeModels, FakeRecognizer

from game.persistence import paths
from game.persistence.storage import Storage
from game.rules.modes import MODES
from game.scenes import places

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "game").rglob("*.py"), *(ROOT / "recognizer").rglob("*.py")])
FORBIDDEN_MODULES = {
    "pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "joblib", "subprocess", "pty",
    "socket", "ssl", "http", "urllib", "requests", "ftplib", "smtplib", "code", "xmlrpc",
}  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_METHODS = {"system", "popen", "execv", "execvp", "spawnv", "startfile"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pickle_no_eval_no_shell_no_network(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").split(".")[0]}
        else:
            names = set()
        assert not names & FORBIDDEN_MODULES, f"line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                assert called.id not in FORBIDDEN_CALLS, f"line {node.lineno}"
            elif isinstance(called, ast.Attribute):
                assert called.attr not in FORBIDDEN_METHODS, f"line {node.lineno}"
            for keyword in node.keywords:
                pickles = keyword.arg == "allow_pickle" and not _is_false(keyword.value)
                assert not pickles, f"line {node.lineno}"


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_no_screen_connects_to_anything(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every place that can be entered by itself, with sockets forbidden."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the game opened a socket")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    driver = drive(lab_models=FakeModels(cnn=FakeRecognizer()))
    app = driver.app
    driver.until(lambda: app.desk.ready)
    screens: list[places.Place] = [
        places.Title(), places.Settings(), places.Hand(), places.ForgetHand(), places.Calibration(),
        places.CalibrationOffer(), places.Review(), places.Lab(),
        places.Inside("cnn", ("cnn",), ()),
        places.Notice("A word", ["Nothing left this machine."]),
        *(places.Round(mode) for mode in MODES),
    ]  # fmt: skip
    for place in screens:
        app.go(places.Title())
        app.lay(place)
        driver.seconds(0.5)


@pytest.mark.parametrize("name", ["SETTINGS_FILE", "DATABASE_FILE", "MY_HAND_FILE"])
def test_names_of_files_stay_in_the_data_folder(name: str) -> None:
    assert Path(getattr(paths, name)).name == getattr(paths, name)


def test_what_a_player_types_names_no_file(tmp_path: Path) -> None:
    """Modes, recognizers and seeds go into rows, whatever paths they look like."""
    folder = tmp_path / "data"
    storage = Storage(folder)
    storage.begin_round("../../mode", "../backend", "/../seed")
    storage.close()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert all(path.name.startswith(paths.DATABASE_FILE) for path in folder.iterdir())
