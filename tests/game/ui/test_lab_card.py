"""The Lab's card: bars that follow, times that stand still."""

from __future__ import annotations

import pygame
import pytest
from readings import digit, reading, reading_of

from game.ui import theme
from game.ui.lab_card import STEADY_SECONDS, LabCard, least_certain, spoken_time
from game.ui.layout import Frame
from game.ui.text import Typesetter
from recognizer.reading import Reading

SURE = [0.0] * 7 + [1.0, 0.0, 0.0]


def sure(milliseconds: float) -> Reading:
    return reading(digit(7, 1.0), milliseconds=milliseconds)


def card() -> LabCard:
    made = LabCard("knn", lambda backend: None, lambda name, sentence: None)
    made.ready(None)
    return made


def test_name_and_first_reading() -> None:
    made = card()
    assert made.name == "KNN" and made.milliseconds is None
    made.show(sure(1.5))
    for _ in range(200):
        made.update(1 / 60)
    assert made.winner == 7 and made.milliseconds == 1.5 and made.resting
    assert [bar.value for bar in made._bars] == SURE


def test_the_time_is_a_median_and_changes_now_and_then_only() -> None:
    made = card()
    shown = set()
    for n in range(20):
        made.show(sure(500.0 if n == 3 else 2.0 + n / 100))
        made.update(STEADY_SECONDS / 8)
        shown.add(made.milliseconds)
    assert len(shown) <= 4
    assert all(time is not None and time < 3 for time in shown)


def test_no_digit_has_no_winner() -> None:
    made = card()
    made.show(reading_of("?", 0.1))
    assert made.winner is None
    made.clear()
    assert made.read == "" and all(bar.goal == 0 for bar in made._bars)


def test_of_a_number_the_bars_show_the_digit_most_in_doubt() -> None:
    made = card()
    made.show(reading(digit(4), digit(2, 0.6), digit(5, 0.9)))
    assert (made.read, made.doubtful, made.winner) == ("425", 1, 2)
    made.show(reading(digit(4, 0.3), digit(None, 0.8), digit(5, 0.9)))
    assert (made.read, made.doubtful, made.winner) == ("4?5", 1, None)
    made.show(reading())
    assert (made.read, made.winner) == ("?", None)


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(None, "– ms"), (0.123, "0.12 ms"), (4.56, "4.6 ms"), (34.5678, "35 ms")],
)
def test_spoken_time(milliseconds: float | None, words: str) -> None:
    assert spoken_time(milliseconds) == words


@pytest.mark.parametrize("size", [(620, 84), (170, 44), (60, 12)])
def test_draws_within_its_place(pygame_ready: None, size: tuple[int, int]) -> None:
    frame = Frame(1280, 720) if size[0] > 400 else Frame(360, 320)
    made = card()
    made.rect = pygame.Rect(20, 20, *size)
    surface = pygame.Surface((size[0] + 40, size[1] + 40))
    for trouble in (None, "The model file cannot be read, which is a long story. " * 4):
        made.show(reading_of("425") if trouble is None else sure(1.0))
        made.update(1.0)
        made.ready(trouble)
        surface.fill(theme.NIGHT)
        made.draw(surface, frame, Typesetter(frame.unit))
        for edge in ((0, 0, size[0] + 40, 14), (0, size[1] + 26, size[0] + 40, 14)):
            assert pygame.transform.average_color(surface, pygame.Rect(edge))[:3] == theme.NIGHT


def test_the_digit_in_doubt() -> None:
    assert least_certain([digit(1, 0.9), digit(2, 0.7), digit(3, 0.8)]) == 1
    assert least_certain([digit(1, 0.2), digit(None, 0.9)]) == 1
    assert least_certain([digit(7)]) == 0
