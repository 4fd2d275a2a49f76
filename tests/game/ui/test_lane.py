"""A lane of a replay: going back shows the same as never having gone further."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.persistence.rounds import KeptAnswer
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.replay import time_line
from game.ui.lane import LaneView
from game.ui.layout import Frame
from game.ui.paper import desk
from game.ui.text import Typesetter

SEVEN = [
    [[300.0, 200.0, 0.0], [700.0, 200.0, 0.2], [450.0, 800.0, 0.5]],
    [[350.0, 500.0, 0.7], [600.0, 480.0, 0.9]],
]
FRAME = Frame(640, 360)
SOME = settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answer(verdict: Verdict, shown: float, judged: float) -> KeptAnswer:
    prompt = Prompt("7", Disguise.NUMERAL, "7")
    ink = [] if verdict is Verdict.LATE else SEVEN
    outcome = Outcome(
        prompt, "7", verdict, 1.5, 100, thinking_seconds=0.4, shown_at=shown, judged_at=judged
    )
    return KeptAnswer(outcome, ink)


ANSWERS = [
    answer(Verdict.RIGHT, 0.0, 1.8),
    answer(Verdict.UNREADABLE, 1.8, 3.6),
    answer(Verdict.WRONG, 1.8, 5.5),
    answer(Verdict.LATE, 6.6, 8.1),
]


def lane() -> tuple[LaneView, pygame.Surface]:
    line = time_line([each.outcome for each in ANSWERS], [each.ink for each in ANSWERS])
    view, backdrop = LaneView(ANSWERS, line, "This round"), desk(FRAME)
    view.layout(FRAME.inner, FRAME, Typesetter(FRAME.unit), backdrop, beside=True)
    return view, backdrop


def picture(view: LaneView, backdrop: pygame.Surface) -> bytes:
    surface = backdrop.copy()
    view.draw(surface)
    return pygame.image.tobytes(surface, "RGB")


@SOME
@given(st.lists(st.floats(0.0, 9.5), min_size=1, max_size=6))
def test_scrubbing_shows_what_playing_shows(pygame_ready: None, times: list[float]) -> None:
    scrubbed, backdrop = lane()
    for seconds in times:
        scrubbed.show(seconds)
    fresh, _ = lane()
    fresh.show(times[-1])
    for view in (scrubbed, fresh):  # a card that is just turning over is the one thing that differs
        view._card.update(1.0)
    assert scrubbed.strokes == fresh.strokes
    assert picture(scrubbed, backdrop) == picture(fresh, backdrop)


def test_the_pen_writes_point_by_point(pygame_ready: None) -> None:
    view, _ = lane()
    seen = []
    for n in range(180):
        view.show(n / 100)
        if not seen or view.strokes != seen[-1]:
            seen.append(view.strokes)
    assert seen == [[], [1], [2], [3], [3, 1], [3, 2]]
    assert view.figures == "0 points, 0 right"
    view.show(1.9)
    assert (view.strokes, view.figures) == ([], "100 points, 1 right")


@pytest.mark.parametrize("size", [(360, 320), (800, 600), (900, 1200)])
def test_all_ink_lies_on_the_paper(pygame_ready: None, size: tuple[int, int]) -> None:
    wide = [[[-400.0, 500.0, 0.0], [1400.0, 520.0, 0.4]]]
    kept = [KeptAnswer(ANSWERS[0].outcome, wide)]
    view = LaneView(kept, time_line([kept[0].outcome], [wide]), "This round")
    frame = Frame(*size)
    view.layout(frame.inner, frame, Typesetter(frame.unit), desk(frame), beside=False)
    view.show(1.7)
    assert view.strokes == [2]
    for x, y, _ in view._canvas.strokes[0].points:
        assert view._paper.collidepoint(view._canvas.to_pixels(x, y))
