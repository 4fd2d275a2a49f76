"""A duel on halves: two fingers write at once, each for its own player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from driving import Driver, FakeRecognizer, button, tools
from playing import rows
from readings import reading_of

from game.persistence.rounds import load_round
from game.rules.modes import MODES
from game.rules.outcome import Outcome
from game.scenes import doors, places
from game.scenes.halves import Halves
from game.scenes.pause import Pause
from game.scenes.result import Result
from game.scenes.setup import Setup
from recognizer.reading import Reading

CHOSEN = {"paper": ("halves",), "second": ("hard",)}
TEN = 10


class TwoHands(FakeRecognizer):
    """Reads tall ink as what player one means, and flat ink as what player two means."""

    def __init__(self) -> None:
        super().__init__()
        self.meant = ["1", "1"]

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        across, down = np.ptp(np.concatenate(strokes)[:, :2], axis=0)
        return reading_of(self.meant[int(across > down)])


class Duel:
    """A driver with such a round in progress, and a finger for each player."""

    def __init__(self, drive: Callable[..., Driver], **options: Any) -> None:
        self.fake = TwoHands()
        self.driver = drive(self.fake, **options)
        self.driver.until(lambda: self.driver.app.desk.backend != "")
        self.driver.app.go(doors.begin("duel", "easy", CHOSEN))
        self.begun()

    def begun(self) -> None:
        scene = self.driver.app.scenes[0]
        assert isinstance(scene, Halves)
        self.scene = scene
        self.driver.until(lambda: self.driver.app.scene is scene, frame_seconds=0.05)

    def finger(self, player: int, kind: int, pos: tuple[float, float]) -> None:
        width, height = self.driver.app.window.surface.get_size()
        self.driver.post(
            kind, touch_id=1, finger_id=player, x=pos[0] / width, y=pos[1] / height, dx=0, dy=0
        )

    def path(self, player: int) -> list[tuple[float, float]]:
        """Tall for player one, flat for player two, over the middle of their half."""
        area = self.scene.sides[player].writing_area
        way = np.linspace(-0.25, 0.25, 6) * min(area.size)
        return [
            (area.centerx + (step if player else 0), area.centery + (0 if player else step))
            for step in way
        ]

    def write(self, *players: int) -> None:
        """Write with the fingers of these players, point by point in turn."""
        for player in players:
            self.finger(player, pygame.FINGERDOWN, self.path(player)[0])
        for n in range(1, 5):
            for player in players:
                self.finger(player, pygame.FINGERMOTION, self.path(player)[n])
            self.driver.frames(1)
        for player in players:
            self.finger(player, pygame.FINGERUP, self.path(player)[-1])
        self.driver.frames(1)

    def mean(self, wrong: Sequence[int] = ()) -> None:
        """Both mean what they are asked, but for those who are to be wrong."""
        for player, part in enumerate(self.scene.round.parts):
            answer = part.prompt.answer
            bad = "".join(str((int(digit) + 1) % 10) for digit in answer)
            self.fake.meant[player] = bad if player in wrong else answer

    def answered(self, player: int) -> Outcome | None:
        return self.scene.sides[player].answered

    def until_answered(self, *players: int) -> None:
        self.driver.until(lambda: all(self.answered(p) is not None for p in players))

    def until_next(self) -> None:
        """Until both write again, or the round is over."""
        self.driver.until(
            lambda: (
                not isinstance(self.driver.app.scene, Halves)
                or not any(side.answered for side in self.scene.sides)
            )
        )


@pytest.fixture
def duel(drive: Callable[..., Driver]) -> Duel:
    return Duel(drive)


def test_two_fingers_at_once_are_two_answers(duel: Duel) -> None:
    duel.mean(wrong=[1])
    asked = [part.prompt.text for part in duel.scene.round.parts]
    duel.write(0, 1)
    duel.until_answered(0, 1)
    first, second = duel.answered(0), duel.answered(1)
    assert first is not None and second is not None
    assert first.is_right and first.prompt.text == asked[0] and first.player == 0
    assert second.is_wrong and second.prompt.text == asked[1] and second.player == 1
    duel.until_next()
    assert [part.score.right for part in duel.scene.round.parts] == [1, 0]
    assert [part.score.wrong for part in duel.scene.round.parts] == [0, 1]


def test_who_is_quicker_waits_and_cannot_write_again(duel: Duel) -> None:
    duel.mean()
    duel.write(1)
    duel.until_answered(1)
    prompts = [part.prompt for part in duel.scene.round.parts]
    duel.write(1)
    duel.driver.seconds(3.0)
    assert duel.answered(0) is None and duel.scene.sides[1].canvas.is_empty
    assert [part.prompt for part in duel.scene.round.parts] == prompts
    duel.write(0)
    duel.until_answered(0)
    duel.until_next()
    assert all(
        part.prompt is not old for part, old in zip(duel.scene.round.parts, prompts, strict=True)
    )


def test_a_finger_belongs_to_the_half_it_began_in(duel: Duel) -> None:
    start = duel.path(0)[0]
    other = duel.path(1)[-1]
    duel.finger(0, pygame.FINGERDOWN, start)
    for share in np.linspace(0.1, 1.0, 12):
        place = tuple(a + (b - a) * share for a, b in zip(start, other, strict=True))
        duel.finger(0, pygame.FINGERMOTION, (place[0], place[1]))
    duel.driver.frames(2)
    assert duel.scene.sides[0].canvas.pen_is_down
    assert duel.scene.sides[1].canvas.is_empty


def test_one_mouse_is_shared(duel: Duel) -> None:
    duel.mean()
    for player in (0, 1):
        duel.driver.stroke(duel.path(player))
        duel.until_answered(player)
        assert [duel.answered(p) is not None for p in (0, 1)] == [True, player == 1]


def test_a_whole_duel_is_kept_as_one_in_turn_is(duel: Duel, tmp_path: Path) -> None:
    asked: list[list[str]] = [[], []]
    for n in range(TEN):
        duel.mean(wrong=[0] if n in (2, 5) else [])
        for player, part in enumerate(duel.scene.round.parts):
            asked[player].append(part.prompt.text)
        order = (1, 0) if n % 2 else (0, 1)
        if n % 3:
            duel.write(*order)
        else:  # one is done before the other begins
            for player in order:
                duel.write(player)
                duel.until_answered(player)
        duel.until_answered(0, 1)
        if n < TEN - 1:
            duel.until_next()
    duel.driver.until(lambda: isinstance(duel.driver.app.scene, Result), frame_seconds=0.1)
    result = duel.driver.shown(Result)
    assert [score.answered for score in result.round.scores] == [TEN, TEN]
    assert [score.wrong for score in result.round.scores] == [2, 0]
    assert result.round.winner == 1
    duel.driver.frames(3)
    stored = rows(tmp_path, "SELECT seat, prompt FROM answers ORDER BY id")
    for player in (0, 1):
        assert [text for seat, text in stored if seat == player] == asked[player]
    storage = duel.driver.app.storage
    past = storage.past_rounds()[0]
    assert past.state == "finished" and past.mode == "duel:easy;second=hard;paper=halves"
    kept = load_round(storage, past)
    assert kept is not None
    assert [level.key for level in kept.sheet.levels] == ["easy", "hard"]
    assert kept.sheet.scores == result.round.scores


def test_what_was_answered_is_kept_when_the_round_is_left(duel: Duel, tmp_path: Path) -> None:
    duel.mean()
    duel.write(1)
    duel.until_answered(1)
    duel.driver.key(pygame.K_p)
    duel.driver.click(button(duel.driver.shown(Pause), "Leave the round").rect.center)
    duel.driver.frames(3)
    assert rows(tmp_path, "SELECT state FROM rounds") == [("abandoned",)]
    assert rows(tmp_path, "SELECT verdict, seat FROM answers") == [("right", 1)]
    storage = duel.driver.app.storage
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None
    assert [score.right for score in kept.sheet.scores] == [0, 1], "each has their own answer"


def test_a_game_that_is_killed_has_kept_what_was_answered(duel: Duel, tmp_path: Path) -> None:
    duel.fake.meant = ["?", "?"]
    duel.write(1)
    duel.driver.until(lambda: duel.scene.sides[1].canvas.is_empty)
    duel.mean()
    duel.write(1)
    duel.until_answered(1)
    duel.driver.until(
        lambda: (
            rows(tmp_path, "SELECT verdict, seat FROM answers ORDER BY id")
            == [("unreadable", 1), ("right", 1)]
        )
    )


def test_ink_that_cannot_be_read_is_asked_for_again(duel: Duel) -> None:
    duel.fake.meant = ["?", "?"]
    prompt = duel.scene.round.parts[0].prompt
    duel.write(0)
    duel.driver.until(lambda: duel.scene.sides[0].canvas.is_empty)
    assert duel.answered(0) is None and duel.scene.round.parts[0].prompt is prompt
    duel.mean()
    duel.write(0)
    duel.until_answered(0)
    outcome = duel.answered(0)
    assert outcome is not None and outcome.is_right


def test_pause_by_a_finger_ends_both_strokes(duel: Duel) -> None:
    for player in (0, 1):
        duel.finger(player, pygame.FINGERDOWN, duel.path(player)[0])
        duel.finger(player, pygame.FINGERMOTION, duel.path(player)[2])
    duel.driver.frames(1)
    pause = min(tools(duel.scene), key=lambda tool: tool.rect.y).rect.center
    for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        duel.finger(7, kind, pause)
    duel.driver.frames(1)
    duel.finger(1, pygame.FINGERUP, duel.path(1)[2])  # a third finger is nobody's while two write
    for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        duel.finger(7, kind, pause)
    duel.driver.frames(1)
    assert isinstance(duel.driver.app.scene, Pause)
    assert not any(side.canvas.pen_is_down for side in duel.scene.sides)
    assert not any(part.clock.running for part in duel.scene.round.parts)
    duel.driver.key(pygame.K_ESCAPE)
    duel.driver.until(lambda: duel.driver.app.scene is duel.scene, frame_seconds=0.05)
    assert all(part.clock.running for part in duel.scene.round.parts)


def test_each_half_has_tools_of_its_own(duel: Duel) -> None:
    duel.fake.meant = ["?", "?"]
    for player, key in enumerate((pygame.K_z, pygame.K_BACKSPACE)):
        canvas = duel.scene.sides[player].canvas
        start = duel.path(player)[0]
        duel.finger(player, pygame.FINGERDOWN, start)
        duel.finger(player, pygame.FINGERUP, duel.path(player)[2])
        duel.driver.frames(1)
        assert not canvas.is_empty
        duel.driver.key(key)
        assert canvas.is_empty


def test_the_setup_leads_there(drive: Callable[..., Driver]) -> None:
    driver = drive(TwoHands())
    driver.until(lambda: driver.app.desk.backend != "")
    setup = driver.go(places.Setup("duel"), Setup)
    row = next(row for row in setup.rows if row.option.key == "paper")
    driver.click((row.widget.rect.right - 20, row.widget.rect.centery))
    driver.key(pygame.K_p)
    assert isinstance(driver.app.scenes[0], Halves)


@pytest.mark.parametrize("size", [(1280, 720), (960, 600), (360, 320), (500, 1000)])
def test_nothing_overlaps_at_any_size(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    duel = Duel(drive, size=size)
    whole = duel.driver.app.frame.rect
    for side in duel.scene.sides:
        one = [side.places.score, side.places.card, side.places.paper]
        assert all(whole.contains(rect) for rect in one)
        assert all(a.colliderect(b) == (a is b) for a in one for b in one)
        assert all(side.places.paper.contains(tool) for tool in side.places.tools)
        assert not any(side.writing_area.colliderect(tool) for tool in side.places.tools)
    left, right = (side.places for side in duel.scene.sides)
    assert left.paper.right < duel.scene.parted_at < right.paper.x
    assert left.paper.size == right.paper.size
    assert MODES["duel"].is_halved(duel.scene.level)
