"""`python .ci/package/smoke.py ARCHIVE`: what was packed runs on a machine that has no Python.

The archive is checked by its sum and unpacked; its program is started from elsewhere, with nothing
on its path. It must say what the wheel in the build's own environment says, have every language,
read a digit with every recognizer, begin a round and keep it. Where there is a virtual screen
(`--rounds`, Linux), whole rounds are written into its real window with a real pointer.
"""

import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "digit-dash"
FRAMES = 360  # six seconds: the countdown is over, and the round has begun
SECONDS = 120  # that a command may take
OTHERS = ("cnn", "yolo")  # who reads whole rounds


class Trouble(Exception):
    """What does not work, in a sentence."""


def checked(archive: Path) -> None:
    """The archive is the one that its sum was made of."""
    said = archive.with_name(f"{archive.name}.sha256").read_text("utf-8").split()
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if said != [found, archive.name]:
        raise Trouble(f"{archive.name} has the sum {found}, and {said} is written beside it")


def unpacked(archive: Path, folder: Path) -> Path:
    """The program in what was packed."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    home = folder / NAME
    places = (home / f"{NAME}.exe", home / f"Digit Dash.app/Contents/MacOS/{NAME}", home / NAME)
    found = next((path for path in places if path.is_file()), None)
    if found is None:
        raise Trouble(f"there is no program in {archive.name}")
    for needed in ("README.txt", f"licences/{NAME}", "licences/python", "licences/onnxruntime"):
        if not (home / needed).exists():
            raise Trouble(f"{archive.name} lacks {needed}")
    return found


def bare(elsewhere: Path) -> dict[str, str]:
    """An environment in which no Python can be found, and no screen and no sound."""
    kept = (
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "LANG",
    )  # Windows starts nothing without its root
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PATH": str(elsewhere),
        "HOME": str(elsewhere),
        "USERPROFILE": str(elsewhere),
        "LOCALAPPDATA": str(elsewhere),
        "SDL_VIDEODRIVER": "dummy",
        "SDL_AUDIODRIVER": "dummy",
    }


def said(program: list[str], *words: str, env: Mapping[str, str], code: int | None = 0) -> str:
    """What a command prints; `code` is how it must end."""
    done = subprocess.run(
        [*program, *words], env=env, cwd=env["PATH"], capture_output=True, text=True,
        encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip
    if code is not None and done.returncode != code:
        raise Trouble(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def says_the_same(frozen: str, python: str, env: dict[str, str]) -> None:
    """Version, models, modes and help are the wheel's."""
    for words in (("--version",), ("modes",), ("--help",)):
        found = said([frozen], *words, env=env)
        wanted = said([python, "-I", "-X", "utf8", "-m", "game"], *words, env=env)
        if found != wanted or not found:
            raise Trouble(f"{words[0]} says {found!r}, that of the wheel {wanted!r}")
        print(f"{words[0]}: {len(found.splitlines())} lines, as the wheel")


def is_well(frozen: str, env: dict[str, str]) -> None:
    """By the doctor's word every recognizer of the manifest reads, and every language is there."""
    found = said([frozen], "doctor", env=env, code=None)  # it misses a screen
    lines = {line[2:].partition(": ")[0]: line[2:].strip() for line in found.splitlines()}
    for name in json.loads((ROOT / "assets/models/manifest.json").read_bytes())["models"]:
        line = lines.get(f"recognizer {name}", "")
        if "reads a 7" not in line:
            raise Trouble(f"{name} does not read: {line or found!r}")
        print(line)
    codes = {"en", *(path.stem for path in (ROOT / "game/language/catalogues").glob("*.mo"))}
    if set(lines["languages"].partition(": ")[2].split(", ")) != codes:
        raise Trouble(f"it has the {lines['languages']}, and not {', '.join(sorted(codes))}")
    print(lines["languages"])
    if "opencv-python-headless" not in lines["packages"]:
        raise Trouble(f"it is made of another OpenCV: {lines['packages']}")


def begins(frozen: str, elsewhere: Path, env: dict[str, str]) -> None:
    """A round begins and is kept, whoever reads."""
    for backend in OTHERS:
        data = elsewhere / f"data-{backend}"
        said(
            [frozen], "--mode", "dash", "--backend", backend, "--frames", str(FRAMES),
            "--data-dir", str(data), env=env,
        )  # fmt: skip
        with closing(sqlite3.connect(data / f"{NAME}.db")) as db:
            kept = db.execute("SELECT mode, backend FROM rounds").fetchall()
        if [row[1] for row in kept] != [backend]:
            raise Trouble(f"of one round with {backend} these are kept: {kept}")
        print(f"a round of {kept[0][0]} with {backend} began and is kept")


def writes(frozen: str, python: str, rounds: list[str]) -> None:
    """Whole rounds in the real window, each with another recognizer."""
    for mode, backend in zip(rounds, OTHERS, strict=False):
        words = ["tests.real_window", mode, "--program", frozen, "--backend", backend]
        if subprocess.run([python, "-m", *words], cwd=ROOT).returncode:
            raise Trouble(f"a round of {mode} with {backend} did not come to its end")


def main() -> int:
    """Try it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "package", metavar="DIR",
        help="where it was built: the environment there holds the wheel to compare with",
    )  # fmt: skip
    parser.add_argument(
        "--rounds", nargs="+", default=[], metavar="MODE", help="to be played in a real window"
    )
    given = parser.parse_args()
    inside = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    python = str(given.work.resolve() / "environment" / inside)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        env = bare(elsewhere)
        try:
            checked(given.archive)
            frozen = str(unpacked(given.archive, folder))
            says_the_same(frozen, python, env)
            is_well(frozen, env)
            begins(frozen, elsewhere, env)
            writes(frozen, python, given.rounds)
        except Trouble as trouble:
            print(f"{given.archive.name}: {trouble}.", file=sys.stderr)
            return 1
    print(f"{given.archive.name} works without Python.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
