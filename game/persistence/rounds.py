"""A round with the ink of its answers, to be looked at afterwards and put right."""

from __future__ import annotations

import contextlib
import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from game.ink.strokes import Box, InkArray, Rows, as_arrays, as_rows, ink_by_digit
from game.persistence.hand_samples import APPEAL, MyHand
from game.persistence.storage import Answer, PastRound, RoundSummary, Storage
from game.rules.appeals import Ruling
from game.rules.best import MostPoints
from game.rules.judge import Verdict
from game.rules.modes import MODES
from game.rules.modes.mode import Level, Mode, is_counted, mode_key
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, restored
from game.rules.round import SECONDS_PLACES, PlayedSheet, ScoreSheet
from game.rules.scoring import Score, Tally
from recognizer import backend_info
from recognizer.reading import Reading
from recognizer.strokes import clean_strokes, shared_out
from recognizer.types import Glyph

FINISHED, ABANDONED = "finished", "abandoned"  # how a round ends, as it is stored

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Views:
    """Pictures of the digits of an answer, or one of the line for a detector."""

    pictures: Sequence[Glyph] = ()
    anew: bool = False  # whether they are drawn anew, and so only like those that the model saw


@dataclass(frozen=True, eq=False)
class KeptAnswer:
    """An answer of a round with its ink."""

    outcome: Outcome
    ink: Rows
    boxes: Sequence[Box] = ()  # where each digit was read; none in answers of old versions
    backend: str = ""  # who read it
    digit_ink: Sequence[Rows] = ()  # by digit, as drawn for the model; none of old versions
    pictures: Sequence[Glyph] = ()  # that the model saw; of a stored answer there are none

    @property
    def strokes(self) -> list[InkArray]:
        """The ink as arrays (N, 3) of x, y in paper units and seconds."""
        return as_arrays(self.ink)

    def views(self) -> Views:
        """What the model saw; without pictures where that is not known any more.

        Of an answer of an old version nobody kept which ink was whose digit.
        """
        if self.pictures:
            return Views(self.pictures)
        strokes, boxes, digits = self.strokes, self.boxes, len(self.outcome.read)
        try:
            if self.digit_ink:
                return Views(self._drawn([as_arrays(rows) for rows in self.digit_ink]))
            if not strokes or (digits > 1 and len(boxes) != digits):
                return Views()
            parts = shared_out(strokes, boxes) if digits > 1 else [strokes]
            if not all(parts):  # a number in one go: nobody can tell any more where it was cut
                return Views()
            return Views(self._drawn(parts), anew=True)
        except ValueError:  # ink that the recognizer refused then, it refuses now
            log.debug("no picture", exc_info=True)
            return Views()

    def _drawn(self, parts: Sequence[Sequence[InkArray]]) -> list[Glyph]:
        """The pictures of the strokes of each digit; raises ValueError for what is no ink."""
        from recognizer import ink  # brings OpenCV, which the window does not need

        if backend_info(self.backend).sees == "page":
            return [ink.page(clean_strokes([s for part in parts for s in part])).pixels]
        return [ink.glyph(clean_strokes(part)) for part in parts]

    def ink_of(self, claim: str) -> list[tuple[str, list[InkArray]]]:
        """Each digit of a claim with its ink; nothing where it is not known which ink is whose."""
        whole = ink_by_digit(claim, self.strokes, self.boxes)  # as written, with times
        if whole or len(claim) != len(self.digit_ink):
            return whole
        return [(digit, as_arrays(rows)) for digit, rows in zip(claim, self.digit_ink, strict=True)]


@dataclass
class KeptRound:
    """A round and its answers. The round just played shares its outcomes with the one who plays."""

    number: int  # by which the storage knows it
    sheet: ScoreSheet
    answers: list[KeptAnswer] = field(default_factory=list)
    started_at: str | None = None  # ISO 8601, UTC; None for the round just played
    is_over: bool = True

    def appeal(self, place: int, claim: str, storage: Storage, hand: MyHand) -> Ruling:
        """Take the player's word for an answer: the score, what is stored, and what is learned."""
        answer = self.answers[place]
        ruling = self.sheet.appeal(answer.outcome, claim)
        if ruling is Ruling.COUNTS:
            points = [outcome.points for outcome in self.sheet.outcomes]
            score = self.sheet.total() if self.is_over else None
            storage.add_appeal(self.number, place, claim, points, score)
        else:
            storage.add_appeal(self.number, place, claim)
        for digit, ink in answer.ink_of(claim):
            try:
                hand.add(digit, ink, APPEAL)
            except ValueError:
                log.debug("the hand refused the ink of an appeal", exc_info=True)
        return ruling


class Recorder:
    """Keeps a round while it is played: each answer the moment it is judged, and the end once."""

    def __init__(self, storage: Storage, game: PlayedSheet) -> None:
        self.game = game
        self.answers: list[KeptAnswer] = []
        self.number: int | None = None  # by which the storage knows it; None until it begins
        self._storage = storage
        self._closed = False

    def begin(self, backend: str, seed: str | None) -> None:
        """Note the beginning, if that was not done before."""
        if self.number is None:
            name = self.game.mode.stored_as(self.game.levels[0], self.game.counts)
            self.number = self._storage.begin_round(name, backend, seed)

    def keep(self, outcome: Outcome, ink: Sequence[InkArray], reading: Reading) -> None:
        """Keep an answer with its ink (strokes of x, y in paper units and s) and its reading."""
        assert self.number is not None, "an answer needs a round that has begun"
        boxes = [digit.box for digit in reading.digits]
        kept = KeptAnswer(
            outcome, as_rows(ink), boxes, reading.backend, _digit_ink(reading), _pictures(reading)
        )
        self.answers.append(kept)
        several = self.game.mode.turns.players > 1
        seat = outcome.player if several else None
        self._storage.add_answer(self.number, _stored(kept, reading, seat))

    def appeal(self, claim: str, hand: MyHand) -> Ruling:
        """Take the player's word that the last answer was `claim`."""
        assert self.number is not None and self.answers
        kept = KeptRound(self.number, self.game, self.answers, is_over=False)
        return kept.appeal(len(self.answers) - 1, claim, self._storage, hand)

    def end(self, state: str) -> None:
        """Note how a round that had begun ended: `finished` or `abandoned`; only once."""
        if self.number is None or self._closed:
            return
        self._closed = True
        end = self.game.tally()
        summary = RoundSummary(end.seconds, end.points, end.longest_streak, end.right, end.wrong)
        self._storage.end_round(self.number, state, summary)


