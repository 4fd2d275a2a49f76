"""Allographs and augmentation: digits stay digits, every form comes up, the seed decides."""

import numpy as np
import pytest
import torch

from recognizer import Recognizer, ink
from recognizer.strokes import clean_strokes
from train.data.people import People
from train.data.unipen import PenDigit
from train.forms import glyphs as pen_pictures
from train.forms.augment_images import distort
from train.forms.augment_ink import PEN_WIDTHS, random_pen_width, vary
from train.forms.digits import draw_digit
from train.forms.marks import add_mark

RING = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 6.2, 40)])
STEM = np.array([[0.0, 0.0], [0.5, 5.0], [0.0, 10.0]])
ROOF = np.array([[0.0, 0.0], [8.0, 0.0], [6.0, 5.0], [4.0, 12.0]])


@pytest.mark.parametrize("value", range(10))
def test_drawn_digits_stand_in_about_a_unit_box(value: int) -> None:
    random = np.random.default_rng(value)
    for _ in range(200):
        strokes = draw_digit(value, random)
        points = np.concatenate(strokes)
        assert all(len(stroke) >= 2 for stroke in strokes)
        assert np.isfinite(points).all()
        assert 0.8 < np.ptp(points[:, 1]) < (2.7 if value == 0 else 1.8)
        # A slash through a zero may reach half a zero over it on either side.
        assert np.ptp(points[:, 0]) < (2.7 if value == 0 else 1.7)


def test_zeros_come_plain_and_marked_and_sevens_plain_and_crossed() -> None:
    random = np.random.default_rng(5)
    for value in (0, 7):
        counts = {len(draw_digit(value, random)) for _ in range(100)}
        assert {1, 2} <= counts


def test_drawn_digits_are_read_by_the_shipped_model() -> None:
    reader = Recognizer("cnn")
    random = np.random.default_rng(11)
    right = [
        reader.read(draw_digit(value, random)).text == str(value)
        for value in range(10)
        for _ in range(20)
    ]
    assert np.mean(right) > 0.95


def test_a_plain_zero_gets_a_mark_and_a_bare_one_flag_or_foot() -> None:
    random = np.random.default_rng(2)
    zero = add_mark(0, [RING], random)
    assert len(zero) == 2
    assert np.array_equal(zero[0], RING)
    ones = [add_mark(1, [STEM], random) for _ in range(50)]
    assert {len(one) for one in ones} == {1, 2, 3}
    flagged = next(one for one in ones if len(one) == 3)
    assert flagged[1][0] == pytest.approx(STEM[0]), "the flag starts at the top"
    assert flagged[2][:, 1].mean() == pytest.approx(10, abs=1), "the foot lies at the bottom"


def test_a_plain_seven_is_crossed_on_its_stem() -> None:
    crossed = add_mark(7, [ROOF], np.random.default_rng(4))
    bar = crossed[1]
    assert bar[:, 0].min() < 5.5 < bar[:, 0].max()
    assert 12 * 0.3 < bar[:, 1].mean() < 12 * 0.7


def test_marked_and_other_digits_stay_as_they_are() -> None:
    random = np.random.default_rng(2)
    assert len(add_mark(7, [ROOF, STEM], random)) == 2
    assert len(add_mark(3, [ROOF], random)) == 1
    wide_one = STEM * (8, 1)
    assert len(add_mark(1, [wide_one], random)) == 1
    assert len(add_mark(0, [np.array([[1.0, 1.0], [2.0, 1.0]])], random)) == 1


def test_variation_changes_the_shape_but_keeps_it_readable(written_digits) -> None:
    reader = Recognizer("cnn")
    random = np.random.default_rng(0)
    right, distances = [], []
    for digit in written_digits:
        strokes = clean_strokes(digit.strokes)
        plain = ink.glyph(strokes).astype(float)
        for _ in range(5):
            varied = vary(strokes, random)
            right.append(reader.read(varied).text == str(digit.value))
            distances.append(np.abs(ink.glyph(varied) - plain).mean())
    assert np.mean(right) > 0.9
    assert np.median(distances) > 5


def test_variation_repeats_by_seed_and_leaves_its_input_alone() -> None:
    before = ROOF.copy()
    first, second = (vary([ROOF, STEM], np.random.default_rng(9)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert np.array_equal(ROOF, before)


@pytest.mark.parametrize("stroke", [[[3.0, 3.0]], [[3.0, 3.0]] * 20, [[0.0, 0.0], [1e-12, 0.0]]])
def test_variation_bears_dots(stroke: list[list[float]]) -> None:
    random = np.random.default_rng(1)
    for _ in range(200):
        assert all(np.isfinite(path).all() for path in vary([np.array(stroke)], random))


def test_pen_widths_span_the_stated_range() -> None:
    random = np.random.default_rng(0)
    widths = [random_pen_width(random) for _ in range(500)]
    assert PEN_WIDTHS[0] <= min(widths) < 1.6
    assert 3.1 < max(widths) <= PEN_WIDTHS[1]


def test_distortion_keeps_the_ink_and_moves_it() -> None:
    glyphs = torch.from_numpy(np.stack([ink.glyph([ROOF])] * 64)).float().unsqueeze(1) / 255
    distorted = distort(glyphs, torch.Generator().manual_seed(3))
    assert distorted.shape == glyphs.shape
    mass = distorted.sum((1, 2, 3)) / glyphs.sum((1, 2, 3))
    assert float(mass.min()) > 0.6
    assert float(mass.max()) < 1.6
    unlike = (distorted - glyphs).abs().mean((1, 2, 3))
    moved = distorted[unlike > 0.01]
    assert 44 < len(moved) < 64, "most of the pictures"
    assert int((unlike == 0).sum()) == 64 - len(moved), "the others stay sharp"
    assert float((moved[0] - moved[1]).abs().mean()) > 0.01, "each in its own way"
    again = distort(glyphs, torch.Generator().manual_seed(3))
    assert torch.equal(distorted, again)


def test_rendering_repeats_by_seed_whatever_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    people = People(
        [PenDigit(value, 1, draw_digit(value, np.random.default_rng(value))) for value in range(10)]
    )
    monkeypatch.setattr(pen_pictures, "_BATCH", 150)
    first = pen_pictures.render_varied(people, 400, seed=5)
    monkeypatch.setattr(pen_pictures.os, "cpu_count", lambda: 1)
    second = pen_pictures.render_varied(people, 400, seed=5)
    other = pen_pictures.render_varied(people, 400, seed=6)
    assert np.array_equal(first.pixels, second.pixels)
    assert np.array_equal(first.labels, second.labels)
    assert not np.array_equal(first.labels, other.labels)
    assert first.pixels.shape == (400, 28, 28)
    assert np.bincount(first.labels, minlength=10).min() > 20


def test_plain_rendering_is_what_play_shows() -> None:
    images = pen_pictures.render([PenDigit(7, 1, [ROOF])])
    assert np.array_equal(images.pixels[0], ink.glyph([ROOF]))
    assert images.labels.tolist() == [7]
