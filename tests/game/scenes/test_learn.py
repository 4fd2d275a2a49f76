"""Learn to write: kind words about what was written, and a mirrored digit is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import Driver, FakeRecognizer, button, tools
from playing import rows

from game.rules.modes.learn import Step
from game.rules.modes.mode import GUESS, SHOWN
from game.rules.paths import Point
from game.rules.penmanship import Advice, Seen
from game.scenes import places
from game.scenes.learn import Learn
from game.scenes.notice import Notice
from game.scenes.review import Review
from game.scenes.setup import Setup
from game.scenes.title import Title
from game.ui.model_view import placed
from recognizer.reading import Reading

SIZES = [(360, 320), (960, 600), (1280, 720), (720, 1180)]


class MirrorReader(FakeRecognizer):
    """Reads `first` in the ink, and `second` in what it is asked about next."""

    def __init__(self, first: str, second: str = "?") -> None:
        super().__init__(lambda: first)
        self.both = [first, second]

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        asked = len(self.seen)
        self.answer = lambda: self.both[asked % 2]
        return super().read(strokes, length)


class Session:
    """A driver with the lesson open."""

    def __init__(self, drive: Callable[..., Driver], reader: FakeRecognizer, **place: Any) -> None:
        self.driver = drive(reader)
        self.driver.until(lambda: self.driver.app.desk.ready)
        self.scene = self.driver.go(places.Learn(**place), Learn)

    def write(self, strokes: Sequence[Sequence[Point]] | None = None) -> Seen | None:
        """Write strokes, or else the model, and wait for what is said."""
        scene = self.scene
        scene.seen = None
        for stroke in strokes or placed(scene.model, scene.square):
            self.driver.stroke(stroke)
        self.driver.until(lambda: scene.verdict.strip is not None, frame_seconds=0.05)
        return scene.seen

    @property
    def said(self) -> str:
        strip = self.scene.verdict.strip
        return "" if strip is None else strip.text


def test_traced_copied_and_from_memory(drive: Callable[..., Driver], tmp_path: Path) -> None:
    session = Session(drive, FakeRecognizer(lambda: "1"))
    scene = session.scene
    for step in (Step.TRACE, Step.COPY, Step.MEMORY):
        assert scene.digit == "1" and scene.step is step
        assert scene.shows_model is (step is not Step.MEMORY)
        assert session.write() is Seen.ASKED
        assert scene.advice is None and "1" in session.said
        session.driver.seconds(2.0)
    assert scene.digit == "2" and scene.step is Step.TRACE
    kept = rows(tmp_path, "SELECT expected, read, verdict FROM answers")
    assert kept == [("1", "1", "right")] * 3, "the ink and what was read are kept as anywhere"


def test_what_to_try_is_asked_for_once_more_but_not_for_ever(drive: Callable[..., Driver]) -> None:
    session = Session(drive, FakeRecognizer(lambda: "1"), level="trace")
    scene = session.scene
    for tries in (1, 2):
        assert scene.digit == "1", tries
        backwards = [stroke[::-1] for stroke in placed(scene.model, scene.square)]
        assert session.write(backwards) is Seen.ASKED and scene.advice is Advice.DIRECTION
        assert "arrows" in session.said
        session.driver.seconds(3.0)
    assert scene.digit == "2"


def test_a_mirrored_digit_is_named_and_the_player_tries_again(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    session = Session(drive, MirrorReader("?", "2"), level="memory")
    scene = session.scene
    scene.skip()
    assert scene.digit == "2" and not scene.shows_model
    x = scene.square.centerx
    turned = [[(2 * x - px, py) for px, py in s] for s in placed(scene.model, scene.square)]
    assert session.write(turned) is Seen.MIRRORED
    assert session.said.startswith("That is a mirrored 2. Begin at the dot, on the left")
    assert scene.digit == "2" and scene.shows_model, "the model shows where to begin"
    ink, in_mirror = session.driver.recognizer.seen
    span = ink[0][:, 0].min() + ink[0][:, 0].max()
    assert in_mirror[0][:, 0] == pytest.approx(span - ink[0][:, 0], abs=0.01)
    assert rows(tmp_path, "SELECT expected, read FROM answers") == [("2", "?")]


def test_another_digit_is_said_to_be_one(drive: Callable[..., Driver]) -> None:
    session = Session(drive, MirrorReader("7", "?"), level="copy")
    session.scene.skip()
    assert session.write() is Seen.OTHER
    assert "I read a 7" in session.said and session.scene.digit == "2"


def test_ink_that_nobody_is_sure_of_is_not_judged(drive: Callable[..., Driver]) -> None:
    session = Session(drive, FakeRecognizer(lambda: "?"), level="memory")
    scene = session.scene
    for shown in (False, False, True):
        assert scene.shows_model is shown
        assert session.write() is Seen.UNSURE and scene.advice is None
        assert session.said.startswith("I cannot make it out")
        scene.verdict.hush()
    assert scene.digit == "1"


def test_the_forms_of_ones_country(drive: Callable[..., Driver]) -> None:
    session = Session(drive, FakeRecognizer(), chosen={"seven": ("crossed",)}, level="trace")
    for _ in range(6):
        session.driver.click(tools(session.scene)[2].rect.center)
    assert session.scene.digit == "7" and len(session.scene.model.strokes) == 2


@pytest.mark.parametrize("shows", [True, False])
def test_what_is_read_so_far_is_shown_where_that_was_chosen(
    drive: Callable[..., Driver], shows: bool
) -> None:
    chosen = {GUESS: (SHOWN,)} if shows else None
    session = Session(drive, FakeRecognizer(lambda: "4"), level="copy", chosen=chosen)
    driver, scene = session.driver, session.scene
    area = scene.writing_area
    head = pygame.Rect(area.x, area.y, area.w, area.h // 7)

    def picture() -> bytes:
        driver.frames(2)
        return pygame.image.tobytes(driver.app.window.surface.subsurface(head), "RGB")

    blank = picture()
    driver.stroke([area.center, (area.centerx, area.centery + area.h // 5)])
    driver.until(lambda: scene.reading is not None)
    assert (picture() != blank) is shows
    driver.key(pygame.K_c)
    assert picture() == blank, "no ink, no guess"


@pytest.mark.parametrize("by", ["button", "key"])
def test_it_ends_when_the_player_likes(drive: Callable[..., Driver], by: str) -> None:
    session = Session(drive, FakeRecognizer(lambda: "1"))
    session.write()
    end = button(session.scene, "End")
    if by == "button":
        session.driver.click(end.rect.center)
    else:
        session.driver.key(pygame.K_ESCAPE)
    notice = session.driver.shown(Notice)
    session.driver.frames(2)
    session.driver.click(button(notice, "Look at it").rect.center)
    assert isinstance(session.driver.app.scene, Review)
    session.driver.key(pygame.K_ESCAPE)
    assert isinstance(session.driver.app.scene, Title)


def test_who_wrote_nothing_leaves_nothing(drive: Callable[..., Driver], tmp_path: Path) -> None:
    session = Session(drive, FakeRecognizer())
    session.driver.key(pygame.K_ESCAPE)
    assert isinstance(session.driver.app.scene, Title)
    assert rows(tmp_path, "SELECT * FROM rounds") == []


def test_the_setup_leads_there(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.until(lambda: driver.app.desk.ready)
    driver.app.go(places.Title())
    setup = driver.lay(places.Setup("learn"), Setup)
    assert len(setup.rows) == 4
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Learn)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("hand", ["left", "right"])
def test_it_fits_every_window(
    drive: Callable[..., Driver], size: tuple[int, int], hand: str
) -> None:
    driver = drive(size=size)
    driver.app.settings.hand = hand
    for level in ("trace", "copy"):
        scene = driver.go(places.Learn(level), Learn)
        driver.frames(2)
        whole = pygame.Rect((0, 0), size)
        assert all(whole.contains(widget.rect) for widget in scene.widgets)
        assert scene.writing_area.contains(scene.square)
        assert not any(scene.square.colliderect(tool.rect) for tool in tools(scene))
