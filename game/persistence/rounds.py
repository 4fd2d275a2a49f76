"""A round with the ink of its answers, to be looked at afterwards and put right."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.backends import PAGE_BACKENDS
from game.ink.strokes import Box, InkArray, Rows, as_arrays, ink_by_digit, ink_of_digit
from game.persistence.hand_samples import APPEAL, MyHand
from game.persistence.storage import Answer, PastRound, Storage
from game.rules.appeals import Ruling
from game.rules.judge import Verdict
from game.rules.modes import MODES
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.round import ScoreSheet
from game.rules.scoring import Score
from recognizer.strokes import clean_strokes

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptAnswer:
    """An answer of a round with its ink."""

    outcome: Outcome
    ink: Rows
    boxes: Sequence[Box] = ()  # where each digit was read; none in answers of old versions
    backend: str = ""  # who read it

    @property
    def strokes(self) -> list[InkArray]:
        """The ink as arrays (N, 3) of x, y in paper units and seconds."""
        return as_arrays(self.ink)

    def views(self) -> list[npt.NDArray[np.uint8]]:
        """The pictures that the model saw: one a digit, or one of the line for a detector.

        None where that is not known any more.
        """
        from recognizer import ink  # brings the inference library, which the window does not need

        strokes = self.strokes
        digits = len(self.outcome.read)
        try:
            if not strokes or (digits > 1 and len(self.boxes) != digits):
                return []
            if self.backend in PAGE_BACKENDS:
                return [ink.page(clean_strokes(strokes)).pixels]
            parts = [strokes]
            if digits > 1:
                parts = [ink_of_digit(strokes, self.boxes, n) for n in range(digits)]
            return [ink.glyph(clean_strokes(part)) for part in parts]
        except ValueError:  # ink that the recognizer refused then, it refuses now
            log.debug("no picture", exc_info=True)
            return []


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
            score = self.sheet.score if self.is_over else None
            storage.add_appeal(self.number, place, claim, points, score)
        else:
            storage.add_appeal(self.number, place, claim)
        for digit, ink in ink_by_digit(claim, answer.strokes, answer.boxes):
            try:
                hand.add(digit, ink, APPEAL)
            except ValueError:
                log.debug("the hand refused the ink of an appeal", exc_info=True)
        return ruling


def load_round(storage: Storage, past: PastRound) -> KeptRound | None:
    """A round of an earlier session, or None where its mode is of another version."""
    mode = MODES.get(past.mode)
    if mode is None:
        return None
    sheet = ScoreSheet(mode)
    summary = past.summary
    sheet.scores[0] = Score(
        summary.score,
        longest_streak=summary.longest_streak,
        right=summary.right_answers,
        wrong=summary.wrong_answers,
    )
    answers = [_kept(answer) for answer in storage.answers(past.number)]
    sheet.outcomes = [answer.outcome for answer in answers]
    return KeptRound(past.number, sheet, answers, past.started_at)


def _kept(answer: Answer) -> KeptAnswer:
    outcome = Outcome(
        Prompt(answer.expected, _disguise(answer.disguise), answer.prompt),
        answer.read,
        _verdict(answer.verdict),
        answer.seconds,
        answer.points,
        answer.probabilities,
        answer.appeal,
        answer.counted,
    )
    boxes = [(box[0], box[1], box[2], box[3]) for box in answer.boxes if len(box) == 4]
    return KeptAnswer(outcome, answer.ink, boxes, answer.backend)


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
