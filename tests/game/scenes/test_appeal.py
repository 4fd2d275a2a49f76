"""Appeals while playing: one key or tap, what it changes, and that it can be missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import Driver
from playing import Game, rows
from readings import reading_of, torn

from game.persistence.storage import Storage
from game.rules.appeals import COUNTED_APPEALS
from game.scenes.play import Phase
from game.scenes.result import Result
from game.ui.appeal_chip import OFFER_SECONDS
from recognizer.reading import Reading


class Misread(Game):
    """A round in which the reader's second guess can be told."""

    def __init__(self, drive: Callable[..., Driver], mode: str = "dash", **options: Any) -> None:
        super().__init__(drive, mode, **options)
        self.share = 0.2  # of the second guess, which is always what was asked
        self.asked = ""
        read = self.fake.read

        def torn_read(strokes: Any, length: int | None = None) -> Reading:
            plain = read(strokes, length)
            if not plain.text.isdecimal() or len(plain.text) != len(self.asked):
                return plain
            return torn(plain.text, self.asked, self.share)

        self.fake.read = torn_read  # type: ignore[method-assign]

    def give(self, text: str | None = None) -> None:
        self.asked = self.play.round.prompt.answer
        super().give(text)

    def misread(self) -> str:
        """Give an answer that is read wrongly; return what was asked."""
        self.give(self.wrong())
        return self.asked


@pytest.fixture
def game(drive: Callable[..., Driver]) -> Misread:
    return Misread(drive)


def test_one_key_puts_a_misread_answer_right(game: Misread, tmp_path: Path) -> None:
    for _ in range(2):
        game.give()
    asked = game.misread()
    score = game.play.round.score
    assert (score.right, score.wrong, score.streak) == (2, 1, 0)
    chip = game.play.chip
    assert (chip.claim, chip.counts) == (asked, True)
    game.driver.key(pygame.K_a)
    score = game.play.round.score
    assert (score.right, score.wrong, score.streak, score.longest_streak) == (3, 0, 3, 3)
    outcome = game.play.kept[-1].outcome
    assert outcome.points > 0 and score.points == sum(o.points for o in game.play.round.outcomes)
    assert game.play.verdict.strip is not None
    assert game.play.verdict.strip.text == f"Counted as {asked}, +{outcome.points}"
    assert game.play.phase is Phase.WRITING, "no time is lost over it"
    assert chip.claim is None
    assert rows(tmp_path, "SELECT label, counted FROM appeals") == [(asked, 1)]
    (sample,) = game.driver.app.hand.samples
    assert (sample.label, sample.source) == (asked, "appeal")
    assert [len(stroke) for stroke in sample.strokes] == [
        len(stroke) for stroke in game.play.kept[-1].ink
    ]
    points = score.points
    result = game.finish()
    assert rows(tmp_path, "SELECT score, right_answers, wrong_answers FROM rounds") == [
        (points, 3, 0)
    ]
    assert result.is_new_best


def test_one_tap_does_the_same(game: Misread) -> None:
    game.misread()
    game.driver.click(game.play.chip.rect.center)
    assert (game.play.round.score.right, game.play.round.score.wrong) == (1, 0)
    assert game.play.canvas.is_empty, "the tap is no ink"


def test_what_the_reader_never_thought_of_is_kept_to_learn_from(
    game: Misread, tmp_path: Path
) -> None:
    game.share = 0.001
    asked = game.misread()
    assert (game.play.chip.claim, game.play.chip.counts) == (asked, False)
    game.driver.key(pygame.K_a)
    assert (game.play.round.score.right, game.play.round.score.wrong) == (0, 1)
    assert rows(tmp_path, "SELECT label, counted FROM appeals") == [(asked, 0)]
    assert [sample.label for sample in game.driver.app.hand.samples] == [asked]
    assert game.play.verdict.strip is not None
    assert game.play.verdict.strip.text == f"Kept as {asked}. It was not my second guess."


def test_a_digit_key_says_what_it_was(game: Misread, tmp_path: Path) -> None:
    asked = game.misread()
    other = str((int(asked) + 5) % 10)
    game.driver.key(pygame.K_0 + int(other))
    assert rows(tmp_path, "SELECT label, counted FROM appeals") == [(other, 0)]
    assert game.play.round.score.wrong == 1
    asked = game.misread()
    game.driver.key(pygame.K_KP_0 if asked == "0" else pygame.K_KP_1 + int(asked) - 1)
    assert rows(tmp_path, "SELECT label, counted FROM appeals")[1] == (asked, 1)


def test_unreadable_ink_tells_nobody_what_is_asked(game: Misread, tmp_path: Path) -> None:
    """Else a scribble would fetch the answer; it can be named in the review."""
    game.misread()
    game.driver.until(lambda: game.play.phase is Phase.WRITING)
    game.give("?")
    assert game.play.chip.claim is None
    game.driver.key(pygame.K_a)
    game.driver.key(pygame.K_0 + int(game.asked))
    assert rows(tmp_path, "SELECT * FROM appeals") == []


