"""The table of targets, and what is kept of each: sound seeds, and bytes that once broke it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parents[1] / "fixtures" / "fuzz"


@dataclass(frozen=True)
class Target:
    """One reader that is fuzzed."""

    name: str
    one: Callable[[bytes], object]  # raises whatever breaks the contract
    seeds: tuple[bytes, ...]  # that it reads, or refuses as it should
    words: tuple[bytes, ...] = ()  # that mean something to it


# What is fuzzed, and how often in the ordinary tests: a second of each at the most.
TARGETS: dict[str, tuple[str, int]] = {
    "unipen": ("pendigits' text in UNIPEN's format", 150),
    "uji": ("the text of UJI Pen Characters", 150),
    "csv_table": ("Kaggle's CSV, plain and packed", 60),
    "ink_file": ("the file of labelled ink", 120),
    "settings": ("settings.toml", 80),
    "prompts": ("a player's list of sums", 150),
    "hand": ("my-hand.json", 40),
    "card": ("player.json, and who played last", 60),
    "journal": ("answers that wait beside the database", 12),
    "player": ("an exported player, each of its files as well", 20),
    "manifest": ("the manifest of the models", 80),
    "read": ("`Recognizer.read`, every backend", 40),
    "picture": ("`Recognizer.read_image`, every backend", 25),
    "command": ("`python -m recognizer FILE`: JSON, PNG, JPEG", 60),
    "pointers": ("the stream of pointers, down to the sheet's ink", 60),
    "endpointer": ("pen, readings and clock into the endpointer", 150),
}


def load(name: str) -> Target:
    """Import a target and make its seeds."""
    module = importlib.import_module(f"tests.fuzz.targets.{name}")
    return Target(name, module.one, tuple(module.seeds()), tuple(module.WORDS))


def cases(name: str) -> Sequence[Path]:
    """The files with bytes that once broke it."""
    folder = CASES / name
    return sorted(folder.iterdir()) if folder.is_dir() else []
