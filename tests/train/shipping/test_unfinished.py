"""What a stopped step left is taken up where it fits and is whole, and goes when it is finished."""

import argparse
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from child import run_python
from listener import Listener

from recognizer.store import BackendInfo
from train.shipping import steps, unfinished
from train.shipping.export import export_arrays
from train.shipping.install import Model, load_model
from train.shipping.recipe import Fitted, Task, run
from train.shipping.script import Progress
from train.shipping.unfinished import Unfinished

INFO = BackendInfo("npz", "Small", "for this test", "glyph", 1)
CONTENT = b"\x00weights\n and more\xff"


def sitting(folder: Path, fingerprint: str = "code", data: Path | None = None) -> Unfinished:
    return Unfinished(folder / ".step.unfinished", folder, fingerprint, data or folder)


def left(folder: Path) -> Path:
    sitting(folder).write(CONTENT, "cpu")
    return folder / ".step.unfinished"


def test_the_next_sitting_reads_what_one_wrote(tmp_path: Path) -> None:
    said: list[str] = []
    first = sitting(tmp_path)
    assert first.read("cpu", said.append) is None
    first.write(b"older", "cpu")
    first.write(CONTENT, "cpu")
    assert first.read("cpu", said.append) is None, "its own is nothing to go on from"
    for number in (2, 3):
        later = sitting(tmp_path)
        assert later.read("cpu", said.append) == CONTENT
        assert later.read("cpu", said.append) == CONTENT, "as often as it is asked for"
        assert later.sittings == number
        later.write(CONTENT, "cpu")
    assert said == []
    assert [path.name for path in tmp_path.iterdir()] == [".step.unfinished"], "no draft is left"
    later.remove()
    assert list(tmp_path.iterdir()) == []


def test_the_seconds_of_all_sittings_add_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("train.shipping.unfinished.time.perf_counter", lambda: now)
    first = sitting(tmp_path)
    now += 200
    first.write(CONTENT, "cpu")
    now += 50  # lost with what came after the last writing
    second = sitting(tmp_path)
    assert second.read("cpu", pytest.fail) == CONTENT
    now += 30
    assert second.seconds == 230


def test_a_file_that_is_cut_or_altered_anywhere_is_not_used(tmp_path: Path) -> None:
    path = left(tmp_path)
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(len(whole))]
    damaged += [
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        for place in range(len(whole))
    ]
    for content in damaged:
        path.write_bytes(content)
        said: list[str] = []
        later = sitting(tmp_path)
        assert later.read("cpu", said.append) is None
        assert said == [f"{path} is damaged; the training starts from its beginning."]
        assert later.sittings == 1


def test_a_folder_in_its_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".step.unfinished").mkdir()
    said: list[str] = []
    assert sitting(tmp_path).read("cpu", said.append) is None
    assert len(said) == 1


def test_it_fits_only_the_same_code_data_packages_and_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = left(tmp_path), tmp_path / "data"
    (data / "pendigits").mkdir(parents=True)

    def refused(later: Unfinished, on: str = "cpu") -> bool:
        said: list[str] = []
        found = later.read(on, said.append)
        assert (found is None) == bool(said)
        assert all(str(path) in line and "other code, options, data" in line for line in said)
        return found is None

    assert not refused(sitting(tmp_path, data=data)), "a folder without data is like another"
    assert refused(sitting(tmp_path, fingerprint="other code"))
    assert refused(sitting(tmp_path), on="cuda")
    (data / "pendigits" / "pendigits-orig.tra").write_bytes(b"ink")
    assert refused(sitting(tmp_path, data=data))
    with monkeypatch.context() as patch:
        patch.setattr(unfinished, "versions", lambda: {"torch": "0.1"})
        assert refused(sitting(tmp_path))
    assert not refused(sitting(tmp_path))


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = left(tmp_path)
    without_room = Unfinished(path, tmp_path / "no folder", "code", tmp_path)
    with pytest.raises(OSError):
        without_room.write(b"newer", "cpu")
    assert sitting(tmp_path).read("cpu", pytest.fail) == CONTENT


def test_outside_of_a_step_there_is_none(tmp_path: Path) -> None:
    assert unfinished.current() is None
    with unfinished.opened(sitting(tmp_path)) as one:
        assert unfinished.current() is one
    assert unfinished.current() is None


@dataclass(frozen=True)
class Recipe:
    rate: float = 0.5


def fit(recipe: Recipe, task: Task, progress: Progress) -> Fitted:
    """Stopped in its first sitting, finished in its second."""
    step = unfinished.current()
    assert step is not None
    found = step.read("cpu", progress.say)
    step.write(CONTENT, "cpu")
    if found is None:
        raise KeyboardInterrupt

    def export(out: Path, metrics: dict[str, Any]) -> Model:
        return export_arrays(
            {"one": np.ones(1)}, out / "small.npz", name="small", info=INFO, made_by="a test",
            parameters=1, data=[], metrics=metrics,
        )  # fmt: skip

    return Fitted({}, export)


def test_a_step_says_in_how_many_sittings_it_was_made(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = argparse.Namespace(out=out, data=tmp_path, seed=5)
    with pytest.raises(KeyboardInterrupt):
        run("knn", fit, Recipe(), arguments, Listener())
    assert [path.name for path in out.iterdir()] == [".knn.unfinished"]
    other = argparse.Namespace(out=out, data=tmp_path, seed=6)
    with pytest.raises(KeyboardInterrupt):
        run("knn", fit, Recipe(), other, listener := Listener())
    assert len([line for line in listener.lines if ".knn.unfinished was left by" in line]) == 1
    run("knn", fit, Recipe(), other, listener := Listener())
    assert [path.name for path in out.iterdir()] == ["knn"]
    assert steps.is_finished("knn", other)
    assert json.loads((out / "knn" / steps.STAMP).read_text())["sittings"] == 2
    assert load_model(out / "knn" / "small.json").details["origin"]["sittings"] == 2


KILLED = """
import argparse, os, signal, sys
from dataclasses import dataclass
from pathlib import Path
from train.shipping import steps, unfinished
own = argparse.Namespace(out=Path(sys.argv[1]), data=Path(sys.argv[1]), install=False, seed=7)
with steps.finishing("knn", own):
    step = unfinished.current()
    step.write(b"first", "cpu")
    os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
    step.write(b"second", "cpu")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_kill_in_the_midst_of_writing_costs_that_writing_alone(tmp_path: Path) -> None:
    done = run_python("-c", KILLED, str(tmp_path))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(list(tmp_path.glob(".knn-*/.installing-*"))) == 1
    own = argparse.Namespace(out=tmp_path, data=tmp_path, install=False, seed=7)
    with steps.finishing("knn", own) as scratch:
        step = unfinished.current()
        assert step is not None and step.read("cpu", pytest.fail) == b"first"
        assert list(tmp_path.glob(".knn-*/.installing-*")) == [], "its draft goes at the next run"
        (scratch / "result.txt").write_text("result")
    assert [path.name for path in tmp_path.iterdir()] == ["knn"]
