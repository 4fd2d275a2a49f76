"""The pacer: frames come in time, events at once, and where all is still it waits for them."""

from __future__ import annotations

import pytest

from game import pacing
from game.pacing import LOOK_SECONDS, STILL_SECONDS, Pacer


class Machine:
    """A clock and a queue of events, each with the second in which it comes."""

    def __init__(self, *coming: tuple[float, str]) -> None:
        self.now = 100.0
        self._coming = sorted((self.now + after, name) for after, name in coming)

    def perf_counter(self) -> float:
        return self.now

    def get(self) -> list[object]:
        there = [event for event in self._coming if event[0] <= self.now]
        self._coming = self._coming[len(there) :]
        return [Event(name) for _, name in there]

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def wait(self, timeout: int) -> object:
        until = self.now + timeout / 1000
        if self._coming and self._coming[0][0] <= until:
            self.now, name = self._coming.pop(0)
            return Event(name)
        self.now = until
        return Event(None)


class Event:
    def __init__(self, name: str | None) -> None:
        self.type = pacing.pygame.NOEVENT if name is None else pacing.pygame.USEREVENT
        self.name = name


def one_frame(
    monkeypatch: pytest.MonkeyPatch, machine: Machine, fps: int, still: bool, exact: bool = True
) -> tuple[float, list[tuple[float, str | None]]]:
    """How long a frame lasts, s, and when which events were given."""
    monkeypatch.setattr(pacing.time, "perf_counter", machine.perf_counter)
    monkeypatch.setattr(pacing.time, "sleep", machine.sleep)
    monkeypatch.setattr(pacing.pygame.event, "get", machine.get)
    monkeypatch.setattr(pacing.pygame.event, "wait", machine.wait)
    pacer, began = Pacer(fps), machine.now
    given = [(machine.now - began, event.name) for event in pacer.events(still=still, exact=exact)]  # type: ignore[attr-defined]
    return machine.now - began, given


FRAME = 1 / 60


@pytest.mark.parametrize("still", [False, True])
def test_an_event_is_given_when_it_comes(monkeypatch: pytest.MonkeyPatch, still: bool) -> None:
    _, given = one_frame(monkeypatch, Machine((0.0, "a"), (0.005, "b")), 60, still)
    assert given == [(0.0, "a"), (pytest.approx(0.005), "b")]


@pytest.mark.parametrize("still", [False, True])
def test_where_no_ink_is_written_an_event_is_given_soon(
    monkeypatch: pytest.MonkeyPatch, still: bool
) -> None:
    came = 0.0121
    _, given = one_frame(monkeypatch, Machine((came, "a")), 60, still, exact=False)
    assert [name for _, name in given] == ["a"]
    assert 0 <= given[0][0] - came <= LOOK_SECONDS


def test_a_frame_lasts_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_frame(monkeypatch, Machine(), 60, False)[0] == pytest.approx(FRAME, abs=0.002)


def test_where_all_is_still_it_lasts_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_frame(monkeypatch, Machine(), 60, True)[0] == pytest.approx(STILL_SECONDS, abs=0.006)


@pytest.mark.parametrize("after", [0.0, 0.004, 0.05])
def test_an_event_ends_the_stillness(monkeypatch: pytest.MonkeyPatch, after: float) -> None:
    lasted, given = one_frame(monkeypatch, Machine((after, "a")), 60, True)
    assert given and lasted == pytest.approx(max(FRAME, after), abs=0.006)


@pytest.mark.parametrize("still", [False, True])
def test_as_fast_as_possible_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch, still: bool
) -> None:
    assert one_frame(monkeypatch, Machine((0.0, "a"), (0.01, "b")), 0, still) == (0.0, [(0.0, "a")])
