"""Motion: curves that start and end where they should, at any frame rate."""

from __future__ import annotations

import pytest

from game.ui.motion import Glide, blend, clamp, ease_in_out, ease_out, overshoot, shake


@pytest.mark.parametrize("curve", [ease_out, ease_in_out, overshoot])
def test_curves_run_from_nought_to_one(curve: object) -> None:
    assert callable(curve)
    assert curve(0.0) == pytest.approx(0.0, abs=1e-9)
    assert curve(1.0) == pytest.approx(1.0)
    assert curve(-1.0) == pytest.approx(0.0, abs=1e-9)
    assert curve(2.0) == pytest.approx(1.0)


def test_overshoot_goes_past_the_goal() -> None:
    assert max(overshoot(n / 100) for n in range(101)) > 1.02


def test_shake_dies_away() -> None:
    assert max(abs(shake(n / 100, 0.5)) for n in range(20)) > 0.4
    assert shake(0.5, 0.5) == shake(9.0, 0.5) == 0.0


def test_blend_and_clamp() -> None:
    assert blend((0, 0, 0), (100, 200, 50), 0.5) == (50, 100, 25)
    assert blend((0, 0, 0), (100, 200, 50), 7) == (100, 200, 50)
    assert clamp(-3) == 0 and clamp(3) == 1 and clamp(0.3) == 0.3


def test_glide_is_independent_of_the_frame_rate() -> None:
    slow, fast = Glide(0.0), Glide(0.0)
    slow.goal = fast.goal = 10.0
    for _ in range(3):
        slow.update(0.1)
    for _ in range(300):
        fast.update(0.001)
    assert slow.value == pytest.approx(fast.value, rel=1e-6)
    for _ in range(100):
        slow.update(0.1)
    assert slow.resting and slow.value == 10.0
