"""The review: from the result and from the title, by key and by pointer, at every size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import Driver
from playing import Game, rows

from game.persistence.storage import Answer, RoundSummary, Storage
from game.rules.appeals import RULE
from game.scenes.result import Result
from game.scenes.review import Review
from game.scenes.title import Title
from game.ui.text import Typesetter
from game.ui.widgets import Button

SIZES = [(360, 320), (640, 480), (1280, 720), (900, 1200)]
ONE = [[[100.0, 100.0, 0.0], [140.0, 300.0, 0.2]]]
SEVEN = [[[400.0, 100.0, 0.6], [480.0, 100.0, 0.8], [440.0, 300.0, 1.0]]]


def shares(read: str, second: str, share: float = 0.2) -> list[list[float]]:
    table = []
    for first, other in zip(read, second, strict=True):
        row = [0.005] * 10
        row[int(other)] = share
        row[int(first)] = 0.96 - share
        table.append(row)
    return table


def given(expected: str, read: str, second: str | None = None) -> Answer:
    verdict = "right" if read == expected else "unreadable" if "?" in read else "wrong"
    other = second or "".join(str((int(digit) + 1) % 10) for digit in expected)
    return Answer(
        f"so many: {expected}", "word", expected, read, verdict, verdict == "right", 1.5,
        130 if verdict == "right" else 0, "cnn", 0.7,
        shares(read, other) if read.isdecimal() else [], ONE + SEVEN if len(read) > 1 else SEVEN,
        [[100.0, 100.0, 140.0, 300.0], [400.0, 100.0, 480.0, 300.0]][: len(read)],
    )  # fmt: skip


def keep(folder: Path | Storage, mode: str, *answers: Answer) -> None:
    storage = folder if isinstance(folder, Storage) else Storage(folder)
    number = storage.begin_round(mode, "cnn", None)
    for answer in answers:
        storage.add_answer(number, answer)
    right = sum(answer.verdict == "right" for answer in answers)
    wrong = sum(answer.verdict == "wrong" for answer in answers)
    storage.end_round(number, "finished", RoundSummary(60.0, 130 * right, 1, right, wrong))
    if not isinstance(folder, Storage):
        storage.close()


def open_past(drive: Callable[..., Driver]) -> tuple[Driver, Review]:
    driver = drive()
    driver.frames(2)
    driver.key(pygame.K_r)
    review = driver.app.scene
    assert isinstance(review, Review)
    driver.frames(2)
    return driver, review


def labels(review: Review) -> list[str]:
    return [widget.label for widget in review.widgets if isinstance(widget, Button)]


def press(driver: Driver, review: Review, label: str) -> None:
    button = next(w for w in review.widgets if isinstance(w, Button) and w.label == label)
    driver.click(button.rect.center)


def test_earlier_sessions_can_be_looked_at_one_by_one(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    keep(tmp_path, "dash", given("7", "7"), given("7", "1", "7"))
    keep(tmp_path, "sums", given("17", "17"))
    driver, review = open_past(drive)
    assert review.round is not None and review.round.sheet.mode.title == "Sums"
    assert labels(review) == ["It was 27", "Older", "All", "Replay", "Back"]
    driver.key(pygame.K_PAGEDOWN)
    assert review.round.sheet.mode.title == "Dash"
    assert review.answer is review.round.answers[1], "the one that was taken for wrong"
    press(driver, review, "Newer")
    assert review.round.sheet.mode.title == "Sums"
    driver.key(pygame.K_PAGEUP)  # there is no newer one
    assert review.round.sheet.mode.title == "Sums"
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


def test_without_rounds_it_says_so(drive: Callable[..., Driver]) -> None:
    driver, review = open_past(drive)
    assert (review.round, review.answer, labels(review)) == (None, None, ["Back"])
    assert "play a round" in review.subheading()
    for key in (pygame.K_a, pygame.K_r, pygame.K_7, pygame.K_RIGHT, pygame.K_PAGEDOWN):
        driver.key(key)
    press(driver, review, "Back")
    assert isinstance(driver.app.scene, Title)


def test_an_old_answer_is_put_right_by_one_key(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    keep(tmp_path, "dash", given("3", "3"), given("7", "1", "7"), given("4", "4"))
    driver, review = open_past(drive)
    assert review.status() == "Was it misread? It would count."
    driver.key(pygame.K_a)
    assert review.round is not None
    score = review.round.sheet.score
    assert (score.right, score.wrong, score.longest_streak) == (3, 0, 3)
    points = sum(answer.outcome.points for answer in review.round.answers)
    assert score.points == points > 260
    earned = review.round.answers[1].outcome.points
    assert review.status() == f"Kept as 7. It counts: +{earned}."
    assert "It was 7" not in labels(review)
    assert rows(tmp_path, "SELECT score, right_answers FROM rounds") == [(points, 3)]
    assert [sample.label for sample in driver.app.hand.samples] == ["7"]
    driver.key(pygame.K_ESCAPE)
    title = driver.app.scene
    assert isinstance(title, Title)
    assert title.tiles[0].words.foot == f"Normal: best {points:,}"


def test_the_second_guess_can_be_named_by_key_and_by_tap(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    keep(tmp_path, "dash", given("7", "1", "4"), given("7", "1", "4"), given("9", "9", "4"))
    driver, review = open_past(drive)
    assert review.claims() == ["7", "4"]
    assert review.status().endswith("It was not my second guess.")
    driver.key(pygame.K_r)
    assert review.status() == "Kept as 4 to learn from. It was not asked."
    driver.key(pygame.K_RIGHT)
    press(driver, review, "It was 4")
    driver.key(pygame.K_RIGHT)
    assert labels(review) == ["It was 4", "All", "Replay", "Back"], (
        "what was asked was read: no need to say so"
    )
    driver.key(pygame.K_a)
    driver.key(pygame.K_9)
    assert len(rows(tmp_path, "SELECT * FROM appeals")) == 2
    driver.key(pygame.K_4)
    assert review.status() == "Kept as 4 to learn from. It had cost you nothing."
    assert rows(tmp_path, "SELECT label, counted FROM appeals") == [("4", 0)] * 3
    assert rows(tmp_path, "SELECT score, right_answers, wrong_answers FROM rounds") == [(130, 1, 2)]


def test_a_number_is_typed_digit_by_digit(drive: Callable[..., Driver], tmp_path: Path) -> None:
    keep(tmp_path, "sums", given("17", "11", "17"))
    driver, review = open_past(drive)
    driver.key(pygame.K_4)
    driver.key(pygame.K_BACKSPACE)
    driver.key(pygame.K_1)
    assert review.status() == "It was 1_"
    driver.key(pygame.K_KP_7)
    assert review.status().startswith("Kept as 17. It counts")
    assert [s.label for s in driver.app.hand.samples] == ["1", "7"]
    driver.key(pygame.K_1)
    assert review.status().startswith("Kept as 17."), "said once, and that is that"


def test_unreadable_ink_is_named_here(drive: Callable[..., Driver], tmp_path: Path) -> None:
    keep(tmp_path, "dash", given("7", "?"))
    driver, review = open_past(drive)
    assert review.claims() == ["7"]
    driver.key(pygame.K_a)
    assert review.status() == "Kept as 7 to learn from. It had cost you nothing."
    assert rows(tmp_path, "SELECT score, right_answers FROM rounds") == [(0, 0)]
    assert len(driver.app.hand.samples) == 1


def test_the_arrows_and_the_pointer_choose(drive: Callable[..., Driver], tmp_path: Path) -> None:
    keep(tmp_path, "dash", *(given("7", "7") for _ in range(30)))
    driver, review = open_past(drive)
    columns = review.columns
    assert 1 < columns < 30
    for key, chosen in (
        (pygame.K_LEFT, 0), (pygame.K_RIGHT, 1), (pygame.K_DOWN, 1 + columns), (pygame.K_UP, 1),
        (pygame.K_UP, 1), (pygame.K_LEFT, 0),
    ):  # fmt: skip
        driver.key(key)
        assert review.chosen == chosen, pygame.key.name(key)
    driver.click(review.cells[17].center)
    assert review.chosen == 17
    driver.click((2, 2))
    assert review.chosen == 17


def test_the_result_leads_to_it_and_shows_what_came_of_it(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    game.give()
    game.give(game.wrong())
    for answer in game.play.kept[1:]:  # the reader had the right one in mind
        answer.outcome.probabilities = shares(answer.outcome.read, answer.outcome.prompt.answer)
    result = game.finish()
    driver = game.driver
    before = result.round.score.points
    driver.key(pygame.K_v)
    review = driver.app.scene
    assert isinstance(review, Review)
    assert review.chosen == 1 and labels(review)[-1] == "Back"
    driver.frames(2)
    driver.key(pygame.K_a)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is result
    score = result.round.score
    assert (score.right, score.wrong) == (2, 0) and score.points > before
    driver.seconds(3)
    assert result.points_shown == score.points
    assert driver.app.storage.best_score("dash") == score.points
    review_button = next(w for w in result.widgets if getattr(w, "label", "") == "Review")
    driver.click(review_button.rect.center)
    assert isinstance(driver.app.scene, Review)


def test_a_result_without_answers_has_nothing_to_review(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    result = game.finish()
    assert "Review" not in [getattr(w, "label", "") for w in result.widgets]
    game.driver.key(pygame.K_v)
    assert isinstance(game.driver.app.scene, Result)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 70])
def test_it_fits_every_size(
    drive: Callable[..., Driver],
    tmp_path: Path,
    size: tuple[int, int],
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep(tmp_path, "sums", *(given("17", "11", "47") for _ in range(count)))
    keep(tmp_path, "dash", *(given("7", "1", "4") for _ in range(count)))
    keep(tmp_path, "dash", given("7", "7"))
    driver = drive(size=size)
    driver.key(pygame.K_r)
    driver.key(pygame.K_PAGEDOWN)
    review = driver.app.scene
    assert isinstance(review, Review)
    for _ in range(2):
        frame = driver.app.frame.rect
        rects = [widget.rect for widget in review.widgets]
        assert len(rects) >= 4
        assert all(frame.contains(rect) and rect.h >= 30 for rect in rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
        assert len(review.cells) == count
        assert all(frame.contains(cell) for cell in review.cells)
        driver.frames(2)
        driver.key(pygame.K_PAGEDOWN)


def test_the_rule_can_be_read(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, "dash", given("7", "1", "7"))
    written: list[str] = []
    render = Typesetter.render

    def noting(self: Typesetter, text: str, *style: object) -> pygame.Surface:
        written.append(text)
        return render(self, text, *style)  # type: ignore[arg-type]

    monkeypatch.setattr(Typesetter, "render", noting)
    open_past(drive)
    assert RULE in " ".join(written)


def test_what_did_not_come_in_time_is_no_misreading(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = replace(
        given("7", "?"), verdict="late", correct=False, ink=[], boxes=[], probabilities=[]
    )
    keep(tmp_path, "dash", given("3", "3"), late)
    said: list[str] = []
    fitted = Typesetter.fitted

    def listening(self: Typesetter, words: str, *rest: Any, **options: Any) -> pygame.Surface:
        said.append(words)
        return fitted(self, words, *rest, **options)

    monkeypatch.setattr(Typesetter, "fitted", listening)
    driver, review = open_past(drive)
    driver.key(pygame.K_RIGHT)
    said.clear()
    driver.frames(2)
    review.layout()
    assert review.status() == "Nothing was written in its time."
    assert {"late for 7", "Nothing was written in its time"} <= set(said)
    assert "?" not in said and not any(words.startswith("? ") for words in said)
    assert not any(label.startswith("It was") for label in labels(review))
    for key in (pygame.K_a, pygame.K_7):
        driver.key(key)
    assert review.answer is not None and review.answer.outcome.appeal is None
    assert rows(tmp_path, "SELECT * FROM appeals") == []
