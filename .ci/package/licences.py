"""The licences of everything that is in the frozen folder: a folder of texts for each package.

What was frozen stands in PyInstaller's own list of files. A Python package brings its texts with
it; a library of the system has Debian's copyright file, where there is one; the rest is Python's.
"""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

# Names of files that hold a licence, in a package or in what describes it.
TEXT = re.compile(r"(licen[cs]e|copying|notice|third.?party|ofl|lgpl)", re.IGNORECASE)
CODE = {".py", ".pyc", ".pyi", ".so", ".pyd", ".dll"}
# Packages that say in a word what they are under and bring no text of it: who else brings it.
SAME_AS = {"flatbuffers": ("packaging", "LICENSE.APACHE")}
BOOTLOADER = "pyinstaller"  # its starter is part of the folder


def texts(distribution: metadata.Distribution) -> list[Path]:
    """The files of an installed package that hold its licence, and those of what it contains."""
    return [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if TEXT.match(file.name) and file.suffix not in CODE
    ]


def closure(name: str, swapped: dict[str, str]) -> set[str]:
    """A package and all that it needs to run; `swapped`: what stands in for what."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = swapped.get(waiting[-1], waiting[-1])
        waiting.pop()
        if name in found:
            continue
        found.add(name)
        for need in metadata.requires(name) or ():
            if "extra ==" not in need and _applies(need):
                waiting.append(_bare(need))
    return found


def _bare(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def _applies(requirement: str) -> bool:
    """Whether what a requirement asks for is installed: markers are pip's business."""
    try:
        metadata.distribution(_bare(requirement))
    except metadata.PackageNotFoundError:
        return ";" not in requirement
    return True


def copy_texts(names: Iterable[str], folder: Path) -> list[str]:
    """Copy the texts of each package into a folder of its name; return those that have none."""
    lacking = []
    for name in sorted(names):
        distribution = metadata.distribution(name)
        found = texts(distribution)
        if not found and name in SAME_AS:
            other, text = SAME_AS[name]
            found = [path for path in texts(metadata.distribution(other)) if path.name == text]
        if not found:
            lacking.append(name)
        for path in found:
            # Several of a package may have the same name: the folders above are part of it.
            base = Path(str(distribution.locate_file("")))
            inside = path.relative_to(base).parts if path.is_relative_to(base) else (path.name,)
            _copy(path, folder / name / "-".join(inside[1:] or inside))
    return lacking


def system_libraries(listed: Path) -> Iterator[Path]:
    """What was frozen from outside Python and its packages, by PyInstaller's list of files."""
    own = [Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()]
    files = ast.literal_eval(listed.read_text(encoding="utf-8"))
    entries = next(part for part in files if isinstance(part, list))
    for _, source, kind in entries:
        path = Path(source).resolve()
        if kind == "BINARY" and not any(path.is_relative_to(folder) for folder in own):
            yield path


def copy_debian_texts(libraries: Iterable[Path], folder: Path) -> None:
    """Copy Debian's copyright file of each library, where the system is one of that family."""
    if shutil.which("dpkg") is None:
        return
    for library in libraries:
        # Since /usr was merged a package may know its file by the shorter path.
        for path in (library, Path(str(library).replace("/usr/lib/", "/lib/", 1))):
            done = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True)
            if done.returncode == 0:
                package = done.stdout.partition(":")[0]
                text = Path("/usr/share/doc") / package / "copyright"
                if text.is_file():
                    _copy(text, folder / package / "copyright")
                break


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main() -> int:
    """Collect them: FOLDER, PyInstaller's list of files, then pairs NAME=STAND-IN."""
    folder, listed = Path(sys.argv[1]), Path(sys.argv[2])
    swapped = dict(word.split("=") for word in sys.argv[3:])
    lacking = copy_texts({*closure("digit-dash", swapped), BOOTLOADER}, folder)
    own = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    others = (Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE")
    text = next((path for path in (own, *others) if path.is_file()), None)
    if text is not None:
        _copy(text, folder / "python" / "LICENSE.txt")
    elif debian := list(Path("/usr/share/doc").glob("libpython3*-stdlib/copyright")):
        _copy(debian[0], folder / "python" / "copyright")
    else:
        lacking.append("python")
    copy_debian_texts(system_libraries(listed), folder / "system")
    if lacking:
        print(f"No licence was found of {', '.join(lacking)}.", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
