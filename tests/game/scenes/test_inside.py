"""Look inside: from the Lab's cards into each model and back, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from driving import Driver, FakeModels, FakeRecognizer, SlowRecognizer, button
from readings import digit, reading
from sights import SIGHTS, models

from game.reading.lab_reader import InstalledModels
from game.reading.news import LabLooked
from game.scenes import places
from game.scenes.inside import Inside
from game.scenes.keys import Keys
from game.scenes.lab import Lab
from game.ui.lab_card import LabCard
from recognizer.inside.sights import Compared, Covered, Disputed, Found

SIZES = [(360, 320), (640, 480), (800, 600), (400, 700), (900, 1200), (1920, 1080)]


def lab_with_ink(driver: Driver, text: str = "7") -> Lab:
    """The Lab, where all its backends have read a number."""
    scene = driver.shown(Lab)
    driver.until(
        lambda: scene.cards is not None and all(c.loaded or c.trouble for c in scene.cards)
    )
    driver.write_number(text, scene.writing_area)
    driver.until(lambda: read_by_all(scene))
    return scene


def read_by_all(scene: Lab) -> bool:
    return all(card.read for card in scene.cards or ())


def card(scene: Lab, backend: str) -> LabCard:
    return next(card for card in scene.cards or () if card.backend == backend)


def inside(driver: Driver) -> Inside:
    """The screen, when there is something to see."""
    scene = driver.shown(Inside)
    driver.until(lambda: scene.looked is not None)
    return scene


def looked(scene: Inside) -> LabLooked:
    assert scene.looked is not None
    return scene.looked


def test_a_card_leads_inside_and_back_to_the_ink(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab = lab_with_ink(driver)
    for backend in SIGHTS:
        driver.click(card(lab, backend).rect.center)
        scene = inside(driver)
        assert scene.backend == looked(scene).backend == backend
        assert looked(scene).sight is SIGHTS[backend] and looked(scene).error is None
        driver.frames(2)
        driver.key(pygame.K_ESCAPE)
        assert driver.app.scene is lab and not lab.canvas.is_empty and card(lab, backend).picked
    driver.until(lambda: read_by_all(lab))
    driver.click(card(lab, "knn").rect.center)
    driver.click(button(inside(driver), "Back").rect.center)
    assert driver.app.scene is lab


def test_by_keyboard_from_model_to_model(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab_with_ink(driver)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    seen = [inside(driver).backend]
    for _ in range(len(SIGHTS) - 1):
        driver.key(pygame.K_RIGHT)
        seen.append(looked(inside(driver)).backend)
    assert seen == list(SIGHTS)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Lab), "the next stop is the way back"


def test_without_ink_there_is_nothing_to_look_into(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab = driver.shown(Lab)
    driver.until(lambda: bool(lab.cards) and all(c.loaded for c in lab.cards or ()))
    driver.click(card(lab, "svm").rect.center)
    assert driver.app.scene is lab and card(lab, "svm").picked


class Doubtful(FakeRecognizer):
    """Reads 425, and doubts the two."""

    def read(self, strokes: object, length: int | None = None) -> object:
        return reading(digit(4), digit(2, 0.6), digit(5, 0.9))


def test_of_a_number_the_doubtful_digit_comes_first_and_another_can_be_chosen(
    drive: Callable[..., Driver],
) -> None:
    made = models(lambda: "425")
    made.backends["knn"] = Doubtful()
    driver = drive(mode="lab", lab_models=made)
    lab = lab_with_ink(driver, "42")
    driver.click(card(lab, "knn").rect.center)
    scene = inside(driver)
    assert made.looks[-1][1].value == 2 and looked(scene).digit == 1
    choice = scene._digits
    assert [words for _value, words in choice.options] == ["4", "2", "5"]
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RIGHT)
    assert looked(inside(driver)).digit == 2 and made.looks[-1][1].value == 5
    driver.click((choice.rect.x + 3, choice.rect.centery))
    assert looked(inside(driver)).digit == 0 and made.looks[-1][1].value == 4
    scene.look_into("fcn")
    inside(driver)
    assert made.looks[-1][0] == "fcn" and made.looks[-1][1].value == 4, "the same digit"
    scene.look_into("yolo")
    assert choice not in inside(driver).widgets, "a page is seen as a whole"


def test_fewer_digits_than_were_chosen_from(drive: Callable[..., Driver]) -> None:
    made = models(lambda: "7")
    made.backends["knn"] = Doubtful()
    driver = drive(mode="lab", lab_models=made)
    lab = lab_with_ink(driver)
    driver.click(card(lab, "knn").rect.center)
    scene = inside(driver)
    scene.look_into("svm")
    assert looked(inside(driver)).digit == 0 and made.looks[-1][1].value == 7
    scene.look_into("knn")
    assert looked(inside(driver)).digit == 1, "what was chosen stays chosen"


def test_trouble_is_told_and_costs_nothing(drive: Callable[..., Driver]) -> None:
    made = models()
    made.sights["svm"] = RuntimeError("The model file svm.npz was altered.")
    driver = drive(mode="lab", lab_models=made)
    lab = lab_with_ink(driver)
    driver.click(card(lab, "svm").rect.center)
    scene = inside(driver)
    assert looked(scene).error == "The model file svm.npz was altered."
    driver.frames(2)
    driver.key(pygame.K_LEFT)
    assert looked(inside(driver)).error is None and looked(scene).backend == "knn"


def test_what_is_told_of_an_earlier_wish_is_stale(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab = lab_with_ink(driver)
    driver.click(card(lab, "cnn").rect.center)
    scene = inside(driver)
    now = looked(scene)
    scene.hear(LabLooked(now.ticket - 1, "cnn", now.reading, 0, None, None))
    assert looked(scene) is now


def test_who_looks_at_the_keys_meanwhile_misses_nothing(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab = lab_with_ink(driver)
    driver.click(card(lab, "cnn").rect.center)
    scene = driver.shown(Inside)
    driver.app.lay(places.Keys())
    assert isinstance(driver.app.scene, Keys)
    driver.seconds(0.5)
    driver.key(pygame.K_ESCAPE)
    assert looked(inside(driver)).backend == "cnn" and driver.app.scene is scene


def test_readings_that_come_meanwhile_are_asked_for_again(drive: Callable[..., Driver]) -> None:
    slow = SlowRecognizer(lambda: "7")
    made = FakeModels(cnn=FakeRecognizer(lambda: "7"), svm=slow)
    driver = drive(mode="lab", lab_models=made)
    lab = driver.shown(Lab)
    driver.until(lambda: bool(lab.cards) and all(c.loaded for c in lab.cards or ()))
    driver.write("7", lab.writing_area)
    driver.until(lambda: card(lab, "cnn").read == "7")
    driver.click(card(lab, "cnn").rect.center)
    slow.gate.set()
    scene = inside(driver)
    driver.until(lambda: bool(slow.seen))
    assert looked(scene).sight is None
    driver.seconds(0.2)
    driver.key(pygame.K_ESCAPE)
    driver.until(lambda: card(lab, "svm").read == "7")


def test_another_language_is_spoken_at_once(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="lab", lab_models=models())
    lab = lab_with_ink(driver)
    driver.click(card(lab, "cnn").rect.center)
    scene = inside(driver)
    driver.app.settings.language = "de"
    driver.app.reword()
    assert button(scene, "Zurück") and looked(scene).sight is SIGHTS["cnn"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("hand", ["right", "left"])
def test_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int], hand: str) -> None:
    driver = drive(lab_models=models(lambda: "425"))
    driver.app.settings.hand = hand
    driver.app.window.size = size
    driver.app.go(places.Lab())
    lab = lab_with_ink(driver, "42")
    driver.click(card(lab, "cnn").rect.center)
    scene = inside(driver)
    for backend in SIGHTS:
        scene.look_into(backend)
        inside(driver)
        driver.frames(2)
        rects = [widget.rect for widget in scene.widgets]
        assert all(driver.app.frame.rect.contains(rect) for rect in rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
    driver.app.window.size = (size[1] + 100, size[0] + 100)
    driver.frames(3)
    assert driver.app.frame.rect.contains(button(scene, "Back").rect)


def test_with_the_installed_models(drive: Callable[..., Driver]) -> None:
    kinds = {"cnn": Covered, "fcn": Covered, "knn": Compared, "svm": Disputed, "yolo": Found}
    driver = drive(mode="lab", lab_models=InstalledModels())
    lab = lab_with_ink(driver, "42")
    driver.until(lambda: all(len(card.read) == 2 for card in lab.cards or ()))  # of all the ink
    first = (lab.cards or ())[0]
    driver.click(first.rect.center)
    scene = inside(driver)
    assert [name for name, _title in scene._models.options] == [c.backend for c in lab.cards or ()]
    for each in lab.cards or ():
        scene.look_into(each.backend)
        now = looked(inside(driver))
        assert now.error is None and now.reading is not None and now.reading.text == each.read
        assert each.backend not in kinds or isinstance(now.sight, kinds[each.backend])
        driver.frames(2)
