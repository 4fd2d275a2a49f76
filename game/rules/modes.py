"""The registry of game modes: what a mode asks, how long it lasts, how it is called."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game.rules.prompts import Prompt, PromptDeck


class Deck(Protocol):
    """Anything that deals prompts without end."""

    def deal(self) -> Prompt: ...


@dataclass(frozen=True)
class Mode:
    """A kind of round."""

    key: str  # its name on the command line and in the database
    title: str
    tagline: str
    seconds: float  # length of a round
    answer_length: int | None  # digits in an answer, where all answers have the same number
    make_deck: Callable[[random.Random], Deck]


DASH = Mode(
    key="dash",
    title="Dash",
    tagline="60 seconds, ten digits, ever-changing disguises.",
    seconds=60.0,
    answer_length=1,
    make_deck=PromptDeck,
)

LAB = "lab"  # no mode, since nothing is asked or scored there; the command line opens it like one

MODES: dict[str, Mode] = {mode.key: mode for mode in (DASH,)}
