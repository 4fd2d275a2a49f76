"""Where one can go: every screen, and what it must be told to be built. It knows no scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.ink.strokes import InkArray
from game.language import _
from game.persistence.replays import Recording
from game.persistence.rounds import KeptAnswer, KeptRound
from game.rules.options import Chosen
from game.rules.prompt_list import PromptList
from game.rules.round import PlayedSheet


@dataclass(frozen=True)
class Title:
    """Where every visit starts."""


@dataclass(frozen=True)
class Setup:
    """What can be chosen before a round of a mode."""

    mode: str  # its key


@dataclass(frozen=True)
class Days:
    """The calendar of a mode that is played once a day."""

    mode: str  # its key


@dataclass(frozen=True)
class Lists:
    """The player's lists, of which one can be played; a file from elsewhere is shown first."""

    file: Path | None = None
    level: str | None = None  # at which that file is played, at once where it has no faults


@dataclass(frozen=True)
class ListEditor:
    """A new list, typed line by line."""


@dataclass(frozen=True)
class RenameList:
    """Another name for a list of the player's own."""

    name: str


@dataclass(frozen=True)
class DropList:
    """The question whether a list may go."""

    name: str


@dataclass(frozen=True)
class Round:
    """A round of a mode, from the countdown on."""

    mode: str  # its key
    level: str | None = None  # the key of its level; None: its first
    chosen: Chosen | None = None  # of the mode's options; None: what is usual
    own: PromptList | None = None  # the list that is played, where the mode plays such


@dataclass(frozen=True)
class Learn:
    """The digits one after the other, with their models; it has a screen of its own."""

    level: str | None = None
    chosen: Chosen | None = None  # the forms


@dataclass(frozen=True)
class Halves:
    """A round that two play at once, each on a half of the paper."""

    mode: str  # its key
    level: str | None = None
    chosen: Chosen | None = None


@dataclass(frozen=True)
class Countdown:
    """3, 2, 1 over a round."""

    count: int
    paper: pygame.Rect  # px, what it is centred on; the round keeps it up to date
    done: Callable[[], object]  # called just before it takes itself away
    words: Sequence[str] = ()  # what is to come, in a line or two


@dataclass(frozen=True)
class Pause:
    """A round stands still."""

    mode: str  # that is played when the player starts again
    level: str | None = None  # and its level
    chosen: Chosen | None = None  # and what was chosen
    own: PromptList | None = None  # and the list


@dataclass(frozen=True)
class Result:
    """The end of a round."""

    played: PlayedSheet
    kept: Sequence[KeptAnswer]
    best_before: float | None  # the best mark of the mode's level until then
    number: int | None = None  # by which the round is stored


@dataclass(frozen=True)
class Review:
    """The answers one by one: of the round just played, or else of all that are stored."""

    present: KeptRound | None = None


@dataclass(frozen=True)
class Rounds:
    """The list of all rounds."""


@dataclass(frozen=True)
class Replay:
    """A round is played again as it was written."""

    number: int  # by which the storage knows it


@dataclass(frozen=True)
class Filming:
    """A replay is saved."""

    own: Recording
    ghost: Recording | None  # that runs beside it
    speed: float  # how many times faster than it was


@dataclass(frozen=True)
class Digits:
    """A digit as the player wrote it over the weeks."""

    digit: str = "7"


@dataclass(frozen=True)
class Progress:
    """What became better, in charts and tables."""

    page: str | None = None  # the one that is shown; None: the first


@dataclass(frozen=True)
class Lab:
    """All recognizers at the same ink."""


@dataclass(frozen=True, eq=False)
class Inside:
    """What a recognizer of the Lab went by, for ink that was written there."""

    backend: str
    backends: Sequence[str]  # all that can be looked into
    strokes: Sequence[InkArray]
    digit: int = 0  # index of the one to look at first


@dataclass(frozen=True)
class Settings:
    """What the player can choose, page by page."""

    page: str = "play"  # the key of the page that is shown first


@dataclass(frozen=True)
class Keys:
    """What every key does."""


@dataclass(frozen=True)
class Players:
    """Who plays on this machine, to be chosen."""


@dataclass(frozen=True)
class PlayerEditor:
    """Name and colour of a player, and what else can be done with them."""

    key: str | None = None  # None: a new one


@dataclass(frozen=True)
class DeletePlayer:
    """The question whether a player may go for good, asked twice."""

    key: str
    again: bool = False  # whether this is the second time


@dataclass(frozen=True)
class ImportPlayer:
    """The files with players that can be imported."""

    file: str | None = None  # that is imported at once: it was dropped onto the window


@dataclass(frozen=True)
class Hand:
    """What the game knows of the player's hand."""


@dataclass(frozen=True)
class ForgetHand:
    """The question whether all of it may go."""


@dataclass(frozen=True)
class Lesson:
    """How it is played, by doing."""


@dataclass(frozen=True)
class LessonEnd:
    """How fair play goes, after the lesson."""


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
    Title | Setup | Days | Lists | ListEditor | RenameList | DropList | Round | Learn | Halves
    | Countdown | Pause | Result | Review | Rounds | Replay | Filming | Digits | Progress | Lab
    | Inside | Settings | Players | PlayerEditor | DeletePlayer | ImportPlayer | Keys | Hand
    | ForgetHand | Lesson | LessonEnd | Calibration | CalibrationOffer | Notice | Leaving
)  # fmt: skip


def reader_failed(sentence: str) -> Notice:
    """The notice that the recognizer cannot be used, with the way to choose another."""
    ways = [Way(_("Settings"), Settings("reading"))]
    return Notice(_("The recognizer cannot start"), [sentence], ways)
