"""A round's time line: what stood on the screen at every moment, from what is kept of its answers.

The ink keeps a time for every point, so a stroke is written again at its own speed. Where the
stopwatch stood still between two strokes, because of a pause or of the reader, the gap shrinks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from game.rules.judge import Verdict
from game.rules.outcome import Outcome

Strokes = Sequence[Sequence[Sequence[float]]]  # [[[x, y, t], ...], ...], t in s

WAIT_SECONDS = 0.35  # s from the last pen-lift to the verdict, where it is not known
LOOK_SECONDS = 1.1  # s that a mistake was looked at before the next prompt, where it is not known
VERDICT_SECONDS = 1.4  # s that a verdict stays in sight


@dataclass(frozen=True)
class Passage:
    """One answer on the time line; all times in seconds from the round's start."""

    place: int  # of the answer in its round
    begins: float  # its prompt appears, or is there to be answered once more
    judged: float
    pen: tuple[tuple[float, ...], ...]  # when the pen reached each point, stroke by stroke


@dataclass(frozen=True)
class Moment:
    """What is in sight at a moment. Numbers of answers are places in `TimeLine.passages`."""

    judged: int = 0  # how many answers have been judged
    asked: int | None = None  # the answer whose prompt is in sight
    points: tuple[int, ...] = ()  # of its ink: points on the paper, of each stroke that was begun
    pen_down: bool = False  # whether the last of these strokes is still being written
    verdict: int | None = None  # the answer whose verdict is in sight
    verdict_age: float = 0.0  # s since then


class TimeLine:
    """The answers of a round, or of one of two who played at once, in their time."""

    def __init__(self, passages: Sequence[Passage], exact: bool = True) -> None:
        """`exact` is False where the times between the answers are not known but guessed."""
        self.passages = tuple(passages)
        self.exact = exact
        self._begins = [passage.begins for passage in self.passages]
        self._judged = [passage.judged for passage in self.passages]

    @property
    def seconds(self) -> float:
        """How long it lasts: until the last verdict was seen."""
        return self._judged[-1] + VERDICT_SECONDS if self._judged else 0.0

    @property
    def has_ink(self) -> bool:
        """Whether anything was written that is still known."""
        return any(passage.pen for passage in self.passages)

    def at(self, seconds: float) -> Moment:
        """What is in sight so many seconds after the start."""
        judged = bisect_right(self._judged, seconds)
        asked = bisect_right(self._begins, seconds) - 1
        if asked < 0:
            return Moment()
        age = seconds - self._judged[judged - 1] if judged else VERDICT_SECONDS
        verdict = judged - 1 if age < VERDICT_SECONDS else None
        if asked < judged:  # the next prompt is still to come
            return Moment(judged, asked, verdict=verdict, verdict_age=age)
        points, pen_down = [], False
        for stroke in self.passages[asked].pen:
            written = bisect_right(stroke, seconds)
            if written == 0:
                break
            points.append(written)
            pen_down = written < len(stroke)
        return Moment(judged, asked, tuple(points), pen_down, verdict, age)

    def beginning_near(self, seconds: float, step: int) -> float:
        """Where the next (1) or the last (-1) answer begins, seen from a moment."""
        if not self._begins:
            return 0.0
        place = bisect_right(self._begins, seconds) - 1
        if step < 0 and place >= 0 and seconds - self._begins[place] > LOOK_SECONDS:
            step = 0  # first back to where the present one began, as a player of music does
        return self._begins[min(len(self._begins) - 1, max(0, place + step))]


def time_line(outcomes: Sequence[Outcome], ink: Sequence[Strokes]) -> TimeLine:
    """The time line of a round that is played by one, or by several in turn."""
    return _of_some(outcomes, ink, range(len(outcomes)))


def time_lines(outcomes: Sequence[Outcome], ink: Sequence[Strokes]) -> list[TimeLine]:
    """One for each player of a round in which all write at once."""
    players = sorted({outcome.player for outcome in outcomes})
    return [
        _of_some(outcomes, ink, [n for n, each in enumerate(outcomes) if each.player == player])
        for player in players
    ]


def _of_some(
    outcomes: Sequence[Outcome], ink: Sequence[Strokes], places: Sequence[int]
) -> TimeLine:
    exact = all(
        outcomes[n].shown_at is not None and outcomes[n].judged_at is not None for n in places
    )
    passages: list[Passage] = []
    shown = free = 0.0  # when a prompt appeared; from when on the next can be answered
    again = False  # whether the prompt is asked once more
    for n in places:
        outcome = outcomes[n]
        begins = free
        if exact:
            assert outcome.shown_at is not None and outcome.judged_at is not None
            shown = outcome.shown_at
            begins = max(free, shown)
        elif not again:
            shown = free
        lifted = max(begins, shown + outcome.seconds)
        judged = lifted if outcome.verdict is Verdict.LATE else lifted + WAIT_SECONDS
        if exact:
            assert outcome.judged_at is not None
            judged = max(begins, outcome.judged_at)
            lifted = min(lifted, judged)
        first = max(begins, shown + (outcome.thinking_seconds or 0.0))
        passages.append(Passage(n, begins, judged, pen_times(ink[n], min(first, lifted), lifted)))
        again = outcome.verdict is Verdict.UNREADABLE
        wrong = outcome.verdict in (Verdict.WRONG, Verdict.LATE)
        free = judged + (LOOK_SECONDS if wrong and not exact else 0.0)
    return TimeLine(passages, exact)


def pen_times(strokes: Strokes, first: float, lifted: float) -> tuple[tuple[float, ...], ...]:
    """When the pen reached each point of some ink, if it wrote between two moments.

    The last point comes at `lifted`. Strokes keep their speed, and gaps between them as long as
    there is room; only where not even the strokes find room are they hurried.
    """
    own = [list(accumulate((point[2] for point in stroke), max)) for stroke in strokes if stroke]
    if not own:
        return ()
    room = max(0.0, lifted - first)
    writing = [times[-1] - times[0] for times in own]
    gaps = [max(0.0, after[0] - before[-1]) for before, after in pairwise(own)]
    gap_room = room - sum(writing)
    pace = 1.0 if gap_room >= 0.0 else room / sum(writing)
    share = min(1.0, max(0.0, gap_room) / sum(gaps)) if sum(gaps) > 0.0 else 1.0
    took = sum(writing) * pace + sum(gaps) * share
    now = max(first, lifted - took)
    found = []
    for times, gap in zip(own, [*gaps, 0.0], strict=True):
        found.append(tuple(min(lifted, now + (t - times[0]) * pace) for t in times))
        now += (times[-1] - times[0]) * pace + gap * share
    return tuple(found)
