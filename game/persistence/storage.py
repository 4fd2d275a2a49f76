"""Storage: rounds, answers and their ink in SQLite, each answer written the moment it is judged.

What the database cannot take, because another program holds it or the disk is full, waits in a
journal beside it, or elsewhere where there is room (see `journal`), and is tried again at every
turn; nothing of it is dropped as long as the game runs.
"""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from game.language import _
from game.persistence import entries
from game.persistence.entries import Entry, number_of, write
from game.persistence.fact_memory import MEMORIES, needs
from game.persistence.files import reason
from game.persistence.journal import Journals, Line
from game.persistence.opening import Unavailable, copy_to_read, identity, open_database
from game.persistence.paths import DATABASE_FILE
from game.persistence.records import (
    LARGEST_COUNT,
    Answer,
    PastRound,
    RoundSummary,
    answer_of,
    connect,
    rows,
    summary_of,
    text,
    timestamp,
)
from game.persistence.schema import TROUBLE, migrate, passes, transaction, why
from game.persistence.unfinished import unfinished_summary
from game.rules.scoring import Score

__all__ = ["Answer", "PastRound", "RoundSummary", "Storage"]

BUSY_SECONDS = 0.25  # s to wait for another program's lock: longer would freeze the frame
PATIENCE_RETURNS = 2.0  # s after such a wait in which no second one is made
OPENING_PAUSE = 10  # times as long as an attempt to open took, no further one is made
CLOSING_SECONDS = 5.0  # s to wait for such a lock, or for room, when the game ends
CLOSING_PAUSE = 0.2  # s between two attempts then

_PAST_ROUNDS = """
    SELECT id, key, mode, started_at, state, seconds, score, longest_streak, right_answers,
        wrong_answers
    FROM rounds WHERE EXISTS (SELECT * FROM answers WHERE round_id = rounds.id) ORDER BY id DESC
"""
# Of answers with their appeals, what `records.answer_of` wants.
ANSWER_COLUMNS = """
    prompt, disguise, expected, read, verdict, correct, seconds, points, backend, confidence,
    probabilities, ink, boxes, digit_ink, thinking_seconds, writing_seconds, shown_seconds,
    judged_seconds, seat, answers.created_at, label, counted
"""
_ANSWERS = f"""
    SELECT {ANSWER_COLUMNS}
    FROM answers LEFT JOIN appeals ON answer_id = answers.id
    WHERE round_id = ?1 OR ?1 IS NULL ORDER BY answers.id
"""  # nosec B608: put together of constants


