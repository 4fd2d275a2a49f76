"""Where one can go: every screen, and what it must be told to be built. It knows no scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.persistence.rounds import KeptAnswer, KeptRound
from game.rules.modes import MODES
from game.rules.options import Chosen
from game.rules.round import Round as PlayedRound


@dataclass(frozen=True)
class Title:
    """Where every visit starts."""


@dataclass(frozen=True)
class Setup:
    """What can be chosen before a round of a mode."""

    mode: str  # its key


@dataclass(frozen=True)
class Round:
    """A round of a mode, from the countdown on."""

    mode: str  # its key
    level: str | None = None  # the key of its level; None: its first
    chosen: Chosen | None = None  # of the mode's options; None: what is usual


@dataclass(frozen=True)
class Countdown:
    """3, 2, 1 over a round."""

    count: int
    paper: pygame.Rect  # px, what it is centred on; the round keeps it up to date
    done: Callable[[], object]  # called just before it takes itself away


@dataclass(frozen=True)
class Pause:
    """A round stands still."""

    mode: str  # that is played when the player starts again
    level: str | None = None  # and its level
    chosen: Chosen | None = None  # and what was chosen


@dataclass(frozen=True)
class Result:
    """The end of a round."""

    played: PlayedRound
    kept: Sequence[KeptAnswer]
    best_before: float | None  # the best mark of the mode's level until then
    number: int | None = None  # by which the round is stored


@dataclass(frozen=True)
class Review:
    """The answers one by one: of the round just played, or else of all that are stored."""

    present: KeptRound | None = None


@dataclass(frozen=True)
class Lab:
    """All recognizers at the same ink."""


@dataclass(frozen=True)
class Settings:
    """What the player can choose."""


@dataclass(frozen=True)
class Hand:
    """What the game knows of the player's hand."""


@dataclass(frozen=True)
class ForgetHand:
    """The question whether all of it may go."""


@dataclass(frozen=True)
class Calibration:
    """The player writes each digit a few times."""


@dataclass(frozen=True)
class CalibrationOffer:
    """The question whether they would like to."""


@dataclass(frozen=True)
class Way:
    """A way on from a notice: a button and where it leads."""

    label: str
    to: Place


@dataclass(frozen=True)
class Notice:
    """Sentences that the player must know."""

    heading: str
    sentences: Sequence[str]
    ways: Sequence[Way] = ()  # beside the OK


@dataclass(frozen=True)
class Leaving:
    """The question whether the game may end although answers stand in no file."""


Place = (
    Title
    | Setup
    | Round
    | Countdown
    | Pause
    | Result
    | Review
    | Lab
    | Settings
    | Hand
    | ForgetHand
    | Calibration
    | CalibrationOffer
    | Notice
    | Leaving
)


@dataclass(frozen=True)
class Door:
    """A way in that is no mode's usual one: a tile of the title, and a name for `--mode`.

    Under the key of a mode it leads there instead of to that mode's setup.
    """

    key: str
    title: str
    tagline: str
    order: int  # its place among the modes
    to: Place


DOORS: tuple[Door, ...] = ()


def ways_in() -> list[Door]:
    """All that the title offers to play, in its order: every mode and every other door."""
    ways = {
        mode.key: Door(mode.key, mode.title, mode.tagline, mode.order, Setup(mode.key))
        for mode in MODES.values()
    }
    ways |= {door.key: door for door in DOORS}
    return sorted(ways.values(), key=lambda way: (way.order, way.key))


def reader_failed(sentence: str) -> Notice:
    """The notice that the recognizer cannot be used, with the way to choose another."""
    return Notice("The recognizer cannot start", [sentence], [Way("Settings", Settings())])
