"""The play screen does what a mode says: each toy mode is played in the real loop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import WAIT, Driver
from playing import Game, rows
from toys import BACK, DUEL, MEMORY, SPRINT, SURVIVAL, TOYS, ZEN

from game.persistence.rounds import best_mark, load_round
from game.rules.modes import MODES
from game.scenes import places
from game.scenes.pause import Pause
from game.scenes.play import Phase, Play
from game.scenes.result import Result
from game.scenes.title import Title

SIZES = [(1280, 720), (960, 600), (360, 320), (500, 1000)]


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    for toy in TOYS:
        monkeypatch.setitem(MODES, toy.key, toy)


def picture(game: Game, place: pygame.Rect) -> bytes:
    shot = game.driver.app.window.surface.subsurface(place)
    return pygame.image.tobytes(shot, "RGB")


def result(game: Game) -> Result:
    game.driver.until(lambda: isinstance(game.driver.app.scene, Result))
    return game.driver.shown(Result)


def test_so_many_answers_end_the_round_and_the_least_time_is_best(
    drive: Callable[..., Driver],
) -> None:
    game = Game(drive, SPRINT.key)
    game.give()
    game.give()
    assert game.play.phase is Phase.WRITING
    game.give()
    assert game.play.phase is Phase.SHOWING, "the last answer is seen before the result"
    assert result(game).is_new_best
    storage = game.driver.app.storage
    best = best_mark(storage, SPRINT, SPRINT.levels[0])
    assert best == pytest.approx(game.play.round.tally().seconds)
    game.driver.frames(5)
    again = game.driver.go(places.Title(), Title)
    assert again is not None


def test_a_level_is_played_and_its_best_kept_apart(drive: Callable[..., Driver]) -> None:
    game = Game(drive, SPRINT.key)
    driver = game.driver
    driver.app.go(places.Round(SPRINT.key, "level1"))
    scene = driver.app.scenes[0]
    assert isinstance(scene, Play) and scene.level is SPRINT.levels[1]
    game.play = scene
    driver.until(lambda: scene.round.clock.running, frame_seconds=0.05)
    for _ in range(6):
        game.give()
    result(game)
    storage = driver.app.storage
    assert best_mark(storage, SPRINT, SPRINT.levels[0]) is None
    assert best_mark(storage, SPRINT, SPRINT.levels[1]) is not None
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None and kept.sheet.levels == [SPRINT.levels[1]]
    driver.key(pygame.K_RETURN)
    again = driver.app.scenes[0]
    assert isinstance(again, Play) and again.level is SPRINT.levels[1], "played again, as it was"


def test_late_answers_cost_lives_and_the_last_one_the_round(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    game = Game(drive, SURVIVAL.key)
    full = picture(game, game.play.places.streak)
    game.driver.until(lambda: len(game.play.kept) == 1, frame_seconds=0.1)
    assert game.play.phase is Phase.SHOWING and game.play.verdict.strip is not None
    assert game.play.verdict.strip.text.startswith("Too late, it was ")
    assert game.play.chip.claim is None
    game.driver.frames(2)
    assert picture(game, game.play.places.streak) != full
    game.driver.until(lambda: game.play.phase is Phase.WRITING, frame_seconds=0.1)
    game.give()
    result_of = rows(tmp_path, "SELECT verdict, correct, read FROM answers")
    assert result_of == [("late", 0, "?"), ("right", 1, game.play.kept[1].outcome.read)]
    for _ in range(2):
        game.driver.until(lambda: game.play.phase is Phase.SHOWING, frame_seconds=0.1)
        game.driver.until(lambda: game.play.phase is not Phase.SHOWING, frame_seconds=0.1)
    result(game)
    assert game.play.round.tally().wrong == 3


def test_ink_that_was_begun_in_an_answers_time_still_counts(drive: Callable[..., Driver]) -> None:
    game = Game(drive, SURVIVAL.key)
    x, y = game.paper.center
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=(x, y - 90), button=1, touch=False)
    game.driver.pass_time(game.play.round.answer_seconds + 1.0)
    assert game.play.round.answer_is_late and game.play.kept == []
    game.driver.post(pygame.MOUSEBUTTONUP, pos=(x, y + 90), button=1, touch=False)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert game.play.kept[0].outcome.is_right


@pytest.mark.parametrize("by", ["button", "key"])
def test_zen_ends_on_wish_alone(drive: Callable[..., Driver], by: str) -> None:
    game = Game(drive, ZEN.key)
    game.driver.frames(200, 1.0)
    game.give()
    assert game.driver.app.scene is game.play
    if by == "key":
        game.driver.key(pygame.K_RETURN)
    else:
        game.driver.click(game.play.places.streak.center)
    assert not result(game).is_new_best


def test_other_modes_have_no_end_button(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    game.driver.key(pygame.K_RETURN)
    game.driver.click(game.play.places.streak.center)
    game.driver.frames(3)
    assert game.driver.app.scene is game.play


def test_a_glimpse_is_hidden_when_its_time_is_over_and_by_the_pen(
    drive: Callable[..., Driver],
) -> None:
    game = Game(drive, MEMORY.key)
    card = game.play.places.card
    game.driver.seconds(0.5)
    seen = picture(game, card)
    game.driver.seconds(1.0)
    hidden = picture(game, card)
    assert hidden != seen
    game.give()
    game.driver.seconds(0.5)
    assert picture(game, card) not in (seen, hidden), "the next number, longer by a digit"
    game.driver.stroke([game.paper.center, (game.paper.centerx, game.paper.centery + 80)])
    game.driver.seconds(0.3)
    assert game.play.round.prompt_is_hidden and game.play.kept[-1].outcome.is_right


def test_prompts_that_ask_for_nothing_pass_and_take_no_ink(drive: Callable[..., Driver]) -> None:
    game = Game(drive, BACK.key)
    assert not game.play.round.prompt.asks
    game.driver.stroke([game.paper.center, (game.paper.centerx, game.paper.centery + 80)])
    assert game.play.canvas.is_empty
    game.driver.until(lambda: game.play.round.prompt.asks)
    game.give()
    assert game.play.kept[-1].outcome.is_right and len(game.play.kept) == 1


def test_the_score_of_each_player_is_shown_and_the_turn_moves(
    drive: Callable[..., Driver],
) -> None:
    game = Game(drive, DUEL.key)
    game.driver.seconds(0.5)
    shots = [picture(game, game.play.places.score)]
    for _ in range(2):
        game.give()
        game.driver.seconds(0.5)
        shots.append(picture(game, game.play.places.score))
    assert len(set(shots)) == 3
    assert game.play.round.turn == 0


@pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.key)
@pytest.mark.parametrize("size", SIZES)
def test_every_toy_draws_at_every_size(
    drive: Callable[..., Driver], toy: object, size: tuple[int, int]
) -> None:
    assert isinstance(toy, type(ZEN))
    game = Game(drive, toy.key, size=size)
    game.driver.until(lambda: game.play.round.prompt.asks)
    game.give()
    game.driver.frames(3)
    assert game.play.kept


# --- sleep --------------------------------------------------------------------------------------


def test_an_hours_sleep_in_mid_round_pauses_it_and_costs_nothing(
    drive: Callable[..., Driver],
) -> None:
    game = Game(drive)
    game.driver.seconds(2.0)
    left = game.play.round.clock.remaining()
    game.driver.frames(1, 3600.0)
    assert isinstance(game.driver.app.scene, Pause)
    assert game.play.round.clock.remaining() == pytest.approx(left, abs=0.05)
    game.driver.key(pygame.K_ESCAPE)
    game.driver.until(lambda: game.driver.app.scene is game.play)
    game.give()
    assert game.play.kept[0].outcome.seconds < 10


@pytest.mark.parametrize("jump", [-3600.0, -12.5, 3600.0])
def test_a_clock_that_jumps_while_an_answer_is_written_leaves_its_time_true(
    drive: Callable[..., Driver], tmp_path: Path, jump: float
) -> None:
    game = Game(drive)
    x, y = game.paper.center
    game.answer = lambda: "6"
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=(x, y - 90), button=1, touch=False)
    game.driver.frames(5)
    game.driver.post(pygame.MOUSEMOTION, pos=(x, y), rel=(0, 90), buttons=(1, 0, 0), touch=False)
    game.driver.frames(1)
    game.driver.frames(1, jump)
    game.driver.post(pygame.MOUSEBUTTONUP, pos=(x, y + 90), button=1, touch=False)
    game.driver.frames(1)
    if isinstance(game.driver.app.scene, Pause):
        game.driver.key(pygame.K_ESCAPE)
    game.driver.until(lambda: len(game.play.kept) == 1)
    ((seconds, thinking, writing),) = rows(
        tmp_path, "SELECT seconds, thinking_seconds, writing_seconds FROM answers"
    )
    assert 0 <= seconds < 5 and thinking >= 0 and writing >= 0
    assert thinking + writing == pytest.approx(seconds, abs=1e-3)
    times = [point[2] for stroke in game.play.kept[0].ink for point in stroke]
    assert times == sorted(times)


SLEEPER = """
import sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[1], str(Path(sys.argv[1]).parent)]
import conftest
from driving import FakeRecognizer, SIZE
from game.app import App, Options
from game.scenes.pause import Pause

state = {"told": False}

def watch(app):
    play = app.scenes[0]
    if not state["told"] and play.round.clock.elapsed() > 0.3:
        state["told"] = True
        print("running", flush=True)
    if isinstance(app.scene, Pause):
        print(play.round.clock.elapsed(), flush=True)
        app.quit()

options = Options(data_dir=Path(sys.argv[2]), mode="dash", seed="1", size=SIZE, headless_ok=True)
App(options, load=FakeRecognizer().load, hooks=[watch]).run()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no SIGSTOP here")
def test_a_program_that_was_stopped_pauses_and_the_stop_costs_nothing(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[1])
    root = Path(tests).parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    with subprocess.Popen(
        [sys.executable, "-c", SLEEPER, tests, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, cwd=root, env=environment,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        try:
            lines = iter(line.strip() for line in child.stdout if not line.startswith("pygame"))
            assert next(lines) == "running"
            child.send_signal(signal.SIGSTOP)
            time.sleep(4.0)
            child.send_signal(signal.SIGCONT)
            played = float(next(lines))
            assert child.wait(WAIT) == 0
        finally:
            child.kill()
    assert played < 2.5, "the four seconds of the stop are not among them"
