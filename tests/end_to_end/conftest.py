"""Fixtures of the tests that need a real window."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from real_game import missing_tools, own_display


@pytest.fixture(scope="session")
def tools() -> None:
    """A skip, with its reason, where there can be no real window; in CI there must be one."""
    reason = missing_tools()
    if reason and os.environ.get("CI"):
        pytest.fail(f"{reason}; in CI the real window must be tested")
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def display(tools: None) -> Iterator[str]:
    """A display that the tests share."""
    with own_display() as (name, _):
        yield name
