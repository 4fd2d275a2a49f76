"""Learning the player's hand: the offer, the calibration, and the screen that shows the samples."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from driving import Driver, FakeRecognizer, LearningRecognizer, SlowRecognizer, button, tools

from game.persistence.hand_samples import APPEAL, CALIBRATION, MyHand
from game.scenes import places
from game.scenes.asking import LONGEST_WAIT
from game.scenes.calibration import ASKED, Calibration, CalibrationOffer
from game.scenes.hand import MyHandScene
from game.scenes.notice import Notice
from game.scenes.settings import SettingsScene
from game.scenes.title import Title

SIZES = [(360, 320), (640, 480), (1280, 720), (900, 1200)]
LINE = [np.array([[0.0, 0.0], [3.0, 40.0]])]


class Session:
    """A driver with the calibration open, and a recognizer that reads what `answer` says."""

    def __init__(self, drive: Callable[..., Driver], **options: Any) -> None:
        self.answer: Callable[[], str] = lambda: self.scene.digit
        self.driver = drive(LearningRecognizer(lambda: self.answer()), **options)
        self.app = self.driver.app
        self.driver.until(lambda: self.app.desk.ready)
        if isinstance(self.app.scene, CalibrationOffer):
            self.app.back()
        self.scene = self.driver.lay(places.Calibration(), Calibration)

    @property
    def labels(self) -> str:
        return "".join(sample.label for sample in self.app.hand.samples)

    def write(self, digit: str | None = None) -> None:
        """Write a digit, and wait until it was judged."""
        self.driver.write(digit or self.scene.digit, self.scene.places.paper)
        self.driver.until(lambda: self.scene.canvas.is_empty)


@pytest.fixture
def session(drive: Callable[..., Driver]) -> Session:
    return Session(drive)


def test_each_digit_is_asked_three_times_and_kept_at_once(session: Session, tmp_path: Path) -> None:
    assert sorted(ASKED) == sorted("0123456789" * 3)
    for done in range(len(ASKED)):
        assert session.labels == ASKED[:done]
        session.write()
    samples = json.loads((tmp_path / "my-hand.json").read_text())["samples"]
    assert [s["label"] for s in samples] == list(ASKED)
    assert {s["source"] for s in samples} == {CALIBRATION}
    assert isinstance(session.app.scene, Notice)
    session.driver.key(pygame.K_RETURN)
    assert isinstance(session.app.scene, Title)
    recognizer = session.driver.recognizer
    assert isinstance(recognizer, LearningRecognizer)
    session.driver.until(lambda: bool(recognizer.taught) and len(recognizer.taught[-1]) == 30)
    assert [label for label, _ in recognizer.taught[-1]] == list(ASKED)


def test_what_is_no_digit_is_asked_for_once_more_and_then_believed(session: Session) -> None:
    session.answer = lambda: "?"
    session.write("3")
    assert session.labels == "" and session.scene.place == 0
    session.write("3")
    assert session.labels == "0" and session.scene.place == 1
    session.write("3")  # and the next digit is asked for again, too
    assert session.labels == "0"


def test_an_odd_hand_is_believed_at_once(session: Session) -> None:
    session.answer = lambda: "7"
    session.write()
    assert session.labels == "0"
    assert session.scene.verdict.strip is not None and "a 7" in session.scene.verdict.strip.text


def test_a_dot_is_no_digit(session: Session) -> None:
    middle = session.scene.places.paper.center
    session.driver.stroke([middle, (middle[0] + 1, middle[1])])
    session.driver.until(lambda: session.scene.canvas.is_empty)
    assert session.labels == "" and session.scene.verdict.strip is not None


def test_a_second_stroke_is_waited_for(session: Session) -> None:
    paper = session.scene.places.paper
    for _ in range(3):
        session.driver.write("1", paper)
        session.driver.seconds(0.3)
    assert session.labels == ""
    session.driver.until(lambda: session.labels == "0")
    assert len(session.app.hand.samples[0].strokes) == 3


def test_enter_does_not_wait(session: Session) -> None:
    session.driver.write("0", session.scene.places.paper)
    session.driver.until(lambda: session.scene.read is not None, frame_seconds=0.0)
    session.driver.key(pygame.K_RETURN)
    assert session.labels == "0"


def test_undo_takes_back_strokes_and_then_digits(session: Session) -> None:
    session.write()
    session.write()
    session.driver.write("2", session.scene.places.paper)
    session.driver.key(pygame.K_z)
    assert session.scene.canvas.is_empty and session.labels == "01"
    session.driver.key(pygame.K_z)
    assert session.labels == "0" and session.scene.digit == "1"
    session.driver.seconds(2.0)
    assert session.labels == "0"
    undo = tools(session.scene)[0]
    session.driver.click(undo.rect.center)
    assert session.labels == "" and session.scene.digit == "0"
    session.driver.key(pygame.K_z)
    assert session.scene.place == 0


def test_leaving_early_keeps_what_was_written(session: Session) -> None:
    session.write()
    session.driver.write("1", session.scene.places.paper)
    session.driver.key(pygame.K_ESCAPE)
    assert isinstance(session.app.scene, Title)
    assert session.labels == "0"


def test_the_button_leaves_as_well(session: Session) -> None:
    session.driver.click(button(session.scene, "Enough for now").rect.center)
    assert isinstance(session.app.scene, Title)


def test_a_recognizer_that_does_not_answer_holds_nobody_up(drive: Callable[..., Driver]) -> None:
    slow = SlowRecognizer()
    driver = drive(slow)
    scene = driver.lay(places.Calibration(), Calibration)
    driver.write("0", scene.places.paper)
    driver.seconds(LONGEST_WAIT - 0.2)
    assert driver.app.hand.samples == ()
    driver.seconds(0.4)
    assert [s.label for s in driver.app.hand.samples] == ["0"]
    slow.gate.set()


def test_going_to_another_window_ends_the_stroke(session: Session) -> None:
    middle = session.scene.places.paper.center
    session.driver.post(pygame.MOUSEBUTTONDOWN, pos=middle, button=1, touch=False)
    end = (middle[0], middle[1] + 90)
    session.driver.post(pygame.MOUSEMOTION, pos=end, rel=(0, 9), buttons=(1, 0, 0), touch=False)
    session.driver.frames(1)
    session.driver.post(pygame.WINDOWFOCUSLOST)
    session.driver.frames(1)
    assert not session.scene.canvas.pen_is_down
    session.driver.until(lambda: session.labels == "0")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("hand", ["left", "right"])
def test_it_fits_every_window(
    drive: Callable[..., Driver], size: tuple[int, int], hand: str
) -> None:
    driver = drive(size=size)
    driver.app.settings.hand = hand
    scene = driver.lay(places.Calibration(), Calibration)
    driver.frames(3)
    whole = pygame.Rect((0, 0), size)
    assert all(whole.contains(widget.rect) for widget in scene.widgets)
    assert not any(
        button(scene, "Enough for now").rect.colliderect(tool.rect) for tool in tools(scene)
    )


# --- the offer ------------------------------------------------------------------------------------


def test_a_new_player_is_asked_once(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive(LearningRecognizer())
    driver.until(lambda: isinstance(driver.app.scene, CalibrationOffer))
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["calibration_offered"] is True
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)
    driver.app.go(places.Title())
    assert isinstance(driver.app.scene, Title)


def test_who_says_yes_writes_at_once(drive: Callable[..., Driver]) -> None:
    driver = drive(LearningRecognizer())
    driver.until(lambda: isinstance(driver.app.scene, CalibrationOffer))
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Calibration)


def test_nobody_is_asked_in_the_middle_of_something(drive: Callable[..., Driver]) -> None:
    driver = drive(LearningRecognizer(), mode="dash")
    driver.until(lambda: driver.app.desk.ready)
    assert not isinstance(driver.app.scene, CalibrationOffer)
    driver.app.go(places.Title())
    assert isinstance(driver.app.scene, CalibrationOffer)


def test_nobody_is_asked_for_nothing(drive: Callable[..., Driver], tmp_path: Path) -> None:
    """Not where the recognizer could not learn, nor where there is a hand already."""
    plain = drive(FakeRecognizer())
    plain.until(lambda: plain.app.desk.ready)
    assert isinstance(plain.app.scene, Title)
    MyHand(tmp_path / "my-hand.json").add("7", LINE, CALIBRATION)
    known = drive(LearningRecognizer())
    known.until(lambda: known.app.desk.ready)
    assert isinstance(known.app.scene, Title)


# --- my hand --------------------------------------------------------------------------------------


@pytest.fixture
def shown(drive: Callable[..., Driver], tmp_path: Path) -> tuple[Driver, MyHandScene]:
    """Seven samples on the screen."""
    hand = MyHand(tmp_path / "my-hand.json")
    for label in "0017778":
        hand.add(label, LINE, APPEAL if label == "8" else CALIBRATION)
    driver: Driver = drive(LearningRecognizer(), size=(960, 600))
    driver.until(lambda: driver.app.desk.ready)
    scene = driver.lay(places.Hand(), MyHandScene)
    return driver, scene


def labels(driver: Driver) -> str:
    return "".join(sample.label for sample in driver.app.hand.samples)


def test_samples_are_shown_digit_by_digit(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    assert "".join(tile.sample.label for tile in scene.tiles) == "0017778"
    driver.until(lambda: all(tile.is_drawn for tile in scene.tiles))
    assert not scene.animating
    rows = {tile.sample.label: tile.rect.y for tile in scene.tiles}
    assert rows["0"] < rows["1"] and rows["7"] < rows["8"]
    assert "7 samples" in scene.summary()
    assert str(driver.app.hand.path) in scene.where()


def test_one_is_picked_and_removed(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    seven = next(tile for tile in scene.tiles if tile.sample.label == "7")
    driver.click(seven.rect.center)
    assert scene.picked == seven.sample.number
    driver.click(button(scene, "Remove").rect.center)
    assert labels(driver) == "001778" and scene.picked is None
    assert len(scene.tiles) == 6
    driver.key(pygame.K_DELETE)  # nothing is picked now
    assert labels(driver) == "001778"
    recognizer = driver.recognizer
    assert isinstance(recognizer, LearningRecognizer)
    driver.until(lambda: len(recognizer.taught[-1]) == 6)


def test_a_click_again_lets_go(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    for expected in (scene.tiles[0].sample.number, None):
        driver.click(scene.tiles[0].rect.center)
        assert scene.picked == expected


def test_keys_remove_one_after_the_other(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    driver.key(pygame.K_TAB)
    while not scene.tiles[0].focused:
        driver.key(pygame.K_TAB)
    driver.key(pygame.K_DELETE)
    driver.key(pygame.K_DELETE)
    assert labels(driver) == "17778"


def test_all_is_deleted_only_after_a_question(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    driver.click(button(scene, "Delete all").rect.center)
    driver.key(pygame.K_RETURN)  # the first button keeps it
    assert labels(driver) == "0017778" and driver.app.scene is scene
    driver.click(button(scene, "Delete all").rect.center)
    driver.key(pygame.K_ESCAPE)
    assert labels(driver) == "0017778"
    driver.click(button(scene, "Delete all").rect.center)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    assert labels(driver) == "" and not driver.app.hand.path.exists()
    assert driver.app.scene is scene and scene.tiles == []
    driver.frames(2)


def test_writing_samples_begins_here_too(shown: tuple[Driver, MyHandScene]) -> None:
    driver, scene = shown
    driver.click(button(scene, "Write samples").rect.center)
    assert isinstance(driver.app.scene, Calibration)
    driver.app.hand.add("3", LINE, CALIBRATION)
    driver.key(pygame.K_ESCAPE)
    assert [tile.sample.label for tile in scene.tiles] == list("00137778")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 1, 18])
def test_all_samples_fit_every_window(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int], count: int
) -> None:
    hand = MyHand(tmp_path / "my-hand.json")
    for n in range(count):
        for label in "0379":
            hand.add(label, LINE, CALIBRATION if n < 6 else APPEAL)
    driver = drive(size=size)
    scene = driver.lay(places.Hand(), MyHandScene)
    driver.frames(2)
    assert len(scene.tiles) == 4 * count
    whole = pygame.Rect((0, 0), size)
    assert all(whole.contains(widget.rect) for widget in scene.widgets)
    buttons = [w.rect for w in scene.widgets if w not in scene.tiles]
    rects = [*(tile.rect for tile in scene.tiles), *buttons]
    assert all(a.collidelist(rects[n + 1 :]) < 0 for n, a in enumerate(rects))


def test_the_switch_applies_at_once_and_is_kept(
    shown: tuple[Driver, MyHandScene], tmp_path: Path
) -> None:
    driver, _ = shown
    recognizer = driver.recognizer
    assert isinstance(recognizer, LearningRecognizer)
    driver.until(lambda: bool(recognizer.taught) and len(recognizer.taught[-1]) == 7)
    driver.app.back()
    settings = driver.lay(places.Settings("player"), SettingsScene)
    switch = settings.rows[1].widget
    driver.click((switch.rect.right - 20, switch.rect.centery))
    driver.until(lambda: len(recognizer.taught[-1]) == 0)
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["use_my_hand"] is False
    driver.key(pygame.K_m)
    assert isinstance(driver.app.scene, MyHandScene)
    assert "switched off" in driver.app.scene.summary()
    driver.key(pygame.K_ESCAPE)
    driver.click((switch.rect.left + 20, switch.rect.centery))
    driver.until(lambda: len(recognizer.taught[-1]) == 7)


def test_a_recognizer_that_cannot_use_them_is_named(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    MyHand(tmp_path / "my-hand.json").add("7", LINE, CALIBRATION)
    driver = drive(FakeRecognizer())
    driver.until(lambda: driver.app.desk.hand_error is not None)
    assert "cannot use them" in driver.lay(places.Hand(), MyHandScene).summary()


def test_a_damaged_file_is_told(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "my-hand.json").write_text("{")
    driver = drive()
    scene = driver.app.scene
    assert isinstance(scene, Notice) and "my-hand.json was damaged" in scene.sentences[0]
