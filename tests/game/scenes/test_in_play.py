"""In play: the next prompt in sight, a quick restart, what a pause hides, the reader's guess."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from driving import Driver
from playing import Game, rows
from toys import BACK, DAILY, DUEL, MEMORY, SPRINT, ZEN

from game.rules.ending import OnWish
from game.rules.modes import MODES
from game.rules.modes.guess_option import HIDDEN, guess_option
from game.rules.modes.mode import SHOWN, Deck, Gauge, Rules
from game.rules.prompt import Disguise, Prompt
from game.rules.scoring import NoPoints
from game.rules.timing import Untimed
from game.scenes.countdown import Countdown
from game.scenes.pause import Pause
from game.scenes.play import Play
from game.scenes.result import Result

SIZES = [(1280, 720), (960, 600), (360, 320), (500, 1000)]


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    for toy in (BACK, DAILY, DUEL, MEMORY, SPRINT, ZEN):
        monkeypatch.setitem(MODES, toy.key, toy)


def picture(driver: Driver, place: pygame.Rect) -> bytes:
    return pygame.image.tobytes(driver.app.window.surface.subsurface(place), "RGB")


def place_of_next(game: Game) -> pygame.Rect:
    place = game.play.places.following
    assert place is not None
    return place


@pytest.mark.parametrize("mode", ["dash", "sums"])
@pytest.mark.parametrize("answer", ["right", "wrong", "unreadable"])
def test_what_stands_there_is_what_comes(
    drive: Callable[..., Driver], mode: str, answer: str
) -> None:
    game = Game(drive, mode)
    for _ in range(4):
        announced, present = game.play.view.following.prompt, game.play.round.prompt
        assert announced is not None
        game.give({"right": None, "wrong": game.wrong(), "unreadable": "?"}[answer])
        game.driver.until(lambda: game.driver.app.scene is game.play)
        if answer == "unreadable":
            assert game.play.round.prompt is present, "it is asked once more"
            assert game.play.view.following.prompt is announced
        else:
            game.driver.until(lambda present=present: game.play.round.prompt is not present)  # type: ignore[misc]
            assert game.play.round.prompt is announced


@pytest.mark.parametrize("mode", [MEMORY.key, BACK.key, DUEL.key])
def test_where_it_would_spoil_the_game_nothing_stands_there(
    drive: Callable[..., Driver], mode: str
) -> None:
    game = Game(drive, mode)
    assert game.play.places.following is None and game.play.view.following.prompt is None


def test_after_the_last_prompt_nothing_is_announced(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MODES, SPRINT.key, replace(SPRINT, shows_next=True))
    game = Game(drive, SPRINT.key)
    announced = []
    for _ in range(3):
        announced.append(game.play.view.following.prompt is not None)
        game.give()
    assert announced == [True, True, False]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("left_handed", [False, True])
def test_it_stands_clear_of_card_gauges_and_paper(
    drive: Callable[..., Driver], size: tuple[int, int], left_handed: bool
) -> None:
    game = Game(drive, size=size)
    if left_handed:
        game.driver.app.settings.hand = "left"
        game.play.layout()
    game.driver.frames(2)
    places = game.play.places
    others = [places.card, places.score, places.streak, places.paper, places.time_bar]
    assert place_of_next(game).collidelist(others) == -1
    assert game.driver.app.frame.rect.contains(place_of_next(game))


def test_neither_prompt_is_seen_before_the_start_or_in_a_pause(
    drive: Callable[..., Driver],
) -> None:
    """Two rounds with other prompts look the same while the clock stands still."""
    hidden, shown = [], []
    for seed in ("one", "two"):
        driver = drive(mode="dash", seed=seed)
        driver.seconds(0.5)
        assert isinstance(driver.app.scene, Countdown)
        play = driver.app.scenes[0]
        assert isinstance(play, Play) and play.places.following is not None
        spots = (play.places.card, play.places.following)
        before = [picture(driver, spot) for spot in spots]
        driver.until(lambda play=play: play.round.clock.running, frame_seconds=0.05)  # type: ignore[misc]
        driver.seconds(1.0)
        shown.append([picture(driver, spot) for spot in spots])
        driver.key(pygame.K_p)
        driver.seconds(1.0)
        assert isinstance(driver.app.scene, Pause)
        hidden.append([*before, *(picture(driver, spot) for spot in spots)])
    assert hidden[0] == hidden[1]
    assert all(one != other for one, other in zip(*shown, strict=True))


# --- again --------------------------------------------------------------------------------------


def test_one_key_begins_anew_at_once_with_the_same_level(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive(mode=SPRINT.key, level=SPRINT.levels[1].key)
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.05)
    driver.key(pygame.K_r)
    again = driver.app.scenes[0]
    assert isinstance(again, Play) and again is not play
    assert again.level == SPRINT.levels[1] and isinstance(driver.app.scene, Countdown)
    assert rows(tmp_path, "SELECT state FROM rounds") == [("abandoned",)]


def test_one_key_plays_again_from_the_result(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    game.give()
    result = game.finish()
    game.driver.key(pygame.K_r)
    assert isinstance(game.driver.app.scenes[0], Play)
    assert not isinstance(result, Play) and isinstance(result, Result)


def test_where_a_day_has_one_round_a_slip_of_the_key_does_not_cost_it(
    drive: Callable[..., Driver],
) -> None:
    game = Game(drive, DAILY.key)
    game.driver.key(pygame.K_r)
    assert game.driver.app.scenes[0] is game.play
    assert isinstance(game.driver.app.scene, Pause)


# --- the countdown ------------------------------------------------------------------------------


def test_the_countdown_says_what_is_to_come(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = []
    for help_ in ("Take your time.", "Be quick about it!"):
        monkeypatch.setitem(MODES, SPRINT.key, replace(SPRINT, help=help_))
        driver = drive(mode=SPRINT.key)
        driver.seconds(0.4)
        play = driver.app.scenes[0]
        assert isinstance(play, Play)
        paper = play.writing_area
        head = pygame.Rect(paper.x, paper.y, paper.w, paper.h // 4)
        pictures.append(picture(driver, head))
        driver.until(lambda play=play: play.round.clock.running, frame_seconds=0.05)  # type: ignore[misc]
        driver.key(pygame.K_p)
        driver.key(pygame.K_p)
        driver.seconds(0.3)
        assert isinstance(driver.app.scene, Countdown)
        pictures.append(picture(driver, head))
    first, first_again, second, second_again = pictures
    assert first != second, "the line of help"
    assert first_again == second_again, "after a pause nobody needs it again"


# --- the guess ----------------------------------------------------------------------------------


class Twelves(Deck):
    """Asks for the same number again and again."""

    def __init__(self, rng: random.Random) -> None:
        pass

    def deal(self) -> Prompt:
        return Prompt("12", Disguise.NUMERAL, "12")


@pytest.mark.parametrize("shows", [True, False])
def test_the_readers_guess_is_shown_where_the_mode_says_so(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, shows: bool
) -> None:
    level = replace(ZEN.levels[0], rules=Rules(Twelves, 2, Untimed(), NoPoints(), (OnWish(),)))
    options = (guess_option(SHOWN if shows else HIDDEN),)
    monkeypatch.setitem(MODES, ZEN.key, replace(ZEN, levels=(level,), options=options))
    game = Game(drive, ZEN.key)
    area = game.play.writing_area
    head = pygame.Rect(area.x, area.y, area.w, area.h // 7)
    spot = (area.centerx, area.bottom - area.h // 3)
    game.driver.seconds(1.0)
    blank = picture(game.driver, head)
    seen = []
    for guess in ("8", "3"):
        game.answer = lambda guess=guess: guess  # type: ignore[misc]
        game.driver.stroke([spot, (spot[0], spot[1] + area.h // 5)])
        game.driver.until(lambda guess=guess: game.play.view.guess == guess)  # type: ignore[misc]
        game.driver.frames(4)
        assert not game.play.kept, "the other digit is waited for"
        seen.append(picture(game.driver, head))
        game.driver.key(pygame.K_c)
        game.driver.frames(2)
        assert picture(game.driver, head) == blank, "no ink, no guess"
    assert (len({blank, *seen}) == 3) is shows


# --- gauges -------------------------------------------------------------------------------------


def test_split_times_are_shown_as_they_come(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    gauges = frozenset({Gauge.PROGRESS, Gauge.SPLITS})
    monkeypatch.setitem(MODES, SPRINT.key, replace(SPRINT, gauges=gauges, split_every=2))
    game = Game(drive, SPRINT.key, level="level1")
    game.driver.seconds(1.0)
    seen = [picture(game.driver, game.play.places.streak)]
    for _ in range(3):
        game.give()
        game.driver.frames(2)
        seen.append(picture(game.driver, game.play.places.streak))
    nothing, after_one, after_two, after_three = seen
    assert nothing == after_one != after_two == after_three


def test_a_stopwatch_counts_in_minutes_and_seconds(drive: Callable[..., Driver]) -> None:
    game = Game(drive, SPRINT.key)
    bar = game.play.places.time_bar
    number = pygame.Rect(bar.right - bar.w // 12, bar.y, bar.w // 12, bar.h)
    seen = set()
    for _ in range(3):
        seen.add(picture(game.driver, number))
        game.driver.frames(1, 1.0)
    assert len(seen) == 3


def test_where_nothing_is_timed_or_counted_the_paper_has_the_room(
    drive: Callable[..., Driver],
) -> None:
    calm, timed = (Game(drive, key).play.places for key in (ZEN.key, "dash"))
    assert calm.paper.h > timed.paper.h and calm.paper.y < timed.paper.y
    assert calm.paper.w == timed.paper.w


def test_where_no_gauge_stands_below_the_card_the_card_has_the_room(
    drive: Callable[..., Driver],
) -> None:
    bare, with_lives = (Game(drive, key).play.places for key in (SPRINT.key, MEMORY.key))
    assert bare.card.bottom > with_lives.card.bottom
    assert bare.card.bottom <= bare.paper.bottom
