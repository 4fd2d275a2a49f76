"""Scratch folders: what a killed run left goes at the next one, what a living one fills stays."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from train.data.scratch import scratch_folder

HOLD = """
import sys
from pathlib import Path
from train.data.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), ".knn-") as folder:
    (folder / "half.txt").write_text("half")
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_nothing_is_left_however_the_block_ends(tmp_path: Path) -> None:
    with scratch_folder(tmp_path, ".knn-") as folder:
        assert folder.is_dir()
    with pytest.raises(KeyboardInterrupt), scratch_folder(tmp_path, ".knn-") as folder:
        (folder / "half.txt").write_text("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_living_owners_folder_stays_and_a_dead_ones_goes(tmp_path: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert owner.stdout is not None and owner.stdout.readline() == "holding\n"
        with scratch_folder(tmp_path, ".knn-") as own:
            (held,) = (path for path in tmp_path.iterdir() if path.is_dir() and path != own)
            assert (held / "half.txt").read_text() == "half"
    finally:
        owner.kill()
        owner.wait()
    if sys.platform != "win32":
        assert owner.returncode == -signal.SIGKILL
    assert held.is_dir(), "a killed process cleans nothing up"
    with scratch_folder(tmp_path, ".svm-"):
        assert held.is_dir(), "another step's is none of ours"
    with scratch_folder(tmp_path, ".knn-"):
        assert not held.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_lock_has_no_owner(tmp_path: Path) -> None:
    (tmp_path / ".knn-abc123").mkdir()
    (tmp_path / ".knn-abc123" / "half.txt").write_text("half")
    with scratch_folder(tmp_path, ".knn-"):
        assert not (tmp_path / ".knn-abc123").exists()
