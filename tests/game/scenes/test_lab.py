"""The Lab: live readings of every backend, troubles on their own cards, at every size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import (
    Driver,
    FakeModels,
    FakeRecognizer,
    PageRecognizer,
    SlowRecognizer,
    button,
    tools,
)

from game.reading.lab_reader import InstalledModels
from game.scenes import places
from game.scenes.lab import LIVE_SECONDS, NO_BACKENDS, Lab
from game.scenes.notice import Notice
from game.scenes.title import Title
from game.ui.lab_card import LabCard

SIZES = [(360, 320), (640, 480), (1280, 720), (400, 700), (900, 1200), (1920, 1080)]
NOTHING_SEEN = "28 × 28 pixels, as they see it"
BACKENDS = ("cnn", "fcn", "svm", "knn", "yolo")


def five(answer: Callable[[], str] = lambda: "5") -> FakeModels:
    return FakeModels(**{name: FakeRecognizer(answer) for name in BACKENDS})


def lab(driver: Driver) -> Lab:
    """The Lab with all its backends loaded or failed."""
    scene = driver.app.scene
    assert isinstance(scene, Lab)
    driver.until(
        lambda: scene.cards is not None and all(c.loaded or c.trouble for c in scene.cards)
    )
    return scene


def cards(scene: Lab) -> dict[str, LabCard]:
    assert scene.cards is not None
    return {card.backend: card for card in scene.cards}


def read_by_all(scene: Lab) -> bool:
    return all(card.read for card in scene.cards or ())


def test_by_button_by_key_and_back(drive: Callable[..., Driver]) -> None:
    driver = drive(lab_models=five())
    title = driver.app.scene
    assert isinstance(title, Title)
    driver.click(button(title, "Lab").rect.center)
    scene = lab(driver)
    driver.click(tools(scene)[2].rect.center)
    assert isinstance(driver.app.scene, Title)
    driver.key(pygame.K_l)
    lab(driver)
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


def test_every_backend_reads_at_pen_lift_and_nothing_is_kept(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    models = FakeModels(
        cnn=FakeRecognizer(lambda: "5"), svm=FakeRecognizer(lambda: "5"),
        knn=FakeRecognizer(lambda: "6"), fcn=FakeRecognizer(lambda: "?"),
    )  # fmt: skip
    driver = drive(mode="lab", lab_models=models)
    scene = lab(driver)
    assert scene.summary().startswith("Every recognizer")
    driver.write("5", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    found = cards(scene)
    assert {name: card.read for name, card in found.items()} == {
        "cnn": "5", "svm": "5", "knn": "6", "fcn": "?",
    }  # fmt: skip
    assert {name: card.winner for name, card in found.items()} == {
        "cnn": 5, "svm": 5, "knn": 6, "fcn": None,
    }  # fmt: skip
    assert scene.summary() == "2 of 4 read 5."
    assert scene.caption() == "28 × 28 pixels, as CNN sees it"
    driver.until(lambda: not scene.animating)  # the bars come to rest
    assert found["cnn"]._bars[5].value == pytest.approx(0.99, abs=2e-3)
    assert found["cnn"].milliseconds == 0.1
    assert set(models.backends["cnn"].lengths) == {None}, "it may be any number"  # type: ignore[union-attr]
    rounds = driver.app.storage._db.execute("SELECT COUNT(*) FROM rounds").fetchone()
    answers = driver.app.storage._db.execute("SELECT COUNT(*) FROM answers").fetchone()
    assert rounds == answers == (0,)


def test_reads_while_the_pen_is_down_but_not_all_the_time(drive: Callable[..., Driver]) -> None:
    fake = FakeRecognizer(lambda: "1")
    driver = drive(mode="lab", lab_models=FakeModels(cnn=fake))
    scene = lab(driver)
    area = scene.writing_area
    driver.post(pygame.MOUSEBUTTONDOWN, pos=area.center, button=1, touch=False)
    for n in range(60):
        pos = (area.centerx, area.centery + n)
        driver.post(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(1, 0, 0), touch=False)
        driver.frames(1)
    assert scene.canvas.pen_is_down
    driver.until(lambda: read_by_all(scene))
    # One second at most every LIVE_SECONDS; far fewer than the sixty motions.
    assert 1 <= len(fake.seen) <= 1 / LIVE_SECONDS + 1
    driver.seconds(1)  # a pen that rests has nothing new to tell
    driver.until(lambda: read_by_all(scene) and driver.app.desk.lab.resting)
    before = len(fake.seen)
    driver.seconds(1)
    assert len(fake.seen) == before


def test_undo_and_clear_by_key_and_button(drive: Callable[..., Driver]) -> None:
    fake = FakeRecognizer(lambda: "4")
    driver = drive(mode="lab", lab_models=FakeModels(cnn=fake))
    scene = lab(driver)
    driver.write("4", scene.writing_area)  # two strokes
    driver.until(lambda: read_by_all(scene))
    count = len(fake.seen)
    driver.key(pygame.K_z)
    driver.until(lambda: len(fake.seen) > count)
    assert len(fake.seen[-1]) == 1 and len(scene.canvas.strokes) == 1
    driver.click(tools(scene)[0].rect.center)
    assert scene.canvas.is_empty and not read_by_all(scene) and scene.caption() == NOTHING_SEEN
    driver.write("4", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    driver.click(tools(scene)[1].rect.center)
    assert scene.canvas.is_empty and not read_by_all(scene)
    driver.write("4", scene.writing_area)
    driver.key(pygame.K_c)
    driver.seconds(0.5)
    assert not read_by_all(scene), "what comes late is of ink that is gone"


def test_late_readings_of_cleared_ink_are_ignored(drive: Callable[..., Driver]) -> None:
    slow = SlowRecognizer()
    driver = drive(mode="lab", lab_models=FakeModels(cnn=slow))
    scene = lab(driver)
    driver.write("1", scene.writing_area)
    driver.until(slow.entered.is_set)  # the frames go on while it reads
    driver.key(pygame.K_c)
    slow.gate.set()
    driver.seconds(0.5)
    driver.until(lambda: bool(slow.seen))
    driver.seconds(0.5)
    assert not read_by_all(scene) and scene.caption() == NOTHING_SEEN


def test_a_trouble_stays_on_its_card_and_can_be_read_in_full(drive: Callable[..., Driver]) -> None:
    sentence = "The model file svm-1234.npz was altered; make it anew."
    models = FakeModels(cnn=FakeRecognizer(lambda: "2"), svm=RuntimeError(sentence))
    driver = drive(mode="lab", lab_models=models)
    scene = lab(driver)
    found = cards(scene)
    driver.write("2", scene.writing_area)
    driver.until(lambda: found["cnn"].read == "2")
    assert found["svm"].trouble == sentence and found["svm"].read == ""
    assert scene.summary() == "CNN reads 2."
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_TAB)  # past the card that can read
    driver.key(pygame.K_RETURN)
    notice = driver.app.scene
    assert isinstance(notice, Notice) and notice.sentences == [sentence]
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is scene and not scene.canvas.is_empty
    driver.key(pygame.K_c)
    assert found["svm"].trouble == sentence


def test_a_reading_that_fails_is_told_until_the_ink_is_gone(drive: Callable[..., Driver]) -> None:
    class Moody(FakeRecognizer):
        def read(self, strokes: Sequence[Any], length: int | None = None) -> Any:
            raise ValueError("That is no handwriting.")

    driver = drive(mode="lab", lab_models=FakeModels(cnn=Moody()))
    scene = lab(driver)
    card = cards(scene)["cnn"]
    driver.write("2", scene.writing_area)
    driver.until(lambda: card.trouble == "That is no handwriting.")
    driver.key(pygame.K_c)
    assert card.trouble is None and card.loaded


def test_a_number_is_shown_whole_and_marked_on_the_ink(drive: Callable[..., Driver]) -> None:
    answer = "5"
    driver = drive(mode="lab", lab_models=five(lambda: answer))
    scene = lab(driver)
    driver.write("5", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    assert scene._marks is None, "there is nothing to tell apart"
    assert scene.caption() == "28 × 28 pixels, as CNN sees it"
    answer = "425"
    driver.write("5", scene.writing_area)
    driver.until(lambda: all(card.read == "425" for card in scene.cards or ()))
    assert scene._marks is not None
    assert scene.summary() == "All 5 read 425."
    assert scene.caption() == "The 4: 28 × 28 pixels, as CNN sees it"
    driver.key(pygame.K_c)
    assert scene._marks is None


def test_a_card_is_picked_to_show_what_its_backend_saw(drive: Callable[..., Driver]) -> None:
    models = five(lambda: "42")
    models.backends["yolo"] = PageRecognizer(lambda: "42")
    driver = drive(mode="lab", lab_models=models)
    scene = lab(driver)
    found = cards(scene)
    assert [name for name, card in found.items() if card.picked] == ["cnn"]
    driver.write("4", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    driver.click(found["yolo"].rect.center)
    driver.key(pygame.K_ESCAPE)  # from its inside
    assert [name for name, card in found.items() if card.picked] == ["yolo"]
    assert scene.caption() == "128 × 64 pixels, as YOLO sees it"
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is scene
    assert scene.caption() == "The 4: 28 × 28 pixels, as CNN sees it"


def test_what_the_best_sees_is_shown_while_the_picked_one_cannot_read(
    drive: Callable[..., Driver],
) -> None:
    models = FakeModels(cnn=RuntimeError("Gone."), fcn=FakeRecognizer(), svm=FakeRecognizer())
    driver = drive(mode="lab", lab_models=models)
    scene = lab(driver)
    assert [name for name, card in cards(scene).items() if card.picked] == ["fcn"]


def test_no_backend_at_all(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=FakeModels())
    scene = driver.app.scene
    assert isinstance(scene, Lab)
    driver.until(lambda: scene.cards == [])
    driver.write("2", scene.writing_area)
    driver.frames(10)
    assert "python -m train.all --install" in NO_BACKENDS


def test_words_about_all_of_them(drive: Callable[..., Driver]) -> None:
    answers = dict.fromkeys(BACKENDS, "7")
    models = FakeModels(**{n: FakeRecognizer(lambda n=n: answers[n]) for n in BACKENDS})  # type: ignore[misc]
    driver = drive(mode="lab", lab_models=models)
    scene = lab(driver)

    def said(**changed: str) -> str:
        answers.update(changed)
        driver.write("7", scene.writing_area)
        driver.until(lambda: all(c.read == answers[c.backend] for c in scene.cards or ()))
        return scene.summary()

    assert said() == "All 5 read 7."
    assert said(yolo="1") == "4 of 5 read 7."
    assert [card.odd for card in scene.cards or ()] == [False] * 4 + [True]
    assert said(knn="1", svm="?") == "7 or 1? They do not agree."
    assert not any(card.odd for card in scene.cards or ())
    assert said(**dict.fromkeys(BACKENDS, "?")) == "All 5 read no digit."


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("hand", ["right", "left"])
def test_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int], hand: str) -> None:
    driver = drive(lab_models=five())
    driver.app.settings.hand = hand
    driver.app.window.size = size
    driver.app.go(places.Lab())
    scene = lab(driver)
    driver.frames(2)
    spots, frame = scene.places, driver.app.frame
    rects = [
        spots.picture,
        spots.words,
        spots.paper,
        *(card.rect for card in cards(scene).values()),
    ]
    assert all(frame.rect.contains(rect) for rect in rects)
    for n, one in enumerate(rects):
        assert one.collidelist(rects[n + 1 :]) == -1
    assert all(spots.paper.contains(tool.rect) for tool in tools(scene))
    if not frame.is_tall:
        assert (spots.paper.x < spots.cards.x) == (hand == "left")
    driver.write("3", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    driver.frames(3)
    strokes = scene.canvas.ink()
    driver.app.window.size = (size[1] + 100, size[0] + 100)
    driver.frames(3)
    assert (scene.canvas.ink()[0] == strokes[0]).all()


def test_focus_loss_lifts_the_pen(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=FakeModels(cnn=FakeRecognizer()))
    scene = lab(driver)
    area = scene.writing_area
    driver.post(pygame.MOUSEBUTTONDOWN, pos=area.center, button=1, touch=False)
    driver.post(pygame.MOUSEMOTION, pos=(area.centerx, area.bottom - 20), rel=(0, 0),
                buttons=(1, 0, 0), touch=False)  # fmt: skip
    driver.post(pygame.WINDOWFOCUSLOST)
    driver.frames(1)
    assert not scene.canvas.pen_is_down
    driver.until(lambda: read_by_all(scene))


def test_with_the_installed_models(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=InstalledModels())
    scene = lab(driver)
    driver.write("3", scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    found = cards(scene)
    assert found["cnn"].read == "3"
    assert scene.caption() == "28 × 28 pixels, as CNN sees it"
    driver.until(lambda: found["cnn"].milliseconds is not None)
