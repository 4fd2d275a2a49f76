"""Penmanship: kind advice from start, direction, order and shape; and digits in the mirror."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import digit as digit_of
from readings import reading, reading_of

from game.rules.digit_models import FORMS, Model, all_forms, model
from game.rules.paths import Drawing, Point, box, drawn, mirrored, normalised, resampled, unlike
from game.rules.penmanship import (
    MIRRORED_DIGITS,
    Advice,
    Seen,
    advice,
    all_advice,
    needs_mirror,
    see,
    surely,
)
from recognizer import Recognizer

TAUGHT = list(
    {
        (one.digit, one.strokes): one
        for digit in "0123456789"
        for option in FORMS
        for choice in option.choices
        if (one := model(digit, {option.key: (choice.key,)}))
    }.values()
)


def moved(drawing: Drawing, scale: float, dx: float, dy: float) -> list[list[Point]]:
    return [[(x * scale + dx, y * scale + dy) for x, y in path] for path in drawing]


@pytest.mark.parametrize("one", TAUGHT, ids=lambda one: one.digit)
@settings(max_examples=20)
@given(scale=st.floats(20, 900), dx=st.floats(-500, 500), dy=st.floats(-500, 500))
def test_the_model_itself_is_like_the_model_wherever_it_stands(
    one: Model, scale: float, dx: float, dy: float
) -> None:
    ink = moved(one.strokes, scale, dx, dy)
    assert all_advice(ink, one) == []
    assert all_advice(ink, one, traced=ink) == []
    timed = [[(x, y, 0.01 * n) for n, (x, y) in enumerate(path)] for path in ink]
    assert all_advice(timed, one) == []


@pytest.mark.parametrize("one", TAUGHT, ids=lambda one: one.digit)
def test_a_stroke_the_wrong_way_is_told_first(one: Model) -> None:
    for n in range(len(one.strokes)):
        ink = [path[::-1] if k == n else path for k, path in enumerate(one.strokes)]
        assert advice(ink, one) is Advice.DIRECTION


@pytest.mark.parametrize(
    "one", [one for one in TAUGHT if len(one.strokes) > 1], ids=lambda one: one.digit
)
def test_order_and_number_of_strokes(one: Model) -> None:
    assert advice(one.strokes[::-1], one) is Advice.ORDER
    assert advice(one.strokes[:1], one) is Advice.MISSING
    joined = [[point for path in one.strokes for point in path]]
    assert advice(joined, one) is Advice.LIFT


@pytest.mark.parametrize(
    "one", [one for one in TAUGHT if len(one.strokes) > 1], ids=lambda one: one.digit
)
def test_a_stroke_that_is_a_little_short_is_there(one: Model) -> None:
    joined = [point for path in one.strokes for point in path]
    assert advice([joined[:-1]], one) is Advice.LIFT


def test_models_are_lines_without_a_leap_and_rings_end_where_they_began() -> None:
    for one in TAUGHT:
        for path in one.strokes:
            assert all(math.dist(p, q) < 0.25 for p, q in itertools.pairwise(path)), one.digit
        x0, y0, x1, y1 = box(one.strokes)
        assert 0.0 <= x0 <= x1 <= 1.0 and 0.0 < y0 < 0.1 and 0.9 < y1 < 1.0, one.digit
        (first, *_), *_ = one.strokes
        assert not one.is_ring or math.dist(first, one.strokes[-1][-1]) < 1e-6


def test_a_ring_may_begin_elsewhere_but_must_close() -> None:
    ring = list(model("0").strokes[0])[:-1]
    half = len(ring) // 2
    assert advice([[*ring[half:], *ring[:half], ring[half]]], model("0")) is Advice.START
    assert advice([ring[:-5]], model("0")) is Advice.RING
    assert advice([ring[:half], ring[half:]], model("0")) is Advice.ONE_GO
    assert advice([[*ring, ring[0]]], model("0")) is None


@pytest.mark.parametrize("digit", ["6", "9"])
def test_a_loop_closes(digit: str) -> None:
    (path,) = model(digit).strokes
    open_one = path[:-9] if digit == "6" else path[9:]
    assert Advice.LOOP in all_advice([open_one], model(digit))


def test_slim_and_wide() -> None:
    for digit in "235":
        strokes = model(digit).strokes
        slim = [[(x * 0.4, y) for x, y in path] for path in strokes]
        wide = [[(x * 2.2, y) for x, y in path] for path in strokes]
        assert advice(slim, model(digit)) is Advice.WIDER
        assert advice(wide, model(digit)) is Advice.SLIMMER


def test_astray_is_told_of_what_was_traced_alone() -> None:
    strokes = model("2").strokes
    beside = moved(strokes, 1.0, 0.2, 0.1)
    assert advice(beside, model("2")) is None
    assert advice(beside, model("2"), traced=strokes) is Advice.ASTRAY


def test_a_bar_of_ones_own_is_no_fault() -> None:
    crossed = model("7", {"seven": ("crossed",)})
    assert advice(crossed.strokes, model("7")) is None
    assert advice(model("7").strokes, crossed) is Advice.MISSING


@given(
    strokes=st.lists(
        st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=8), max_size=6
    ),
    digit=st.sampled_from("0123456789"),
)
def test_any_ink_is_looked_at_without_an_accident(strokes: Any, digit: str) -> None:
    for one in all_forms(digit):
        assert all(isinstance(each, Advice) for each in all_advice(strokes, one))
    see(digit, strokes, reading_of("?"), reading_of(digit))


@given(
    path=st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=9),
    count=st.integers(2, 50),
)
def test_steps_along_a_path_are_even_and_end_at_its_ends(path: list[Point], count: int) -> None:
    points = resampled(path, count)
    assert len(points) == count
    assert math.dist(points[0], path[0]) < 1e-6
    ends_there = math.dist(points[-1], path[-1]) < 1e-6
    assert ends_there or all(p == path[0] for p in points), "a path without length stays put"
    twice = mirrored(mirrored([path]))[0]
    assert all(math.dist(p, q) < 1e-6 for p, q in zip(path, twice, strict=True))
    assert box(mirrored([path])) == pytest.approx(box([path])), "it stays in its place"
    x0, y0, x1, y1 = box(normalised([path]))
    assert -1e-6 <= x0 <= x1 <= 1 + 1e-6 and -1e-6 <= y0 <= y1 <= 1 + 1e-6


def test_a_digit_is_most_like_itself() -> None:
    for one in TAUGHT:
        likeness = {d: min(unlike(one.strokes, f.strokes) for f in all_forms(d)) for d in "23457"}
        if one.digit in likeness:
            assert min(likeness, key=lambda d: likeness[d]) == one.digit


# --- in the mirror, with the shipped reader -------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


def test_mirrored_digits_are_named_and_others_never(
    reader: Recognizer, written_digits: Any
) -> None:
    named = []
    for written in written_digits:
        digit = str(written.value)
        ink = drawn(written.strokes)
        turned = mirrored(ink)
        reading, in_mirror = reader.read(ink, length=1), reader.read(turned, length=1)
        assert surely(reading) == digit, (digit, written.form)
        assert see(digit, ink, reading, in_mirror) is Seen.ASKED
        if digit in MIRRORED_DIGITS:
            assert see(digit, turned, in_mirror, reading) is Seen.MIRRORED, written.form
            named.append(digit)
        for asked in "0123456789":
            if asked != digit:
                assert see(asked, ink, reading, in_mirror) is Seen.OTHER, (asked, written.form)
                said = see(asked, turned, in_mirror, reading)
                assert said is not Seen.MIRRORED, (asked, written.form)
    assert set(named) == set("2345679")


def test_nothing_is_said_about_ink_that_nobody_is_sure_of() -> None:
    ink = model("3").strokes
    assert see("3", ink, reading_of("3", 0.6), None) is Seen.UNSURE
    assert see("3", ink, reading_of("?"), reading_of("3", 0.6)) is Seen.UNSURE
    assert see("8", ink, reading_of("?"), reading_of("8")) is Seen.UNSURE, "an 8 has no wrong way"


def test_only_a_digit_that_was_not_surely_read_is_held_to_the_mirror() -> None:
    assert needs_mirror("7", reading_of("?")) and needs_mirror("7", reading_of("1"))
    assert needs_mirror("7", reading_of("7", 0.6))
    assert not needs_mirror("7", reading_of("7"))
    assert not needs_mirror("8", reading_of("?")), "an 8 has no wrong way"


def test_what_is_rather_the_asked_digit_than_not_is_not_the_wrong_way_round() -> None:
    ink = model("3").strokes
    assert see("3", ink, reading_of("3", 0.6), reading_of("3")) is Seen.UNSURE
    # As much is no digit at all as it is one: then it is less likely than not.
    smudged = replace(digit_of(3, 0.8), no_digit=0.5)
    assert see("3", ink, reading(smudged), reading_of("3")) is Seen.MIRRORED


def test_the_surer_another_digit_was_read_the_more_the_mirror_must_show() -> None:
    """Ink between a 2 and a 5 the wrong way round, which are much alike."""
    (two,), (five,) = (form.strokes for form in (model("2"), all_forms("5")[-1]))
    ways = [resampled(path, 64) for path in (two, *mirrored([five]))]

    def between(share: float) -> list[list[Point]]:
        pairs = zip(*ways, strict=True)
        return [[(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairs]]

    five_turned = reading_of("5")
    seen = [
        [see("5", between(share), reading_of("2", sure), five_turned) for sure in (0.6, 0.99)]
        for share in (0.35, 0.5, 0.75)
    ]
    assert seen == [
        [Seen.UNSURE, Seen.OTHER], [Seen.MIRRORED, Seen.OTHER], [Seen.MIRRORED, Seen.MIRRORED],
    ]  # fmt: skip
