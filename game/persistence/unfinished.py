"""Rounds that never ended, because their game was killed: what they come to, from their answers."""

from __future__ import annotations

import datetime
import sqlite3

from game.persistence.entries import now
from game.persistence.records import RoundSummary, count, rows, seconds
from game.persistence.schema import transaction

# A killed game leaves its round running. One in which nothing happened for so long is given up; if
# it belongs to a game that is open all the same, paused over lunch, that game has the last word
# when the round ends.
LOST_AFTER = datetime.timedelta(hours=1)

_LOST = """
    SELECT id, seen FROM (
        SELECT id, MAX(started_at, COALESCE(
            (SELECT MAX(created_at) FROM answers WHERE round_id = rounds.id), started_at
        )) AS seen FROM rounds WHERE state = 'running'
    ) WHERE seen < ?
"""


def unfinished_summary(db: sqlite3.Connection, number: int) -> RoundSummary:
    """What the answers of a round make of it.

    The time is that of its answers: what passed between them is not known.
    """
    played, score, streak, longest, right, wrong = 0.0, 0, 0, 0, 0, 0
    for row in rows(
        db,
        "SELECT seconds, points, verdict, counted FROM answers"
        " LEFT JOIN appeals ON answer_id = answers.id WHERE round_id = ? ORDER BY answers.id",
        (number,),
    ):
        played += seconds(row["seconds"]) or 0.0
        score += count(row["points"])
        if row["verdict"] == "right" or count(row["counted"]):
            streak, right = streak + 1, right + 1
            longest = max(longest, streak)
        elif row["verdict"] in ("wrong", "late"):
            streak, wrong = 0, wrong + 1
    return RoundSummary(round(played, 3), score, longest, right, wrong)


def give_up_lost_rounds(db: sqlite3.Connection) -> None:
    """Close the rounds of games that were killed; raises sqlite3.Error."""
    with transaction(db):
        for number, seen in db.execute(_LOST, (now(LOST_AFTER),)).fetchall():
            found = unfinished_summary(db, number)
            db.execute(
                "UPDATE rounds SET state = 'abandoned', ended_at = ?, seconds = ?, score = ?,"
                " longest_streak = ?, right_answers = ?, wrong_answers = ? WHERE id = ?",
                (
                    seen, found.seconds, found.score, found.longest_streak, found.right_answers,
                    found.wrong_answers, number,
                ),
            )  # fmt: skip