class Storage:
    """The game's database. It never raises into the game: troubles become `notices`.

    A round is known by a number as long as the game runs. It is that of its row, or a negative one
    where the row is not written yet.
    """

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / DATABASE_FILE
        self.notices: list[str] = []  # sentences that the player has not been shown yet
        self.keeps_scores = False  # whether the file is open; else a stand-in in memory is
        self._told: set[str] = set()  # sentences of a trouble that lasts
        # With the line in a journal, or None where it is only here.
        self._waiting: deque[tuple[Line | None, Entry]] = deque()
        self._journals = Journals(self.path)
        self._begun: Entry | None = None  # the round that is played
        self._playing: set[str] = set()  # keys of the rounds of this game that run
        self._keys: dict[int, str] = {}  # by number: the rounds of this game
        self._numbers: dict[str, int] = {}
        self._last_number = 0  # of those that are no row's
        self._impatient_until = 0.0
        self._next_open = 0.0
        self._is_damaged = False
        self._file: tuple[int, int] | None = None
        self._db = self._stand_in()
        self._open()
        if not self.keeps_scores:
            self._read_as_copy()

    # --- rounds and answers -----------------------------------------------------------------------

    def begin_round(self, mode: str, backend: str, seed: str | None) -> int:
        """Note that a round began and return its number."""
        key = uuid.uuid4().hex
        self._begun = entries.round_begins(key, mode, backend, seed)
        self._playing.add(key)
        self._put(self._begun)
        row = None
        if self.keeps_scores and not self._waiting:
            with contextlib.suppress(*TROUBLE):
                row = number_of(self._db, key)
        return self._number(key, row)

    def add_answer(self, round_id: int, answer: Answer) -> None:
        """Keep an answer, at once."""
        self._put(entries.answer_given(self._key(round_id), answer))

    def add_appeal(
        self,
        round_id: int,
        place: int,
        label: str,
        points: Sequence[int] | None = None,
        score: Score | None = None,
    ) -> None:
        """Keep what the player says the answer at `place` in a round was.

        Where it counts, `points` are those of all the round's answers now; and where the round has
        ended, `score` is what it comes to.
        """
        self._put(entries.appeal_made(self._key(round_id), place, label, points, score))

    def end_round(self, round_id: int, state: str, summary: RoundSummary) -> None:
        """Note how a round ended: `finished` or `abandoned`."""
        key = self._key(round_id)
        self._playing.discard(key)
        self._put(entries.round_ends(key, state, summary))

    def best_score(self, mode: str) -> int | None:
        """The best score of a finished round of that mode, or None before the first."""
        query = (
            "SELECT MAX(score) AS best FROM rounds WHERE mode = ? AND state = 'finished'"
            " AND typeof(score) = 'integer' AND score <= ?"
        )
        best = [row["best"] for row in self.read(query, (mode, LARGEST_COUNT))]
        return best[0] if best and isinstance(best[0], int) else None

    def fact_needs(self) -> dict[str, float]:
        """How much each fact that is weak should be asked again, from 0 to 1, by its key."""
        return needs(self.read(MEMORIES), datetime.datetime.now(datetime.UTC))

    def past_rounds(self) -> list[PastRound]:
        """The rounds that are over and have answers, the newest first.

        Those of a game that was killed are over, too; their answers tell what they come to.
        """
        return [
            self._past_round(row)
            for row in self.read(_PAST_ROUNDS)
            if row["key"] not in self._playing
        ]

    def answers(self, round_id: int | None = None) -> list[Answer]:
        """The answers of a round in their order, or of all rounds."""
        self._flush()
        row = None
        if round_id is not None:
            with contextlib.suppress(*TROUBLE):
                row = number_of(self._db, self._key(round_id))
            if row is None:
                return []
        return [answer_of(found) for found in self.read(_ANSWERS, (row,))]

    @property
    def only_in_memory(self) -> int:
        """How many answers stand in no file at all; they are lost if the game ends now."""
        return sum(line is None and e.kind == entries.ANSWER for line, e in self._waiting)

    def try_again(self) -> None:
        """Try once more to write what is waiting."""
        self._flush()
        self._write_down()

    def close(self, patience: float | None = None) -> None:
        """Write what is still waiting, into the file or beside it, and let go of the file.

        It tries so many seconds; None: CLOSING_SECONDS. What is `only_in_memory` then is lost.
        """
        patience = CLOSING_SECONDS if patience is None else patience
        deadline = time.monotonic() + patience
        if self._waiting:
            # Nobody is playing any more: now another program's lock can be waited for.
            self._flush(patience)
            self._write_down(sync=True)
        while self.only_in_memory and time.monotonic() < deadline:
            time.sleep(CLOSING_PAUSE)
            self._flush(0.0)
            self._write_down(sync=True)
        self._db.close()

    # --- numbers of rounds ------------------------------------------------------------------------

    def _number(self, key: str, row: int | None) -> int:
        """The number of a round, for as long as the game runs."""
        if key in self._numbers:
            return self._numbers[key]
        if row is None or row in self._keys:  # or the row of another file had that number
            self._last_number -= 1
            row = self._last_number
        self._keys[row], self._numbers[key] = key, row
        return row

    def _key(self, number: int) -> str:
        """By what an entry names the round of that number."""
        if number in self._keys:
            return self._keys[number]
        with contextlib.suppress(*TROUBLE):
            row = self._db.execute("SELECT key FROM rounds WHERE id = ?", (number,)).fetchone()
            if row is not None and isinstance(row[0], str) and row[0]:
                return row[0]
        return f"#{number}"

    def _past_round(self, row: sqlite3.Row) -> PastRound:
        number: int = row["id"]
        key = row["key"]
        if isinstance(key, str) and (key in self._numbers or number in self._keys):
            number = self._number(key, None)
        summary = summary_of(row)
        if row["state"] == "running" or row["seconds"] is None:
            with contextlib.suppress(*TROUBLE):
                summary = unfinished_summary(self._db, row["id"])
        return PastRound(
            number,
            text(row["mode"]),
            timestamp(row["started_at"]),
            "finished" if row["state"] == "finished" else "abandoned",
            summary,
        )

    # --- the file ---------------------------------------------------------------------------------

    def _open(self, timeout: float = BUSY_SECONDS) -> None:
        """Open the file in place of the stand-in, if that is possible now."""
        start = time.monotonic()
        try:
            db = open_database(self.path, timeout, self._tell)
        except Unavailable as error:
            self._hurry()
            # Whatever it took: it shall not take more than a little of the player's time.
            self._next_open = time.monotonic() + OPENING_PAUSE * (time.monotonic() - start)
            self._tell(str(error))
            return
        self._db.close()
        self._db, self._file = db, identity(self.path)
        self.keeps_scores = True
        self._told.clear()

    def _leave_file(self) -> None:
        """Let go of a file that is not in its place any more, or cannot be used."""
        self._db.close()
        self._db = self._stand_in()
        self.keeps_scores = False
        self._write_into_stand_in([entry for _line, entry in self._waiting])

    def _stand_in(self) -> sqlite3.Connection:
        db = connect(":memory:", 0.0)
        migrate(db)
        return db

    def _write_into_stand_in(self, waiting: Iterable[Entry]) -> None:
        with contextlib.suppress(*TROUBLE):
            for entry in waiting:
                if self._begun is not None:
                    write(self._db, self._begun)
                write(self._db, entry)

    def _read_as_copy(self) -> None:
        """Let the stand-in know what is in a file that cannot be written."""
        copy = copy_to_read(self.path, self._patience())
        if copy is not None:
            self._db.close()
            self._db = copy

    def _is_in_place(self) -> bool:
        try:
            return identity(self.path) == self._file
        except OSError:
            return False

    def _patience(self) -> float:
        """How long a lock is waited for now: once at a time, or frames would add it up."""
        return 0.0 if time.monotonic() < self._impatient_until else BUSY_SECONDS

    def _hurry(self) -> None:
        self._impatient_until = time.monotonic() + PATIENCE_RETURNS

    # --- reading and writing ----------------------------------------------------------------------

    def read(self, query: str, values: tuple[object, ...] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query that only reads; those that damage hides are told of, left out."""
        self._flush()
        try:
            self._db.execute(f"PRAGMA busy_timeout = {round(self._patience() * 1000)}")
            yield from rows(self._db, query, values)
        except TROUBLE as error:
            self._hurry()
            told = _("Earlier rounds cannot be read from {file} ({reason}).")
            self._tell(told.format(file=self.path, reason=why(error)))
            if not passes(error):
                self._mark_damage()

    def _put(self, entry: Entry) -> None:
        """Write an entry, or let it wait in the journal."""
        self._waiting.append((None, entry))
        if not self.keeps_scores:
            self._write_into_stand_in([entry])
        self._flush()
        if self._waiting:
            self._write_down()

    def _flush(self, timeout: float | None = None) -> None:
        """Write what is waiting, in order; a lock or a full disk leaves it waiting."""
        patience = self._patience() if timeout is None else timeout
        if self.keeps_scores and not self._is_in_place():
            self._leave_file()
        if not self.keeps_scores and (timeout is not None or time.monotonic() >= self._next_open):
            self._open(patience)
        if not self.keeps_scores or not self._waiting:
            return
        try:
            self._db.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
            with transaction(self._db):
                self._write_waiting()
        except TROUBLE as error:
            self._hurry()
            if passes(error):
                told = _(
                    "Your last answers could not be written to {file} yet ({reason}). They wait"
                    " beside it and will be tried again."
                )
                self._tell(told.format(file=self.path, reason=why(error)))
            else:
                told = _(
                    "{file} cannot be written any more ({reason}). What you do waits beside it,"
                    " and the next start of the game puts it right."
                )
                self._tell(told.format(file=self.path.name, reason=why(error)))
                self._mark_damage()
            return
        if self._journals.in_use:
            self._journals.remove()
            if self._is_damaged:
                self._mark_damage()
        self._waiting.clear()
        self._told.clear()

    def _write_waiting(self) -> None:
        if self._begun is not None:
            write(self._db, self._begun)  # which a file that was replaced does not know
        for entry in list(self._journals.missing(self._db, self._waiting)):
            write(self._db, entry)
        self._journals.note(self._db)

    def _write_down(self, *, sync: bool = False) -> None:
        """Bring what is waiting into a journal, where even a kill leaves it."""
        if not self._waiting:
            return
        new = [entry for line, entry in self._waiting if line is None]
        try:
            lines = iter(self._journals.write_down(new, self._begun, sync=sync))
        except OSError as error:
            told = _(
                "There is no place for your last answers, neither beside {file} nor elsewhere"
                " ({reason}). They are lost if that is still so when the game ends: make room"
                " before."
            )
            self._tell(told.format(file=self.path, reason=reason(error)))
            return
        self._waiting = deque((line or next(lines), entry) for line, entry in self._waiting)
        for journal in self._journals.elsewhere:
            if journal.in_use:
                told = _(
                    "There is no place for your last answers beside {file}. They wait in {journal}:"
                    " make room, and start the game again before that folder is emptied."
                )
                self._tell(told.format(file=self.path, journal=journal.path))

    def _mark_damage(self) -> None:
        """Let the next start look at the whole file, however large it is, and mend it."""
        self._is_damaged = True
        with contextlib.suppress(OSError):
            self._journals.beside.append(())

    def _tell(self, notice: str) -> None:
        """Let the player know, once for as long as the trouble lasts."""
        if notice not in self._told:
            self._told.add(notice)
            self.notices.append(notice)
