"""The recognizers as players read of them: what the models' manifest tells of each."""

from __future__ import annotations

from recognizer import backend_info


def sees_pages(backend: str) -> bool:
    """Whether a backend sees the whole line at once; the others see digit by digit."""
    return backend_info(backend).sees == "page"


def label(backend: str) -> str:
    """What a backend is called on the screen."""
    return backend_info(backend).title


def description(backend: str) -> str:
    """What a backend is, in a few words."""
    return backend_info(backend).about
