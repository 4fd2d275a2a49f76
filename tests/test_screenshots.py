"""The command that takes a picture of every screen."""

from __future__ import annotations

import struct
from pathlib import Path

from child import run_python


def test_it_takes_the_pictures_that_are_asked_for(tmp_path: Path) -> None:
    words = ("--sizes", "960x600", "640x480", "--only", "settings-look", "dash-ink")
    done = run_python("-m", "tests.screenshots", str(tmp_path), *words)
    assert done.returncode == 0, done.stderr
    for size in ((960, 600), (640, 480)):
        folder = tmp_path / f"{size[0]}x{size[1]}"
        assert sorted(p.name for p in folder.iterdir()) == [
            "dash-ink.png", "settings-look.png", "sheet-1.png",
        ]  # fmt: skip
        for name in ("dash-ink", "settings-look"):
            head = (folder / f"{name}.png").read_bytes()[16:24]
            assert struct.unpack(">II", head) == size


def test_a_size_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    done = run_python("-m", "tests.screenshots", str(tmp_path), "--sizes", "huge")
    assert done.returncode == 2 and "'huge' is no size" in done.stderr
