"""All that the game ever reads of a player's folder, read once: nothing of it may raise."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

from game.persistence.examples import examples
from game.persistence.export import OF_ANSWER, OF_ROUND, as_csv, as_json, found_rounds
from game.persistence.hand_samples import MyHand
from game.persistence.labelled_ink import find_ink
from game.persistence.lists import ListError, ListFolder
from game.persistence.paths import LISTS_FOLDER, MY_HAND_FILE
from game.persistence.progress import history, weakest
from game.persistence.replays import recording as recorded
from game.persistence.replays import rival, title
from game.persistence.rounds import Bests, days_played, load_round
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage
from game.rules.modes import MODES
from recognizer.ink_file import LabelledInk, is_label
from tests.fuzz.contracts import is_ink, is_sentence

_NOW = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)


def read_all(folder: Path) -> int:
    """Play as the player of that folder, and look at everything; return how many answers it has."""
    notices = [*SettingsFile.load(folder).notices]
    lists = ListFolder(folder / LISTS_FOLDER)
    for name in lists.names():
        try:
            lists.read(name)
        except ListError as error:
            is_sentence(error)
    hand = MyHand(folder / MY_HAND_FILE)
    storage = Storage(folder)
    try:
        answers = storage.answers()
        _look_back(storage)
        _export(storage)
        for digit in "07":
            examples(storage, hand, digit)
    finally:
        storage.close(0.0)
    for notice in (*notices, *storage.notices, *hand.notices):
        is_sentence(notice)
    _are_labelled(find_ink(folder).samples)
    return len(answers)


def _look_back(storage: Storage) -> None:
    """What progress, rounds, review and replay show."""
    history(storage.read, _NOW)
    bests = Bests(storage)
    for mode in MODES.values():
        weakest(storage, mode)
        days_played(storage, mode)
        for level in mode.levels:
            bests.mark(mode, level)
    storage.fact_needs()
    for past in storage.past_rounds():
        assert title(past)
        kept = load_round(storage, past)
        for each in kept.answers if kept is not None else ():
            assert each.views is not None
        own = recorded(storage, past.number)
        if own is not None:
            assert own.seconds >= 0
            rival(storage, own)


def _export(storage: Storage) -> None:
    """The table and JSON hold every answer, and no cell begins a formula."""
    rounds = found_rounds(storage.read)
    count = sum(len(answers) for _, answers in rounds)
    table = as_csv(rounds).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    names, *rows = csv.reader(io.StringIO(table, newline=""))
    assert names == [*OF_ROUND, *OF_ANSWER] and len(rows) == count
    for row in rows:
        assert len(row) == len(names)
        assert not any(cell.lstrip(" ")[:1] in ("=", "+", "@") for cell in row if cell), row
    document = json.loads(as_json(rounds))
    assert sum(len(each["answers"]) for each in document["rounds"]) == count


def _are_labelled(samples: list[LabelledInk]) -> None:
    for sample in samples:
        assert is_label(sample.label)
        is_ink(sample.strokes, columns=(2, 3))
