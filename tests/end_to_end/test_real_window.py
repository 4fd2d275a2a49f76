"""The real window under Xvfb: xdotool writes with a real pointer; the database has the readings.

The prompts follow from the seed; the digits are written as polylines at the places that the game's
own layout gives for the window's size.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from game.rules.modes.dash import MODE as DASH
from game.rules.modes.mode import Mode
from game.rules.modes.sums import MODE as SUMS
from game.ui.layout import Frame, play_layout
from recognizer import Recognizer

pytestmark = pytest.mark.end_to_end

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool")
SIZE = (1000, 640)  # of the window
SCREEN = (1100, 720)
PATIENCE = 60.0  # s that any single thing may take on a busy machine
ANSWERS = 6
SEED = "end to end"

# Corner points "x,y" of each digit in a square of 100 by 100; a slash lifts the pen.
CORNERS = {
    "0": "50,0 25,12 14,50 25,88 50,100 75,88 86,50 75,12 50,0",
    "1": "50,0 50,100",
    "2": "15,25 30,4 60,0 82,18 80,40 50,70 12,100 88,100",
    "3": "18,10 50,0 80,16 72,38 42,48 75,58 84,80 55,100 15,90",
    "4": "40,0 12,62 90,62 / 65,30 65,100",
    "5": "25,0 20,45 55,40 82,60 75,90 45,100 12,90 / 25,0 82,0",
    "6": "68,0 35,30 18,68 32,95 62,100 82,78 65,55 38,56 20,74",
    "7": "12,0 88,0 60,45 42,100",
    "8": "72,10 45,0 25,20 50,46 78,75 50,100 22,75 50,46 76,25 72,10",
    "9": "78,25 50,0 22,22 42,48 76,30 78,25 72,70 64,100",
}
PEN = {
    digit: [
        [(int(x) / 100, int(y) / 100) for x, y in (corner.split(",") for corner in stroke.split())]
        for stroke in strokes.split("/")
    ]
    for digit, strokes in CORNERS.items()
}

T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None]) -> T:
    """Look again and again until there is something; fail after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {PATIENCE:.0f} s")


