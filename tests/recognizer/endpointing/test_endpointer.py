"""The moment to judge: at once where nothing is likely to come, else when the pen stays away.

A little over 400 lines, since all of one state machine stands at one desk, which the learning needs
as much as the judging.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from clocks import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading_of

from recognizer.endpointing.endpointer import (
    REACTION,
    Call,
    Endpointer,
)
from recognizer.endpointing.pace import Pace
from recognizer.endpointing.patience import CALM, NORMAL, PATIENCE, QUICK, Patience
from recognizer.reading import Reading

FRAME = 1 / 60
WIDTH = 100.0  # of a digit's place


def place(number: int) -> tuple[float, float, float, float]:
    """The box of a stroke, or of a digit, in the place of that number from the left."""
    return (number * WIDTH, 0.0, number * WIDTH + 60.0, 100.0)


def seen(text: str, confidence: float = 0.96) -> Reading:
    """A reading with each digit in its place; "?" stands for ink that is no digit."""
    return reading_of(text, confidence, [place(n) for n in range(len(text))])


@dataclass
class Desk:
    """An endpointer, its clock, and a pen."""

    clock: FakeClock
    endpointer: Endpointer
    ticket: int = 0

    def lift(self, *places: int, digits: int = 1) -> int:
        """Lift the pen after strokes in those places; return the ticket of the reading."""
        self.ticket += 1
        boxes = [place(number) for number in places]
        self.endpointer.pen_up(self.clock.now, self.ticket, boxes, digits)
        return self.ticket

    def read(self, text: str, free: str | None = None, confidence: float = 0.96) -> None:
        """Let the reading of the ink come."""
        reading = seen(text, confidence)
        assert self.endpointer.reading_came(
            self.ticket, reading, None if free is None else seen(free, confidence)
        )

    def call(self) -> Call:
        return self.endpointer.decide().call

    def wait(self) -> float:
        """Let frames pass until the verdict; return the seconds since the last pen-lift."""
        start = self.clock.now
        while self.call() is Call.WAIT:
            self.clock.forward(FRAME)
            assert self.clock.now < start + 10
        return self.clock.now - start

    def write(self, text: str, free: str | None = None, strokes: int = 1) -> float:
        """Write an answer in one place; return how long the verdict took."""
        for number in range(1, strokes + 1):
            self.endpointer.pen_down(self.clock.now)
            self.lift(*[0] * number)
        self.read(text, free)
        return self.wait()


@pytest.fixture
def desk() -> Desk:
    clock = FakeClock()
    return Desk(clock, Endpointer(clock))


# --- when --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["6", "8", "9"])
def test_what_is_complete_and_certain_is_accepted_at_once(desk: Desk, text: str) -> None:
    desk.lift(0)
    assert desk.call() is Call.WAIT, "nothing was read yet"
    desk.read(text)
    decision = desk.endpointer.decide()
    assert decision.call is Call.ACCEPT
    assert decision.reading is not None and decision.reading.text == text


@pytest.mark.parametrize("text", ["2", "3", "4"])
def test_what_hardly_ever_goes_on_is_accepted_soon(desk: Desk, text: str) -> None:
    assert desk.write(text) < 0.25


@pytest.mark.parametrize("text", ["0", "1", "5", "7", "?"])
def test_where_a_further_stroke_is_likely_it_is_waited_for(desk: Desk, text: str) -> None:
    """A zero to be slashed, the stem of a four, a five without roof, a seven to be crossed."""
    assert desk.write(text) > 0.35


@pytest.mark.parametrize("first", ["5", "3", "?"])
def test_the_roof_of_a_five_may_come_late(desk: Desk, first: str) -> None:
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0)
    desk.read(first, confidence=0.8)
    for _ in range(21):  # 350 ms
        desk.clock.forward(FRAME)
        assert desk.call() is Call.WAIT
    desk.endpointer.pen_down(desk.clock.now)
    desk.clock.forward(0.3)
    desk.lift(0, 0)
    desk.read("5")
    assert desk.wait() < 0.25, "with its roof it is complete"


@pytest.mark.parametrize(("text", "strokes"), [("4", 2), ("5", 2), ("7", 2)])
def test_the_second_stroke_completes_it(desk: Desk, text: str, strokes: int) -> None:
    assert desk.write(text, strokes=strokes) < 0.25


def test_doubt_waits_longer_than_certainty(desk: Desk) -> None:
    desk.lift(0)
    desk.read("2", confidence=0.8)
    assert desk.wait() > 0.4


def test_a_one_of_a_longer_number_is_not_the_answer(desk: Desk) -> None:
    desk.lift(0, digits=2)
    desk.read("11", free="1")
    assert desk.wait() >= NORMAL.unfinished[0]
    assert desk.call() is Call.CANNOT_READ


def test_a_number_waits_for_strokes_of_its_last_digit(desk: Desk) -> None:
    desk.lift(0, 1, digits=2)
    desk.read("28", free="28")
    at_once = desk.wait()
    desk.endpointer.judged()
    desk.clock.forward(1)
    desk.lift(0, 1, digits=2)
    desk.read("27", free="27")
    assert desk.wait() > 0.5 > at_once
    desk.endpointer.judged()
    desk.clock.forward(1)
    desk.lift(0, 1, digits=2)
    desk.read("72", free="72")
    assert desk.wait() < 0.5, "the hand has left the seven"


def test_a_late_bar_belongs_to_the_digit_under_it(desk: Desk) -> None:
    desk.lift(0, 1, 0, digits=2)  # the seven was crossed when the two stood
    desk.read("72", free="72")
    assert desk.wait() < 0.4


def test_too_long_an_answer_gets_time_to_become_shorter(desk: Desk) -> None:
    desk.lift(0, 1, digits=1)
    desk.read("?", free="18")
    assert desk.wait() > 0.4
    assert desk.call() is Call.ACCEPT, "two digits were read; that is an answer, if a wrong one"


@pytest.mark.parametrize(("text", "confidence"), [("?", 0.9), ("3", 0.4), ("", 0.9)])
def test_what_cannot_be_read_is_said_late(desk: Desk, text: str, confidence: float) -> None:
    desk.lift(0)
    desk.read(text, confidence=confidence)
    assert NORMAL.unreadable <= desk.wait() <= NORMAL.longest_doubtful + 2 * FRAME
    assert desk.call() is Call.CANNOT_READ


def test_a_reading_that_never_comes_is_no_verdict(desk: Desk) -> None:
    desk.lift(0)
    desk.clock.forward(60)
    assert desk.call() is Call.WAIT and desk.endpointer.waiting
    desk.read("2")
    assert desk.call() is Call.ACCEPT


# --- old ink -----------------------------------------------------------------------------------


def test_a_reading_of_older_ink_is_dropped(desk: Desk) -> None:
    old = desk.lift(0)
    desk.endpointer.pen_down(desk.clock.now)  # the roof of the five
    assert not desk.endpointer.reading_came(old, seen("6"))
    new = desk.lift(0, 0)
    assert not desk.endpointer.reading_came(old, seen("6"))
    desk.clock.forward(9)
    assert desk.call() is Call.WAIT
    assert desk.endpointer.reading_came(new, seen("5"))
    assert desk.call() is Call.ACCEPT


def test_ink_that_is_gone_is_not_judged(desk: Desk) -> None:
    ticket = desk.lift(0)
    desk.endpointer.cancel()
    assert not desk.endpointer.waiting
    assert not desk.endpointer.reading_came(ticket, seen("6"))
    assert desk.call() is Call.WAIT


def test_a_verdict_is_given_once(desk: Desk) -> None:
    ticket = desk.lift(0)
    desk.read("6")
    desk.endpointer.judged()
    assert not desk.endpointer.waiting
    assert desk.call() is Call.WAIT
    assert not desk.endpointer.reading_came(ticket, seen("6"))


def test_share_goes_from_nothing_to_all(desk: Desk) -> None:
    desk.lift(0)
    assert desk.endpointer.share() == 0
    desk.read("7")
    desk.clock.forward(desk.endpointer.wait / 2)
    assert desk.endpointer.share() == pytest.approx(0.5)
    desk.clock.forward(5)
    assert desk.endpointer.share() == 1


# --- whatever happens --------------------------------------------------------------------------

EVENTS = st.lists(
    st.one_of(
        st.just(("down", "", 0.0)),
        st.just(("cancel", "", 0.0)),
        st.tuples(st.just("up"), st.sampled_from(["0", "00", "01", "012", "010"]), st.just(0.0)),
        st.tuples(
            st.just("read"),
            st.sampled_from(["", "?", "1", "6", "7", "17", "66", "4?", "171", "666"]),
            st.floats(0.2, 0.99),
        ),
        st.just(("late", "6", 0.99)),
        st.tuples(st.just("pass"), st.just(""), st.floats(0.0, 2.5)),
    ),
    max_size=40,
)


def calls(events: list[tuple[str, str, float]], digits: int) -> Iterator[tuple[Desk, bool, float]]:
    """Let things happen; yield after each of them whether the pen is down and since when not."""
    clock = FakeClock()
    desk = Desk(clock, Endpointer(clock))
    down, lifted = False, clock.now
    for what, text, amount in events:
        if what == "down" and not down:
            desk.endpointer.pen_down(clock.now)
            down = True
        elif what == "up" and down:
            desk.lift(*map(int, text), digits=digits)
            down, lifted = False, clock.now
        elif what == "cancel":
            desk.endpointer.cancel()
            down = False
        elif what == "read":
            free = seen(text, amount)
            known = seen((text * digits)[:digits], amount)
            desk.endpointer.reading_came(desk.ticket, known, None if digits == 1 else free)
        elif what == "late":
            assert not desk.endpointer.reading_came(desk.ticket - 1, seen(text, amount))
        elif what == "pass":
            clock.forward(amount)
        yield desk, down, clock.now - lifted


@settings(max_examples=300, deadline=None)
@given(EVENTS, st.integers(1, 3))
def test_whatever_happens(events: list[tuple[str, str, float]], digits: int) -> None:
    """No verdict under the pen, none on half a number unless long waited for, none too late."""
    for desk, down, waited in calls(events, digits):
        decision = desk.endpointer.decide()
        if down:
            assert decision.call is Call.WAIT
        if decision.call is Call.WAIT:
            assert decision.reading is None
        else:
            assert decision.reading is desk.endpointer.reading is not None
        if decision.call is Call.ACCEPT:
            assert decision.reading is not None and len(decision.reading.text) >= digits
            assert decision.reading.text.isdecimal()
        if decision.call is Call.CANNOT_READ:
            assert waited >= NORMAL.unreadable
        if desk.endpointer.reading is not None and waited > max(
            NORMAL.longest, NORMAL.unfinished[1]
        ):
            assert decision.call is not Call.WAIT
        assert 0 <= desk.endpointer.share() <= 1
        if decision.call is not Call.WAIT:
            desk.endpointer.judged()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["0", "1", "2", "5", "7", "9", "?"]),
    st.floats(0.2, 0.99),
    st.lists(st.floats(0.0, 20.0), max_size=80),
)
def test_no_player_can_teach_it_to_wait_for_ever(
    text: str, confidence: float, pauses: list[float]
) -> None:
    clock = FakeClock()
    pace = Pace()
    for seconds in pauses:
        pace.stroke.learn(seconds)
        pace.digit.learn(seconds)
    desk = Desk(clock, Endpointer(clock, pace))
    desk.lift(0)
    desk.read(text, confidence=confidence)
    assert desk.wait() <= NORMAL.longest_doubtful + 2 * FRAME


# --- patience ----------------------------------------------------------------------------------


@pytest.mark.parametrize("first_stroke", ["5", "7", "?"], ids=["a 5", "a 7", "half a 4"])
def test_a_calm_game_waits_for_a_pen_that_stops_within_a_digit(first_stroke: str) -> None:
    clock = FakeClock()
    desk = Desk(clock, Endpointer(clock, patience=CALM))
    desk.lift(0)
    desk.read(first_stroke)
    clock.forward(1.5)
    assert desk.call() is Call.WAIT


def test_a_calm_game_waits_for_the_next_digit_of_a_number() -> None:
    clock = FakeClock()
    desk = Desk(clock, Endpointer(clock, patience=CALM))
    desk.lift(0, digits=2)
    desk.read("11", free="1")
    clock.forward(2.5)
    assert desk.call() is Call.WAIT


@pytest.mark.parametrize("text", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "?"])
def test_who_is_calmer_waits_no_shorter(text: str) -> None:
    def wait(patience: Patience) -> float:
        clock = FakeClock()
        desk = Desk(clock, Endpointer(clock, patience=patience))
        desk.lift(0)
        desk.read(text)
        return desk.wait()

    assert wait(QUICK) <= wait(NORMAL) <= wait(CALM)


def test_the_names_of_patience_are_those_of_the_settings() -> None:
    assert list(PATIENCE) == ["quick", "normal", "calm"]


# --- learning ----------------------------------------------------------------------------------


def cross(desk: Desk, pause: float) -> None:
    """Write a seven and cross it after so long."""
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0)
    desk.read("7")
    desk.clock.forward(pause)
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0, 0)
    desk.read("7")
    desk.wait()
    desk.endpointer.judged()
    desk.clock.forward(1.0)


def test_it_learns_the_pause_of_the_hand(desk: Desk) -> None:
    quick = Desk(desk.clock, Endpointer(desk.clock))
    for _ in range(20):
        cross(quick, 0.15)
    slow = Desk(desk.clock, Endpointer(desk.clock))
    for _ in range(20):
        cross(slow, 0.5)
    pauses = [one.endpointer.pace.stroke.median for one in (quick, desk, slow)]
    assert pauses == sorted(pauses) and pauses[0] < 0.2 and pauses[2] > 0.4
    waits = [one.write("0") for one in (quick, desk, slow)]
    assert waits == sorted(waits) and waits[0] < waits[2] - 0.2


def test_it_learns_who_does_not_cross_a_seven(desk: Desk) -> None:
    before = desk.write("7")
    for _ in range(12):
        desk.endpointer.judged()
        desk.clock.forward(1.0)
        after = desk.write("7")
    assert after < before - 0.15
    desk.endpointer.judged()
    desk.clock.forward(1.0)
    for _ in range(5):
        cross(desk, 0.25)
    assert desk.write("7") > after


def test_a_stroke_too_late_for_the_verdict_teaches_patience(desk: Desk) -> None:
    """It came so soon after the verdict that it cannot be the next answer."""
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0)
    desk.read("7")
    waited = desk.wait()
    desk.endpointer.judged()
    desk.clock.forward(REACTION * 0.6)
    before = desk.endpointer.pace.stroke.median
    desk.endpointer.pen_down(desk.clock.now)
    assert desk.endpointer.pace.stroke.median > before
    assert desk.endpointer.pace.habit("7") > 1, "and that sevens are crossed"
    assert waited < NORMAL.longest


def test_the_next_answer_teaches_nothing(desk: Desk) -> None:
    desk.write("6")
    desk.endpointer.judged()
    desk.clock.forward(REACTION + 0.3)
    desk.endpointer.pen_down(desk.clock.now)
    assert (desk.endpointer.pace.stroke.seen, desk.endpointer.pace.digit.seen) == (0, 0)


def test_ink_read_anew_after_a_break_teaches_no_pause(desk: Desk) -> None:
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0)
    desk.read("7")
    desk.clock.forward(30)
    desk.endpointer.pen_up(desk.clock.now, 99, [place(0)], 1, written=False)
    assert desk.endpointer.reading_came(99, seen("7"))
    desk.clock.forward(0.1)
    desk.endpointer.pen_down(desk.clock.now)
    assert desk.endpointer.pace.stroke.seen == 0


def test_pauses_between_digits_are_learned_apart(desk: Desk) -> None:
    desk.endpointer.pen_down(desk.clock.now)
    desk.lift(0, digits=2)
    desk.read("11", free="4")
    desk.clock.forward(0.6)
    desk.endpointer.pen_down(desk.clock.now)
    assert (desk.endpointer.pace.stroke.seen, desk.endpointer.pace.digit.seen) == (0, 1)


def test_numbers_are_judged_with_less_risk() -> None:
    assert 0 < NORMAL.numbers_risk < NORMAL.risk < 0.5
