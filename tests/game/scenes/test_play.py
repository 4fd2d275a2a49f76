"""The round, played for real: frames, events and the reading thread, with a recognizer of straw."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import SIZE, Driver, SlowRecognizer
from playing import Game, rows

from game.persistence.settings import SettingsFile
from game.rules.judge import Verdict
from game.scenes import places
from game.scenes.countdown import Countdown
from game.scenes.play import GRACE_SECONDS, Phase, Play
from game.scenes.result import Result
from game.ui.verdict import WRONG_SECONDS
from recognizer.endpointing.patience import NORMAL


@pytest.fixture
def game(drive: Callable[..., Driver]) -> Game:
    return Game(drive)


def test_countdown_comes_first_and_the_clock_waits_for_it(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="dash")
    dash = driver.app.scenes[0]
    assert isinstance(driver.app.scene, Countdown) and isinstance(dash, Play)
    driver.write("1", dash.places.paper)
    driver.seconds(1.0)
    assert dash.canvas.is_empty
    assert not dash.round.clock.running
    driver.until(lambda: driver.app.scene is dash)
    assert dash.round.clock.running
    assert dash.round.clock.remaining() > 59.9


def test_right_answer_moves_score_and_prompt_and_is_stored(game: Game, tmp_path: Path) -> None:
    prompt = game.play.round.prompt
    game.give()
    assert game.play.round.score.points > 0 and game.play.round.score.streak == 1
    assert game.play.round.prompt is not prompt
    assert game.play.canvas.is_empty
    ((expected, read, correct, seconds, backend, ink, shown),) = rows(
        tmp_path, "SELECT expected, read, correct, seconds, backend, ink, prompt FROM answers"
    )
    assert (expected, read, correct, backend) == (prompt.answer, prompt.answer, 1, "fake")
    assert shown == prompt.text
    assert 0 < seconds < 5
    strokes = json.loads(ink)
    assert strokes and all(len(point) == 3 for stroke in strokes for point in stroke)
    assert game.fake.lengths[-1] == 1


def test_wrong_answer_is_shown_before_the_next_prompt(game: Game, tmp_path: Path) -> None:
    game.give()
    points, prompt = game.play.round.score.points, game.play.round.prompt
    wrong = game.wrong()
    game.give(wrong)
    assert game.play.phase is Phase.SHOWING
    assert game.play.round.prompt is prompt
    assert (game.play.round.score.streak, game.play.round.score.points) == (0, points)
    game.driver.seconds(WRONG_SECONDS + 0.1)
    assert game.play.phase is Phase.WRITING
    assert game.play.round.prompt is not prompt
    assert rows(tmp_path, "SELECT read, correct FROM answers")[1] == (wrong, 0)


def test_touching_the_paper_skips_the_wrong_answer_but_is_no_ink(game: Game) -> None:
    game.give(game.wrong())
    game.driver.click(game.paper.center)  # too early: nothing could have been seen yet
    assert game.play.phase is Phase.SHOWING
    game.driver.seconds(0.6)
    game.driver.click(game.paper.center)
    assert game.play.phase is Phase.WRITING
    assert game.play.canvas.is_empty


def test_unreadable_costs_nothing(game: Game, tmp_path: Path) -> None:
    game.give()
    prompt, points = game.play.round.prompt, game.play.round.score.points
    game.give("?")
    assert game.play.kept[-1].outcome.verdict is Verdict.UNREADABLE
    assert game.play.round.prompt is prompt
    assert (game.play.round.score.streak, game.play.round.score.points) == (1, points)
    game.give()
    assert game.play.round.score.streak == 2
    assert rows(tmp_path, "SELECT read, correct, verdict FROM answers")[1] == (
        "?",
        None,
        "unreadable",
    )


def test_the_roof_of_a_five_may_come_350_ms_later(game: Game) -> None:
    x, y = game.paper.center
    game.answer = lambda: "5"
    game.driver.stroke([(x, y - 80), (x, y + 80)])
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(0.35)
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=(x + 30, y - 80), button=1, touch=False)
    game.driver.seconds(1.5)
    assert game.play.kept == []
    game.driver.post(
        pygame.MOUSEMOTION, pos=(x + 130, y - 80), rel=(0, 0), buttons=(1, 0, 0), touch=False
    )
    game.driver.post(pygame.MOUSEBUTTONUP, pos=(x + 130, y - 80), button=1, touch=False)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert len(game.fake.seen[-1]) == 2


def test_what_may_go_on_is_waited_for_and_the_rest_is_not(game: Game) -> None:
    def wait(text: str) -> float:
        game.give(text)
        game.driver.until(lambda: game.play.phase is Phase.WRITING)
        return game.play.endpointer.wait

    assert wait("6") == 0.0
    assert 0.3 < wait("7") < NORMAL.longest


def test_the_clock_stands_still_while_the_reader_reads(drive: Callable[..., Driver]) -> None:
    slow = SlowRecognizer(lambda: "6")
    slow.gate.set()
    driver = drive(slow, mode="dash")
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.05)
    slow.gate.clear()
    driver.write("1", play.places.paper)
    left = play.round.clock.remaining()
    driver.seconds(3.0)
    assert play.round.clock.remaining() == pytest.approx(left)
    assert play.round.clock.running, "the prompt stays in sight"
    slow.gate.set()
    driver.until(lambda: len(play.kept) == 1)
    driver.seconds(1.0)
    assert play.round.clock.remaining() == pytest.approx(left - 1.0, abs=0.15)


def test_writing_on_takes_the_players_own_time(drive: Callable[..., Driver]) -> None:
    slow = SlowRecognizer(lambda: "6")
    slow.gate.set()
    driver = drive(slow, mode="dash")
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.05)
    slow.gate.clear()
    driver.write("1", play.places.paper)
    driver.post(pygame.MOUSEBUTTONDOWN, pos=play.places.paper.center, button=1, touch=False)
    driver.frames(1)
    left = play.round.clock.remaining()
    driver.seconds(2.0)
    assert play.round.clock.remaining() == pytest.approx(left - 2.0, abs=0.05)
    slow.gate.set()


def test_the_pace_of_the_pen_is_kept_for_the_next_round(game: Game, tmp_path: Path) -> None:
    x, y = game.paper.center
    game.answer = lambda: "7"
    game.driver.stroke([(x, y - 80), (x, y + 80)])
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(0.3)
    game.driver.stroke([(x - 50, y), (x + 50, y)])
    game.driver.until(lambda: len(game.play.kept) == 1)
    game.finish()
    pace = SettingsFile.load(tmp_path).settings.pace
    assert pace["stroke"][2] == 1 and pace["7"][0] == 1
    again = Play(game.driver.app, places.Round(game.play.mode.key))
    assert again.endpointer.pace.as_table() == pace


def test_specks_vanish_without_being_read(game: Game) -> None:
    game.driver.click(game.paper.center)
    assert not game.play.canvas.is_empty
    game.driver.seconds(1.5)
    assert game.play.canvas.is_empty
    assert game.fake.seen == [] and game.play.kept == []


def test_undo_clear_and_their_keys(game: Game) -> None:
    x, y = game.paper.center
    line = [(x - 50, y), (x + 50, y)]
    for code, mod, left in (
        (pygame.K_z, pygame.KMOD_LCTRL, 1), (pygame.K_z, 0, 1), (pygame.K_BACKSPACE, 0, 1),
        (pygame.K_c, 0, 0), (pygame.K_DELETE, 0, 0),
    ):  # fmt: skip
        game.driver.stroke(line)
        game.driver.stroke([(x, y - 50), (x, y + 50)])
        game.driver.key(code, mod)
        assert len(game.play.canvas.strokes) == left, pygame.key.name(code)
        game.driver.key(pygame.K_c)
    for tool, left in ((0, 1), (1, 0)):
        game.driver.stroke(line)
        game.driver.stroke([(x, y - 50), (x, y + 50)])
        game.driver.click(game.play.places.tools[tool].center)
        assert len(game.play.canvas.strokes) == left
        game.driver.key(pygame.K_c)
    game.driver.seconds(1.0)
    assert game.play.kept == []


def test_what_is_left_after_undo_is_read(game: Game) -> None:
    x, y = game.paper.center
    game.driver.stroke([(x, y - 80), (x, y + 80)])
    game.driver.stroke([(x - 80, y), (x + 80, y)])
    game.driver.key(pygame.K_z)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert len(game.fake.seen[-1]) == 1
    assert len(game.play.kept[0].ink) == 1


def test_touch_writes_once(game: Game) -> None:
    """A finger gives finger events and, from SDL, mouse events as well; only one of them is ink."""
    finger = {"touch_id": 1, "finger_id": 3, "dx": 0.0, "dy": 0.0, "pressure": 1.0, "window": None}
    x, y = game.paper.center

    def both(finger_kind: int, mouse_kind: int, dy: int, **mouse: Any) -> None:
        game.driver.post(finger_kind, x=x / SIZE[0], y=(y + dy) / SIZE[1], **finger)
        game.driver.post(mouse_kind, pos=(x, y + dy), touch=True, **mouse)

    both(pygame.FINGERDOWN, pygame.MOUSEBUTTONDOWN, -90, button=1)
    for dy in range(-80, 90, 10):
        both(pygame.FINGERMOTION, pygame.MOUSEMOTION, dy, rel=(0, 10), buttons=(1, 0, 0))
    both(pygame.FINGERUP, pygame.MOUSEBUTTONUP, 90, button=1)
    game.driver.frames(1)
    (ink,) = game.play.canvas.ink()
    assert len(ink) == 19
    assert game.play.canvas.to_pixels(ink[0][0], ink[0][1]) == pytest.approx((x, y - 90), abs=0.01)
    game.driver.until(lambda: len(game.play.kept) == 1)


def test_every_motion_event_of_a_frame_is_kept(game: Game) -> None:
    x, y = game.paper.center
    points = [(x - 100 + n / 5, y + (n % 7)) for n in range(1000)]
    game.driver.stroke(points)  # all within one frame
    (ink,) = game.play.canvas.ink()
    assert len(ink) >= 1000


def test_resize_in_mid_stroke_keeps_ink_and_prompt(game: Game) -> None:
    driver, canvas = game.driver, game.play.canvas
    x, y = game.paper.center
    driver.post(pygame.MOUSEBUTTONDOWN, pos=(x, y - 50), button=1, touch=False)
    driver.post(pygame.MOUSEMOTION, pos=(x, y), rel=(0, 50), buttons=(1, 0, 0), touch=False)
    driver.frames(1)
    before = list(canvas.strokes[0].points)
    driver.app.window.size = (700, 1000)
    driver.frames(1)
    assert (driver.app.frame.width, driver.app.frame.height) == (700, 1000)
    assert canvas.strokes[0].points == before and canvas.pen_is_down
    assert canvas.to_pixels(*before[1][:2]) == pytest.approx(canvas.rect.center, abs=1.0)
    end = canvas.to_pixels(before[1][0], before[1][1] + 100)
    driver.post(pygame.MOUSEBUTTONUP, pos=end, button=1, touch=False)
    driver.until(lambda: len(game.play.kept) == 1)
    assert len(game.play.kept[0].ink[0]) == 3


def test_time_up_ends_the_round_with_its_result_kept(game: Game, tmp_path: Path) -> None:
    game.give()
    game.give()
    points = game.play.round.score.points
    result = game.finish()
    assert result.is_new_best
    kept = rows(tmp_path, "SELECT state, score, right_answers, wrong_answers, seconds FROM rounds")
    assert kept == [("finished", points, 2, 0, 60.0)]
    assert game.driver.app.storage.best_score("dash") == points


def test_ink_begun_in_time_still_counts(game: Game) -> None:
    x, y = game.paper.center
    game.driver.pass_time(59.0 - game.play.round.clock.elapsed())
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=(x, y - 90), button=1, touch=False)
    game.driver.frames(1)
    game.driver.pass_time(1.5)
    assert game.driver.app.scene is game.play, "the pen is still down"
    game.driver.post(pygame.MOUSEBUTTONUP, pos=(x, y + 90), button=1, touch=False)
    game.driver.until(lambda: game.driver.app.scene is not game.play)
    assert len(game.play.kept) == 1


def test_grace_has_an_end(game: Game) -> None:
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=game.paper.center, button=1, touch=False)
    game.driver.frames(1)
    game.driver.pass_time(60 + GRACE_SECONDS)
    assert isinstance(game.driver.app.scene, Result)


def test_same_seed_same_prompts(drive: Callable[..., Driver]) -> None:
    first = Game(drive, seed="42")
    second = Game(drive, seed="42")
    third = Game(drive, seed="43")
    one, two, three = (
        [game.play.round.next_prompt() for _ in range(12)] for game in (first, second, third)
    )
    assert one == two != three


def test_left_handed_layout(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('hand = "left"\n')
    game = Game(drive)
    assert game.play.places.card.left > game.paper.right
    game.give()
    assert game.play.round.score.right == 1


def test_reader_that_refuses_the_ink_is_no_wrong_answer(game: Game) -> None:
    def refuse() -> str:
        raise ValueError("That ink is absurdly large.")

    game.answer = refuse
    game.driver.write("1", game.paper)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert game.play.kept[0].outcome.verdict is Verdict.UNREADABLE
    assert game.play.round.score.wrong == 0


def test_frames_draw_every_state(game: Game) -> None:
    """The picture changes with what happens: ink, verdict, next prompt."""

    def shot() -> bytes:
        return pygame.image.tobytes(game.driver.app.window.surface, "RGB")

    game.driver.seconds(1)
    shots = [shot()]
    game.driver.write("1", game.paper)
    shots.append(shot())
    game.give(game.wrong())
    game.driver.seconds(0.3)
    shots.append(shot())
    assert len(set(shots)) == 3
