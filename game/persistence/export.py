"""Export: all rounds and answers, without their ink, as a table (CSV) or as JSON.

The columns are described in game/README.md. A cell of the table whose text would be taken for a
formula by a spreadsheet gets an apostrophe in front: what a player typed must not be executed.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from game.language import _
from game.persistence.files import reason, write_whole
from game.persistence.progress import Read
from game.persistence.records import count, digits, seconds, share, summary_of, text, timestamp
from game.persistence.storage import Storage
from game.rules.mode_names import stored_title

CSV, JSON = ".csv", ".json"
FOLDER = "exports"  # in the player's folder, for what is exported from the game
FORMAT, VERSION = "digit-dash-answers", 1
FORMULA = "=+-@\t\r\n"  # what a cell begins with that a spreadsheet would work out

OF_ROUND = (
    "round", "mode", "mode_title", "started_at", "state", "round_seconds", "score",
    "longest_streak", "right_answers", "wrong_answers", "seed",
)  # fmt: skip
OF_ANSWER = (
    "answer", "answered_at", "prompt", "kind", "expected", "read", "verdict", "appeal", "right",
    "seconds", "thinking_seconds", "writing_seconds", "points", "backend", "confidence",
)  # fmt: skip

_ROUNDS = """
    SELECT id, mode, started_at, state, seconds, score, longest_streak, right_answers,
        wrong_answers, seed
    FROM rounds ORDER BY id
"""
_ANSWERS = """
    SELECT round_id, answers.created_at, prompt, disguise, expected, read, verdict, label, counted,
        seconds, thinking_seconds, writing_seconds, points, backend, confidence
    FROM answers LEFT JOIN appeals ON answer_id = answers.id ORDER BY round_id, answers.id
"""

Row = dict[str, Any]


class ExportError(Exception):
    """It cannot be exported; its text is a sentence for the player."""


def found_rounds(read: Read) -> list[tuple[Row, list[Row]]]:
    """All rounds that have answers, each with these, in their order."""
    by_round: dict[object, list[Row]] = {}
    for row in read(_ANSWERS, ()):
        answers = by_round.setdefault(row["round_id"], [])
        answers.append(_answer(row, len(answers) + 1))
    rounds: list[tuple[Row, list[Row]]] = []
    for row in read(_ROUNDS, ()):
        if row["id"] in by_round:
            rounds.append((_round(row, len(rounds) + 1), by_round[row["id"]]))
    return rounds


def as_csv(rounds: Iterable[tuple[Row, list[Row]]]) -> str:
    """A line an answer, with what is known of its round; comma and CRLF, a line of names first.

    It begins with the mark by which spreadsheets know UTF-8.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*OF_ROUND, *OF_ANSWER])
    for of_round, answers in rounds:
        for each in answers:
            known = {**of_round, **each}
            writer.writerow([_cell(known[name]) for name in (*OF_ROUND, *OF_ANSWER)])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + file.getvalue()


def as_json(rounds: Iterable[tuple[Row, list[Row]]]) -> str:
    """The rounds, each with its answers, under the same names."""
    found = [{**of_round, "answers": answers} for of_round, answers in rounds]
    document = {"format": FORMAT, "version": VERSION, "rounds": found}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


WRITERS = {CSV: as_csv, JSON: as_json}


def export_both(storage: Storage) -> list[Path]:
    """Write a table and JSON beside the player's other files; return the two paths.

    Raises ExportError where nothing was answered yet, or the place cannot be written.
    """
    rounds = found_rounds(storage.read)
    if not rounds:
        raise ExportError(_("There is nothing to export yet: play a round first."))
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    paths = [storage.path.parent / FOLDER / f"answers-{stamp}{ending}" for ending in WRITERS]
    for path in paths:
        try:
            write_whole(path, WRITERS[path.suffix](rounds))
        except OSError as error:
            told = _("{file} cannot be written ({reason}).")
            raise ExportError(told.format(file=path, reason=reason(error))) from error
    return paths


def _cell(value: object) -> object:
    """A value as it stands in a table: nothing for what is not known, and no formula."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.lstrip(" ")[:1] in tuple(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _round(row: Any, number: int) -> Row:
    ended = summary_of(row)
    mode = text(row["mode"])
    return dict(zip(OF_ROUND, (
        number, mode, stored_title(mode), timestamp(row["started_at"]), text(row["state"]),
        seconds(row["seconds"]), ended.score, ended.longest_streak, ended.right_answers,
        ended.wrong_answers, None if row["seed"] is None else text(row["seed"]),
    ), strict=True))  # fmt: skip


def _answer(row: Any, number: int) -> Row:
    verdict, counted = text(row["verdict"]), count(row["counted"]) == 1
    judged = verdict in ("right", "wrong", "late")
    return dict(zip(OF_ANSWER, (
        number, timestamp(row["created_at"]), text(row["prompt"]), text(row["disguise"]),
        digits(row["expected"]), digits(row["read"]), verdict,
        None if row["label"] is None else digits(row["label"]),
        verdict == "right" or counted if judged or counted else None,
        seconds(row["seconds"]), seconds(row["thinking_seconds"]), seconds(row["writing_seconds"]),
        count(row["points"]), text(row["backend"]), share(row["confidence"]),
    ), strict=True))  # fmt: skip
