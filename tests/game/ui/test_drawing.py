"""Shapes, icons, cards and ink pictures: what is drawn is there, smooth, and in its place."""

from __future__ import annotations

import random

import numpy as np
import pygame
import pytest

from game.rules.modes.dash import can_wear, make_prompt
from game.rules.prompt import Disguise, Prompt
from game.ui import icons as hand
from game.ui import shapes, theme
from game.ui.ghosts import Ghost, Motion
from game.ui.layout import Frame, play_layout
from game.ui.paper import desk, sheet
from game.ui.particles import MOST, Floater, Particles
from game.ui.pictures import thumbnail
from game.ui.prompt_card import PIPS, TURN_SECONDS, PromptCard
from game.ui.strip import FOOT, HEIGHT, Strip
from game.ui.text import Typesetter


@pytest.fixture
def card(pygame_ready: None) -> PromptCard:
    card = PromptCard()
    card.resize(pygame.Rect(10, 20, 300, 360), Frame(1280, 720), Typesetter(1.0))
    return card


def picture(card: PromptCard) -> np.ndarray:
    surface = pygame.Surface((320, 400))
    card.draw(surface)
    return pygame.surfarray.array3d(surface)


def test_panel_is_filled_and_its_corners_are_round() -> None:
    surface = pygame.Surface((100, 60))
    shapes.panel(surface, pygame.Rect(10, 10, 80, 40), theme.SUN, 15)
    assert surface.get_at((50, 30))[:3] == surface.get_at((11, 30))[:3] == theme.SUN
    assert surface.get_at((10, 10))[:3] == (0, 0, 0)
    tones = {tuple(surface.get_at((x, y))[:3]) for x in range(10, 26) for y in range(10, 26)}
    assert len(tones) > 4  # smooth, not jagged


def test_panel_smaller_than_its_corners() -> None:
    surface = pygame.Surface((30, 30))
    shapes.panel(surface, pygame.Rect(5, 5, 4, 20), theme.SUN, 15)
    shapes.dash(surface, pygame.Rect(15, 5, 1, 20), theme.SUN)
    assert surface.get_at((7, 15))[:3] == theme.SUN


def test_ring_goes_around() -> None:
    surface = pygame.Surface((100, 60))
    rect = pygame.Rect(20, 20, 60, 20)
    shapes.ring(surface, rect, theme.PAPER, 8, 4)
    assert surface.get_at((50, 18))[:3] == surface.get_at((18, 30))[:3] == theme.PAPER
    assert surface.get_at(rect.center)[:3] == (0, 0, 0)


@pytest.mark.parametrize("name", [*hand.DIGITS, *hand.ICONS])
def test_handwriting_stays_in_its_square(name: str) -> None:
    strokes = hand.DIGITS.get(name) or hand.ICONS[name]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for stroke in strokes for x, y in stroke)
    drawn = pygame.surfarray.array_alpha(hand.icon(name, 64, theme.INK))
    assert (drawn > 0).sum() > 100
    edge = np.concatenate([drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]])
    assert edge.max() == 0


@pytest.mark.parametrize("disguise", [d for d in Disguise if can_wear(5, d)])
def test_every_disguise_shows_something_and_digits_look_different(
    card: PromptCard, disguise: Disguise
) -> None:
    seen = set()
    for digit in range(10):
        if can_wear(digit, disguise):
            card.show(make_prompt(digit, disguise, random.Random(1)))
            card.update(TURN_SECONDS)
            drawn = picture(card)
            assert (drawn == theme.INK).all(axis=2).sum() > 300
            seen.add(drawn.tobytes())
    assert len(seen) == 10 - (not can_wear(0, disguise))


def test_a_missing_number_is_asked_for(card: PromptCard) -> None:
    seen = set()
    for digit in range(10):
        card.show(Prompt(str(digit), Disguise.MISSING, f"3 × ? = {3 * digit}"))
        card.update(TURN_SECONDS)
        seen.add(picture(card).tobytes())
    assert len(seen) == 10


def test_hidden_card_does_not_give_the_prompt_away(card: PromptCard) -> None:
    hidden = set()
    for digit in (3, 8):
        card.show(make_prompt(digit, Disguise.NUMERAL, random.Random(1)))
        surface = pygame.Surface((320, 400))
        card.draw(surface, hidden=True)
        hidden.add(pygame.surfarray.array3d(surface).tobytes())
    assert len(hidden) == 1


def test_card_turns_over(card: PromptCard) -> None:
    card.show(make_prompt(3, Disguise.NUMERAL, random.Random(1)))
    card.update(TURN_SECONDS)
    before = picture(card)
    card.show(make_prompt(8, Disguise.NUMERAL, random.Random(1)))
    card.update(TURN_SECONDS / 2)
    turning = picture(card)
    card.update(TURN_SECONDS)
    after = picture(card)
    sun = [(p == theme.SUN).all(axis=2).sum() for p in (before, turning, after)]
    assert sun[1] < 0.5 * min(sun[0], sun[2])
    assert not np.array_equal(before, after)


def test_revealed_card_shows_the_answer(card: PromptCard) -> None:
    card.show(make_prompt(6, Disguise.SUM, random.Random(1)))
    card.update(TURN_SECONDS)
    asked = picture(card)
    card.reveal()
    card.update(TURN_SECONDS)
    assert not np.array_equal(asked, picture(card))


def test_dice_have_as_many_pips_as_they_say() -> None:
    assert {face: len(pips) for face, pips in PIPS.items()} == {n: n for n in range(1, 7)}


