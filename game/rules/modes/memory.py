"""Memory: a number shows for a moment, a digit longer each time; it is written from memory."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import partial

from game.language import N_
from game.rules.deck import Deck
from game.rules.ending import AfterAnswers, Lives
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.options import Choice, Chosen, Option
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Glimpse, Prompt
from game.rules.scoring import DigitPoints
from game.rules.timing import Untimed

SHORTEST, LONGEST = 2, 9  # digits: longer ones have no room on the paper
ANSWERS = 12  # so who forgets nothing is done, too
LIVES = 3
FORWARDS, BACKWARDS = "forwards", "backwards"
DIRECTION = Option(
    "direction", N_("Direction"), N_("From the first digit to the last, or the other way."),
    (Choice(FORWARDS, N_("Forwards")), Choice(BACKWARDS, N_("Backwards"))), (FORWARDS,),
)  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How long a number stays in sight: some time, and some more for each digit."""

    base: float  # s
    digit: float  # s

    def seconds(self, length: int) -> float:
        """Of a number of so many digits."""
        return self.base + self.digit * length


PACES = {"easy": Pace(1.0, 1.0), "normal": Pace(1.0, 0.5), "hard": Pace(1.2, 0.0)}


class MemoryDeck(Deck):
    """Numbers that are a digit longer after a right answer and a digit shorter after a wrong one.

    No digit stands twice running, and no number reads the same from both ends.
    """

    def __init__(self, rng: random.Random, pace: Pace, backwards: bool = False) -> None:
        self._rng, self._pace, self._backwards = rng, pace, backwards
        self._length = SHORTEST

    def deal(self) -> Prompt:
        """The next number."""
        number = self._number()
        caption, then = N_("Keep it in mind"), N_("Your turn")
        if self._backwards:
            caption, then = N_("Keep it, for backwards"), N_("Backwards, please")
        glimpse = Glimpse(self._pace.seconds(len(number)), then)
        answer = number[::-1] if self._backwards else number
        return Prompt(answer, Disguise.NUMERAL, number, caption=caption, glimpse=glimpse)

    def learn(self, outcome: Outcome) -> None:
        """Longer, or shorter."""
        step = 1 if outcome.is_right else -1
        self._length = max(SHORTEST, min(LONGEST, self._length + step))

    def _number(self) -> str:
        digits: list[int] = []
        while len(digits) < self._length:
            digits.append(self._rng.choice([d for d in range(10) if d not in digits[-1:]]))
        if digits == digits[::-1]:
            others = [d for d in range(10) if d not in (digits[0], digits[-2])]
            digits[-1] = self._rng.choice(others)
        return "".join(map(str, digits))


def tailor(level: Level, chosen: Chosen) -> Rules:
    """In the direction that was chosen."""
    backwards = chosen[DIRECTION.key] == (BACKWARDS,)
    deck = partial(MemoryDeck, pace=PACES[level.key], backwards=backwards)
    return replace(level.rules, make_deck=deck)


def _level(key: str, title: str, meaning: str) -> Level:
    rules = Rules(
        partial(MemoryDeck, pace=PACES[key]),
        LONGEST,
        timing=Untimed(),
        scoring=DigitPoints(),
        endings=(Lives(LIVES), AfterAnswers(ANSWERS)),
    )
    return Level(key, title, meaning, rules)


MODE = Mode(
    key="memory",
    title=N_("Memory"),
    tagline=N_("A number shows and is gone. Write it down."),
    order=50,
    levels=(
        _level("easy", N_("Easy"), N_("The number stays a second for each digit.")),
        _level("normal", N_("Normal"), N_("Half a second for each digit.")),
        _level("hard", N_("Hard"), N_("A blink, however long it is.")),
    ),
    usual="normal",
    gauges=frozenset({Gauge.SCORE, Gauge.LIVES, Gauge.PROGRESS}),
    help=N_("Look at the number; when it is gone, or before, write it. Each digit earns points."),
    options=(DIRECTION,),
    tailor=tailor,
)
