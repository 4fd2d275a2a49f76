"""The committed digits as seeds: labels with strokes of [x, y] or [x, y, t]."""

from __future__ import annotations

import json
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHARED = Path(__file__).parents[3] / "shared" / "cases"  # more of the kind, where they are there

Strokes = list[list[list[float]]]


def written() -> list[tuple[str, Strokes]]:
    """Each digit of the fixture."""
    content = json.loads((FIXTURES / "digits.json").read_text())
    return [(str(entry["value"]), entry["strokes"]) for entry in content]


def kept(*patterns: str) -> list[bytes]:
    """The small files that once failed, by their names' patterns; those that are there."""
    folders = (FIXTURES, FIXTURES / "cases", FIXTURES / "databases", FIXTURES / "versions", SHARED)
    found: dict[str, bytes] = {}
    for folder in folders:
        for pattern in patterns:
            for path in sorted(folder.glob(pattern)):
                found.setdefault(path.name, path.read_bytes())
    return list(found.values())