@contextmanager
def own_display() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An X server of our own on a free display: the display's name and the server."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        reason = f"{' and '.join(missing)} not installed"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; in CI the real window must be tested")
        pytest.skip(reason)
    reader, writer = os.pipe()
    server = subprocess.Popen(
        # Without -noreset the server begins anew when a game leaves, and turns the next one away.
        [
            "Xvfb", "-noreset", "-displayfd", str(writer),
            "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24",
        ],
        pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}", server
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display that the tests share."""
    with own_display() as (name, _):
        yield name


class RealGame:
    """The game as its own process, and a hand that moves the pointer on its display."""

    def __init__(self, display: str, data_dir: Path, *arguments: str, is_new: bool = False) -> None:
        """Start it; `is_new`: for a player who was not asked for their hand yet."""
        asked = "" if is_new else "calibration_offered = true\n"
        (data_dir / "settings.toml").write_text(f"lesson_offered = true\n{asked}")
        self._env = {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")
            },
            "DISPLAY": display,
            "SDL_AUDIODRIVER": "dummy",
            "PYTHONPATH": str(ROOT),
        }
        self.database = data_dir / "digit-dash.db"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "--size", f"{SIZE[0]}x{SIZE[1]}", "--data-dir",
             str(data_dir), *arguments],
            env=self._env, cwd=data_dir, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._origin = wait_for("the window", self._find_origin)

    def xdotool(self, *words: str, check: bool = True) -> str:
        """Run xdotool on the game's display."""
        done = subprocess.run(
            ["xdotool", *words], env=self._env, capture_output=True, text=True, timeout=PATIENCE
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def _find_origin(self) -> tuple[int, int] | None:
        """Where this game's window is; None while it is not there whole, or is being replaced."""
        assert self.process.poll() is None, self.process.communicate()[1]
        pid = str(self.process.pid)
        found = self.xdotool(
            "search", "--all", "--onlyvisible", "--pid", pid, "--class", "^digit-dash$", check=False
        )
        for window in found.split():
            shell = self.xdotool("getwindowgeometry", "--shell", window, check=False)
            facts = dict(line.split("=", 1) for line in shell.split())
            if (facts.get("WIDTH"), facts.get("HEIGHT")) == tuple(map(str, SIZE)):
                return int(facts["X"]), int(facts["Y"])
        return None

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Look into the database while the game writes it."""
        assert self.process.poll() is None, self.process.communicate()[1]
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as db:
            try:
                return list(db.execute(statement))
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    def write(self, number: str, steps: int = 6) -> None:
        """Write digits side by side with the real pointer, in the middle of the paper."""
        paper = play_layout(Frame(*SIZE), left_handed=False).paper
        side = min(paper.w, paper.h) * (0.55 if len(number) == 1 else 0.4)
        width, gap = side * 0.7, side * 0.25
        total = len(number) * (width + gap) - gap
        top = self._origin[1] + paper.centery - side / 2
        for n, digit in enumerate(number):
            left = self._origin[0] + paper.centerx - total / 2 + n * (width + gap)
            self._write_digit(digit, left, top, width, side, steps)

    def _write_digit(
        self, digit: str, left: float, top: float, width: float, height: float, steps: int
    ) -> None:
        for stroke in PEN[digit]:
            corners = [(left + x * width, top + y * height) for x, y in stroke]
            path = [corners[0]]
            for (x0, y0), (x1, y1) in itertools.pairwise(corners):
                path += [
                    (x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps)
                    for n in range(1, steps + 1)
                ]
            words = ["mousemove", *place(path[0]), "mousedown", "1"]
            for point in path[1:]:
                words += ["mousemove", *place(point)]
            self.xdotool(*words, "mouseup", "1")

    def close(self) -> str:
        """Ask the game to end, and return what it said on stderr."""
        self.process.terminate()
        try:
            return self.process.communicate(timeout=PATIENCE)[1]
        finally:
            self.process.kill()


def place(point: tuple[float, float]) -> tuple[str, str]:
    return str(round(point[0])), str(round(point[1]))


def expected_answers(mode: Mode, count: int, seed: str = SEED) -> list[str]:
    """What the game asks for with a seed."""
    rng = random.Random(random.Random(seed).getrandbits(64))  # as `App.new_rng` makes the first one
    deck = mode.level().rules.make_deck(rng)
    return [deck.deal().answer for _ in range(count)]


def test_written_digits_are_read_and_kept(display: str, tmp_path: Path) -> None:
    game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        written = expected_answers(DASH, ANSWERS)
        for number, digit in enumerate(written, 1):
            game.write(digit)
            wait_for(
                f"the reading of answer {number}",
                lambda number=number: len(game.query("SELECT id FROM answers")) >= number,
            )
            if game.query("SELECT verdict FROM answers ORDER BY id")[-1] != ("right",):
                time.sleep(1.5)  # the game shows a wrong answer for a moment
        answers = game.query(
            "SELECT expected, read, correct, seconds, ink FROM answers ORDER BY id"
        )
    finally:
        said = game.close()
    assert said == ""
    assert game.process.returncode == 0
    assert [row[0] for row in answers] == written
    right = [row for row in answers if row[2] == 1]
    assert all(row[0] == row[1] for row in right)
    assert len(right) >= ANSWERS - 1, [(row[0], row[1]) for row in answers]
    for expected, _, _, seconds, ink in answers:
        strokes = json.loads(str(ink))
        assert len(strokes) == len(PEN[str(expected)])
        assert all(len(stroke) >= 6 for stroke in strokes), "every motion of the pointer counts"
        times = [point[2] for stroke in strokes for point in stroke]
        assert times == sorted(times) and 0 < times[-1] < PATIENCE
        assert isinstance(seconds, float) and seconds > 0
    with closing(sqlite3.connect(game.database)) as db:
        state, score = db.execute("SELECT state, score FROM rounds").fetchone()
    assert state == "abandoned" and score > 0  # closed in mid-round, and nothing is lost


def test_a_sum_of_two_digits_is_read_and_kept(display: str, tmp_path: Path) -> None:
    """The number arrives in the database as it was read, whatever that is, under "sums"."""
    seed = next(s for s in map(str, range(1000)) if len(expected_answers(SUMS, 1, s)[0]) == 2)
    (number,) = expected_answers(SUMS, 1, seed)
    game = RealGame(display, tmp_path, "--mode", "sums", "--seed", seed)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        game.write(number)
        ((mode, expected, read, verdict, probabilities, ink),) = wait_for(
            "the reading of the number",
            lambda: game.query(
                "SELECT mode, expected, read, verdict, probabilities, ink"
                " FROM answers JOIN rounds ON rounds.id = round_id"
            ),
        )
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0
    assert (mode, expected) == ("sums", number)
    assert len(json.loads(str(ink))) == sum(len(PEN[digit]) for digit in number)
    assert len(json.loads(str(probabilities))) == len(str(read))
    whole = len(str(read)) == len(number) and "?" not in str(read)
    assert (verdict == "right") == (read == number)
    assert whole or verdict == "unreadable"


def test_title_is_played_with_the_pointer(display: str, tmp_path: Path) -> None:
    """From the title into a round by a click on its first button."""
    game = RealGame(display, tmp_path)
    try:
        wait_for("the database", game.database.exists)

        # The buttons stand in the left column; from above, the first one that is met plays Dash.
        heights = itertools.cycle(range(300, 660, 15))

        def begin() -> bool:
            x, y = game._origin
            game.xdotool("mousemove", str(x + 150), str(y + next(heights)), "click", "1")
            time.sleep(0.2)
            return bool(game.query("SELECT id FROM rounds WHERE mode = 'dash'"))

        wait_for("the round", begin)
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0


def test_a_new_player_shows_their_hand(display: str, tmp_path: Path) -> None:
    """The offer at the title, a few digits, and the file that they are kept in."""
    if not Recognizer("cnn").learns_hands:
        pytest.skip("the shipped CNN was exported without its features")
    game = RealGame(display, tmp_path, is_new=True)
    settings, hand = tmp_path / "settings.toml", tmp_path / "my-hand.json"
    try:
        wait_for("the offer", lambda: "calibration_offered = true" in settings.read_text())
        time.sleep(0.5)  # it is kept just before it can be answered
        game.xdotool("key", "Return")
        time.sleep(0.5)
        for number, digit in enumerate("012", 1):
            game.write(digit)
            found = wait_for(
                f"digit {digit}",
                lambda number=number: (
                    hand.exists()
                    and len(samples := json.loads(hand.read_text())["samples"]) == number
                    and samples
                ),
            )
            assert found[-1]["label"] == digit
    finally:
        complaints = game.close()
    assert "Traceback" not in complaints


def test_lab_is_drawn_in_and_keeps_nothing(display: str, tmp_path: Path) -> None:
    """From the title into the Lab by its key, some ink, and out again."""
    game = RealGame(display, tmp_path)
    try:
        wait_for("the database", game.database.exists)
        game.xdotool("key", "l")
        for _ in range(3):
            game.write("8")
            game.xdotool("key", "z")
        game.xdotool("key", "Escape")
        wait_for("the title, from which a round begins", lambda: begun(game))
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (0,)


def begun(game: RealGame) -> bool:
    game.xdotool("key", "Return")
    return bool(game.query("SELECT id FROM rounds"))


def wait_for_end(game: RealGame) -> str:
    try:
        return game.process.communicate(timeout=PATIENCE)[1]
    finally:
        game.process.kill()


def test_asked_to_end_in_mid_stroke_it_keeps_everything(display: str, tmp_path: Path) -> None:
    """SIGTERM while the pen is down: no word on the terminal, the round is closed."""
    game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        game.write(expected_answers(DASH, 1)[0])
        wait_for("the answer", lambda: game.query("SELECT id FROM answers"))
        x, y = game._origin
        game.xdotool("mousemove", str(x + 500), str(y + 400), "mousedown", "1")
    finally:
        said = game.close()
    assert (said, game.process.returncode) == ("", 0)
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("SELECT state FROM rounds").fetchall() == [("abandoned",)]
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (1,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_screen_that_vanishes_takes_no_answer_with_it(tmp_path: Path) -> None:
    """The X server dies in mid-round: the game ends, and the next start is clean."""
    with own_display() as (display, server):
        game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
        try:
            wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
            game.write(expected_answers(DASH, 1)[0])
            wait_for("the answer", lambda: game.query("SELECT id FROM answers"))
            server.kill()
        finally:
            said = wait_for_end(game)
    assert "Traceback" not in said
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (1,)
    with own_display() as (display, _):
        again = RealGame(display, tmp_path)
        said = again.close()
    assert (said, again.process.returncode) == ("", 0)
    assert not list(tmp_path.glob("*.broken-*"))
