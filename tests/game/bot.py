"""A bot that plays rounds with people's ink, and on purpose makes mistakes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pygame
from driving import Driver

from game.scenes.play import Phase, Play
from game.scenes.result import Result

FIXTURES = Path(__file__).parents[1] / "fixtures"
HEIGHT = 0.42  # of the paper's height, that a digit takes
WIDEST = 0.7  # of the paper's width, that a number takes
GAP = 0.3  # of a digit's height, between two of them
TRIES = 6  # at one prompt, each with another hand, before the bot despairs

Strokes = Sequence[np.ndarray]  # each (N, 2) of x, y


class Hands:
    """Digits as people wrote them: for each number one person's, as far as there are enough."""

    def __init__(self, by_person: Sequence[dict[str, list[Strokes]]], seed: str) -> None:
        self._people = [person for person in by_person if len(person) == 10]
        self._random = random.Random(seed)

    def of(self, number: str) -> list[Strokes]:
        """The digits of a number in one hand."""
        person = self._random.choice(self._people)
        return [self._random.choice(person[digit]) for digit in number]


def fixture_people() -> list[dict[str, list[Strokes]]]:
    """The committed digits, all forms in one hand."""
    person: dict[str, list[Strokes]] = {}
    for entry in json.loads((FIXTURES / "digits.json").read_text()):
        strokes = [np.array(stroke, float)[:, :2] for stroke in entry["strokes"]]
        person.setdefault(str(entry["value"]), []).append(strokes)
    return [person]


def pendigits_people(data: Path) -> list[dict[str, list[Strokes]]]:
    """The writers of pendigits' test set, whom no model has learned from."""
    from train.data.sets import load_pendigits

    people: dict[int, dict[str, list[Strokes]]] = {}
    for digit in load_pendigits(train=False, data=data):
        person = people.setdefault(digit.writer, {})
        person.setdefault(str(digit.label), []).append(digit.strokes)
    return list(people.values())


def in_a_row(digits: Sequence[Strokes], paper: pygame.Rect) -> list[list[tuple[float, float]]]:
    """The strokes of digits side by side in the middle of a paper, px; all of one height."""
    height = paper.h * HEIGHT
    boxes = [np.concatenate(list(digit)) for digit in digits]
    scales = [height / max(1.0, *np.ptp(box, axis=0)[1:], *np.ptp(box, axis=0)[:1] / 1.2)
              for box in boxes]  # fmt: skip
    widths = [np.ptp(box[:, 0]) * scale for box, scale in zip(boxes, scales, strict=True)]
    total = sum(widths) + GAP * height * (len(digits) - 1)
    shrink = min(1.0, paper.w * WIDEST / total) if total else 1.0
    x = paper.centerx - total * shrink / 2
    rows: list[list[tuple[float, float]]] = []
    for digit, box, scale, width in zip(digits, boxes, scales, widths, strict=True):
        corner, tall = box.min(axis=0), np.ptp(box[:, 1]) * scale * shrink
        for stroke in digit:
            points = (stroke - corner) * scale * shrink + (x, paper.centery - tall / 2)
            rows.append([(float(px), float(py)) for px, py in points])
        x += (width + GAP * height) * shrink
    return rows


class Bot:
    """Plays the round that a driver has begun."""

    def __init__(self, driver: Driver, hands: Hands) -> None:
        self.driver, self._hands = driver, hands
        scene = driver.app.scenes[0]
        assert isinstance(scene, Play)
        self.play = scene
        self.meant: list[bool] = []  # of each answer that was judged: whether it was to be right
        self.misread = 0  # answers of which the reader made something else than was written
        driver.until(lambda: self.play.round.clock.running, frame_seconds=0.05)

    @property
    def is_over(self) -> bool:
        """Whether the result is shown."""
        return isinstance(self.driver.app.scene, Result)

    def answer(self, right: bool) -> None:
        """Wait for a prompt that asks, and write what it asks for, or else something near it."""
        game = self.play.round
        self.driver.until(
            lambda: self.is_over or (self.play.phase is Phase.WRITING and game.prompt.asks),
            frame_seconds=0.05,
        )
        if self.is_over:
            return
        asked = game.prompt.answer
        text = asked if right else asked[:-1] + str((int(asked[-1]) + 3) % 10)
        for _ in range(TRIES):
            before = len(self.play.kept)
            for stroke in in_a_row(self._hands.of(text), self.play.places.paper):
                self.driver.stroke(stroke)
            self.driver.until(partial(self._has_more_than, before), frame_seconds=1 / 30)
            if self.is_over:
                return
            outcome = self.play.kept[-1].outcome
            if outcome.is_right or outcome.is_wrong:
                self.meant.append(right)
                self.misread += outcome.read != text
                return
        raise AssertionError(f"{text} could not be read in {TRIES} hands")

    def _has_more_than(self, answers: int) -> bool:
        return len(self.play.kept) > answers or self.is_over

    def end(self) -> Result:
        """Bring the round to its end: by the End key, by lives, or by letting the time run out."""
        game = self.play.round
        while not self.is_over:
            if game.ends_on_wish:
                self.driver.key(pygame.K_RETURN)
            elif game.is_complete or self.play.phase is Phase.SHOWING:
                self.driver.frames(1, 0.1)
            else:
                self.driver.frames(1, 1.0)
        return self.driver.shown(Result)


def stored_round(rows: Any) -> dict[str, Any]:
    """The one round of a database, by the names of its columns."""
    (found,) = rows
    names = ("mode", "state", "seconds", "score", "longest", "right", "wrong")
    return dict(zip(names, found, strict=True))
