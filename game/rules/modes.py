"""The registry of game modes: what a mode asks, how long it lasts, how it is called."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game.rules.prompts import Prompt, PromptDeck
from game.rules.sums import SumDeck


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
    most_digits: int  # of an answer
    thinking_seconds: float  # s a prompt that cost nothing of the speed bonus
    make_deck: Callable[[random.Random], Deck]


DASH = Mode(
    key="dash",
    title="Dash",
    tagline="60 seconds, ten digits, ever-changing disguises.",
    seconds=60.0,
    most_digits=1,
    thinking_seconds=0.0,
    make_deck=PromptDeck,
)
SUMS = Mode(
    key="sums",
    title="Sums",
    tagline="90 seconds of sums. Write one, two or three digits.",
    seconds=90.0,  # about as many answers as in Dash: there is more to think and more to write
    most_digits=3,
    thinking_seconds=1.0,
    make_deck=SumDeck,
)

LAB = "lab"  # no mode, since nothing is asked or scored there; the command line opens it like one

MODES: dict[str, Mode] = {mode.key: mode for mode in (DASH, SUMS)}
