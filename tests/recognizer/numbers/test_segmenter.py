"""Grouping and cutting: by geometry alone, with stand-ins for the classifier, and for real."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer import Recognizer, ink
from recognizer.numbers import line, segmenter
from recognizer.numbers.cuts import cuts, resampled
from recognizer.reading import read_digit
from recognizer.strokes import bounding_box, clean_strokes

BAR = np.array([[0.0, 0.0], [0.0, 100.0]])
DASH = np.array([[0.0, 0.0], [50.0, 0.0]])


def moved(stroke: np.ndarray, x: float, y: float = 0.0) -> np.ndarray:
    return stroke + np.array([x, y])


def ring(x: float, y: float, width: float, height: float) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, 40)
    return np.column_stack([x + width / 2 * np.sin(angle), y - height / 2 * np.cos(angle)])


def sure(glyphs: np.ndarray) -> np.ndarray:
    """A classifier that takes everything for a one."""
    scores = np.full((len(glyphs), 11), 0.001, np.float32)
    scores[:, 1] = 0.99
    return scores


def nothing(glyphs: np.ndarray) -> np.ndarray:
    """A classifier that sees no digit anywhere."""
    scores = np.full((len(glyphs), 11), 0.001, np.float32)
    scores[:, 10] = 0.99
    return scores


def arbitrary(glyphs: np.ndarray) -> np.ndarray:
    """A classifier that says something else of every glyph, always the same of the same."""
    scores = np.stack([np.random.default_rng(int(g.sum())).dirichlet(np.ones(11)) for g in glyphs])
    return scores.astype(np.float32)


# --- Geometry ---


def boxes(*strokes: np.ndarray) -> np.ndarray:
    return np.array([bounding_box([stroke]) for stroke in strokes])


def test_slant_is_the_downstrokes_lean_beyond_a_natural_hand() -> None:
    assert line.slant([BAR]) == pytest.approx(-line.NATURAL_SLANT)
    leaning = BAR @ np.array([[1.0, 0.0], [-0.7, 1.0]])
    assert line.slant([leaning]) == pytest.approx(0.7 - line.NATURAL_SLANT)
    assert line.slant([DASH]) == 0
    assert line.slant([np.array([[3.0, 3.0]])]) == 0


def test_height_is_that_of_digits_not_of_bars_or_halves() -> None:
    assert line.height(boxes(BAR, moved(BAR, 80), DASH)) == 100
    eight = [ring(30, 25, 50, 50), ring(30, 75, 50, 50)]
    assert line.height(boxes(*eight)) == pytest.approx(100, abs=1)
    assert line.height(boxes(DASH)) == 50
    assert line.height(boxes(np.zeros((1, 2)))) == 1


def test_what_lies_over_each_other_belongs_together_and_neighbours_do_not() -> None:
    crossed = line.belonging(boxes(BAR, moved(DASH, -25, 50)), 100.0)[0, 1]
    stacked = line.belonging(boxes(ring(30, 25, 50, 50), ring(30, 75, 50, 50)), 100.0)[0, 1]
    touching = line.belonging(boxes(ring(30, 50, 60, 100), ring(90, 50, 60, 100)), 100.0)[0, 1]
    apart = line.belonging(boxes(BAR, moved(BAR, 60)), 100.0)[0, 1]
    assert min(crossed, stacked) > 3
    assert max(touching, apart) < -1


# --- Cutting ---


def test_two_rings_in_one_stroke_are_cut_between_them() -> None:
    joined = np.concatenate([ring(30, 50, 60, 100), ring(120, 50, 60, 100)])
    fine = resampled(joined, 100.0)
    places = [fine[cut.at] for cut in cuts(fine, 100.0)]
    assert any(55 < x < 100 for x, _ in places)
    for cut in cuts(fine, 100.0):
        assert 0 <= cut.first <= cut.at <= cut.last < len(fine)


def test_a_ring_and_a_bar_have_no_joint() -> None:
    middle = [
        cut
        for stroke in (ring(30, 50, 60, 100), BAR)
        for cut in cuts(resampled(stroke, 100.0), 100.0)
        if 20 < resampled(stroke, 100.0)[cut.at][0] < 40
        and 20 < resampled(stroke, 100.0)[cut.at][1] < 80
    ]
    assert middle == []


def test_very_short_strokes_are_not_cut() -> None:
    assert cuts(np.zeros((1, 2)), 1.0) == []
    assert cuts(resampled(np.zeros((5, 2)), 1.0), 1.0) == []


# --- Choosing ---


def test_a_classifier_that_believes_in_all_leaves_the_places_to_decide() -> None:
    strokes = [BAR, moved(BAR, 60), moved(BAR, 120), moved(DASH, 95, 50)]
    found = segmenter.read_strokes(strokes, None, sure)
    assert [group.box for group in found] == [
        (0, 0, 0, 100),
        (60, 0, 60, 100),
        (95, 0, 145, 100),
    ]


def test_not_a_digit_speaks_against_a_group() -> None:
    ring_and_bar = [ring(30, 50, 60, 100), moved(BAR, 62)]

    def no_pairs(glyphs: np.ndarray) -> np.ndarray:
        scores = sure(glyphs)
        much_ink = glyphs.sum(axis=(1, 2)) > 1.1 * ink.glyph(ring_and_bar[:1]).sum()
        scores[much_ink] = nothing(glyphs[much_ink])
        return scores

    assert len(segmenter.read_strokes(ring_and_bar, None, no_pairs)) == 2


def test_all_candidates_of_a_look_are_one_batch() -> None:
    calls = []

    def counting(glyphs: np.ndarray) -> np.ndarray:
        calls.append(len(glyphs))
        return sure(glyphs)

    segmenter.read_strokes([moved(BAR, 60 * k) for k in range(4)], None, counting)
    assert calls == [4]


def test_known_to_be_one_digit_all_ink_is_one_glyph() -> None:
    seen = []

    def looking(glyphs: np.ndarray) -> np.ndarray:
        seen.append(glyphs)
        return sure(glyphs)

    strokes = [BAR, moved(BAR, 300)]
    (found,) = segmenter.read_strokes(strokes, 1, looking)
    assert found.box == (0, 0, 300, 100)
    assert np.array_equal(seen[0], ink.glyph(strokes)[None])


@pytest.mark.parametrize("classify", [sure, nothing, arbitrary])
@pytest.mark.parametrize("length", [1, 2, 3, 5, 8])
def test_the_length_asked_for_is_kept(classify, length: int) -> None:
    random = np.random.default_rng(length)
    walk = np.cumsum(random.normal(0, 9, (60, 2)), axis=0)
    for strokes in (
        [BAR],
        [walk],
        [ring(30, 50, 60, 100), ring(120, 50, 60, 100)],
        [moved(BAR, 20 * k) for k in range(30)],
        [moved(walk, 40 * k) for k in range(100)],
    ):
        found = segmenter.read_strokes(strokes, length, classify)
        assert len(found) == length


@pytest.mark.parametrize("length", [None, 1, 4, 70, 100])
def test_of_absurdly_many_strokes_no_groups_are_tried(length: int | None) -> None:
    asked = []

    def counting(glyphs: np.ndarray) -> np.ndarray:
        asked.append(len(glyphs))
        return arbitrary(glyphs)

    strokes = [moved(BAR, 20 * k) for k in range(segmenter.MOST_STROKES + 6)]
    found = segmenter.read_strokes(strokes, length, counting)
    assert len(found) == sum(asked) == min(length or 1, len(strokes))
    boxes = [group.box for group in found]
    assert boxes == sorted(boxes)
    assert (boxes[0][0], boxes[-1][2]) == (0, 20 * (len(strokes) - 1))


def test_parts_of_a_cut_stroke_are_not_glued_to_a_neighbour() -> None:
    """Whatever was cut can be put together again, though its end stands inside the neighbour."""
    with_tail = np.array([[0.0, 0.0], [0.0, 100.0], [48.0, 50.0], [76.0, 50.0]])
    source = segmenter.StrokeSource([with_tail, ring(60, 50, 70, 100)])
    search = segmenter._Search(source, sure)
    _, rest = source.halve((0, 0, -1))
    _, tail = source.halve(rest)
    letter, neighbour = (0, 0, tail[1]), (1, 0, -1)
    cut = [(letter,), (tail,), (neighbour,)]
    assert sorted(search._few(cut, segmenter._SECOND, None)) == sorted(cut)
    glued = search._few([(tail,), (neighbour,)], segmenter._SECOND, None)
    assert len(glued) == 1, "by their places alone the two are one"


def test_a_dot_cannot_be_two_digits() -> None:
    assert len(segmenter.read_strokes([np.array([[5.0, 5.0]])], 2, nothing)) == 1


@given(
    st.lists(
        st.lists(
            st.tuples(*2 * [st.floats(-1e7, 1e7) | st.integers(0, 50).map(float)]),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=14,
    ),
    st.none() | st.integers(1, 12),
)
@settings(max_examples=60, deadline=None)
def test_any_ink_gets_an_answer_that_holds_all_of_it(strokes, length) -> None:
    cleaned = clean_strokes(strokes)
    found = segmenter.read_strokes(cleaned, length, arbitrary)
    assert 1 <= len(found) <= (length or segmenter.MOST_PIECES)
    x0, y0, x1, y1 = bounding_box(cleaned)
    for group in found:
        assert x0 - 1 <= group.box[0] <= group.box[2] <= x1 + 1
        assert y0 - 1 <= group.box[1] <= group.box[3] <= y1 + 1
        assert np.isfinite(group.scores).all()


# --- With the shipped CNN ---


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


def side_by_side(digits, *, gap: float = 30.0, slant: float = 0.0) -> list[np.ndarray]:
    placed, right = [], 0.0
    for digit in digits:
        strokes = [np.array(stroke)[:, :2] for stroke in digit.strokes]
        left = min(stroke[:, 0].min() for stroke in strokes)
        placed.extend(moved(stroke, right - left) for stroke in strokes)
        right = max(stroke[:, 0].max() for stroke in placed) + gap
    return [stroke @ np.array([[1.0, 0.0], [-slant, 1.0]]) for stroke in placed]


@pytest.mark.parametrize("slant", [0.0, 0.6])
def test_hand_made_digits_side_by_side(reader: Recognizer, written_digits, slant: float) -> None:
    random = np.random.default_rng(4)
    right = 0
    for _ in range(20):
        digits = [written_digits[int(i)] for i in random.integers(len(written_digits), size=3)]
        label = "".join(str(digit.value) for digit in digits)
        right += reader.read(side_by_side(digits, slant=slant)).text == label
    assert right >= 18


def test_late_strokes_find_their_digit(reader: Recognizer, written_digits) -> None:
    crossed = next(d for d in written_digits if d.value == 7 and len(d.strokes) > 1)
    strokes = side_by_side([crossed, written_digits[0], crossed])
    count = len(crossed.strokes)
    late = [strokes[0], *strokes[count:-1], strokes[-1], *strokes[1:count]]
    assert reader.read(late).text == reader.read(strokes).text == "707"


def test_a_single_digit_stays_one(reader: Recognizer, written_digits) -> None:
    texts = [(d.value, d.form, reader.read(d.strokes).text) for d in written_digits]
    assert [entry for entry in texts if entry[2] != str(entry[0])] == []


def bad_ink() -> dict[str, list[np.ndarray]]:
    random = np.random.default_rng(0)
    angle = np.linspace(0, 60, 2_000)
    return {
        "a thousand strokes": [
            np.cumsum(random.normal(0, 3, (20, 2)), axis=0) + random.uniform(0, 800, 2)
            for _ in range(1_000)
        ],
        "a scribble": [np.cumsum(random.normal(0, 5, (3_000, 2)), axis=0)],
        "a line": [np.array([[0.0, 0.0], [5_000.0, 3.0]])],
        "partly off the page": [moved(BAR, -400, -60), moved(BAR, 40, -90)],
        "a spiral": [np.column_stack([np.cos(angle) * angle, np.sin(angle) * angle])],
        "bars": [moved(BAR, 12 * k) for k in range(60)],
    }


@pytest.mark.parametrize("length", [None, 1, 4])
def test_bad_ink_is_answered_in_time(reader: Recognizer, length: int | None) -> None:
    for name, strokes in bad_ink().items():
        started = time.process_time()
        reading = reader.read(strokes, length=length)
        # 50 ms on a quiet core; the machines of tests are not quiet.
        assert time.process_time() - started < 0.3, name
        assert reading.digits
        assert set(reading.text) <= set("0123456789?"), name


def test_scores_of_ten_columns_do(written_digits) -> None:
    found = segmenter.read_strokes(
        side_by_side(written_digits[:3]), None, lambda glyphs: sure(glyphs)[:, :10]
    )
    assert [read_digit(group.scores, group.box).value for group in found] == [1, 1, 1]
