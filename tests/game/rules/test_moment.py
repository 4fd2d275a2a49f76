"""The moment to judge: after the pause, with the reading of that very ink, and not before."""

from __future__ import annotations

import pytest
from driving import reading_of

from game.rules.moment import PAUSE_SECONDS, UNFINISHED_SECONDS, Moment

SEVEN, ONE = reading_of("7"), reading_of("1")


def test_waits_for_the_pause() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    assert moment.reading_came(1, SEVEN)
    assert moment.due(10.0 + PAUSE_SECONDS - 0.01) is None
    assert moment.due(10.0 + PAUSE_SECONDS + 0.01) is SEVEN


def test_waits_for_the_reading() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    assert moment.due(99.0) is None
    assert moment.waiting
    moment.reading_came(1, SEVEN)
    assert moment.due(99.0) is SEVEN


def test_a_reading_of_older_ink_is_dropped() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    moment.cancel()  # the pen came down for the roof of the five
    moment.pen_lifted(10.4, ticket=2)
    assert not moment.reading_came(1, ONE)
    assert moment.due(99.0) is None
    assert moment.reading_came(2, SEVEN)
    assert moment.due(99.0) is SEVEN


def test_a_new_lift_starts_the_pause_anew() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    moment.pen_lifted(10.4, ticket=2)
    moment.reading_came(2, SEVEN)
    assert moment.due(10.0 + PAUSE_SECONDS + 0.01) is None
    assert 0 < moment.share(10.6) < 1


def test_hurry_waives_the_pause_but_not_the_reading() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    assert moment.due(10.0, hurry=True) is None
    moment.reading_came(1, SEVEN)
    assert moment.due(10.0, hurry=True) is SEVEN
    moment.cancel()
    assert moment.due(10.0, hurry=True) is None
    assert not moment.waiting


def test_half_a_number_is_waited_for() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    half = reading_of("4")
    moment.reading_came(1, half, whole=False)
    assert moment.due(10.0 + UNFINISHED_SECONDS - 0.01) is None
    assert moment.due(10.0 + UNFINISHED_SECONDS - 0.01, hurry=True) is None
    assert moment.share(10.0 + UNFINISHED_SECONDS / 2) == pytest.approx(0.5)
    assert moment.due(10.0 + UNFINISHED_SECONDS + 0.01) is half


def test_each_stroke_starts_the_long_pause_anew() -> None:
    moment = Moment()
    moment.pen_lifted(10.0, ticket=1)
    moment.reading_came(1, reading_of("1"), whole=False)
    moment.cancel()
    moment.pen_lifted(11.1, ticket=2)
    moment.reading_came(2, reading_of("14"), whole=False)
    assert moment.due(10.0 + UNFINISHED_SECONDS + 0.5) is None
    moment.cancel()
    moment.pen_lifted(12.2, ticket=3)
    whole = reading_of("142")
    moment.reading_came(3, whole)
    assert moment.due(12.2 + PAUSE_SECONDS + 0.01) is whole
