"""The round's clock: it counts down and stands still in a pause."""

from __future__ import annotations

import pytest
from clocks import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.clock import LONGEST_FRAME, LONGEST_HOLD, RoundClock, SteadyClock


def test_stands_until_started() -> None:
    clock = FakeClock()
    watch = RoundClock(60, clock)
    clock.forward(5)
    assert watch.remaining() == 60
    assert not watch.running


def test_pauses_do_not_count() -> None:
    clock = FakeClock()
    watch = RoundClock(60, clock)
    watch.start()
    clock.forward(10)
    watch.pause()
    clock.forward(1000)
    assert watch.elapsed() == 10
    watch.start()
    watch.start()  # a second start changes nothing
    clock.forward(5)
    assert watch.remaining() == 45


def test_never_below_zero() -> None:
    clock = FakeClock()
    watch = RoundClock(60, clock)
    watch.start()
    clock.forward(61)
    assert watch.remaining() == 0
    assert watch.elapsed() == 61


def test_held_while_the_reader_takes_its_time() -> None:
    now = FakeClock()
    clock = RoundClock(60.0, now)
    clock.start()
    now.forward(10)
    clock.hold()
    now.forward(2)
    clock.hold()  # more ink to read: it is held already
    now.forward(1)
    assert clock.remaining() == pytest.approx(50.0)
    assert clock.running
    clock.release()
    now.forward(5)
    assert clock.remaining() == pytest.approx(45.0)
    clock.release()
    assert clock.remaining() == pytest.approx(45.0)


def test_not_held_for_ever() -> None:
    now = FakeClock()
    clock = RoundClock(60.0, now)
    clock.start()
    clock.hold()
    now.forward(LONGEST_HOLD + 20)
    assert clock.elapsed() == pytest.approx(20.0)
    clock.release()
    assert clock.elapsed() == pytest.approx(20.0)


def test_a_pause_ends_the_hold() -> None:
    now = FakeClock()
    clock = RoundClock(60.0, now)
    clock.hold()
    assert not clock.running and clock.elapsed() == 0.0
    clock.start()
    now.forward(10)
    clock.hold()
    now.forward(1)
    clock.pause()
    now.forward(100)
    clock.release()
    clock.start()
    now.forward(3)
    assert clock.elapsed() == pytest.approx(13.0)


@settings(deadline=None)
@given(steps=st.lists(st.floats(-1e5, 1e5), max_size=60))
def test_a_steady_clock_never_goes_back_and_never_leaps(steps: list[float]) -> None:
    now = FakeClock()
    clock = SteadyClock(now, LONGEST_FRAME)
    seen = clock()
    for step in steps:
        before = now.now
        now.forward(step)
        leap = now.now - before > LONGEST_FRAME
        assert 0.0 <= clock() - seen <= LONGEST_FRAME + 1e-6
        assert clock.has_slept() is leap
        assert not clock.has_slept(), "told once"
        seen = clock()


@settings(deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["start", "pause", "hold", "release", "wait"]),
                  st.floats(-4000, 4000)),
        max_size=40,
    )
)  # fmt: skip
def test_a_round_never_loses_or_owes_time_whatever_the_clock_does(
    steps: list[tuple[str, float]],
) -> None:
    now = FakeClock()
    watch = RoundClock(60.0, now)
    last = 0.0
    for what, seconds in steps:
        if what != "wait":
            getattr(watch, what)()
        now.forward(seconds)
        assert watch.elapsed() >= last - 1e-6 and 0.0 <= watch.remaining() <= 60.0
        last = watch.elapsed()


def test_clocks_set_back_an_hour_cost_nothing() -> None:
    now = FakeClock()
    watch = RoundClock(60.0, now)
    watch.start()
    now.forward(10)
    assert watch.elapsed() == 10
    now.forward(-3600)
    assert watch.elapsed() == 10
    now.forward(5)
    assert watch.elapsed() == 15
