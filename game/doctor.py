"""`python -m game doctor`: what is installed and what works, in one paste for a bug report.

It looks and changes nothing: no file is made, no window opened. Nothing personal is in it: no
player's name, no score, no ink, and the home folder is written as `~`.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from game.command_line import Parser
from game.language.catalogues import languages
from game.persistence.files import reason
from game.persistence.players import find_players
from game.quiet import quiet_stderr
from game.version import full_version

NAME = "doctor"
SEVEN = [[(10.0, 10.0), (60.0, 10.0), (30.0, 100.0)]]  # ink that every recognizer must read
PACKAGES = ("numpy", "opencv-python", "opencv-python-headless", "onnxruntime", "pygame-ce", "fsrs")
LEAST_FREE = 50_000_000  # bytes on the disk below which a round may not be kept
BUSY_SECONDS = 0.5  # that another game's writing is waited for


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, and what was found; `ails` where something does not work."""

    what: str
    found: str
    ails: bool = False

    def __str__(self) -> str:
        return f"{'!' if self.ails else ' '} {self.what}: {self.found}"


def main(arguments: Sequence[str]) -> int:
    """Print what was found; return 0 where all of it works, else 1."""
    parser = Parser(
        prog=f"digit-dash {NAME}",
        description="Say what is installed and what works: one paste for a bug report.",
    )
    parser.add_data_dir()
    given = parser.parse(arguments)
    findings = list(examine(given.data_dir))
    for finding in findings:
        print(finding)
    ailing = [finding.what for finding in findings if finding.ails]
    print(f"\nNot well: {', '.join(ailing)}." if ailing else "\nAll is well.")
    return 1 if ailing else 0


def examine(data: Path) -> Iterator[Finding]:
    """Look at everything, one after the other; what fails is a finding and ends nothing."""
    yield Finding("version", full_version())
    yield Finding("Python", f"{platform.python_version()} on {platform.platform()}")
    yield Finding("packages", ", ".join(_packages()))
    yield Finding("languages", ", ".join(language.code for language in languages()))
    yield from _recognizers()
    yield from _data(data)
    for what, look in (("display", _display), ("sound", _sound), ("clipboard", _clipboard)):
        yield _tried(what, look)


def _packages() -> Iterator[str]:
    for name in PACKAGES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue


def _tried(what: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:  # whatever it is, it is what the report is about
        return Finding(what, f"{type(error).__name__}: {_without_home(str(error))}", ails=True)


# --- reading --------------------------------------------------------------------------------------


def _recognizers() -> Iterator[Finding]:
    from recognizer import available_backends

    names = available_backends()
    if not names:
        yield Finding("recognizers", "none is installed", ails=True)
    for name in names:
        yield _tried(f"recognizer {name}", partial(_reads, name))


def _reads(name: str) -> Finding:
    from recognizer import Recognizer

    reading = Recognizer(name).read(SEVEN, length=1)
    if reading.text == "7":
        return Finding(f"recognizer {name}", f"reads a 7 in {reading.elapsed_ms:.1f} ms")
    return Finding(f"recognizer {name}", f"reads {reading.text!r} where a 7 is written", ails=True)


# --- data -----------------------------------------------------------------------------------------


def _data(folder: Path) -> Iterator[Finding]:
    shown = _without_home(str(folder))
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    writable = os.access(there, os.W_OK)
    state = "" if folder.is_dir() else " (not made yet)"
    yield Finding(
        "data", f"{shown}{state}{'' if writable else ', cannot be written'}", ails=not writable
    )
    try:
        free = shutil.disk_usage(there).free
        yield Finding("free space", f"{free / 1e9:.1f} GB", ails=free < LEAST_FREE)
    except OSError as error:
        yield Finding("free space", f"cannot be told ({reason(error)})", ails=True)
    found = find_players(folder)
    yield Finding("players", f"{len(found.players)}")
    for number, player in enumerate(found.players, 1):
        if player.database.is_file():
            yield _tried(f"database {number}", partial(_database, number, player.database))
    for _ in found.notices:
        yield Finding("players", "the files of one cannot be read", ails=True)


def _database(number: int, path: Path) -> Finding:
    what = f"database {number}"
    with closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    ) as db:
        (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
    size = f"{path.stat().st_size / 1e6:.1f} MB, version {version}"
    return Finding(what, size if said == "ok" else f"{size}, damaged", ails=said != "ok")


# --- devices --------------------------------------------------------------------------------------


def _display() -> Finding:
    import pygame

    with quiet_stderr():
        pygame.display.init()
    driver = pygame.display.get_driver()
    sizes = ", ".join(f"{width}x{height}" for width, height in pygame.display.get_desktop_sizes())
    seen = driver not in ("offscreen", "dummy")
    return Finding("display", f"{driver}, {sizes}" if seen else f"none ({driver})", ails=not seen)


def _sound() -> Finding:
    import pygame

    try:
        with quiet_stderr():
            pygame.mixer.init()
    except pygame.error as error:
        return Finding("sound", f"none, the game plays in silence ({error})")
    pygame.mixer.quit()
    return Finding("sound", "works")


def _clipboard() -> Finding:
    import pygame.scrap

    return Finding("clipboard", "there" if hasattr(pygame.scrap, "put_text") else "none")


def _without_home(text: str) -> str:
    """The text without the name of whoever's home it is."""
    try:
        home = str(Path.home())
    except RuntimeError:
        return text
    return text.replace(home, "~") if len(home) > 1 else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
