"""Text: real sizes, nothing too wide, and commands that can be copied."""

from __future__ import annotations

import pygame
import pytest

from game.ui import theme
from game.ui.text import KEPT_PIECES, Typesetter
from game.ui.theme import Face


@pytest.fixture
def text(pygame_ready: None) -> Typesetter:
    return Typesetter(1.0)


@pytest.mark.parametrize("face", list(Face))
def test_typefaces_are_there(face: Face) -> None:
    assert len(face.data()) > 10_000


@pytest.mark.parametrize("face", list(Face))
def test_typefaces_have_every_sign_that_is_shown(face: Face, pygame_ready: None) -> None:
    import io

    font = pygame.font.Font(io.BytesIO(face.data()), 20)
    signs = "0123456789+-/%.,:!?()\N{MINUS SIGN}\N{MULTIPLICATION SIGN}\N{DIVISION SIGN}\N{EN DASH}"
    missing = font.metrics("\uffff")[0]
    for sign in signs + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert font.metrics(sign)[0] not in (None, missing), sign


def test_pieces_are_rendered_once(text: Typesetter) -> None:
    assert text.render("a", theme.BODY, theme.PAPER) is text.render("a", theme.BODY, theme.PAPER)
    for n in range(2 * KEPT_PIECES):
        text.render(str(n), theme.SMALL, theme.PAPER)
    assert len(text._pieces) <= KEPT_PIECES


def test_size_follows_the_layout_unit_down_to_a_readable_minimum(pygame_ready: None) -> None:
    heights = [Typesetter(unit).font(theme.BODY).get_height() for unit in (0.1, 1.0, 3.0)]
    assert heights[0] >= theme.BODY.smallest
    assert heights[0] < heights[1] < heights[2]


def test_fitted_text_fits(text: Typesetter) -> None:
    for words in ("72 \N{DIVISION SIGN} 9", "seven", "8"):
        piece = text.fitted(words, theme.GIANT, theme.INK, (180, 90))
        assert piece.get_width() <= 182 and piece.get_height() <= 92


def test_wrapped_lines_fit_and_lose_nothing(text: Typesetter) -> None:
    sentence = (
        "The model file /a/very/long/path/without/any/blank/in/it/cnn.onnx is missing, sadly."
    )
    lines = text.wrap(sentence, theme.BODY, 200)
    assert all(text.render(line, theme.BODY, theme.INK).get_width() <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == sentence.replace(" ", "")
    assert any(line.endswith("/") for line in lines)
    assert text.wrap("", theme.BODY, 200) == []


def test_two_hyphens_stay_two(text: Typesetter) -> None:
    two = text.render("--", theme.BODY, theme.PAPER)
    columns = pygame.surfarray.array_alpha(two).max(axis=1) > 100
    starts = (columns[1:] & ~columns[:-1]).sum() + columns[0]
    assert starts == 2
