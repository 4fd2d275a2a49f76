"""Answers that wait beside the database: each sound line comes in, once, and nothing is lost."""

from __future__ import annotations

import sqlite3
from unittest import mock

from game.persistence import elsewhere
from game.persistence.journal import waiting
from game.persistence.paths import DATABASE_FILE
from game.persistence.storage import Storage
from tests.fuzz import scratch
from tests.fuzz.targets.everything import read_all
from tests.fuzz.targets.made_player import answer

WORDS = (
    b'{"line": 1, "kind": "begin"', b'"kind"', b'"answer"', b'"appeal"', b'"end"', b'"round"',
    b'"values"', b'"place": 0', b'"points": "[1, 2]"', b'"ink": "[[[1,2,3]]]"', b"}\n", b'"#1"',
)  # fmt: skip
NAME = f"{DATABASE_FILE}.waiting-0123456789abcdef.jsonl"
_EMPTY: list[bytes] = []


def seeds() -> list[bytes]:
    """A round that waited as a whole, its beginning, and nothing."""
    with scratch.empty_folder() as folder, mock.patch.object(elsewhere, "folders", list):
        storage = Storage(folder)
        other = sqlite3.connect(storage.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        number = storage.begin_round("sums", "cnn", None)
        for n in range(3):
            storage.add_answer(number, answer(n))
        storage.add_appeal(number, 1, "5", None, None)
        storage.close(0.0)
        other.close()
        (journal,) = waiting(storage.path)
        content = journal.read_bytes()
    return [content, content[: content.index(b"\n") + 1], content[:-40], b""]


def _empty_database() -> bytes:
    if not _EMPTY:
        with scratch.empty_folder() as folder:
            Storage(folder).close()
            _EMPTY.append((folder / DATABASE_FILE).read_bytes())
    return _EMPTY[0]


def one(data: bytes) -> None:
    """The next start brings in what it can, tells at most one sentence, and keeps the rest."""
    with scratch.empty_folder() as folder, mock.patch.object(elsewhere, "folders", list):
        (folder / DATABASE_FILE).write_bytes(_empty_database())
        (folder / NAME).write_bytes(data)
        storage = Storage(folder)
        assert storage.keeps_scores and len(storage.notices) <= 1, storage.notices
        found = len(storage.answers())
        storage.close()
        assert not (folder / NAME).exists()
        aside = [path.read_bytes() for path in folder.glob(f"{NAME}.broken-*")]
        assert aside == ([data] if storage.notices else [])
        assert read_all(folder) == found, "a line came in twice"
