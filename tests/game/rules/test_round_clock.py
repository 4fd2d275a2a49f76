"""The round's clock: it counts down and stands still in a pause."""

from __future__ import annotations

from driving import FakeClock

from game.rules.round_clock import RoundClock


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
