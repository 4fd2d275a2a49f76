"""Looking inside: what is drawn stays in its place, what is said is true of what is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import digit, reading
from sights import SIGHTS, compared, covered, disputed, found

from game.ui import theme
from game.ui.inside_layout import inside_layout
from game.ui.inside_view import _largest, draw_sight, occlusion_map
from game.ui.inside_words import explained, signed, verdict
from game.ui.layout import Frame
from game.ui.text import Typesetter
from recognizer.inside.sights import Sight

SIZES = [(360, 320), (640, 480), (800, 600), (1280, 720), (2560, 1440), (400, 700), (900, 1200)]
AREAS = [(820, 560), (440, 470), (300, 700), (60, 40), (9, 9), (1, 1)]


@pytest.mark.parametrize("area", AREAS, ids=str)
@pytest.mark.parametrize("name", ["covered", *(name for name, of in SIGHTS.items() if of)])
def test_it_is_drawn_within_its_area(pygame_ready: None, name: str, area: tuple[int, int]) -> None:
    frame = Frame(1280, 720) if area[0] > 400 else Frame(360, 320)
    sight, edge = SIGHTS.get(name, covered()), 40
    assert sight is not None
    surface = pygame.Surface((area[0] + 2 * edge, area[1] + 2 * edge))
    surface.fill(theme.PAPER)
    inner = pygame.Rect((edge, edge), area)
    draw_sight(surface, inner, sight, frame, Typesetter(frame.unit))
    drawn = (pygame.surfarray.array3d(surface) != theme.PAPER).any(axis=2)
    assert drawn.any()
    if min(area) >= 100:
        drawn[inner.x - 2 : inner.right + 2, inner.y - 2 : inner.bottom + 2] = False
        assert not drawn.any()


@given(st.integers(1, 2000), st.integers(1, 2000), st.integers(1, 12), st.integers(0, 30))
def test_squares_are_as_large_as_fits(width: int, height: int, count: int, line: int) -> None:
    gap = 8
    side, columns = _largest(pygame.Rect(0, 0, width, height), count, gap, line)
    rows = -(-count // columns)
    if side > 1:
        assert columns * side + (columns - 1) * gap <= width
        assert rows * (side + line) + (rows - 1) * gap <= height
        assert 1 <= columns <= count


def shown(picture: pygame.Surface, place: tuple[int, int]) -> np.ndarray:
    return np.array(picture.get_at(place)[:3], int)


def test_the_map_is_coloured_where_covering_matters(pygame_ready: None) -> None:
    sight = covered(most=0.8)
    picture = occlusion_map(sight, 280)
    assert picture.get_size() == (280, 280)
    paper, sun, ghost = (np.array(of) for of in (theme.PAPER, theme.SUN, theme.GHOST))
    # Beside the ink: the map's own colours. Six rows near the top matter, four near the foot.
    top, foot, between = ((20, 65), (20, 220), (20, 150))
    assert np.abs(shown(picture, top) - sun).max() <= 2
    assert np.abs(shown(picture, foot) - (paper + ghost) / 2).max() <= 2, "half, and against"
    assert np.abs(shown(picture, between) - paper).max() <= 2
    nothing = replace(sight.occlusion, falls=np.zeros((28, 28), np.float32))
    still = occlusion_map(replace(sight, occlusion=nothing), 280)
    assert np.abs(shown(still, top) - paper).max() <= 2
    inked, bare = shown(picture, (140, 150)), shown(picture, between)
    assert inked.sum() < bare.sum(), "the ink itself is seen"


def test_the_faintest_falls_are_not_blown_up(pygame_ready: None) -> None:
    picture = occlusion_map(covered(most=0.005), 280)
    assert np.abs(shown(picture, (20, 65)) - theme.PAPER).max() <= 0.12 * 255


# --- the words ------------------------------------------------------------------------------------


def test_what_it_makes_of_the_digit() -> None:
    number = reading(digit(4), digit(2, 0.6), digit(None, 0.5))
    assert verdict("KNN", number, 1, compared()) == "KNN reads 2, 60% sure."
    assert verdict("KNN", number, 2, compared()).startswith("KNN sees no digit here; likeliest")
    assert verdict("YOLO", number, 0, found()) == "YOLO reads 42?."
    assert verdict("YOLO", reading(digit(None)), 0, found()) == "YOLO reads no digit."
    assert verdict("CNN", reading(), 0, None) == "CNN reads no digit."


def test_what_the_pictures_mean() -> None:
    assert "the nearest 4 decide" in explained("KNN", compared(4))[0]
    assert "the nearest one decides" in explained("KNN", compared(1))[0]
    between, total = explained("SVM", disputed())
    assert "between 7 and 1" in between and "+ is for 7, − is for 1" in between
    assert total == "All 1,234 votes together come to +2.2. Above 0 it is 7."
    assert "40% less sure of 7" in explained("CNN", covered(8))[1]
    assert "by all of them together" in explained("CNN", covered(most=0.01))[1]
    alone = explained("Mine", covered())
    assert len(explained("CNN", covered(8))) == len(alone) + 1
    assert "neurons" in explained("FCN", covered(neurons=12))[len(alone)]
    assert "drew 12 boxes" in explained("YOLO", found())[0]
    assert "drew 1 box where" in explained("YOLO", found(1, 1))[0]
    assert explained("Mine", None) == ("Mine has nothing to show of how it came to that.",)


@pytest.mark.parametrize(("value", "said"), [(1.26, "+1.3"), (-0.84, "−0.8"), (0.0, "0.0")])
def test_votes_have_a_sign(value: float, said: str) -> None:
    assert signed(value) == said


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_nobody_is_left_without_a_sentence(sight: Sight | None) -> None:
    said = explained("CNN", sight)
    assert said
    for words in said:
        assert words[0].isupper() and words.endswith(".")


# --- the places -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("models", [True, False])
@pytest.mark.parametrize("digits", [True, False])
def test_nothing_overlaps(size: tuple[int, int], models: bool, digits: bool) -> None:
    frame = Frame(*size)
    for left_handed in (False, True):
        spots = inside_layout(frame, left_handed, models=models, digits=digits, line=16)
        rects = [spots.words, spots.sheet, spots.back]
        rects += [spots.models] if models else []
        rects += [spots.label, spots.digits] if digits else []
        assert all(frame.rect.contains(rect) for rect in rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
        assert (spots.back.centerx < frame.rect.centerx) == left_handed
    assert spots.sheet.w * spots.sheet.h > 0.3 * frame.inner.w * frame.inner.h or size[0] < 700
