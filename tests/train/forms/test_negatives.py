"""Ink that is no digit: every kind draws usable strokes, and pictures of it carry their label."""

import numpy as np
import pytest

from recognizer import ink
from recognizer.strokes import clean_strokes
from train.data.people import People
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.forms import glyphs, negatives
from train.forms.augment_ink import vary
from train.forms.digits import draw_digit
from train.forms.hands import Hands
from train.forms.letters import draw_letter


def drawn(count: int, letters: str = "") -> People:
    random = np.random.default_rng(0)
    digits = [PenDigit(i % 10, i % 3, draw_digit(i % 10, random)) for i in range(count)]
    return People(digits, [InkSample(letter, 0, draw_letter(random)) for letter in letters])


@pytest.mark.parametrize("kind", list(negatives.KINDS), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("people", [drawn(0), drawn(40, "AE")], ids=["no writers", "writers"])
def test_every_kind_draws_ink(kind: negatives.Kind, people: People) -> None:
    random, hands = np.random.default_rng(1), Hands(people)
    for _ in range(60):
        strokes = kind(random, hands)
        assert strokes
        assert all(
            stroke.ndim == 2 and stroke.shape[1] == 2 and len(stroke) >= 2 for stroke in strokes
        )
        assert all(np.isfinite(stroke).all() for stroke in strokes)
        assert ink.glyph(clean_strokes(vary(strokes, random))).max() > 100


def test_the_seed_decides() -> None:
    hands = Hands(drawn(40))
    first, again, other = (
        [negatives.draw(random, hands) for _ in range(20)]
        for random in map(np.random.default_rng, (3, 3, 4))
    )
    same = [
        np.array_equal(np.concatenate(a), np.concatenate(b))
        for a, b in zip(first, again, strict=True)
    ]
    assert all(same)
    assert not np.array_equal(np.concatenate(first[0]), np.concatenate(other[0]))


def test_neighbours_lie_side_by_side() -> None:
    """Two digits are wider than one, or they are one to every eye."""
    random, hands = np.random.default_rng(2), Hands(drawn(60))
    shapes = []
    for _ in range(200):
        points = np.concatenate(negatives.neighbours(random, hands))
        width, height = np.ptp(points, axis=0)
        shapes.append(width / height)
    assert np.median(shapes) > 1


def test_a_half_is_no_one() -> None:
    """Nobody writes a one as wide as the pieces that stand for "not a digit"."""
    random, hands = np.random.default_rng(3), Hands(drawn(60))
    for _ in range(300):
        width, height = np.ptp(np.concatenate(negatives._half(random, hands)), axis=0)
        assert width > 0.4 * height


def test_pictures_of_no_digit_carry_their_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs.os, "cpu_count", lambda: 1)
    digits = drawn(60)
    labels = glyphs.render_varied(digits, 400, 1, glyphs.Mix(no_digit=0.25)).labels
    share = float((labels == glyphs.NOT_A_DIGIT).mean())
    assert 0.15 < share < 0.35
    assert set(labels.tolist()) == set(range(11))
    plain = glyphs.render_varied(digits, 100, 1).labels
    assert glyphs.NOT_A_DIGIT not in plain
