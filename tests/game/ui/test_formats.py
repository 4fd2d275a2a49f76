"""Figures for the player: rounded, and no more certain than they are."""

from __future__ import annotations

import pytest

from game.ui.formats import spoken_share, spoken_time


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.126, "13%"), (0.99, "99%"), (0.999, ">99%")],
)
def test_shares(share: float, words: str) -> None:
    assert spoken_share(share) == words


def test_times_are_the_players_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert spoken_time("2026-11-21T23:05:09.000+00:00") == "22 Nov 2026, 08:05"
    finally:
        monkeypatch.undo()
        time.tzset()
    for nonsense in (None, "", "yesterday"):
        assert spoken_time(nonsense) == "once"
