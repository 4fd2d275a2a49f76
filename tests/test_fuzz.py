"""A short seeded run of every fuzz target, and whatever once broke one; see `tests.fuzz`."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from tests.fuzz.__main__ import main
from tests.fuzz.edits import LONGEST, drawn, edited
from tests.fuzz.engine import blind
from tests.fuzz.table import CASES, TARGETS, Target, cases, load


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_a_contract(name: str) -> None:
    target = load(name)
    assert target.seeds
    for data in (*target.seeds, *(path.read_bytes() for path in cases(name))):
        target.one(data)
    generator = random.Random(name)
    for _ in range(TARGETS[name][1]):
        sound = generator.choice(target.seeds)
        target.one(edited(sound, drawn(generator), target.seeds, target.words))


def test_every_case_has_a_target() -> None:
    folders = {path.name for path in CASES.iterdir()} if CASES.is_dir() else set()
    assert folders <= set(TARGETS)


def _no_exclamation(data: bytes) -> None:
    assert b"!" not in data, "a contract of straw"


STRAW = Target("straw", _no_exclamation, (b"one", b"two!"[:3]), (b"!",))


def test_what_breaks_is_found_and_kept(tmp_path: Path) -> None:
    outcome = blind(STRAW, 600.0, 1, tmp_path)
    assert "a contract of straw" in outcome.told and "FOUND" in outcome.line
    (path,) = outcome.found
    assert b"!" in path.read_bytes() and path.parent == tmp_path / "straw"
    again = blind(STRAW, 600.0, 1, tmp_path)
    assert (again.runs, again.found) == (outcome.runs, outcome.found), "the seed repeats it"


def test_edits_change_bytes_within_bounds() -> None:
    generator = random.Random(7)
    sound = b'{"line": 12, "text": "seven"}\n'
    made = {edited(sound, drawn(generator), [sound], [b"word"]) for _ in range(500)}
    assert len(made) > 300 and max(map(len, made)) <= LONGEST
    assert any(b"word" in each for each in made)
    grown = edited(sound, [(2, 0, 3_000_019)] * 60)
    assert len(sound) < len(grown) <= LONGEST


def test_bytes_that_were_kept_are_tried_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"7*8\n")
    assert main(["prompts", "--file", str(path)]) == 0
    assert "as it should be" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["no-target"])