def _digit_ink(reading: Reading) -> list[Rows]:
    """The strokes of each digit as they were drawn; none where some digit has none."""
    digits = [digit.drawn or digit.ink for digit in reading.digits]
    return [[stroke.tolist() for stroke in ink] for ink in digits] if all(digits) else []


def _pictures(reading: Reading) -> list[Glyph]:
    """The pictures that were looked at for a reading."""
    if reading.page is not None:
        return [reading.page]
    return [digit.picture for digit in reading.digits if digit.picture is not None]


def _stored(kept: KeptAnswer, reading: Reading, seat: int | None) -> Answer:
    outcome = kept.outcome
    readable = outcome.verdict is not Verdict.UNREADABLE
    writing = outcome.writing_seconds
    return Answer(
        prompt=outcome.prompt.text,
        disguise=outcome.prompt.disguise.value,
        expected=outcome.prompt.answer,
        read=outcome.read or "?",
        verdict=outcome.verdict.value,
        correct=outcome.verdict is Verdict.RIGHT if readable else None,
        seconds=outcome.seconds,
        points=outcome.points,
        backend=kept.backend,
        confidence=min((float(d.confidence) for d in reading.digits), default=None),
        probabilities=[list(row) for row in outcome.probabilities],
        ink=kept.ink,
        boxes=[[round(float(edge), 2) for edge in box] for box in kept.boxes],
        digit_ink=list(kept.digit_ink),
        thinking_seconds=outcome.thinking_seconds,
        writing_seconds=None if writing is None else round(writing, SECONDS_PLACES),
        shown_seconds=outcome.shown_at,
        judged_seconds=outcome.judged_at,
        seat=seat,
    )


def best_mark(storage: Storage, mode: Mode, level: Level) -> float | None:
    """The best mark of the finished rounds of a level, or None before the first."""
    return Bests(storage).mark(mode, level)


class Bests:
    """The best marks of all modes and levels, of as many as are asked for; reads rounds once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._finished: dict[str, list[RoundSummary]] | None = None

    def mark(self, mode: Mode, level: Level) -> float | None:
        """As `best_mark`."""
        name = mode.stored_as(level)
        if isinstance(mode.goal, MostPoints):
            points = self._storage.best_score(name)
            return None if points is None else float(points)
        if self._finished is None:
            self._finished = {}
            for past in self._storage.past_rounds():
                if past.state == FINISHED:
                    self._finished.setdefault(past.mode, []).append(past.summary)
        return mode.goal.best(
            Tally(s.seconds, s.score, s.longest_streak, s.right_answers, s.wrong_answers)
            for s in self._finished.get(name, ())
        )


def days_played(storage: Storage, mode: Mode) -> set[datetime.date]:
    """The days, by the player's own calendar, on which a round of a mode counted."""
    found = set()
    for past in storage.past_rounds():
        if mode_key(past.mode) == mode.key and is_counted(past.mode) and past.state == FINISHED:
            with contextlib.suppress(ValueError, OverflowError, OSError):
                began = datetime.datetime.fromisoformat(past.started_at)
                found.add(began.astimezone().date())
    return found


def load_round(storage: Storage, past: PastRound) -> KeptRound | None:
    """A round of an earlier session, or None where its mode is of another version."""
    mode = MODES.get(mode_key(past.mode))
    if mode is None:
        return None
    sheet = ScoreSheet(mode, mode.line_up(mode.stored_level(past.mode)))
    summary = past.summary
    sheet.scores[0] = Score(
        summary.score,
        longest_streak=summary.longest_streak,
        right=summary.right_answers,
        wrong=summary.wrong_answers,
    )
    stored = storage.answers(past.number)
    answers = [_kept(answer) for answer in stored]
    sheet.outcomes = [answer.outcome for answer in answers]
    if mode.turns.players > 1:
        sheet.take_past(sheet.outcomes, [answer.seat for answer in stored])
    return KeptRound(past.number, sheet, answers, past.started_at)


def _kept(answer: Answer) -> KeptAnswer:
    outcome = Outcome(
        restored(answer.expected, _disguise(answer.disguise), answer.prompt),
        answer.read,
        _verdict(answer.verdict),
        answer.seconds,
        answer.points,
        answer.probabilities,
        answer.appeal,
        answer.counted,
        answer.thinking_seconds,
        shown_at=answer.shown_seconds,
        judged_at=answer.judged_seconds,
    )
    boxes = [(box[0], box[1], box[2], box[3]) for box in answer.boxes if len(box) == 4]
    return KeptAnswer(outcome, answer.ink, boxes, answer.backend, answer.digit_ink)


def _verdict(name: str) -> Verdict:
    try:
        return Verdict(name)
    except ValueError:  # of another version: what is unknown costs nothing and earns nothing
        return Verdict.UNREADABLE


def _disguise(name: str) -> Disguise:
    try:
        return Disguise(name)
    except ValueError:
        return Disguise.NUMERAL