def test_nothing_is_offered_for_a_right_answer(game: Misread, tmp_path: Path) -> None:
    game.give()
    assert game.play.chip.claim is None
    game.driver.key(pygame.K_a)
    game.driver.key(pygame.K_3)
    assert rows(tmp_path, "SELECT * FROM appeals") == []


def test_the_offer_outlasts_the_look_and_goes_when_the_pen_comes(
    game: Misread, tmp_path: Path
) -> None:
    game.misread()
    game.driver.until(lambda: game.play.phase is Phase.WRITING)
    assert game.play.chip.claim is not None, "the next prompt is there, the offer still stands"
    x, y = game.paper.center
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=1, touch=False)
    game.driver.frames(1)
    assert game.play.chip.claim is None
    game.driver.key(pygame.K_a)
    assert rows(tmp_path, "SELECT * FROM appeals") == []


def test_the_offer_has_an_end(game: Misread, tmp_path: Path) -> None:
    game.misread()
    game.driver.seconds(OFFER_SECONDS + 0.2)
    assert game.play.chip.claim is None
    home = game.play.places.appeal.center
    game.driver.click(home)
    assert rows(tmp_path, "SELECT * FROM appeals") == []


def test_an_appeal_is_made_once(game: Misread, tmp_path: Path) -> None:
    game.misread()
    for _ in range(3):
        game.driver.key(pygame.K_a)
    assert len(rows(tmp_path, "SELECT * FROM appeals")) == 1
    assert game.play.round.score.right == 1


def test_the_chip_says_when_no_more_will_count(game: Misread) -> None:
    for n in range(COUNTED_APPEALS + 1):
        game.misread()
        assert game.play.chip.counts is (n < COUNTED_APPEALS)
        game.driver.key(pygame.K_a)
    assert (game.play.round.score.right, game.play.round.score.wrong) == (COUNTED_APPEALS, 1)


def test_the_runner_up_is_shown_with_every_verdict(game: Misread) -> None:
    game.share = 0.13
    game.give()
    second = str((int(game.asked) + 1) % 10)
    assert game.play.verdict.strip is not None
    assert (game.play.verdict.strip.text, game.play.verdict.strip.aside) == (
        f"Read {game.asked}", f"or {second}, 13%",
    )  # fmt: skip
    game.misread()
    assert game.play.verdict.strip.aside == f"or {game.asked}, 13%"
    game.driver.until(lambda: game.play.phase is Phase.WRITING)
    game.give("?")
    assert game.play.verdict.strip.aside == ""


def test_a_doubtful_reading_shows_between_what_it_wavered(game: Misread) -> None:
    game.fake.read = lambda strokes, length=None: reading_of("4", 0.45)  # type: ignore[method-assign]
    game.driver.write("4", game.paper)
    game.driver.until(lambda: len(game.play.kept) == 1)
    assert game.play.verdict.strip is not None and game.play.verdict.strip.aside == "4 or 0?"


def test_numbers_are_put_right_as_a_whole(drive: Callable[..., Driver], tmp_path: Path) -> None:
    game = Misread(drive, "sums")
    while game.play.round.digits != 2:
        game.play.next_prompt()
    asked = game.misread()
    game.driver.key(pygame.K_0 + int(asked[0]))  # one digit says nothing about two
    assert game.play.chip.claim == asked
    game.driver.key(pygame.K_a)
    assert (game.play.round.score.right, game.play.round.score.wrong) == (1, 0)
    assert rows(tmp_path, "SELECT label FROM appeals") == [(asked,)]


@pytest.mark.parametrize("size", [(360, 320), (1280, 720), (500, 1000)])
@pytest.mark.parametrize("hand", ["right", "left"])
def test_the_chip_is_in_nobodys_way(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int], hand: str
) -> None:
    (tmp_path / "settings.toml").write_text(f'hand = "{hand}"\n')
    game = Misread(drive, size=size)
    places = game.play.places
    assert game.paper.contains(places.appeal)
    assert places.appeal.w >= 30 and places.appeal.h >= 40
    assert places.appeal.collidelist(list(places.tools)) == -1
    game.misread()
    game.driver.frames(3)
    inside = game.play.writing_area.clip(places.appeal)
    assert inside.w <= places.appeal.w // 4, "it stands in the margin"


def test_the_result_shows_what_counted_and_the_next_game_knows(
    game: Misread, tmp_path: Path
) -> None:
    game.give()
    game.misread()
    game.driver.key(pygame.K_a)
    result = game.finish()
    assert isinstance(result, Result)
    assert result.round.score.accuracy == 1.0
    points = result.round.score.points
    other = Storage(tmp_path)
    assert other.best_score("dash") == points
    assert [answer.appeal is not None for answer in other.answers()] == [False, True]
    other.close()
