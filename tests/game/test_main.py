"""The command line: what it takes, what it refuses, and how it ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from child import ROOT, run_python
from driving import Driver

from game.__main__ import main
from game.rules.modes import MODES
from game.rules.options import chosen_by
from game.scenes import doors, places
from game.scenes.learn import Learn
from game.scenes.lists import Lists
from game.scenes.play import Play

HEADLESS = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_python("-m", "game", *arguments, environment=os.environ | HEADLESS | environment)


def test_frames_and_exit(tmp_path: Path) -> None:
    done = run("--frames", "20", "--data-dir", str(tmp_path / "deep" / "er"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "deep" / "er" / "digit-dash.db").exists()


def test_no_sound_device_is_no_error(tmp_path: Path) -> None:
    done = run("--frames", "5", "--data-dir", str(tmp_path), SDL_AUDIODRIVER="no-such-driver")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("mode", ["dash", "sums"])
def test_straight_into_a_round(tmp_path: Path, mode: str) -> None:
    done = run("--mode", mode, "--seed", "1", "--frames", "200", "--data-dir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(tmp_path / "digit-dash.db")) as db:
        states = {state for (state,) in db.execute("SELECT state FROM rounds")}
    assert states <= {"abandoned"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--mode", "lab", "--size", "1x1"], "no window size"),
        (["--frames", "many"], "'many' is not a number of frames"),
        (["--frames", "-3"], "'-3' is not a number of frames"),
        (["--size", "huge"], "'huge' is no window size"),
        (["--size", "10x10"], "'10x10' is no window size"),
        (["--mode", "marathon"], "there is no mode 'marathon'; there is dash, sums"),
        (["--mode", "marathon"], "digit-dash modes lists them all"),
        (["--mode", "dash", "--level", "brutal"], "dash has no level 'brutal'; it has "),
        (["--mode", "lab", "--level", "normal"], "lab has no level 'normal'; it has none"),
        (["--option", "tables=2"], "argument --option: it is a choice of a mode"),
        (["--mode", "sums", "--option", "tables"], "sums: 'tables' chooses nothing; write it as"),
        (["--mode", "sums", "--option", "colour=red"], "no option 'colour'; there is signs, tab"),
        (["--mode", "dash", "--option", "tables=2"], "no option 'tables'; there is none"),
        (["--mode", "lab", "--option", "tables=2"], "lab: there is no option 'tables'"),
        (["--mode", "sums", "--option", "tables=2,13"], "tables cannot be '13'; it can be 2, 3"),
        (["--mode", "sums", "--option", "range=10,20"], "range can be only one of level, 10, 20"),
        (
            ["--mode", "sums", "--option", "tables=2", "--option", "tables=3"],
            "argument --option: sums: tables was given twice",
        ),
        (["--mode", "sums", "--option", "\udcff=2"], "argument --option: it holds bytes"),
        (["--level", "normal"], "argument --level: it is a level of a mode"),
        (["--mode", "dash", "facts.txt"], "dash takes no file"),
        (["--mode", "dash", "a.txt", "b.txt"], "it takes one file at most"),
        (["--mode", "\udcff"], "argument --mode: it holds bytes that are not UTF-8"),
        (["modes", "all"], "unrecognized arguments: all"),
        (["--backend", "crystal-ball"], "crystal-ball"),
        (["--colour", "red"], "unrecognized arguments: --colour red"),
        (["--seed", "\udcff"], "argument --seed: it holds bytes that are not UTF-8"),
        (["--data-dir", "/tmp/\udcff"], "argument --data-dir: it holds bytes that are not UTF-8"),
        (["export-ink", "\udcff"], "argument FILE: it holds bytes that are not UTF-8"),
    ],
)
def test_bad_values_are_one_sentence_and_exit_2(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("recognizer.available_backends", lambda: ("cnn",))
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert words in told and told.count("\n") == 1


def test_no_screen(tmp_path: Path) -> None:
    env = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    }
    env["SDL_AUDIODRIVER"] = "dummy"
    done = run_python("-m", "game", "--data-dir", str(tmp_path), environment=env)
    if sys.platform != "linux":
        pytest.skip("only Linux can be without a screen")
    assert done.returncode == 1
    assert done.stderr.startswith("Digit Dash") and done.stderr.count("\n") == 1


def test_interrupt_ends_the_process_cleanly(tmp_path: Path) -> None:
    env = {**os.environ, **HEADLESS, "PYTHONPATH": str(ROOT)}
    game = subprocess.Popen(
        [sys.executable, "-m", "game", "--mode", "dash", "--data-dir", str(tmp_path)],
        env=env, stderr=subprocess.PIPE, text=True,
        # What a shell starts in the background is born deaf to interrupts, and so are its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    try:
        wait_for_round(tmp_path / "digit-dash.db", game)
        game.send_signal(signal.SIGINT)
        _, told = game.communicate(timeout=60)
    finally:
        game.kill()
    assert (game.returncode, told) == (0, "")
    with closing(sqlite3.connect(tmp_path / "digit-dash.db")) as db:
        assert db.execute("SELECT state FROM rounds").fetchall() == [("abandoned",)]


def wait_for_round(path: Path, game: subprocess.Popen[str]) -> None:
    import time

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert game.poll() is None, game.communicate()[1]
        if path.exists():
            try:
                with closing(sqlite3.connect(path)) as db:
                    if db.execute("SELECT COUNT(*) FROM rounds").fetchone()[0]:
                        return
            except sqlite3.OperationalError:
                pass  # the table is just being made
        time.sleep(0.1)
    raise AssertionError("no round began")


def test_straight_into_the_lab(tmp_path: Path) -> None:
    done = run("--mode", "lab", "--frames", "90", "--data-dir", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_a_home_a_folder_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("game.command_line.default_data_dir", nobody)
    for words in ([], ["export-ink", "ink.jsonl"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
        told = capsys.readouterr().err
        assert "name a folder with --data-dir" in told and told.count("\n") == 1
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "no home folder is known" in capsys.readouterr().out


def test_the_modes_are_listed_with_every_level_and_its_meaning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["modes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for mode in MODES.values():
        begins = (f"{mode.key}: ", f"{mode.key} [FILE]: ")
        (at,) = [n for n, line in enumerate(lines) if line.startswith(begins)]
        assert mode.title in lines[at] and mode.tagline in lines[at]
        for n, level in enumerate(mode.levels):
            line = lines[at + 1 + n]
            assert line.split()[0] == level.key and level.meaning in line
    assert len([line for line in lines if "(usual)" in line]) <= len(MODES)


def test_every_listed_level_can_be_started(drive: Callable[..., Driver]) -> None:
    driver = drive()
    for mode in MODES.values():
        for level in mode.levels:
            driver.app.go(doors.start(mode.key, level.key))
            scene = driver.app.scenes[0]
            if isinstance(scene, Learn):
                assert scene.level == level
            elif isinstance(scene, Lists):
                assert scene.level == level
                scene.play()
                scene = driver.app.scenes[0]
                assert isinstance(scene, Play) and scene.level.key == level.key
            else:
                assert isinstance(scene, Play) and (scene.mode, scene.level) == (mode, level)


def test_straight_into_a_level(tmp_path: Path) -> None:
    level = MODES["sums"].levels[-1]
    words = ("--mode", "sums", "--level", level.key, "--frames", "200")
    done = run(*words, "--data-dir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(tmp_path / "digit-dash.db")) as db:
        modes = {mode for (mode,) in db.execute("SELECT mode FROM rounds")}
    assert modes == {MODES["sums"].stored_as(level)}


def test_options_are_listed_as_they_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["modes"]) == 0
    words = [line.split()[1] for line in capsys.readouterr().out.splitlines() if "--option" in line]
    for mode in MODES.values():
        for option in mode.options:
            word = f"{option.key}={','.join(option.default)}"
            assert word in words and chosen_by(mode.options, [word]) == {option.key: option.default}


def test_straight_into_a_round_with_options(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="sums", level="easy", chosen=("tables=3,2", "missing=always"))
    scene = driver.app.scenes[0]
    assert isinstance(scene, Play) and scene.level.key == "easy"
    assert dict(scene.level.chosen) == {"tables": ("2", "3"), "missing": ("always",)}


def test_a_door_may_take_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    door = doors.Door(
        "shed", "The shed", "Behind the house.", 9999, places.Settings(),
        lambda path, level: places.Notice("A file", [path.name]),
    )  # fmt: skip
    monkeypatch.setattr(doors, "OTHERS", (door,))
    assert doors.start("shed") == places.Settings()
    assert doors.start("shed", file=Path("facts.txt")) == places.Notice("A file", ["facts.txt"])
    main(["modes"])
    assert "shed [FILE]: The shed. Behind the house." in capsys.readouterr().out
