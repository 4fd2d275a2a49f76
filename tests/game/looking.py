"""Going through all screens and looking at them: which texts are there, what is cut, what overlaps.

Text is followed by its ink, not by the boxes of its letters, from wherever it was set to the
screen: through backdrops and cards that were painted before.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
import pygame
import pytest
from driving import Driver
from readings import reading_of
from sights import SIGHTS

from game.language import _
from game.persistence.rounds import KeptAnswer, KeptRound
from game.rules.modes import MODES
from game.rules.round import Round
from game.scenes import places
from game.scenes.inside import Inside
from game.scenes.progress import TITLES
from game.scenes.setting_pages import PAGES
from game.ui import text as typesetting
from game.ui import theme
from game.ui.icons import DIGITS

SETUPS = ("dash", "sums", "zen", "duel", "daily", "learn")  # each has something that others lack
TOUCH = 2  # px that the ink of two texts may share: a descender in the next line

NAME = {"Digit", "Dash"}  # the wordmark's two lines hold each other

Text = tuple[str, pygame.Rect]


class Sheet(pygame.Surface):
    """A surface that knows which texts came to lie on it, and where."""

    pieces: dict[int, tuple[pygame.Surface, str]] = {}  # noqa: RUF012 (shared on purpose)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.texts: list[Text] = []

    def blit(self, source: pygame.Surface, dest: Any = (0, 0), *more: Any, **others: Any) -> Any:
        left, top = (dest.x, dest.y) if isinstance(dest, pygame.Rect) else dest
        if id(source) in self.pieces:
            ink = source.get_bounding_rect(40)
            self.texts.append((self.pieces[id(source)][1], ink.move(left, top)))
        else:
            below = getattr(source, "texts", ())
            self.texts += [(words, rect.move(left, top)) for words, rect in below]
        return super().blit(source, dest, *more, **others)


@contextmanager
def followed() -> Iterator[None]:
    """From now on texts are followed."""
    patch = pytest.MonkeyPatch()
    real = typesetting._set

    def noted(font: pygame.font.Font, text: str, colour: theme.Colour) -> pygame.Surface:
        piece = real(font, text, colour)
        Sheet.pieces[id(piece)] = (piece, text)
        return piece

    patch.setattr(typesetting, "_set", noted)
    patch.setattr(pygame, "Surface", Sheet)
    yield
    patch.undo()
    Sheet.pieces.clear()


def rounds(driver: Driver) -> tuple[Round, list[KeptAnswer]]:
    game, kept = Round(MODES["dash"], driver.app.new_rng(), driver.clock), []
    for n in range(9):
        answer = "5" if n % 4 == 3 else game.prompt.answer
        outcome = game.submit(reading_of(answer), 1.0)
        strokes = [
            [(100 * x, 100 * y, 0.1 * k) for k, (x, y) in enumerate(stroke)]
            for stroke in DIGITS[answer[0]]
        ]
        kept.append(KeptAnswer(outcome, strokes))
        game.next_prompt()
    return game, kept


def screens(driver: Driver) -> Iterator[str]:
    """Go from screen to screen; give the name of each when it is on top.

    The driver's Lab is one of `sights.models`.
    """
    app = driver.app

    def over_the_title(place: places.Place) -> None:
        app.go(places.Title())
        app.lay(place)

    def in_a_round(mode: str, **more: Any) -> None:
        app.go(places.Round(mode, **more))
        game = app.scenes[0].round  # type: ignore[attr-defined]
        driver.until(lambda: game.clock.running, frame_seconds=0.1)

    def look_into(backend: str) -> None:
        app.go(places.Lab())
        ink = [np.array([[0.0, 0.0, 0.0], [9.0, 90.0, 0.2]])]
        scene = driver.lay(places.Inside(backend, tuple(SIGHTS), ink), Inside)
        driver.until(lambda: scene.looked is not None)

    game, kept = rounds(driver)
    before: dict[str, Callable[[], object]] = {
        "title": partial(app.go, places.Title()),
        **{f"settings, {p.key}": partial(over_the_title, places.Settings(p.key)) for p in PAGES},
        **{f"setup of {key}": partial(over_the_title, places.Setup(key)) for key in SETUPS},
        **{f"progress, {page}": partial(over_the_title, places.Progress(page)) for page in TITLES},
        "players": partial(over_the_title, places.Players()),
        "player": partial(over_the_title, places.PlayerEditor("first")),
        "rounds": partial(over_the_title, places.Rounds()),
        "replay": partial(over_the_title, places.Replay(2)),
        "sevens": partial(over_the_title, places.Digits()),
        "keys": partial(over_the_title, places.Keys()),
        "hand": partial(over_the_title, places.Hand()),
        "lists": partial(over_the_title, places.Lists()),
        "calendar": partial(over_the_title, places.Days("daily")),
        "notice": lambda: over_the_title(
            places.Notice(_("Exported"), [_("Nothing was sent anywhere.")])
        ),
        "forget": partial(over_the_title, places.ForgetHand()),
        "calibration": partial(over_the_title, places.Calibration()),
        "lesson": partial(over_the_title, places.Lesson()),
        "review": partial(app.go, places.Review(KeptRound(1, game, kept))),
        "lab": partial(app.go, places.Lab()),
        **{f"inside of {backend}": partial(look_into, backend) for backend in SIGHTS},
        "learn": partial(app.go, places.Learn()),
        "result": partial(app.go, places.Result(game, kept, 10**6)),
        "best": partial(app.go, places.Result(game, kept, None)),
        **{
            f"round of {key}": partial(in_a_round, key)
            for key in ("dash", "sums", "sprint", "survival", "zen")
        },
        "typed": partial(in_a_round, "zen", chosen={"answers": ("typed",)}),
        "pause": lambda: app.lay(places.Pause("zen")),
    }
    for name, go in before.items():
        go()
        driver.frames(1, 0.5)
        driver.frames(2, 0.09)
        yield name


def drawn(driver: Driver) -> Sheet:
    sheet = Sheet(driver.app.window.surface.get_size())
    driver.app.scene.draw(sheet)
    return sheet


def flaws(sheet: Sheet) -> list[str]:
    """What is cut off, and what lies on something else."""
    window = sheet.get_rect()
    texts = list({(words, tuple(rect)) for words, rect in sheet.texts if words.strip()})
    found = [f"{words!r} is cut at {rect}" for words, rect in texts if not window.contains(rect)]
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        shared = pygame.Rect(a).clip(b)
        if one != other and {one, other} != NAME and shared.w > TOUCH and shared.h > TOUCH:
            found.append(f"{one!r} and {other!r} share {tuple(shared)}")
    return found
