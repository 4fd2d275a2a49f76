"""Settings, result, notices: every screen by keyboard and by pointer, at every size."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import Driver, FakeRecognizer
from readings import reading_of
from stored import rows

from game.persistence.rounds import KeptAnswer
from game.reading.reader import Loaded
from game.rules.modes.dash import MODE as DASH
from game.rules.round import Round
from game.scenes import places
from game.scenes.countdown import Countdown
from game.scenes.notice import Notice
from game.scenes.play import Play
from game.scenes.result import Result
from game.scenes.setting_pages import PAGES
from game.scenes.settings import SettingsScene
from game.scenes.title import Title
from game.ui.widgets import Choice
from recognizer import backend_info

SIZES = [(360, 320), (640, 480), (1280, 720), (900, 1200), (1920, 1080)]


def _page(driver: Driver, key: str) -> SettingsScene:
    """The settings, which are on top, at a page."""
    scene = driver.shown(SettingsScene)
    scene.turn_to(key)
    return scene


def kept(tmp_path: Path) -> dict[str, object]:
    return tomllib.loads((tmp_path / "settings.toml").read_text())


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    driver = drive()
    driver.app.window.size = size
    driver.frames(1)
    frame = driver.app.frame
    title = driver.app.scene
    assert isinstance(title, Title)
    rects_of = {"title": [widget.rect for widget in title.widgets]}
    driver.key(pygame.K_s)
    for page in PAGES:
        rects_of[page.key] = [widget.rect for widget in _page(driver, page.key).widgets]
        driver.frames(1)
    for name, rects in rects_of.items():
        assert all(frame.rect.contains(rect) for rect in rects), (name, rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
    driver.frames(3)


def test_missing_model_is_told_and_the_game_stays_usable(drive: Callable[..., Driver]) -> None:
    sentence = "assets/models/cnn.onnx is missing. Make it with: python -m train.cnn --install"

    def load(backend: str) -> Loaded:
        if backend == "other":
            return Loaded(FakeRecognizer(), "other", ("fake", "other"))
        raise RuntimeError(sentence)

    driver = drive(load=load)
    driver.until(lambda: isinstance(driver.app.scene, Notice))
    notice = driver.app.scene
    assert isinstance(notice, Notice) and notice.sentences == [sentence]
    driver.frames(20)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Title)
    driver.key(pygame.K_RETURN)  # playing is not possible, and that is said again
    assert isinstance(driver.app.scene, Notice)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, SettingsScene)
    driver.app.desk.use("other")
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scenes[0], Play)


def test_missing_model_in_a_round_that_was_started_at_once(drive: Callable[..., Driver]) -> None:
    def load(backend: str) -> Loaded:
        raise RuntimeError("The model is missing.")

    driver = drive(load=load, mode="dash")
    driver.until(lambda: isinstance(driver.app.scene, Notice))
    driver.key(pygame.K_RETURN)
    driver.until(lambda: isinstance(driver.app.scene, Title))


def test_fallback_backend_is_told(drive: Callable[..., Driver]) -> None:
    fake = FakeRecognizer()
    told = "The recognizer “svm” is not installed; “cnn” reads instead."
    driver = drive(fake, load=lambda backend: Loaded(fake, "cnn", ("cnn",), told))
    driver.until(lambda: isinstance(driver.app.scene, Notice))
    notice = driver.app.scene
    assert isinstance(notice, Notice) and notice.sentences == [told]
    assert driver.app.desk.backend == "cnn"


def test_a_second_notice_joins_the_first(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("= damaged")
    fake = FakeRecognizer()
    driver = drive(fake, load=lambda backend: Loaded(fake, "cnn", ("cnn",), "Another reads."))
    driver.until(lambda: driver.app.desk.ready)
    notice = driver.app.scene
    assert isinstance(notice, Notice)
    assert len(notice.sentences) == 2 and notice.sentences[1] == "Another reads."
    driver.frames(20)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Title)


def test_what_lies_under_a_notice_stands_still(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.app.scene
    assert isinstance(title, Title)
    driver.seconds(1)
    driver.app.lay(places.Notice("Hello", ["A sentence."]))
    age = title.age
    driver.seconds(1)
    assert title.age == age
    driver.key(pygame.K_RETURN)
    driver.seconds(1)
    assert title.age > age + 0.9
    driver.key(pygame.K_RETURN)
    driver.until(lambda: isinstance(driver.app.scene, Play), frame_seconds=0.05)
    dash = driver.app.scene
    assert isinstance(dash, Play)
    driver.app.lay(places.Notice("Hello", ["A sentence."]))
    age = dash._phase_age
    driver.seconds(1)
    assert dash._phase_age == age


def test_notices_of_the_start_are_shown_over_the_title(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("= damaged")
    (tmp_path / "digit-dash.db").write_bytes(b"no database" * 1000)
    driver = drive()
    notice = driver.app.scene
    assert isinstance(notice, Notice) and len(notice.sentences) == 2
    driver.frames(20)
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


def test_countdown_can_be_left(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="dash")
    assert isinstance(driver.app.scene, Countdown)
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)
    driver.seconds(4)
    assert isinstance(driver.app.scene, Title)
    assert driver.app.storage.best_score("dash") is None


def played(driver: Driver, answers: int) -> tuple[Round, list[KeptAnswer]]:
    game = Round(DASH, driver.app.new_rng(), driver.clock)
    kept_answers = []
    for n in range(answers):
        text = "?" if n % 7 == 3 else ("5" if n % 5 == 4 else game.prompt.answer)
        outcome = game.submit(reading_of(text), 1.0)
        kept_answers.append(KeptAnswer(outcome, [[[0, 0, 0], [10.0 * n, 50, 0.2]]]))
        game.next_prompt()
    return game, kept_answers


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("answers", [0, 1, 23, 70])
def test_result_at_every_size(
    drive: Callable[..., Driver], size: tuple[int, int], answers: int
) -> None:
    driver = drive()
    driver.app.window.size = size
    driver.frames(1)
    game, kept_answers = played(driver, answers)
    driver.app.go(places.Result(game, kept_answers, None))
    driver.frames(3)
    scene = driver.app.scene
    assert isinstance(scene, Result)
    assert scene.is_new_best == (game.score.points > 0)
    for widget in scene.widgets:
        assert driver.app.frame.rect.contains(widget.rect)


def test_result_knows_whether_it_is_the_best(drive: Callable[..., Driver]) -> None:
    driver = drive()
    game, kept_answers = played(driver, 3)
    points = game.score.points
    for best, new in ((None, True), (points - 10, True), (points, False), (points + 10, False)):
        result = driver.lay(places.Result(game, kept_answers, best), Result)
        assert result.is_new_best is new


def test_result_leads_on(drive: Callable[..., Driver]) -> None:
    driver = drive()
    game, kept_answers = played(driver, 3)
    driver.app.go(places.Result(game, kept_answers, 10**6))
    driver.seconds(4)
    assert not driver.app.scene.animating, "a still screen need not be drawn"
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scenes[0], Play)
    driver.app.go(places.Result(game, kept_answers, None))
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


def test_every_backend_can_be_chosen_and_then_plays(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    """Title, settings, another backend, a round: its answers carry that backend's name."""
    names = ("cnn", "fcn", "svm", "knn", "yolo")

    class Named(FakeRecognizer):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def read(self, strokes: Sequence[Any], length: int | None = None) -> Any:
            return replace(super().read(strokes, length), backend=self.name)

    driver = drive(load=lambda backend: Loaded(Named(backend), backend, names))
    driver.until(lambda: driver.app.desk.ready)
    for number, name in enumerate(names):
        driver.key(pygame.K_s)
        driver.frames(1)
        choice = _page(driver, "reading").rows[0].widget
        assert isinstance(choice, Choice)
        assert [words for _, words in choice.options] == ["CNN", "FCN", "SVM", "KNN", "YOLO"]
        share = (number + 0.5) / len(names)
        driver.click((choice.rect.x + choice.rect.w * share, choice.rect.centery))
        driver.until(lambda: driver.app.desk.ready)
        assert choice.chosen == driver.app.desk.backend == name
        assert backend_info(name).about != backend_info("unknown").about, "each is described"
        driver.key(pygame.K_ESCAPE)
        driver.key(pygame.K_RETURN)
        driver.until(lambda: isinstance(driver.app.scene, Play), frame_seconds=0.05)
        dash = driver.app.scene
        assert isinstance(dash, Play)
        driver.write("1", dash.writing_area)
        driver.until(lambda dash=dash: len(dash.kept) == 1)  # type: ignore[misc]
        driver.app.go(places.Title())
    stored = rows(
        tmp_path / "digit-dash.db",
        "SELECT rounds.backend, answers.backend FROM rounds JOIN answers ON rounds.id = round_id",
    )
    assert stored == [(name, name) for name in names]


def test_quick_choices_do_not_jump_back(drive: Callable[..., Driver]) -> None:
    """While one backend loads another is chosen: news of the first must not undo the second."""
    gate, fake = threading.Event(), FakeRecognizer()

    def load(backend: str) -> Loaded:
        if backend == "fcn":
            assert gate.wait(10)
        return Loaded(fake, backend, ("cnn", "fcn", "svm"))

    driver = drive(fake, load=load)
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_s)
    _page(driver, "reading")
    driver.frames(1)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RIGHT)
    driver.seconds(0.2)
    driver.key(pygame.K_RIGHT)
    seen = set()
    gate.set()

    def ready() -> bool:
        seen.add(driver.app.desk.backend)
        return driver.app.desk.ready

    driver.until(ready)
    assert seen == {"svm"} and driver.app.settings.backend == "svm"
