"""The model store: a folder of model files and the manifest that vouches for them.

`manifest.json` holds, for each backend, the file's name, SHA-256 and size, the opset, the data it
learned from, its licence, the command that makes it, and the figures of its training. A file is
read only if its SHA-256 is the manifest's. Models are ONNX; nothing here unpickles.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.errors import RecognizerError

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1

_PACKAGE = Path(__file__).resolve().parent


def models_folder() -> Path:
    """The shipped models: inside an installed package, else the checkout's assets/models."""
    packaged = _PACKAGE / "assets" / "models"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "assets" / "models"


@dataclass(frozen=True)
class ModelEntry:
    """What the manifest says of one model."""

    name: str
    path: Path
    sha256: str
    made_by: str
    details: dict[str, Any]

    def read(self) -> bytes:
        """The model's bytes, checked against the manifest; raises RecognizerError otherwise."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise RecognizerError(
                f"The model file {self.path} cannot be read ({error.strerror}); "
                f"make it with: {self.made_by} --install"
            ) from None
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise RecognizerError(
                f"The model file {self.path} was altered (its SHA-256 is not the manifest's); "
                f"make it anew with: {self.made_by} --install"
            )
        return content


class ModelStore:
    """The models that a folder's manifest lists."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = models_folder() if folder is None else Path(folder)

    def names(self) -> tuple[str, ...]:
        """The backends whose model file is there; none without a readable manifest."""
        try:
            return tuple(name for name, entry in self._entries().items() if entry.path.is_file())
        except RecognizerError:
            return ()

    def entry(self, name: str) -> ModelEntry:
        """The manifest's entry of a backend; raises RecognizerError where there is none."""
        entries = self._entries()
        if name not in entries:
            raise RecognizerError(
                f"{self.folder / MANIFEST} lists no model for the backend {name!r}; "
                f"make it with: python -m train.{name} --install"
            )
        return entries[name]

    def _entries(self) -> dict[str, ModelEntry]:
        path = self.folder / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            if manifest["format"] != MANIFEST_FORMAT:
                raise RecognizerError(
                    f"{path} has the format {manifest['format']!r}, which this version of "
                    "Digit Dash does not know; "
                    "make the models anew with: python -m train.all --install"
                )
            return {
                name: ModelEntry(
                    name=name,
                    # Only a bare file name: a manifest cannot point outside its own folder.
                    path=self.folder / os.path.basename(details["file"]),
                    sha256=str(details["sha256"]),
                    made_by=str(details["made_by"]),
                    details=dict(details),
                )
                for name, details in manifest["models"].items()
            }
        except OSError as error:
            raise RecognizerError(
                f"The list of models {path} cannot be read ({error.strerror}); "
                "make the models with: python -m train.all --install"
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RecognizerError(
                f"The list of models {path} is damaged; "
                "make the models anew with: python -m train.all --install"
            ) from None
