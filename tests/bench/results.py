"""What was measured: as JSON, as tables, and as README's."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from train.measures.shares import Share
from train.measures.tables import table

BLOCK = re.compile(r"(<!-- bench -->\n).*?(<!-- end of bench -->)", re.DOTALL)


@dataclass(frozen=True)
class Duel:
    """Digit Dash against one other program, in one run: medians, and what both read right."""

    what: str
    against: str
    own_ms: float
    other_ms: float
    own_right: int | None = None
    other_right: int | None = None
    items: int = 0

    @property
    def times(self) -> float:
        """How many times faster Digit Dash is."""
        return self.other_ms / self.own_ms

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**asdict(self), "times": round(self.times, 2)}


@dataclass(frozen=True)
class Curve:
    """How the time grows with something: medians, ms, and a straight line through them."""

    of: str
    sizes: Sequence[int]
    ms: Sequence[float]
    start_ms: float  # of the line, at nothing
    each_ms: float  # and what one more adds
    off: float  # the largest distance of a median from the line, as a share of the highest one

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Frames:
    """How long one picture of a screen takes to draw, ms: the median and the slowest hundredth."""

    screen: str
    median_ms: float
    p99_ms: float

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


@dataclass
class Results:
    """All that one run has measured."""

    source: str
    duels: list[Duel]
    curves: list[Curve]
    frames: list[Frames]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, with the machine that it is true of."""
        return {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": machine(),
            "digits": self.source,
            "duels": [duel.as_dict() for duel in self.duels],
            "curves": [curve.as_dict() for curve in self.curves],
            "frames": [frames.as_dict() for frames in self.frames],
        }

    def save(self, folder: Path) -> Path:
        """Write bench.json and bench.md into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "bench.json"
        text = json.dumps(self.as_dict(), indent=2, ensure_ascii=False)
        path.write_text(f"{text}\n", encoding="utf-8")
        (folder / "bench.md").write_text(f"{report(self.as_dict())}\n", encoding="utf-8")
        return path


def machine() -> dict[str, Any]:
    """What it ran on; no name of it or of anybody."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def report(found: Mapping[str, Any]) -> str:
    """All tables."""
    parts = [duels(found)]
    for curve in found["curves"]:
        rows = [[f"{n:,}", _ms(ms)] for n, ms in zip(curve["sizes"], curve["ms"], strict=True)]
        parts += [table([str(curve["of"]), "reading takes"], rows), growth(curve)]
    if found["frames"]:
        rows = [[f["screen"], _ms(f["median_ms"]), _ms(f["p99_ms"])] for f in found["frames"]]
        parts.append(table(["Screen", "one picture, median", "99 %"], rows))
    return "\n\n".join(part for part in parts if part)


def duels(found: Mapping[str, Any]) -> str:
    """The programs side by side."""
    rows = [
        [
            of["what"], of["against"], _ms(of["own_ms"]), _ms(of["other_ms"]),
            f"{of['times']:.1f}", _share(of, "own_right"), _share(of, "other_right"),
        ]
        for of in found["duels"]
    ]  # fmt: skip
    head = [
        "What", "against", "Digit Dash", "the other", "times as fast", "read right", "by the other",
    ]  # fmt: skip
    return table(head, rows, left=(0, 1)) if rows else ""


def growth(curve: Mapping[str, Any]) -> str:
    """A curve in a sentence."""
    return (
        f"{curve['of']}: {_ms(curve['start_ms'])} and {_ms(curve['each_ms'])} for each, "
        f"at most {curve['off']:.0%} off that line."
    )


def for_readme(found: Mapping[str, Any]) -> str:
    """README's part: the duels, and the rest in two sentences."""
    lines = [duels(found), ""]
    machine = found["machine"]
    lines.append(
        f"Medians of one run on {machine['cores']} cores ({machine['processor']}), {found['date']}."
    )
    for curve in found["curves"]:
        sizes, ms = curve["sizes"], curve["ms"]
        lines.append(
            f"{curve['of']}, {sizes[0]} to {sizes[-1]:,}: {_ms(ms[0])} to {_ms(ms[-1])}, along a "
            f"line to within {curve['off']:.0%}."
        )
    if frames := found["frames"]:
        slowest = max(frames, key=lambda of: float(of["median_ms"]))
        middle = sorted(float(of["median_ms"]) for of in frames)[len(frames) // 2]
        lines.append(
            f"A picture of a screen at 1280x720 is drawn in {_ms(middle)} (the median of "
            f"{len(frames)} screens; the slowest, {slowest['screen']}, "
            f"in {_ms(slowest['median_ms'])})."
        )
    return "\n".join(lines)


def fill(document: str, found: Mapping[str, Any]) -> str:
    """The document with its block made anew; raises ValueError where it has none."""
    filled, count = BLOCK.subn(lambda block: f"{block[1]}{for_readme(found)}\n{block[2]}", document)
    if not count:
        raise ValueError("there is no <!-- bench --> in it")
    return filled


def _ms(ms: float) -> str:
    if ms >= 1000:
        return f"{ms / 1000:.2f} s"
    if ms < 0.01:
        return f"{ms * 1000:.2f} µs"
    return f"{ms:.0f} ms" if ms >= 100 else f"{ms:.1f} ms" if ms >= 10 else f"{ms:.2f} ms"


def _share(of: Mapping[str, Any], key: str) -> str:
    return "" if of[key] is None or not of["items"] else str(Share(of[key], of["items"]))
