"""Finished models: what the manifest says of each, and the install, all of them or none."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.store import MANIFEST, MANIFEST_FORMAT, models_folder

MODEL_SUFFIXES = (".onnx", ".npz")  # of all else in the folder (cards, licences) none is touched


@dataclass(frozen=True)
class Model:
    """A finished model file and what the manifest will say of it."""

    name: str
    path: Path
    details: dict[str, Any]

    def write_card(self) -> "Model":
        """Write the details as JSON beside the model file, for `load_model`; returns the model."""
        card = {"name": self.name, "file": self.path.name, "details": self.details}
        self.path.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n")
        return self


def load_model(card: Path) -> Model:
    """The model that a card describes; raises OSError where either is missing."""
    content = json.loads(card.read_text(encoding="utf-8"))
    path = card.with_name(content["file"])
    path.stat()
    return Model(content["name"], path, content["details"])


def install(models: Iterable[Model], folder: Path | None = None) -> Path:
    """Put models into a folder of shipped models, all of them or none; returns the folder.

    Files carry a piece of their SHA-256 in their name, so a new one never overwrites one in use.
    The manifest that names them is replaced in one step at the end: before that step all is as it
    was, after it the new models are in place. Only then are files that no entry names removed.
    """
    folder = models_folder() if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    manifest_path = folder / MANIFEST
    entries: dict[str, Any] = {}
    if manifest_path.is_file():
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        if manifest["format"] == MANIFEST_FORMAT:
            entries = manifest["models"]
    before = dict(entries)
    try:
        for model in models:
            content = model.path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            name = f"{model.name}-{digest[:8]}{model.path.suffix}"
            replace_file(folder / name, content)
            entries[model.name] = {
                "file": name,
                "sha256": digest,
                "bytes": len(content),
                **model.details,
            }
        manifest = {"format": MANIFEST_FORMAT, "models": dict(sorted(entries.items()))}
        replace_file(manifest_path, (json.dumps(manifest, indent=2) + "\n").encode())
    except BaseException:
        _remove_unnamed(folder, before)
        raise
    _remove_unnamed(folder, entries)
    return folder


def _remove_unnamed(folder: Path, entries: Mapping[str, Any]) -> None:
    """Remove the model files of a folder that no entry of its manifest names."""
    named = {entry["file"] for entry in entries.values()}
    for path in folder.iterdir():
        if path.suffix in MODEL_SUFFIXES and path.is_file() and path.name not in named:
            path.unlink()


def replace_file(path: Path, content: bytes, draft_folder: Path | None = None) -> None:
    """Write a file beside its place and move it there, so that it is never seen half-written.

    `draft_folder` is where it is written instead; it must be on the same file system.
    """
    descriptor, name = tempfile.mkstemp(prefix=".installing-", dir=draft_folder or path.parent)
    scratch = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(0o644)
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
