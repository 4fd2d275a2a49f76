"""A round's time line: it only goes forward, keeps the pen's own speed, and leaves nothing out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.replay import (
    LOOK_SECONDS,
    VERDICT_SECONDS,
    WAIT_SECONDS,
    Moment,
    Strokes,
    TimeLine,
    pen_times,
    time_line,
    time_lines,
)

SEVEN = Prompt("7", Disguise.NUMERAL, "7")
TWO_STROKES = [[[0, 0, 0.0], [5, 0, 0.2], [5, 9, 0.5]], [[2, 4, 0.9], [7, 4, 1.1]]]

spans = st.floats(0.0, 9.0, allow_nan=False)


@st.composite
def inks(draw: st.DrawFn) -> Strokes:
    clock, strokes = 0.0, []
    for length in draw(st.lists(st.integers(1, 5), max_size=3)):
        stroke = []
        for _ in range(length):
            stroke.append([draw(spans), draw(spans), clock])
            clock += draw(st.floats(0.0, 0.3))
        strokes.append(stroke)
        clock += draw(st.floats(0.0, 20.0))  # perhaps a pause
    return strokes


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Outcome], list[Strokes]]:
    exact, clock = draw(st.booleans()), 0.0
    outcomes, ink = [], []
    shown = 0.0
    for _ in range(draw(st.integers(0, 6))):
        verdict = draw(st.sampled_from(Verdict))
        seconds = draw(spans)
        thinking = draw(st.none() | st.floats(0.0, seconds))
        judged = max(clock, shown + seconds) + draw(st.floats(0.0, 1.0))
        one = Outcome(SEVEN, "7", verdict, seconds, 0, thinking_seconds=thinking)
        if exact:
            one.shown_at, one.judged_at = shown, judged
        outcomes.append(one)
        ink.append([] if verdict is Verdict.LATE else draw(inks()))
        clock = judged
        if verdict is not Verdict.UNREADABLE:
            shown = judged + draw(st.sampled_from([0.0, 1.1]))
    return outcomes, ink


def progress(moment: Moment) -> tuple[int, int, int]:
    asked = -1 if moment.asked is None else moment.asked
    return moment.judged, asked, sum(moment.points)


@given(rounds(), st.lists(st.floats(-1.0, 120.0, allow_nan=False), min_size=2, max_size=20))
def test_what_is_in_sight_only_goes_forward(
    played: tuple[list[Outcome], list[Strokes]], times: list[float]
) -> None:
    line = time_line(*played)
    moments = [line.at(t) for t in sorted(times)]
    assert all(progress(a) <= progress(b) for a, b in pairwise(moments))
    # A moment is the same whether one comes to it by playing or by going back to it.
    assert [line.at(t) for t in sorted(times, reverse=True)] == moments[::-1]


@given(rounds())
def test_every_point_is_written_between_its_prompt_and_its_verdict(
    played: tuple[list[Outcome], list[Strokes]],
) -> None:
    line = time_line(*played)
    assert [passage.place for passage in line.passages] == list(range(len(played[0])))
    free = 0.0
    for passage, strokes in zip(line.passages, played[1], strict=True):
        assert [len(times) for times in passage.pen] == [len(stroke) for stroke in strokes]
        times = [t for stroke in passage.pen for t in stroke]
        assert times == sorted(times)
        assert free <= passage.begins <= passage.judged
        assert all(passage.begins <= t <= passage.judged for t in times)
        free = passage.judged
    assert line.at(line.seconds).judged == len(played[0])
    assert line.at(line.seconds + 1e-6).verdict is None


@given(inks(), spans, spans)
def test_the_pen_keeps_its_speed_where_there_is_room(
    strokes: Strokes, first: float, room: float
) -> None:
    writing = sum(stroke[-1][2] - stroke[0][2] for stroke in strokes)
    found = pen_times(strokes, first, first + writing + room)
    for times, stroke in zip(found, strokes, strict=True):
        own = [point[2] - stroke[0][2] for point in stroke]
        assert [t - times[0] for t in times] == pytest.approx(own, abs=1e-6)
    if found:
        assert found[-1][-1] == pytest.approx(first + writing + room)
        assert found[0][0] >= first - 1e-9


def test_a_gap_that_the_clock_did_not_see_shrinks() -> None:
    paused = [TWO_STROKES[0], [[2, 4, 60.9], [7, 4, 61.1]]]
    assert pen_times(TWO_STROKES, 1.0, 3.0) == (
        pytest.approx((1.9, 2.1, 2.4)), pytest.approx((2.8, 3.0)),
    )  # fmt: skip
    assert pen_times(paused, 1.0, 3.0) == (
        pytest.approx((1.0, 1.2, 1.5)), pytest.approx((2.8, 3.0)),
    )  # fmt: skip
    hurried = pen_times(TWO_STROKES, 1.0, 1.35)  # half of what the strokes took, and no gap
    assert hurried == (pytest.approx((1.0, 1.1, 1.25)), pytest.approx((1.25, 1.35)))


def outcome(verdict: Verdict, seconds: float, shown: float, judged: float) -> Outcome:
    return Outcome(
        SEVEN, "7", verdict, seconds, 100, thinking_seconds=0.5, shown_at=shown, judged_at=judged
    )


def test_a_round_moment_by_moment() -> None:
    outcomes = [
        outcome(Verdict.UNREADABLE, 2.0, 0.0, 2.5),
        outcome(Verdict.WRONG, 4.5, 0.0, 5.0),
        outcome(Verdict.RIGHT, 2.0, 6.1, 8.5),
    ]
    line = time_line(outcomes, [TWO_STROKES, TWO_STROKES, TWO_STROKES])
    assert line.exact and line.has_ink
    assert line.at(-0.1) == Moment()
    assert line.at(0.5) == Moment(0, 0, verdict_age=VERDICT_SECONDS)
    assert line.at(1.2).points == (2,) and line.at(1.2).pen_down
    assert line.at(1.6).points == (3,) and not line.at(1.6).pen_down
    assert line.at(2.4).points == (3, 2)
    tried = line.at(2.6)  # the same prompt once more, and still to be seen what became of the ink
    assert (tried.judged, tried.asked, tried.points, tried.verdict) == (1, 1, (), 0)
    assert tried.verdict_age == pytest.approx(0.1)
    shown = line.at(5.5)  # a mistake is looked at
    assert (shown.judged, shown.asked, shown.verdict) == (2, 1, 1)
    assert shown.verdict_age == pytest.approx(0.5)
    assert (line.at(6.2).asked, line.at(6.2).verdict) == (2, 1)
    assert line.at(9.0).judged == 3
    assert line.beginning_near(6.3, -1) == 2.5 and line.beginning_near(7.9, -1) == 6.1
    assert line.beginning_near(0.1, 1) == 2.5 and line.beginning_near(8.0, 1) == 6.1
    assert line.beginning_near(4.5, -1) == 2.5, "first to where the present one began"
    assert line.beginning_near(0.5, -1) == 0.0, "there is none before the first"


def test_an_old_round_is_guessed_and_says_so() -> None:
    old = Outcome(SEVEN, "1", Verdict.WRONG, 2.0, 0)
    line = time_line([old, old], [TWO_STROKES, []])
    assert not line.exact
    first, second = line.passages
    assert first.pen[-1][-1] == 2.0 < first.judged < second.begins
    assert second.pen == ()


def test_a_guessed_round_keeps_to_what_is_known_of_its_answers() -> None:
    """A second try has its prompt's time, and nobody waits for a verdict on what was late."""
    hesitant = [TWO_STROKES[0], [[2, 4, 60.9], [7, 4, 61.1]]]
    outcomes = [
        Outcome(SEVEN, "?", Verdict.UNREADABLE, 2.0, 0, thinking_seconds=0.5),
        Outcome(SEVEN, "7", Verdict.RIGHT, 3.0, 100),
        Outcome(SEVEN, "", Verdict.LATE, 4.0, 0),
        Outcome(SEVEN, "7", Verdict.RIGHT, 1.0, 100),
        Outcome(SEVEN, "7", Verdict.RIGHT, 2.0, 100),
    ]
    line = time_line(outcomes, [hesitant, [], [], [], hesitant])
    tried = 2.0 + WAIT_SECONDS
    right = 3.0 + WAIT_SECONDS
    late = right + 4.0
    after = late + LOOK_SECONDS
    again = after + 1.0 + WAIT_SECONDS
    last = again + 2.0 + WAIT_SECONDS
    begins = [passage.begins for passage in line.passages]
    assert begins == pytest.approx([0.0, tried, right, after, again])
    judged = [passage.judged for passage in line.passages]
    assert judged == pytest.approx([tried, right, late, again, last])
    assert line.passages[0].pen[0][0] == pytest.approx(0.5)
    assert line.passages[4].pen[0][0] == pytest.approx(again), "where thinking is not known"


def test_a_round_of_which_only_some_times_are_known_is_guessed() -> None:
    known = outcome(Verdict.RIGHT, 1.0, 0.0, 1.5)
    for lost in ({"shown_at": None}, {"judged_at": None}):
        assert not time_line([known, replace(known, **lost)], [[], []]).exact
    assert time_line([known], [[]]).exact


def test_two_who_write_at_once_have_a_time_line_each() -> None:
    outcomes = [outcome(Verdict.RIGHT, 1.5, 0.0, 2.0), outcome(Verdict.RIGHT, 0.9, 0.0, 1.2)]
    outcomes[1].player = 1
    lines = time_lines(outcomes, [TWO_STROKES, TWO_STROKES])
    assert [[p.place for p in line.passages] for line in lines] == [[0], [1]]
    assert [line.passages[0].judged for line in lines] == [2.0, 1.2]


def test_nothing_is_a_time_line_too() -> None:
    line = TimeLine([])
    assert (line.seconds, line.has_ink, line.at(3.0)) == (0.0, False, Moment())
    assert line.beginning_near(1.0, 1) == 0.0
