"""Finished steps: a step's folder appears whole or not at all, and says what it was made from.

A step is one training script, or the report. Its fingerprint covers the code of its module and of
all that this imports from the project (of a package that looks for its modules, all of them), its
options, and the files that they name. MNIST and pendigits need no mention: `train.data.sets` takes
them only if their SHA-256 is the one in its code.
"""

import argparse
import ast
import contextlib
import hashlib
import importlib.util
import json
import pkgutil
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from train.data.scratch import orphans, scratch_folder
from train.shipping import unfinished
from train.shipping.processes import is_main

STAMP = "finished.json"
_OLD = "-old"  # behind the name of a result that gives way to the next

# Options that say where to read and write or how many workers there are, not what comes out.
_WITHOUT_EFFECT = {"data", "out", "log_dir", "install", "jobs", "joblib"}
# Modules that only speak to the user, show a training or keep these books.
_ONLY_TALK = {
    "train.shipping.board", "train.shipping.script", "train.shipping.steps",
    "train.shipping.unfinished",
}  # fmt: skip


def fingerprint(name: str, arguments: argparse.Namespace, inputs: Sequence[Path] = ()) -> str:
    """The SHA-256 of all that decides the outcome of the step `train.<name>`.

    `inputs` are files that the step reads besides those that its options name.
    """
    digest = hashlib.sha256()
    for module, code in sorted(_sources(f"train.{name}").items()):
        digest.update(f"{module}\n{code}\n".encode())
    for option, value in sorted(vars(arguments).items()):
        if option not in _WITHOUT_EFFECT:
            shown = _file_digest(value) if isinstance(value, Path) else repr(value)
            digest.update(f"{option}={shown}\n".encode())
    for path in inputs:
        digest.update(f"{path.name}={_file_digest(path)}\n".encode())
    return digest.hexdigest()


def of_seed(out: Path, seed: int) -> Path:
    """What stands in the place of `--out` for the steps of a further seed."""
    return out / "seeds" / str(seed)


def is_finished(name: str, arguments: argparse.Namespace, inputs: Sequence[Path] = ()) -> bool:
    """Whether the step's folder is complete, unaltered, and made from what is there now."""
    folder = arguments.out / name
    _finish_exchange(folder)
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        unaltered = all(
            _file_digest(folder / file) == digest for file, digest in stamp["files"].items()
        )
        return bool(unaltered and stamp["fingerprint"] == fingerprint(name, arguments, inputs))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False


@contextlib.contextmanager
def finishing(
    name: str, arguments: argparse.Namespace, inputs: Sequence[Path] = ()
) -> Iterator[Path]:
    """Give a scratch folder for a step's files; it becomes `--out`/name if the block ends well.

    What an earlier run left there stays as it was until that moment; what a killed one left half
    made is removed. Of several processes only the main one keeps its files. `unfinished.current` is
    what an interrupted one reached, and goes when the step is finished.
    """
    made_from = fingerprint(name, arguments, inputs)
    arguments.out.mkdir(parents=True, exist_ok=True)
    _finish_exchange(arguments.out / name)
    with (
        scratch_folder(arguments.out, f".{name}-") as scratch,
        unfinished.opened(
            unfinished.Unfinished(
                arguments.out / f".{name}.unfinished", scratch, made_from, arguments.data
            )
        ) as reached,
    ):
        yield scratch
        if is_main():
            files = {
                path.relative_to(scratch).as_posix(): _file_digest(path)
                for path in sorted(scratch.rglob("*"))
                if path.is_file()
            }
            stamp = {"fingerprint": made_from, "sittings": reached.sittings, "files": files}
            (scratch / STAMP).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
            scratch.chmod(0o755)
            _exchange(scratch, arguments.out / name)
            reached.remove()


def _exchange(new: Path, place: Path) -> None:
    """Move `new` to `place`; what stood there is removed, or put back if the move fails."""
    old = new.with_name(f"{new.name}{_OLD}")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _finish_exchange(place: Path) -> None:
    """Where a run was killed between the two moves of `_exchange`, make the second one.

    The new result is whole then, as its stamp was written before; else the old one is put back.
    """
    for left in orphans(place.parent, f".{place.name}-"):
        old = left.with_name(f"{left.name.removesuffix(_OLD)}{_OLD}")
        if place.exists() or not old.exists():
            continue
        new = old.with_name(old.name.removesuffix(_OLD))
        if (new / STAMP).is_file():
            new.rename(place)
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sources(module: str) -> dict[str, str]:
    """The code of a module and of all the project's modules that it imports, by name."""
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = _module_path(name)
        if name in found or name in _ONLY_TALK or path is None:
            continue
        imports, scans, found[name] = _parsed(path.read_text(encoding="utf-8"))
        waiting += imports
        if path.name == "__init__.py" and scans:
            waiting += [
                f"{name}.{module.name}" for module in pkgutil.iter_modules([str(path.parent)])
            ]
    return found


@cache
def _parsed(source: str) -> tuple[list[str], bool, str]:
    """What a module imports, whether it looks for modules, and its code; every step asks anew."""
    tree = ast.parse(source)
    return _imports(tree), _scans(tree), ast.dump(_without_docstrings(tree))


def _module_path(name: str) -> Path | None:
    """The file of a module of this project; None for any other name."""
    if name.partition(".")[0] not in ("train", "recognizer", "game"):
        return None
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError:  # a name inside a module, not a module
        return None
    return None if spec is None or spec.origin is None else Path(spec.origin)


def _imports(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            # `from recognizer import ink` names a module, `from train.data import Images` does not.
            modules = [part for part in parts if _module_path(part) is not None]
            names += modules if len(modules) == len(parts) else [*modules, node.module]
    return names


def _scans(tree: ast.Module) -> bool:
    """Whether a package finds its modules while it runs, instead of naming them in imports."""
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return not found.isdisjoint({"iter_modules", "walk_packages", "import_module", "__import__"})


def _without_docstrings(tree: ast.Module) -> ast.Module:
    """The tree with every docstring emptied: words and comments change no result."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first: Any = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                first.value.value = ""
    return tree
