"""The lesson: a ghost hand writes, the player follows, the reader reads; once, or when asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver, FakeRecognizer, button
from stored import play as play_round

from game.persistence.storage import Storage
from game.scenes import places
from game.scenes.lesson import MOST_TRIES, STEPS, Lesson, LessonEnd
from game.scenes.play import Play
from game.scenes.settings import SettingsScene
from game.scenes.title import Title

SIZES = [(360, 320), (960, 600), (1280, 720), (900, 1200)]


class Pupil:
    """A driver in the lesson, whose recognizer reads whatever `says`."""

    def __init__(self, drive: Callable[..., Driver], **options: object) -> None:
        self.says = ""
        self.fake = FakeRecognizer(lambda: self.says or self.lesson.asked.prompt.answer)
        self.driver = drive(self.fake, lesson=True, **options)
        self.lesson = self.driver.shown(Lesson)

    def write(self, says: str = "") -> None:
        """Write the digit that is asked for, and wait until it is judged."""
        self.says = says
        self.driver.write(self.lesson.asked.prompt.answer, self.lesson.writing_area)
        self.driver.until(lambda: self.lesson.canvas.is_empty)


def test_a_new_player_learns_by_doing_in_less_than_half_a_minute(
    drive: Callable[..., Driver],
) -> None:
    pupil = Pupil(drive)
    begun = pupil.driver.clock.now
    for step in STEPS:
        pupil.driver.seconds(2.5)  # the ghost hand, or a thought
        assert pupil.lesson.asked is step
        pupil.write()
        assert pupil.lesson.verdict.strip is not None
        assert pupil.lesson.verdict.strip.text == f"Read {step.prompt.answer}"
        pupil.driver.seconds(1.5)
    end = pupil.driver.shown(LessonEnd)
    assert "costs you nothing" in " ".join(end.sentences)
    assert pupil.driver.clock.now - begun < 30
    pupil.driver.frames(20)
    pupil.driver.key(pygame.K_RETURN)
    assert isinstance(pupil.driver.app.scenes[0], Play)


def test_the_ghost_hand_writes_first_and_only_what_it_should(drive: Callable[..., Driver]) -> None:
    pupil = Pupil(drive)
    area = pupil.lesson.writing_area
    middle = area.inflate(-area.w // 3, -area.h // 3)

    def picture() -> bytes:
        shot = pupil.driver.app.window.surface.subsurface(middle)
        return pygame.image.tobytes(shot, "RGB")

    pupil.driver.seconds(2.5)
    shown = picture()
    pupil.write()
    pupil.driver.seconds(2.5)
    left_alone = picture()
    assert pupil.lesson.step == 1 and left_alone != shown
    pupil.driver.seconds(3.0)
    assert picture() == left_alone, "the sum is left to the player"


def test_one_key_leaves_it_for_good(drive: Callable[..., Driver], tmp_path: Path) -> None:
    pupil = Pupil(drive)
    pupil.driver.key(pygame.K_ESCAPE)
    assert isinstance(pupil.driver.app.scene, Title)
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["lesson_offered"] is True
    again = drive(lesson=True)
    assert isinstance(again.app.scene, Title)
    again.key(pygame.K_s)
    again.click(button(again.shown(SettingsScene), "Show me").rect.center)
    assert isinstance(again.app.scene, Lesson)
    again.key(pygame.K_ESCAPE)
    assert isinstance(again.app.scene, SettingsScene)


def test_who_has_played_before_is_not_taught(drive: Callable[..., Driver], tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play_round(storage, 3)
    storage.close()
    assert isinstance(drive(lesson=True).app.scene, Title)


def test_a_round_that_is_asked_for_by_name_comes_first(drive: Callable[..., Driver]) -> None:
    driver = drive(lesson=True, mode="dash")
    assert isinstance(driver.app.scenes[0], Play)
    assert not driver.app.settings.lesson_offered


@pytest.mark.parametrize(("says", "words"), [("8", "took it for 8"), ("?", "cannot read that")])
def test_what_is_misread_is_said_and_asked_again_but_nobody_is_held_up(
    drive: Callable[..., Driver], says: str, words: str
) -> None:
    pupil = Pupil(drive)
    for _ in range(MOST_TRIES - 1):
        pupil.write(says)
        strip = pupil.lesson.verdict.strip
        assert strip is not None and words in strip.text and pupil.lesson.step == 0
        pupil.driver.seconds(3.0)
    pupil.write(says)
    pupil.driver.seconds(2.0)
    assert pupil.lesson.step == 1


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    pupil = Pupil(drive, size=size)
    rects = [widget.rect for widget in pupil.lesson.widgets]
    assert all(pupil.driver.app.frame.rect.contains(rect) for rect in rects)
    for n, one in enumerate(rects):
        assert one.collidelist(rects[n + 1 :]) == -1
    pupil.driver.app.window.size = (700, 500)
    pupil.driver.frames(3)
    pupil.driver.lay(places.LessonEnd(), LessonEnd)
    pupil.driver.frames(30)
