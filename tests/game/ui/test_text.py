"""Text: real sizes, nothing too wide, and commands that can be copied."""

from __future__ import annotations

import gc
import weakref

import pygame
import pytest

from game.ui import theme
from game.ui.text import KEPT_PIECES, LONGEST_TEXT, Typesetter
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
    first = text.render("a", theme.BODY, theme.PAPER)
    for n in range(2 * KEPT_PIECES):
        text.render(str(n), theme.SMALL, theme.PAPER)
    assert text.render("a", theme.BODY, theme.PAPER) is not first, "it has made room"


def test_fitted_pieces_make_room_too(text: Typesetter) -> None:
    """They were kept for ever, a score's worth in every frame."""
    size = (10, 100)
    first = weakref.ref(text.fitted("narrow", theme.LARGE, theme.PAPER, size))
    for n in range(2 * KEPT_PIECES):
        text.fitted(f"much too wide {n}", theme.LARGE, theme.PAPER, size)
    gc.collect()
    assert first() is None


@pytest.mark.parametrize("word", ["x" * 50_000, "/deep" * 10_000, "a b " * 20_000])
def test_thousands_of_letters_are_set_at_once(text: Typesetter, word: str) -> None:
    """Every letter was tried as an end: a long path froze the game for minutes."""
    tried: list[str] = []
    font = text.font(theme.BODY)

    class Counting:
        def size(self, piece: str) -> tuple[int, int]:
            tried.append(piece)
            return font.size(piece)

        def __getattr__(self, name: str) -> object:
            return getattr(font, name)

    text.font = lambda *_: Counting()  # type: ignore[method-assign, assignment, return-value]
    lines = text.wrap(word, theme.BODY, 300)
    assert all(font.size(line)[0] <= 300 for line in lines)
    assert len(tried) < 40_000 and sum(map(len, lines)) <= LONGEST_TEXT + 10


def test_letters_that_no_font_has_are_no_trouble(text: Typesetter) -> None:
    assert text.render("a\0b\udcffc", theme.BODY, theme.PAPER).get_width() > 10
    assert text.fitted("\0", theme.BODY, theme.PAPER, (50, 50)).get_height() > 0


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


def test_a_line_does_not_end_at_a_space_that_keeps_together(text: Typesetter) -> None:
    kept = "12\N{NARROW NO-BREAK SPACE}345\N{NO-BREAK SPACE}s"
    assert text.wrap(f" {kept} or  so\nit\tseems ", theme.BODY, 9_000) == [f"{kept} or so it seems"]
    wide = text.font(theme.BODY).size("12 345 s or")[0]
    assert kept in text.wrap(f"in {kept} or so", theme.BODY, wide)[1]


def test_such_a_space_is_seen(text: Typesetter) -> None:
    widths = [
        text.render(f"12{space}345", theme.BODY, theme.PAPER).get_width()
        for space in ("", "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}", " ")
    ]
    assert widths[0] < widths[1] < widths[2] == widths[3]
