"""EXERCISES.md: its commands are run, small and on drawn digits, and leave what shall be seen."""

import importlib
import re
import shlex
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from listener import Listener

from recognizer import available_backends
from train import fcn, knn, svm
from train.data import sets
from train.data.people import People
from train.forms import glyphs

pytestmark = pytest.mark.training

TEXT = (Path(__file__).resolve().parents[2] / "train" / "EXERCISES.md").read_text()
PARTS = re.split(r"^## \d+\. ", TEXT, flags=re.MULTILINE)[1:]
EXERCISES = {part.splitlines()[0]: part for part in PARTS}

# The largest that a test has time for; only what a command names itself is made smaller.
SMALL = {
    "limit": 300, "pen-pictures": 200, "rejection-pictures": 100, "trial": 150, "epochs": 1,
}  # fmt: skip
OF_A_REPORT = 6


@pytest.fixture
def few_held_out(drawn_sets: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recipes that hold as much out as the drawn digits allow."""

    @dataclass(frozen=True, kw_only=True)
    class Fcn(fcn.FcnRecipe):
        hidden: tuple[int, int] = (64, 32)
        images_held_out: int = 300
        people_held_out: float = 0.34

    @dataclass(frozen=True, kw_only=True)
    class Knn(knn.KnnRecipe):
        dimensions: tuple[int, ...] = (24,)
        neighbours: tuple[int, ...] = (3,)
        images_held_out: int = 300
        people_held_out: float = 0.34

    @dataclass(frozen=True, kw_only=True)
    class Svm(svm.SvmRecipe):
        dimensions: int = 24
        gammas: tuple[float, ...] = (0.7,)
        penalties: tuple[float, ...] = (3.0,)
        copies: int = 1
        images_held_out: int = 300
        people_held_out: float = 0.34

    def few(people: People, count: int, seed: int, mix: glyphs.Mix | None = None) -> sets.Images:
        return varied(people, min(count, 200), seed, mix)  # one batch: no workers that load torch

    varied = glyphs.render_varied
    monkeypatch.setattr(glyphs, "render_varied", few)
    monkeypatch.setattr(fcn, "FcnRecipe", Fcn)
    monkeypatch.setattr(knn, "KnnRecipe", Knn)
    monkeypatch.setattr(svm, "SvmRecipe", Svm)


def commands(part: str) -> list[list[str]]:
    """Each command of an exercise, by its words."""
    blocks = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def smaller(module: str, options: list[str]) -> list[str]:
    """The options of a command, with less of everything that it names."""
    most = {"limit": OF_A_REPORT} if module == "train.report" else SMALL
    made = list(options)
    for place, word in enumerate(options[:-1]):
        name = word.removeprefix("--")
        if name in most:
            made[place + 1] = str(min(int(options[place + 1]), most[name]))
    return made


def test_there_are_eight_and_each_says_what_to_look_at() -> None:
    assert len(EXERCISES) == 8
    for part in EXERCISES.values():
        assert commands(part)
        assert part.index("**Look at**") < part.index("**You see**")


@pytest.mark.usefixtures("few_held_out")
@pytest.mark.parametrize("title", EXERCISES)
def test_what_an_exercise_asks_to_look_at_is_there(
    title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    part = EXERCISES[title]
    said: list[str] = []
    for python, flag, module, *options in commands(part):
        assert (python, flag) == ("python", "-m")
        # What an earlier command of the exercise made need not be shipped.
        made = {path.stem for path in tmp_path.rglob("*.json")}
        named = {name for word, name in pairwise(options) if word == "--backend"} - made
        if not named <= set(available_backends()):
            pytest.skip(f"not all of {', '.join(sorted(named))} are installed")
        script, listener = importlib.import_module(module), Listener()
        arguments = script.arguments_parser().parse_args(smaller(module, options))
        if "jobs" in arguments:
            arguments.jobs, arguments.joblib = 1, "threading"
        script.main(arguments, listener)
        said += listener.lines
    look = part[part.index("**Look at**") :].split("**You see**")[0]
    files = re.findall(r"`(reports/[^`]+)`", look)
    lines = [words.split("...")[0].strip() for words in re.findall(r'"([^"]+)"', look)]
    assert files or lines, "something is to be looked at"
    for file in files:
        assert (tmp_path / file).stat().st_size > 1_000, file
    for line in lines:
        assert any(line in words for words in said), line
