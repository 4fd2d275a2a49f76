"""What the manifest says of a model's origin: nothing of this machine, all that repeats the run."""

import hashlib
import json
import re
import sys
from pathlib import Path

import pytest

from train.shipping import origin


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["--data", "/home/ann/digits", "--install"], "--data DATA --install"),
        (["--data=/home/ann/digits", "--seed=8"], "--data=DATA --seed=8"),
        (["--out", "/tmp/x", "--only", "cnn"], "--out OUT --only cnn"),
        ([], ""),
    ],
)
def test_the_command_names_no_path_of_this_machine(typed: list[str], shown: str) -> None:
    told = origin.command(["/somewhere/train/all.py", *typed])
    assert told.startswith("python -m ")
    assert told.removeprefix("python -m ").partition(" ")[2] == shown
    assert "ann" not in told and "/tmp" not in told


def test_only_files_that_are_there_are_hashed(tmp_path: Path) -> None:
    (tmp_path / "pendigits").mkdir()
    (tmp_path / "pendigits" / "pendigits-orig.tra").write_bytes(b"ink")
    (tmp_path / "pendigits" / "pendigits-orig.tes").write_bytes(b"test ink is no training data")
    found = origin.hashes(tmp_path)
    assert found == {"pendigits/pendigits-orig.tra": hashlib.sha256(b"ink").hexdigest()}


def test_an_origin_is_whole_and_fits_a_manifest(tmp_path: Path) -> None:
    told = json.loads(json.dumps(origin.origin(tmp_path, 11)))
    assert told["seed"] == 11
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["date"])
    assert told["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert set(told["versions"]) >= {"torch", "numpy"}
    assert told["commit"] is None or re.fullmatch(r"[0-9a-f]{40}\+?", told["commit"])


def test_outside_a_checkout_there_is_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "_ROOT", tmp_path)
    assert origin.origin(tmp_path, 1)["commit"] is None
