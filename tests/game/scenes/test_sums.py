"""The mode Sums, played for real: numbers are waited for, judged whole, and marked on the ink."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import Driver, FakeRecognizer
from playing import Game, rows
from readings import reading_of

from game.rules.judge import Verdict
from game.rules.prompt import Disguise
from game.scenes.play import Phase, Play
from game.ui.ghosts import Ghost
from game.ui.verdict import WRONG_SECONDS
from recognizer.endpointing.patience import NORMAL
from recognizer.reading import Reading


class Boxed(FakeRecognizer):
    """Says where its digits are: side by side over the ink."""

    def read(self, strokes: Any, length: int | None = None) -> Reading:
        reading = super().read(strokes, length)
        low = [min(float(stroke[:, n].min()) for stroke in strokes) for n in (0, 1)]
        high = [max(float(stroke[:, n].max()) for stroke in strokes) for n in (0, 1)]
        step = (high[0] - low[0]) / max(1, len(reading.digits))
        edges = [low[0] + n * step for n in range(len(reading.digits) + 1)]
        boxes = [(left, low[1], right, high[1]) for left, right in pairwise(edges)]
        return reading_of(reading.text, boxes=boxes)


@pytest.fixture
def game(drive: Callable[..., Driver]) -> Game:
    """A round of sums in which an answer of two digits is asked for."""
    game = Game(drive, "sums")
    while game.play.round.digits != 2:
        game.play.next_prompt()
    return game


def test_a_round_of_sums_is_kept_under_its_own_name(game: Game, tmp_path: Path) -> None:
    prompt = game.play.round.prompt
    game.give()
    assert game.play.round.score.points > 0
    # The reader may know how many digits, and nothing else; it must read without that, too.
    assert game.fake.lengths[-2:] == [2, None]
    ((mode, shown, expected, read, verdict, disguise),) = rows(
        tmp_path,
        "SELECT mode, prompt, expected, read, verdict, disguise FROM answers"
        " JOIN rounds ON rounds.id = round_id",
    )
    assert (mode, verdict, disguise) == ("sums", "right", "sum")
    assert (shown, expected, read) == (prompt.text, prompt.answer, prompt.answer)
    result = game.finish()
    assert result.is_new_best
    storage = game.driver.app.storage
    assert storage.best_score("sums") == game.play.round.score.points
    assert storage.best_score("dash") is None
    game.driver.key(pygame.K_RETURN)
    again = game.driver.app.scenes[0]
    assert isinstance(again, Play) and again.mode.key == "sums"


def test_answers_of_every_length_are_asked_for_and_taken(game: Game) -> None:
    lengths = set()
    while lengths != {1, 2, 3}:
        lengths.add(game.play.round.digits)
        game.give()
        assert game.play.kept[-1].outcome.verdict is Verdict.RIGHT
    asked = [len(kept.outcome.prompt.answer) for kept in game.play.kept]
    assert set(game.fake.lengths) == {*asked, None}


def test_half_a_number_is_waited_for_and_then_no_mistake(game: Game, tmp_path: Path) -> None:
    answer = game.play.round.prompt.answer
    game.answer = lambda: answer[0]
    game.driver.write(answer[0], game.paper)
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(NORMAL.unfinished[0] * 0.9)
    assert game.play.kept == [], "the hand is on its way to the second digit"
    game.driver.seconds(NORMAL.unfinished[0] * 0.2)
    assert game.play.kept[-1].outcome.verdict is Verdict.UNREADABLE
    assert game.play.round.prompt.answer == answer
    assert (game.play.round.score.wrong, game.play.phase) == (0, Phase.WRITING)
    assert game.play.verdict.strip is not None
    assert game.play.verdict.strip.text == f"I can read only {answer[0]}, once more!"
    assert rows(tmp_path, "SELECT read, correct, verdict FROM answers") == [
        (answer[0], None, "unreadable")
    ]


def test_a_reader_that_finds_what_it_is_told_to_find_is_not_believed(
    drive: Callable[..., Driver],
) -> None:
    class Obedient(FakeRecognizer):
        def read(self, strokes: Any, length: int | None = None) -> Any:
            return reading_of("4", 0.96) if length is None else reading_of("14"[-length:], 0.9)

    game = Game(drive, "sums", Obedient)
    while game.play.round.digits != 2:
        game.play.next_prompt()
    game.driver.write("4", game.paper)
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(NORMAL.unfinished[0] * 0.8)
    assert game.play.kept == []
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert game.play.kept[0].outcome.verdict is Verdict.UNREADABLE
    assert game.play.kept[0].outcome.read == "4"


def test_the_second_digit_after_a_breath_completes_the_number(game: Game) -> None:
    answer = game.play.round.prompt.answer
    game.answer = lambda: answer[: len({stroke[0][0] > middle for stroke in game.fake.seen[-1]})]
    left, right = game.paper.copy(), game.paper.copy()
    left.w //= 2
    right.left, right.w = left.right, left.w
    middle = game.play.canvas.to_paper(left.right, 0)[0]
    game.driver.write("1", left)
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(NORMAL.unfinished[0] * 0.8)
    game.driver.write("7", right)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert game.play.kept[0].outcome.verdict is Verdict.RIGHT


def test_a_wrong_number_shows_the_right_one(game: Game) -> None:
    answer = game.play.round.prompt.answer
    wrong = game.wrong()
    game.give(wrong)
    assert game.play.phase is Phase.SHOWING and game.play.round.score.wrong == 1
    assert game.play.verdict.strip is not None
    assert game.play.verdict.strip.text == f"Read {wrong}, asked {answer}"
    game.driver.seconds(WRONG_SECONDS + 0.1)
    assert game.play.phase is Phase.WRITING


def test_a_number_with_an_unreadable_digit_is_no_mistake(game: Game) -> None:
    game.give(game.play.round.prompt.answer[0] + "?")
    assert game.play.kept[-1].outcome.verdict is Verdict.UNREADABLE
    assert game.play.verdict.strip is not None
    assert game.play.verdict.strip.text == "Cannot read that, once more!"


@pytest.mark.parametrize("change", ["right", "wrong", "unreadable"])
def test_what_was_read_is_marked_on_the_ink_and_fades(
    drive: Callable[..., Driver], change: str
) -> None:
    game = Game(drive, "sums", Boxed)
    answer = game.play.round.prompt.answer
    game.give({"right": answer, "wrong": game.wrong(), "unreadable": "?" * len(answer)}[change])
    marks, ink = game.play.verdict.ghosts
    assert isinstance(marks, Ghost)
    assert marks.rect.contains(ink.rect), "boxes go around the ink"
    assert game.play.writing_area.contains(marks.rect)
    assert (marks.colour, marks.motion) == (ink.colour, ink.motion)
    game.driver.seconds(2.0)
    assert game.play.verdict.ghosts == []


def test_dash_marks_nothing(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    game.give()
    assert len(game.play.verdict.ghosts) == 1


def test_half_a_number_gets_its_time_when_the_time_is_up(game: Game) -> None:
    answer = game.play.round.prompt.answer
    game.answer = lambda: answer[0]
    game.driver.pass_time(game.play.round.clock.remaining() - 0.05)
    game.driver.write(answer[0], game.paper)
    game.driver.until(lambda: game.play.endpointer.reading is not None)
    game.driver.seconds(0.3)
    assert game.play.round.time_is_up and game.driver.app.scene is game.play
    game.driver.until(lambda: game.driver.app.scene is not game.play)
    assert game.play.kept[-1].outcome.read == answer[0]


def test_same_seed_same_sums(drive: Callable[..., Driver]) -> None:
    one, two = (Game(drive, "sums", seed="42").play.round for _ in range(2))
    sums = [one.next_prompt() for _ in range(12)]
    assert sums == [two.next_prompt() for _ in range(12)]
    assert all(prompt.disguise is Disguise.SUM for prompt in sums)


@pytest.mark.parametrize("size", [(360, 320), (1280, 720), (500, 1000)])
@pytest.mark.parametrize("hand", ["right", "left"])
def test_draws_at_every_size(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int], hand: str
) -> None:
    (tmp_path / "settings.toml").write_text(f'hand = "{hand}"\n')
    game = Game(drive, "sums", size=size)
    game.give()
    game.driver.frames(3)
    assert game.play.kept
