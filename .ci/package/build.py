"""`python .ci/package/build.py`: what people download: a folder that runs without Python.

Into `--out` come the packed folder for this system and the sum to check it by. The folder holds the
program, the licences of all that is in it, and a note; for Linux also a desktop entry. It is frozen
in an environment of its own, under `--work`, from `--wheel`, or from one that is built first. On
Linux `--opencv` takes the small OpenCV that `opencv.py` has made. What has become heavier than it
may be fails.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAME = "digit-dash"
# Playing opens no window of OpenCV's, whose toolkit the one of these names brings.
SWAPPED = {"opencv-python": "opencv-python-headless"}
TOOLS = ("build>=1.2", "pillow>=11", "pyinstaller>=6.11")
# Bytes, unpacked and packed. Half of the first are OpenCV's own wheel, which brings all codecs and
# linear algebra as well; the others are with one of what playing needs.
MOST, MOST_WITH_SMALL_OPENCV = (330_000_000, 125_000_000), (200_000_000, 80_000_000)
INSTALLED = "installed.txt"  # exactly what was frozen, for pip-audit


def project() -> dict[str, object]:
    """What pyproject.toml says of the project."""
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return found


def requirements(declared: list[str]) -> list[str]:
    """What playing needs, with what stands in for it here."""
    made = []
    for requirement in declared:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        made.append(requirement.replace(name, SWAPPED.get(name, name), 1))
    return made


def system() -> str:
    """This system and its processor, as downloads are named: linux-x86_64, windows-amd64."""
    name = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    return f"{name}-{platform.machine().lower()}"


def run(*words: str | Path, inside: Path) -> None:
    """Run a command in a folder that is not the checkout: what is installed is looked at."""
    print("+", *words, flush=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run([str(word) for word in words], cwd=inside, env=clean, check=True)


def environment(work: Path, opencv: Path | None) -> Path:
    """A fresh environment with the tools and what playing needs; its Python."""
    folder = work / "environment"
    run(sys.executable, "-m", "venv", "--clear", folder, inside=work)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    declared = project()["dependencies"]
    assert isinstance(declared, list)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, *requirements(declared), inside=work)
    with (work / INSTALLED).open("wb") as file:
        words = [str(python), "-m", "pip", "freeze", "--exclude", "pip", "--exclude", "setuptools"]
        subprocess.run(words, stdout=file, check=True)
    run(*pip, *TOOLS, inside=work)
    if opencv is not None:
        swap_opencv(python, opencv, work)
    return python


def swap_opencv(python: Path, opencv: Path, work: Path) -> None:
    """Put the parts of OpenCV that `opencv.py` has built in the place of pip's."""
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]
    packages = Path(subprocess.check_output(asked, cwd=work, text=True).strip())
    for part in opencv.iterdir():
        shutil.rmtree(packages / part.name)  # each is in the place of one that pip brought
        shutil.copytree(part, packages / part.name)


def built_wheel(python: Path, work: Path) -> Path:
    """The wheel of this checkout."""
    run(python, "-m", "build", "--wheel", "--outdir", work / "wheel", ROOT, inside=work)
    (wheel,) = (work / "wheel").glob("*.whl")
    return wheel


def frozen(python: Path, work: Path) -> Path:
    """The folder as people get it."""
    run(python, HERE / "icon.py", work / "icon.png", inside=work)
    run(
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", work / "frozen", "--workpath", work / "pyinstaller",
        HERE / "digit_dash.spec", inside=work,
    )  # fmt: skip
    if sys.platform == "linux":
        slim(work / "frozen" / NAME / "_internal")
    folder = work / NAME
    if sys.platform == "darwin":
        folder.mkdir()
        (work / "frozen" / "Digit Dash.app").rename(folder / "Digit Dash.app")
    else:
        (work / "frozen" / NAME).rename(folder)
    swaps = [f"{old}={new}" for old, new in SWAPPED.items()]
    listed = next((work / "pyinstaller").rglob("COLLECT-00.toc"))
    run(python, HERE / "licences.py", folder / "licences", listed, *swaps, inside=work)
    note = (HERE / "README.txt").read_text("utf-8")
    (folder / "README.txt").write_text(note, "utf-8")
    if sys.platform.startswith("linux"):
        for file in (HERE / "linux").iterdir():
            shutil.copy(file, folder)
        shutil.copy(work / "icon.png", folder / f"{NAME}.png")
    return folder


def slim(inside: Path) -> None:
    """Take the names for debuggers out of Python's own libraries: they may be half of them.

    Those of packages are left as they are: some were patched in a way that does not stand it.
    """
    for library in (*inside.glob("libpython*"), *inside.rglob("lib-dynload/*.so")):
        subprocess.run(["strip", "--strip-unneeded", library], check=True)


def packed(folder: Path, out: Path, version: str, preset: int = 6) -> Path:
    """The folder as one file: of the kind that the system's people can open, links kept."""
    base = out / f"{NAME}-{version}-{system()}"
    if sys.platform == "win32":
        path = base.with_name(f"{base.name}.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=preset) as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, file.relative_to(folder.parent))
        return path
    path = base.with_name(f"{base.name}.tar.xz")
    with tarfile.open(path, "w:xz", preset=preset) as archive:
        archive.add(folder, folder.name, filter=_nobodys)
    return path


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Whoever built it is no owner of it elsewhere."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def weight(folder: Path) -> int:
    """Bytes of all files; a link weighs nothing."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def with_sum(path: Path) -> str:
    """The line that `sha256sum --check` reads."""
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n"


def main() -> int:
    """Build it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "package", metavar="DIR")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="freeze this one")
    parser.add_argument("--opencv", type=Path, metavar="DIR", help="with the OpenCV there")
    parser.add_argument(
        "--preset", type=int, default=6, metavar="N", help="how hard to pack, from 1 to 9"
    )
    given = parser.parse_args()
    out, work = given.out.resolve(), given.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    for needed in (work, out):
        needed.mkdir(parents=True, exist_ok=True)
    python = environment(work, given.opencv and given.opencv.resolve())
    wheel = given.wheel.resolve() if given.wheel else built_wheel(python, work)
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, inside=work)
    folder = frozen(python, work)
    archive = packed(folder, out, str(project()["version"]), given.preset)
    archive.with_name(f"{archive.name}.sha256").write_text(with_sum(archive), "utf-8")
    unpacked, sent = weight(folder), archive.stat().st_size
    print(f"{archive}: {unpacked / 1e6:.0f} MB unpacked, {sent / 1e6:.0f} MB packed")
    most = MOST_WITH_SMALL_OPENCV if given.opencv else MOST
    if unpacked > most[0] or sent > most[1]:
        told = f"It may weigh {most[0] / 1e6:.0f} MB and {most[1] / 1e6:.0f} MB at most."
        print(told, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
