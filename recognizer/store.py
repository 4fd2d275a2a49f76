"""The model store: a folder of model files and the manifest that vouches for them.

`manifest.json` holds for each backend, by its name: the model's file with its SHA-256 and size; its
`kind`, which says what code reads it (`recognizer.backends`); what players are told of it (`title`,
`about`, `sees`) and its `rank`; and what it was made of and by (data, licence, command, figures). A
file is read only if its SHA-256 is the manifest's. Nothing here unpickles.
"""

import functools
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from recognizer.errors import RecognizerError
from recognizer.files import parse_json, read_bounded

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 2
MOST_BYTES = 256_000_000  # of a model file
_MOST_MANIFEST_BYTES = 1_000_000

_PACKAGE = Path(__file__).resolve().parent
# Names of backends, kinds and files: nothing that a path, a screen or a command could stumble over.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_LETTERS = 120  # of a title, a sentence, a command

Sees = Literal["glyph", "page"]


def models_folder() -> Path:
    """The shipped models: inside an installed package, else the checkout's assets/models."""
    packaged = _PACKAGE / "assets" / "models"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "assets" / "models"


@dataclass(frozen=True)
class BackendInfo:
    """What a backend is, to code and to players.

    `kind` is the module of `recognizer.backends` that reads its model. `title` is its short name on
    the screen and `about` says in a few words what it is. `sees` says whether it is shown each
    digit by itself ("glyph") or the whole line ("page"). The least `rank` comes first.
    """

    kind: str
    title: str
    about: str
    sees: Sees
    rank: int


@dataclass(frozen=True)
class ModelEntry:
    """What the manifest says of one model."""

    name: str
    info: BackendInfo
    path: Path
    sha256: str
    made_by: str
    details: dict[str, Any]

    def read(self) -> bytes:
        """The model's bytes, checked against the manifest; raises RecognizerError otherwise."""
        try:
            content = read_bounded(self.path, MOST_BYTES)
        except OSError as error:
            raise RecognizerError(
                f"The model file {self.path} cannot be read ({error.strerror}); "
                f"make it with: {self.made_by} --install"
            ) from None
        except ValueError:
            raise self.unusable("it is far too large") from None
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise RecognizerError(
                f"The model file {self.path} was altered (its SHA-256 is not the manifest's); "
                f"make it anew with: {self.made_by} --install"
            )
        return content

    def unusable(self, reason: str) -> RecognizerError:
        """The error that says that the file holds no model that this version can read."""
        return RecognizerError(
            f"The model file {self.path} does not hold a model of this version of Digit Dash "
            f"({reason}); make it anew with: {self.made_by} --install"
        )


class ModelStore:
    """The models that a folder's manifest lists."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = models_folder() if folder is None else Path(folder)

    def names(self) -> tuple[str, ...]:
        """The backends whose model file is there, by rank; none without a readable manifest."""
        try:
            entries = self._entries().values()
        except RecognizerError:
            return ()
        installed = [entry for entry in entries if entry.path.is_file()]
        return tuple(e.name for e in sorted(installed, key=lambda e: (e.info.rank, e.name)))

    def lists(self, name: str) -> bool:
        """Whether the manifest has an entry of that name; raises RecognizerError without one."""
        return name in self._entries()

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
            manifest = parse_json(read_bounded(path, _MOST_MANIFEST_BYTES))
            if manifest["format"] != MANIFEST_FORMAT:
                raise RecognizerError(
                    f"{path} has the format {repr(manifest['format'])[:20]}, which this version "
                    "of Digit Dash does not know; "
                    "make the models anew with: python -m train.all --install"
                )
            return {name: self._entry(name, of) for name, of in manifest["models"].items()}
        except OSError as error:
            raise RecognizerError(
                f"The list of models {path} cannot be read ({error.strerror}); "
                "make the models with: python -m train.all --install"
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RecognizerError(
                f"The list of models {path} is damaged; "
                "make the models anew with: python -m train.all --install"
            ) from None

    def _entry(self, name: str, details: dict[str, Any]) -> ModelEntry:
        """One entry, checked; raises ValueError, KeyError or TypeError for anything odd."""
        if details["sees"] not in ("glyph", "page"):
            raise ValueError(details["sees"])
        if not isinstance(details["rank"], int):
            raise TypeError(details["rank"])
        info = BackendInfo(
            kind=_matching(_NAME, details["kind"]),
            title=_plain(details["title"]),
            about=_plain(details["about"]),
            sees=details["sees"],
            rank=details["rank"],
        )
        return ModelEntry(
            name=_matching(_NAME, name),
            info=info,
            # Only a bare file name: a manifest cannot point outside its own folder.
            path=self.folder / _matching(_FILE, os.path.basename(details["file"])),
            sha256=_matching(_SHA256, details["sha256"]),
            made_by=_plain(details["made_by"]),
            details=dict(details),
        )


@functools.lru_cache(maxsize=64)
def backend_info(name: str, models: Path | None = None) -> BackendInfo:
    """What a backend is, as the manifest of `models` (default: the shipped ones) tells it.

    Of one that is not there, such as of an answer that was read long ago, only the name is known.
    The manifest is read once a name; loads neither OpenCV nor ONNX Runtime.
    """
    try:
        return ModelStore(models).entry(name).info
    except RecognizerError:
        return BackendInfo("", name, "Who reads your writing", "glyph", 0)


def _matching(pattern: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or pattern.fullmatch(text) is None:
        raise ValueError(f"{str(text)[:40]!r} is no fitting name")
    return text


def _plain(text: object) -> str:
    if not isinstance(text, str) or not text.isprintable() or len(text) > _MOST_LETTERS:
        raise ValueError(f"{str(text)[:40]!r} is no plain sentence")
    return text
