"""Typed answers: for hands that cannot write, in Zen, and stored apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
from driving import Driver
from stored import rows

from game.rules.modes import MODES
from game.rules.typed import ANSWERS
from game.scenes import places
from game.scenes.play import Phase
from game.scenes.typed import TypedPlay

CHOSEN = {"answers": ("typed",)}


def start(driver: Driver, level: str) -> TypedPlay:
    driver.app.go(places.Round("zen", level, CHOSEN))
    play = driver.app.scenes[0]
    assert isinstance(play, TypedPlay)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.1)
    return play


def test_digits_are_typed_by_key_and_by_pad_and_judged(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive()
    play = start(driver, "digits")
    asked = play.round.prompt.answer
    driver.key(pygame.K_0 + int(asked))
    assert [kept.outcome.is_right for kept in play.kept] == [True]
    assert play.verdict.strip is not None and play.verdict.strip.text == f"Typed {asked}"
    wrong = str((int(play.round.prompt.answer) + 1) % 10)
    pad = {button.label: button for button in play.pad}
    driver.click(pad[wrong].rect.center)
    assert play.kept[-1].outcome.is_wrong and play.phase is Phase.SHOWING
    assert play.chip.claim is None, "what is typed is not misread"
    driver.seconds(2)
    driver.stroke([play.writing_area.center, (play.writing_area.centerx + 40, 300)])
    assert play.canvas.is_empty, "nothing is written"
    driver.key(pygame.K_RETURN)
    driver.app.go(places.Title())
    driver.app.storage.close()
    stored = rows(tmp_path / "digit-dash.db", "SELECT mode, backend FROM rounds")
    assert [tuple(row) for row in stored] == [("zen:digits;answers=typed", "typed")]


def test_a_number_is_judged_at_its_last_digit_and_can_be_put_right(
    drive: Callable[..., Driver],
) -> None:
    driver = drive()
    play = start(driver, "hard")
    while len(play.round.prompt.answer) < 2:
        play.next_prompt()
    answer = play.round.prompt.answer
    driver.key(pygame.K_0 + (int(answer[0]) + 1) % 10)
    assert play.typed and not play.kept
    driver.key(pygame.K_BACKSPACE)
    assert play.typed == ""
    for digit in answer:
        driver.key(pygame.K_0 + int(digit))
    assert play.kept[-1].outcome.is_right and play.kept[-1].outcome.read == answer
    for button in play.pad:
        assert play.writing_area.contains(button.rect)


def test_only_a_mode_without_a_clock_takes_them() -> None:
    assert [mode.key for mode in MODES.values() if ANSWERS in mode.options] == ["zen"]