def test_sheet_lies_on_the_desk() -> None:
    frame = Frame(800, 600)
    surface = desk(frame)
    rect = pygame.Rect(100, 100, 500, 400)
    sheet(surface, rect, frame)
    colours = [surface.get_at((x, 307))[:3] for x in range(100, 600)]
    assert colours.count(theme.PAPER) > 400
    assert theme.PAPER_RULE in colours and theme.PAPER_MARGIN in colours
    assert surface.get_at((50, 50))[:3] == theme.NIGHT
    assert surface.get_at((100, 100))[:3] == theme.NIGHT


@pytest.mark.parametrize("margin_right", [False, True])
@pytest.mark.parametrize("size", [(1280, 720), (500, 1000), (360, 320)])
def test_paper_with_a_line_to_write_a_number_on(size: tuple[int, int], margin_right: bool) -> None:
    frame = Frame(*size)
    places = play_layout(frame, left_handed=margin_right)
    plain, lined = desk(frame), desk(frame)
    sheet(plain, places.paper, frame, margin_right=margin_right)
    sheet(lined, places.paper, frame, margin_right=margin_right, answer_line=True)
    changed = (pygame.surfarray.array3d(plain) != pygame.surfarray.array3d(lined)).any(axis=2)
    rows = changed.sum(axis=0)
    widest = int(rows.argmax())
    assert 0.6 < (widest - places.paper.y) / places.paper.h < 0.9
    assert rows[widest] > 0.6 * places.paper.w, "the line is as wide as there is room to write"
    columns = np.flatnonzero(changed.any(axis=1))
    assert places.paper.x < columns[0] and columns[-1] < places.paper.right
    for tool in places.tools:
        assert not changed[tool.x : tool.right, tool.y : tool.bottom].any()


def test_strip_stands_at_the_foot_of_its_area(pygame_ready: None) -> None:
    frame, surface = Frame(1280, 720), pygame.Surface((800, 600))
    area = pygame.Rect(100, 100, 600, 400)
    Strip("Read 42", "check", theme.GOOD, age=1.0).draw(surface, area, frame, Typesetter(1.0))
    drawn = pygame.mask.from_threshold(surface, theme.GOOD, (1, 1, 1)).get_bounding_rects()
    whole = drawn[0].unionall(drawn[1:])
    assert area.contains(whole) and abs(whole.centerx - area.centerx) <= 1
    assert area.bottom - whole.bottom == frame.px(FOOT) and whole.h <= HEIGHT


def test_thumbnail_fits_any_ink() -> None:
    for ink in (
        [[[0, 0, 0], [1000, 3, 1]]],
        [[[5, 5, 0]]],
        [[[0, 0, 0], [3, 900, 1]], [[9, 9, 2]]],
    ):
        drawn = pygame.surfarray.array_alpha(thumbnail(ink, 60, theme.INK))
        assert (drawn > 200).any()
        assert np.concatenate([drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]]).max() == 0
    assert pygame.surfarray.array_alpha(thumbnail([], 60, theme.INK)).max() == 0


def test_ghost_takes_its_colour_and_goes() -> None:
    shape = hand.icon("7", 40, theme.INK)
    ghost = Ghost(shape, shape.get_rect(), theme.INK, theme.BAD, Motion(stay=0.5, fade=0.2))
    surface = pygame.Surface((40, 40))
    assert ghost.update(0.3)
    ghost.draw(surface)
    assert (pygame.surfarray.array3d(surface) == theme.BAD).all(axis=2).sum() > 30
    ghost.hurry()
    surface.fill((0, 0, 0))
    assert ghost.update(0.19)
    ghost.draw(surface)
    assert pygame.surfarray.array3d(surface).max() < 60
    assert not ghost.update(0.05)
    assert shape.get_at((20, 5)).a == hand.icon("7", 40, theme.INK).get_at((20, 5)).a


def test_particles_die_and_are_never_too_many() -> None:
    particles = Particles()
    for _ in range(50):
        particles.burst((50, 50), (theme.SUN,), 40, 1.0)
        particles.rain(pygame.Rect(0, 0, 100, 100), (theme.GOOD,), 40, 1.0)
    assert len(particles._sparks) == MOST
    surface = pygame.Surface((100, 100))
    particles.draw(surface)
    assert pygame.surfarray.array3d(surface).any()
    particles.update(3.0, 1.0)
    assert not particles.alive


def test_sparks_are_drawn_from_few_pictures() -> None:
    """A picture drawn anew costs more than all sparks of a frame that were drawn before."""
    shapes._sparkle.cache_clear()
    shapes._level.cache_clear()
    particles, surface = Particles(), pygame.Surface((100, 100))
    for _ in range(20):
        particles.burst((50, 50), (theme.SUN, theme.GOOD), 22, 1.2)
        while particles.alive:
            particles.draw(surface)
            particles.update(1 / 60, 1.2)
    assert shapes._level.cache_info().misses < 40 < shapes._level.cache_info().hits
    assert shapes._sparkle.cache_info().misses < 300


def test_floater_rises_and_ends() -> None:
    text = pygame.Surface((10, 10), pygame.SRCALPHA)
    text.fill(theme.SUN)
    floater = Floater(text, (50, 80), 40, life=1.0)
    surface = pygame.Surface((100, 100))
    floater.draw(surface)
    assert surface.get_at((50, 80))[:3] == theme.SUN
    assert floater.update(0.5)
    surface.fill((0, 0, 0))
    floater.draw(surface)
    assert surface.get_at((50, 80))[:3] == (0, 0, 0)
    assert pygame.surfarray.array3d(surface)[:, :60].any()
    assert not floater.update(0.6)
