"""The game in a real window on a screen of its own (Xvfb), and a hand with a real pointer."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from game.ui.layout import Frame, play_layout

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("Xvfb", "xdotool")
SIZE = (1000, 640)  # of the window
SCREEN = (1100, 720)
PATIENCE = 240.0  # s that any single thing may take on a busy machine

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


def missing_tools() -> str:
    """A sentence where something is not installed that a real window needs, else nothing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    return f"{' and '.join(missing)} not installed" if missing else ""


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


class RealGame:
    """The game as its own process, and a hand that moves the pointer on its display."""

    def __init__(
        self, display: str, data_dir: Path, *arguments: str, is_new: bool = False,
        program: Path | None = None,
    ) -> None:  # fmt: skip
        """Start it; `is_new`: for a player who was not asked for their hand yet.

        `program` is one that needs no Python: it finds none on its path.
        """
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
        command = [sys.executable, "-m", "game"] if program is None else [str(program)]
        own = self._env if program is None else {**self._env, "PATH": "", "PYTHONPATH": ""}
        self.database = data_dir / "digit-dash.db"
        self.process = subprocess.Popen(
            [*command, "--size", f"{SIZE[0]}x{SIZE[1]}", "--data-dir", str(data_dir), *arguments],
            env=own, cwd=data_dir, stderr=subprocess.PIPE, text=True,
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
            self.draw(path)

    def draw(self, *strokes: Sequence[tuple[float, float]]) -> None:
        """Draw with the real pointer, one line after the other; points are px of the screen."""
        words: list[str] = []
        for stroke in strokes:
            words += ["mousemove", *place(stroke[0]), "mousedown", "1"]
            for point in stroke[1:]:
                words += ["mousemove", *place(point)]
            words += ["mouseup", "1"]
        self.xdotool(*words)

    def draw_inside(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Likewise, with points in px of the window."""
        x, y = self._origin
        self.draw(*[[(x + px, y + py) for px, py in stroke] for stroke in strokes])

    def click(self, point: tuple[float, float]) -> None:
        """Click at a place, px of the window."""
        self.draw_inside([[point]])

    def close(self) -> str:
        """Ask the game to end, and return what it said on stderr."""
        self.process.terminate()
        try:
            return self.process.communicate(timeout=PATIENCE)[1]
        finally:
            self.process.kill()


def place(point: tuple[float, float]) -> tuple[str, str]:
    return str(round(point[0])), str(round(point[1]))
