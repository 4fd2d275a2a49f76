"""The round's clock: it counts down and stands still in a pause."""

from __future__ import annotations

import pytest
from driving import FakeClock

from game.rules.clock import LONGEST_HOLD, RoundClock


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
