"""Which Digit Dash this is: its version, and those of its models."""

from __future__ import annotations

from importlib import metadata

from recognizer.errors import RecognizerError
from recognizer.store import ModelStore

PACKAGE = "digit-dash"


def program_version() -> str:
    """The version of the installed package; a checkout that was never installed has none."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def model_versions() -> list[str]:
    """Each model by its name and the first letters of its file's SHA-256, the best first."""
    store = ModelStore()
    versions = []
    for name in store.names():
        try:
            versions.append(f"{name} {store.entry(name).sha256[:8]}")
        except RecognizerError:
            versions.append(f"{name} (unreadable)")
    return versions


def full_version() -> str:
    """Both, as `--version` prints them."""
    models = ", ".join(model_versions()) or "none"
    return f"{PACKAGE} {program_version()}, models: {models}"
