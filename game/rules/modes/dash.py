"""Dash: one digit at a time, in ever-changing disguises, against the clock."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from game.language import N_
from game.rules.facts import Fact, Needs, named
from game.rules.modes.mode import Deck, Level, Mode, Rules
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, WORDS, Disguise, Prompt
from game.rules.scoring import SpeedPoints
from game.rules.timing import CountDown

DIGITS = tuple(range(10))
DISGUISES = (Disguise.NUMERAL, Disguise.WORD, Disguise.DICE, Disguise.TALLY, Disguise.SUM)
LARGEST_DIE = 6
LARGEST_NUMBER = 81  # of a sum
WARM_UP_PROMPTS = 4  # prompts that come plain or as a word, so that a round starts easily
HARD_FROM_PROMPT = 14  # from here on a sum may use every sign and larger numbers


class PromptDeck(Deck):
    """An endless supply of one-digit prompts.

    Digits come from a shuffled bag of all ten, so each is met equally often, and never twice
    running. Digits and disguises draw from separate generators: the seed alone decides the digits.
    """

    def __init__(self, rng: random.Random, curriculum: Curriculum | None = None) -> None:
        """`curriculum` says which disguises come; as a rule plain ones first, and sums later."""
        self._curriculum = curriculum or NORMAL
        self._needs: dict[Fact, float] = {}
        self._digit_rng = random.Random(rng.getrandbits(64))
        self._disguise_rng = random.Random(rng.getrandbits(64))
        self._bag: list[int] = []
        self._last_digit: int | None = None
        self._last_disguise: Disguise | None = None
        self._dealt = 0

    def deal(self) -> Prompt:
        """Return the next prompt."""
        digit = self._next_digit()
        disguise = self._next_disguise(digit)
        hard = self._dealt >= self._curriculum.hard_from
        prompt = self._needed(digit, disguise, hard) or make_prompt(
            digit, disguise, self._disguise_rng, hard=hard
        )
        self._last_digit, self._last_disguise = digit, disguise
        self._dealt += 1
        return prompt

    def favour(self, needs: Needs) -> None:
        """Deal these facts more often where a sum is due, each once a round."""
        facts = ((named(key), need) for key, need in needs.items())
        self._needs = {fact: need for fact, need in facts if fact is not None and need > 0}

    def _needed(self, digit: int, disguise: Disguise, hard: bool) -> Prompt | None:
        """A sum that comes to the digit and should be asked again, now and then."""
        if disguise is not Disguise.SUM:
            return None
        signs = (PLUS, MINUS, TIMES, DIVIDED) if hard else (PLUS, MINUS)
        wanted = [
            fact
            for fact in self._needs
            if fact.result == digit and fact.sign in signs and fact.first <= LARGEST_NUMBER
        ]
        total = sum(self._needs[fact] for fact in wanted)
        if not wanted or self._disguise_rng.random() >= total / (1.0 + total):
            return None
        weights = [self._needs[fact] for fact in wanted]
        fact = self._disguise_rng.choices(wanted, weights)[0]
        del self._needs[fact]
        return Prompt(str(digit), disguise, fact.key)

    def _next_digit(self) -> int:
        if not self._bag:
            self._bag = list(DIGITS)
            self._digit_rng.shuffle(self._bag)
            if self._bag[-1] == self._last_digit:
                self._bag.insert(0, self._bag.pop())
        return self._bag.pop()

    def _next_disguise(self, digit: int) -> Disguise:
        weights = self._curriculum.weights(self._dealt)
        choices = [d for d in weights if can_wear(digit, d)]
        if self._dealt >= self._curriculum.mixed_from:
            # The same disguise twice running would make the disguises feel like categories.
            choices = [d for d in choices if d is not self._last_disguise] or choices
        return self._disguise_rng.choices(choices, [weights[d] for d in choices])[0]


def gently(dealt: int) -> dict[Disguise, float]:
    """How likely each disguise is in an easy round: nothing to work out."""
    return {Disguise.NUMERAL: 2.0, Disguise.WORD: 1.0, Disguise.DICE: 1.5, Disguise.TALLY: 1.0}


def disguise_weights(dealt: int) -> dict[Disguise, float]:
    """How likely each disguise is after so many prompts: plain at first, sums more and more."""
    if dealt < WARM_UP_PROMPTS:
        return {Disguise.NUMERAL: 3.0, Disguise.WORD: 1.0, Disguise.DICE: 1.0}
    return {
        Disguise.NUMERAL: 1.0,
        Disguise.WORD: 2.0,
        Disguise.DICE: 2.0,
        Disguise.TALLY: 1.5,
        Disguise.SUM: 3.0 if dealt < HARD_FROM_PROMPT else 5.0,
    }


def steeply(dealt: int) -> dict[Disguise, float]:
    """How likely each disguise is in a hard round: mostly sums, from the first prompt on."""
    return {Disguise.WORD: 1.0, Disguise.DICE: 1.0, Disguise.TALLY: 1.0, Disguise.SUM: 6.0}


@dataclass(frozen=True)
class Curriculum:
    """Which disguises come when."""

    weights: Callable[[int], dict[Disguise, float]]  # of the disguises, after so many prompts
    mixed_from: float = 0  # prompts, from which no disguise comes twice running
    hard_from: int = HARD_FROM_PROMPT  # prompts, from which a sum may use every sign


EASY = Curriculum(gently)
NORMAL = Curriculum(disguise_weights, WARM_UP_PROMPTS)
HARD = Curriculum(steeply, math.inf, 0)


def can_wear(digit: int, disguise: Disguise) -> bool:
    """Whether a digit has that form: nothing can be counted for zero on dice or as a tally."""
    if disguise not in DISGUISES:
        return False
    return digit > 0 or disguise not in (Disguise.DICE, Disguise.TALLY)


def make_prompt(
    digit: int, disguise: Disguise, rng: random.Random, *, hard: bool = False
) -> Prompt:
    """Dress one digit (0-9) in a disguise."""
    if not can_wear(digit, disguise):
        raise ValueError(f"The digit {digit} cannot be shown as {disguise.value}.")
    answer = str(digit)
    if disguise is Disguise.NUMERAL:
        return Prompt(answer, disguise, answer)
    if disguise is Disguise.WORD:
        return Prompt(answer, disguise, WORDS[digit])
    if disguise is Disguise.DICE:
        faces = _dice_faces(digit, rng)
        return Prompt(answer, disguise, "dice " + " ".join(map(str, faces)), faces)
    if disguise is Disguise.TALLY:
        return Prompt(answer, disguise, f"tally {digit}")
    return Prompt(answer, disguise, _sum_text(digit, rng, hard))


def _dice_faces(digit: int, rng: random.Random) -> tuple[int, ...]:
    """One die while that is enough, now and then two; two where one is not enough."""
    if digit == 1 or (digit <= LARGEST_DIE and rng.random() < 0.65):
        return (digit,)
    first = rng.randint(max(1, digit - LARGEST_DIE), min(LARGEST_DIE, digit - 1))
    return (first, digit - first)


def _sum_text(digit: int, rng: random.Random, hard: bool) -> str:
    """A small sum whose result is the digit."""
    signs: Sequence[str] = _possible_signs(digit) if hard else (PLUS, MINUS)
    sign = rng.choice(signs)
    if sign == PLUS:
        first = rng.randint(0 if digit == 0 else 1, digit)
        return f"{first} {PLUS} {digit - first}"
    if sign == MINUS:
        taken = rng.randint(1, 9 if hard else max(1, 9 - digit))
        return f"{digit + taken} {MINUS} {taken}"
    if sign == TIMES:
        factor = rng.choice([n for n in range(1, 10) if digit % n == 0])
        return f"{factor} {TIMES} {digit // factor}"
    divisor = rng.randint(2, 9)
    return f"{digit * divisor} {DIVIDED} {divisor}"


def _possible_signs(digit: int) -> list[str]:
    signs = [PLUS, MINUS]
    if digit != 0:
        signs += [TIMES, DIVIDED]
    return signs


def _level(key: str, title: str, meaning: str, curriculum: Curriculum) -> Level:
    deck = partial(PromptDeck, curriculum=curriculum)
    return Level(key, title, meaning, Rules(deck, 1, CountDown(60.0), SpeedPoints()))


MODE = Mode(
    key="dash",
    # Translators: a short race; also a stroke of the pen.
    title=N_("Dash"),
    tagline=N_("60 seconds, ten digits, ever-changing disguises."),
    order=10,
    levels=(
        _level("easy", N_("Easy"), N_("Numerals, words, dice and tallies; no sums."), EASY),
        _level("normal", N_("Normal"), N_("Plain digits first, sums later."), NORMAL),
        _level("hard", N_("Hard"), N_("Sums of all four signs from the first card on."), HARD),
    ),
    usual="normal",
    help=N_("Write the digit that the card shows, in whatever form."),
    shows_next=True,
)
