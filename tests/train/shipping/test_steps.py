"""Finished steps: whole folders only, and repeated when something that counts has changed."""

import argparse
import ast
import signal
import sys
from pathlib import Path

import pytest
from child import run_python

from train.shipping import steps


def arguments(out: Path, **options: object) -> argparse.Namespace:
    return argparse.Namespace(**{"out": out, "data": None, "install": False, "seed": 7, **options})


def finish(own: argparse.Namespace, content: str = "result") -> Path:
    with steps.finishing("knn", own) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "result.txt").write_text(content)
    return own.out / "knn"


def test_a_finished_step_is_known_as_such(tmp_path: Path) -> None:
    own = arguments(tmp_path)
    assert not steps.is_finished("knn", own)
    folder = finish(own)
    assert (folder / "inner" / "result.txt").read_text() == "result"
    assert steps.is_finished("knn", own)
    assert [path.name for path in tmp_path.iterdir()] == ["knn"], "no scratch is left"


def test_where_it_writes_does_not_count_but_settings_do(tmp_path: Path) -> None:
    own = arguments(tmp_path)
    finish(own)
    assert steps.is_finished("knn", arguments(tmp_path, install=True, data=Path("elsewhere")))
    assert not steps.is_finished("knn", arguments(tmp_path, seed=8))
    assert not steps.is_finished("knn", arguments(tmp_path, limit=10))


def test_the_content_of_a_named_file_counts(tmp_path: Path) -> None:
    table = tmp_path / "train.csv"
    table.write_text("label,pixel0\n")
    own = arguments(tmp_path / "out", csv=table)
    finish(own)
    assert steps.is_finished("knn", own)
    table.write_text("label,pixel0\n1,2\n")
    assert not steps.is_finished("knn", own)


def test_the_files_that_a_step_reads_count(tmp_path: Path) -> None:
    model = tmp_path / "model.npz"
    model.write_bytes(b"1")
    own = arguments(tmp_path / "out")
    with steps.finishing("report", own, [model]) as folder:
        (folder / "table.md").write_text("table")
    assert steps.is_finished("report", own, [model])
    model.write_bytes(b"2")
    assert not steps.is_finished("report", own, [model])


def test_code_counts_but_words_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "script.py"
    monkeypatch.setattr(
        steps, "_module_path", lambda name: module if name == "train.script" else None
    )

    def found(code: str) -> str:
        module.write_text(code)
        return steps.fingerprint("script", arguments(tmp_path))

    before = found('"""What it does."""\nEPOCHS = 3\n')
    assert found('"""In other words."""\n# and a comment\nEPOCHS  =  3\n') == before
    assert found('"""What it does."""\nEPOCHS = 4\n') != before


def test_the_code_that_a_script_imports_counts() -> None:
    found = set(steps._sources("train.knn"))
    assert {
        "train.knn",
        "train.data.sets",
        "train.fitting.projection",
        "train.forms.glyphs",
    } <= found
    assert {"recognizer.features", "recognizer.backends.knn", "recognizer.ink"} <= found
    assert not any(name.startswith(("numpy", "sklearn")) for name in found)
    assert "train.svm" not in found
    assert "train.shipping.script" not in found


def test_imports_inside_functions_count() -> None:
    tree = ast.parse("def f():\n    from train import knn\n    import recognizer.ink\n")
    assert set(steps._imports(tree)) == {"train.knn", "recognizer.ink"}


def test_all_modules_of_a_package_that_looks_for_them_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "backends"
    package.mkdir()
    (package / "onnx.py").write_text("OPSET = 18")
    files = {
        "train.script": tmp_path / "script.py",
        "recognizer.backends": package / "__init__.py",
        "recognizer.backends.onnx": package / "onnx.py",
    }
    monkeypatch.setattr(steps, "_module_path", files.get)
    files["train.script"].write_text("from recognizer import backends")
    files["recognizer.backends"].write_text("KINDS = 1")
    assert "recognizer.backends.onnx" not in steps._sources("train.script")
    files["recognizer.backends"].write_text(
        "import pkgutil\nKINDS = pkgutil.iter_modules(__path__)"
    )
    assert "recognizer.backends.onnx" in steps._sources("train.script")


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_an_interrupted_step_leaves_what_was_finished(
    fault: type[BaseException], tmp_path: Path
) -> None:
    own = arguments(tmp_path)
    folder = finish(own)
    with pytest.raises(fault), steps.finishing("knn", own) as scratch:
        (scratch / "half.txt").write_text("half")
        raise fault
    assert steps.is_finished("knn", own)
    assert not (folder / "half.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["knn"]


def test_a_second_result_replaces_the_first_whole(tmp_path: Path) -> None:
    own = arguments(tmp_path)
    finish(own)
    with steps.finishing("knn", own) as folder:
        (folder / "other.txt").write_text("other")
    assert sorted(path.name for path in (tmp_path / "knn").iterdir()) == [
        "finished.json",
        "other.txt",
    ]


KILLED = """
import argparse, os, signal, sys
from pathlib import Path
from train.shipping import steps
renames = 0
rename = Path.rename
def counted(self, target):
    global renames
    renames += 1
    if renames == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = counted
own = argparse.Namespace(out=Path(sys.argv[1]), data=None, install=False, seed=7)
with steps.finishing("knn", own) as folder:
    (folder / "result.txt").write_text("new")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("moment", [1, 2])
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_kill_in_the_midst_of_an_exchange_costs_no_result(
    tmp_path: Path, moment: int, is_whole: bool
) -> None:
    own = arguments(tmp_path)
    finish(own, "old")
    done = run_python("-c", KILLED, str(tmp_path), str(moment))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (tmp_path / "knn").exists() == (moment == 1)
    if not is_whole:  # as after a loss of power
        (stamp,) = tmp_path.glob(".knn-*/result.txt")
        (stamp.parent / steps.STAMP).unlink()
    assert steps.is_finished("knn", own)
    if moment == 2 and is_whole:
        assert (tmp_path / "knn" / "result.txt").read_text() == "new"
    else:
        assert (tmp_path / "knn" / "inner" / "result.txt").read_text() == "old"
    finish(own, "newer")
    assert [path.name for path in tmp_path.iterdir()] == ["knn"]


@pytest.mark.parametrize("damage", ["altered", "removed", "stamp"])
def test_a_damaged_result_is_not_taken_for_finished(damage: str, tmp_path: Path) -> None:
    own = arguments(tmp_path)
    folder = finish(own)
    if damage == "altered":
        (folder / "inner" / "result.txt").write_text("resulT")
    elif damage == "removed":
        (folder / "inner" / "result.txt").unlink()
    else:
        (folder / steps.STAMP).write_text("[]")
    assert not steps.is_finished("knn", own)


def test_only_the_main_process_keeps_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANK", "1")
    finish(arguments(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")
    with pytest.raises(OSError), steps.finishing("knn", arguments(tmp_path / "out")):
        pytest.fail("the step must not begin")
