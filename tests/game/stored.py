"""What the storage's tests share: an answer, a played round, and a look into the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from game.persistence.storage import Answer, RoundSummary, Storage

SUMMARY = RoundSummary(60.0, 1200, 7, 10, 2)
INK = [[[1.0, 2.0, 0.0], [3.0, 4.0, 0.1]]]


def answer(read: str = "7", correct: bool | None = True, prompt: str = "3 + 4") -> Answer:
    verdict = {True: "right", False: "wrong", None: "unreadable"}[correct]
    return Answer(
        prompt, "sum", "7", read, verdict, correct, 1.25, 150, "cnn", 0.98, [[0.1] * 10], INK
    )


def play(storage: Storage, count: int, first: int = 0) -> None:
    """A whole round whose prompts are numbered."""
    number = storage.begin_round("dash", "cnn", None)
    for n in range(first, first + count):
        storage.add_answer(number, answer(prompt=str(n)))
    storage.end_round(number, "finished", SUMMARY)


def prompts(folder: Path) -> list[str]:
    """The prompts of all answers that the next start finds."""
    storage = Storage(folder)
    found = [each.prompt for each in storage.answers()]
    storage.close()
    return found


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What another program sees in the file now."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.execute(query))
