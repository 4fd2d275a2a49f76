"""Keys of the player's choice: kept by name, swapped where another action has them, or refused."""

from __future__ import annotations

import pygame
import pytest

from game.ui import keys
from game.ui.keys import FIXED, Action, key_of
from game.ui.widgets import Button


def choose(chosen: dict[str, str], action: Action, key: int) -> tuple[dict[str, str], str]:
    chosen, sentence = keys.choose(chosen, action, key)
    keys.adopt(chosen)
    return chosen, sentence


def test_every_usual_key_has_a_name_and_is_one_that_may_be_chosen(pygame_ready: None) -> None:
    assert len({action.usual for action in Action}) == len(Action)
    for action in Action:
        assert pygame.key.name(action.usual)
        assert action.usual not in FIXED


def test_keys_have_the_names_that_stand_on_them(pygame_ready: None) -> None:
    names = {pygame.K_ESCAPE: "Esc", pygame.K_RETURN: "Enter", pygame.K_DELETE: "Del"}
    for key in keys.NAMES:
        assert keys.key_name(key) == names.get(key, pygame.key.name(key).capitalize())
    assert keys.key_name(pygame.K_F1) == "F1"


def test_a_free_key_is_taken_and_widgets_follow(pygame_ready: None) -> None:
    undo = Button("Undo", lambda: None, keys=[Action.UNDO, pygame.K_BACKSPACE])
    assert undo.keys == (pygame.K_z, pygame.K_BACKSPACE) and undo.hint == "Z"
    chosen, sentence = choose({}, Action.UNDO, pygame.K_w)
    assert chosen == {"undo": "w"} and "Take back: W" in sentence
    assert undo.keys == (pygame.K_w, pygame.K_BACKSPACE) and undo.hint == "W"
    assert keys.unless_chosen(pygame.K_w) == () and keys.unless_chosen(pygame.K_z) == (pygame.K_z,)


def test_a_key_of_another_action_is_swapped_and_that_is_said(pygame_ready: None) -> None:
    chosen, sentence = choose({}, Action.UNDO, pygame.K_c)
    assert (key_of(Action.UNDO), key_of(Action.CLEAR)) == (pygame.K_c, pygame.K_z)
    assert "“Clear”" in sentence and "Z" in sentence
    choose(chosen, Action.CLEAR, pygame.K_c)
    assert (key_of(Action.UNDO), key_of(Action.CLEAR)) == (pygame.K_z, pygame.K_c)


@pytest.mark.parametrize(
    "key", [pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_7, pygame.K_KP_3, pygame.K_TAB,
            pygame.K_LSHIFT, pygame.K_UP, 0]
)  # fmt: skip
def test_keys_with_a_use_of_their_own_are_refused(pygame_ready: None, key: int) -> None:
    chosen, sentence = choose({"pause": "x"}, Action.UNDO, key)
    assert chosen == {"pause": "x"} and sentence.endswith(".")
    assert key_of(Action.UNDO) == pygame.K_z


@pytest.mark.parametrize(
    "odd",
    [{"undo": "no such key"}, {"undo": "return"}, {"undo": "x", "clear": "x"}, {"dance": "d"},
     {"undo": "c"}],
)  # fmt: skip
def test_an_odd_file_leaves_every_key_where_it_usually_is(
    pygame_ready: None, odd: dict[str, str]
) -> None:
    keys.adopt(odd)
    assert {action: key_of(action) for action in Action} == {a: a.usual for a in Action}
