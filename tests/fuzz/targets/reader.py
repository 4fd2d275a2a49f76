"""The recognizers, each loaded once."""

from __future__ import annotations

from functools import cache

from recognizer.facade import Recognizer, available_backends


@cache
def reader(backend: str) -> Recognizer:
    """The recognizer of that backend."""
    return Recognizer(backend)


@cache
def backends() -> tuple[str, ...]:
    """All that are installed; there must be one."""
    found = available_backends()
    assert found, "no model is installed"
    return found
