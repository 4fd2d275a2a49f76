"""Charts: axes hold what is drawn, labels have room, and lines are smooth."""

from __future__ import annotations

import itertools

import pygame
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.ui import theme
from game.ui.charts import Chart, hatched, solid
from game.ui.layout import Frame
from game.ui.scales import scale, thinned
from game.ui.table_view import draw_table, rows_that_fit
from game.ui.text import Typesetter

VALUES = st.floats(0, 1e7)


@given(VALUES, VALUES, st.integers(1, 8), st.booleans())
@example(0.0, 0.0078125, 1, True)  # there is no whole number between them
def test_an_axis_holds_its_values_in_few_even_steps(
    low: float, high: float, most: int, whole: bool
) -> None:
    axis = scale(low, high, most, whole=whole)
    assert axis.low <= min(low, high) + 1e-6 * axis.high
    assert axis.high >= max(low, high) - 1e-6 * axis.high
    assert 2 <= len(axis.ticks) <= most + 2
    steps = [b - a for a, b in itertools.pairwise(axis.ticks)]
    assert min(steps) > 0 and max(steps) - min(steps) <= 1e-6 * max(steps)
    if whole:
        assert all(tick == round(tick) for tick in axis.ticks)
    assert axis.share(axis.low) == 0 and axis.share(axis.high) == 1
    assert axis.share(low) <= axis.share(high) or low > high


@given(st.lists(st.tuples(st.floats(0, 2000), st.floats(1, 90)), max_size=40), st.floats(0, 20))
def test_labels_do_not_touch_and_the_last_one_stays(
    found: list[tuple[float, float]], gap: float
) -> None:
    places = sorted(found)
    kept = thinned(places, gap)
    assert kept == sorted(kept) and (not places or kept[-1] == len(places) - 1)
    for one, other in itertools.pairwise(kept):
        (a, wide), (b, broad) = places[one], places[other]
        assert a + wide / 2 + gap <= b - broad / 2 + 1e-6


def on_paper() -> pygame.Surface:
    surface = pygame.Surface((640, 400))
    surface.fill(theme.PAPER)
    return surface


def chart(surface: pygame.Surface, area: pygame.Rect) -> Chart:
    frame = Frame(1280, 720)
    labels = [(n / 9, f"{n} Nov") for n in range(10)]
    return Chart(
        surface, area, scale(0, 100, 4), lambda v: f"{v:.0f}", labels, frame, Typesetter(1.0),
        caption="Points",
    )  # fmt: skip


def test_a_chart_stays_in_its_area(pygame_ready: None) -> None:
    area = pygame.Rect(60, 50, 500, 300)
    surface = on_paper()
    drawn = chart(surface, area)
    assert area.contains(drawn.plot) and drawn.plot.h > 200
    drawn.line([(0.0, 0.0), (0.5, 100.0), (1.0, 250.0)], theme.SUN_DEEP)
    drawn.dot(0.5, 50.0, theme.INK, hollow=True)
    drawn.note(1.0, 100.0, "100, 28 Nov 2026")
    mask = pygame.mask.from_threshold(surface, theme.PAPER, (1, 1, 1, 255))
    mask.invert()
    (first, *rest) = mask.get_bounding_rects()
    assert area.inflate(12, 12).contains(first.unionall(rest))
    tones = {tuple(surface.get_at((x, y))[:3]) for x in range(200, 300) for y in range(90, 300)}
    assert len(tones) > 12, "smooth, not jagged"


def test_values_lie_where_they_belong(pygame_ready: None) -> None:
    drawn = chart(on_paper(), pygame.Rect(60, 50, 500, 300))
    assert drawn.at(0.0, 0.0) == drawn.plot.bottomleft
    assert drawn.at(1.0, 100.0) == drawn.plot.topright
    assert drawn.at(0.5, 50.0)[1] == pytest.approx(drawn.plot.centery, abs=1)
    assert drawn.bar(0.5, 0.1, 25.0, 75.0).h == pytest.approx(drawn.plot.h / 2, abs=2)


def test_thinking_and_writing_differ_by_more_than_their_colour() -> None:
    frame, rect = Frame(1280, 720), pygame.Rect(10, 10, 60, 80)
    pictures = []
    for paint in (solid, hatched):
        surface = on_paper()
        paint(surface, rect, frame)
        grey = pygame.transform.grayscale(surface.subsurface(rect))
        pictures.append(len({tuple(grey.get_at((x, 40))[:3]) for x in range(8, 52)}))
    assert pictures[0] == 1 and pictures[1] > 3


def test_a_table_shows_as_many_rows_as_have_room(pygame_ready: None) -> None:
    frame, text = Frame(1280, 720), Typesetter(1.0)
    rows = [(f"Somebody with a very long name {n}", "12", "28 Nov 2026") for n in range(40)]
    area = pygame.Rect(40, 40, 300, 250)
    surface = on_paper()
    draw_table(surface, area, ("Name", "Rounds", "Last played"), rows, frame, text)
    mask = pygame.mask.from_threshold(surface, theme.PAPER, (1, 1, 1, 255))
    mask.invert()
    (first, *rest) = mask.get_bounding_rects()
    assert area.contains(first.unionall(rest))
    assert 1 <= rows_that_fit(area.h, text) < 40
