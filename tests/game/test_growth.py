"""Growth: a long evening costs no more memory than a short one."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

from driving import Driver

from game.rules.modes import MODES
from game.scenes import places


def test_screens_that_were_left_are_gone_at_once(drive: Callable[..., Driver]) -> None:
    """Their paper and ink are pictures as large as the window."""
    driver = drive()
    left = []
    gc.disable()
    try:
        for place in (*map(places.Round, MODES), places.Lab(), places.Review(), places.Title()):
            driver.app.go(place)
            driver.frames(2)
            left.append(weakref.ref(driver.app.scenes[0]))
        driver.app.go(places.Title())
        # The newest one that was left may still be on the stack of calls.
        assert [scene() for scene in left[:-1]] == [None] * (len(left) - 1)
    finally:
        gc.enable()
