"""What a player can choose of sums: the signs, the tables, the range, and numbers left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from game.language import N_
from game.rules.arithmetic import DIFFICULTIES, Bag, Kind, SumDeck
from game.rules.modes.mode import Level, Rules
from game.rules.options import Choice, Chosen, Option
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES

SIGN_OF = {"plus": PLUS, "minus": MINUS, "times": TIMES, "divided": DIVIDED}
AS_LEVEL = "level"  # for the choice that leaves it to the level
SHARES = {"never": 0.0, "some": 0.4, "always": 1.0}  # of sums that leave a number out

SIGNS = Option(
    # Translators: those of sums, + − × ÷.
    "signs", N_("Signs"), N_("Which sums come."),
    tuple(Choice(key, sign) for key, sign in SIGN_OF.items()), tuple(SIGN_OF), several=True,
)  # fmt: skip
TABLES = Option(
    # Translators: the multiplication tables.
    "tables", N_("Tables"), N_("For × and ÷; all: by level."),
    tuple(Choice(str(n), str(n)) for n in range(2, 13)), tuple(map(str, range(2, 13))),
    several=True,
)  # fmt: skip
RANGE = Option(
    # Translators: how large the numbers of sums may be.
    "range", N_("Range"), N_("For + and −: no number is larger."),
    # Translators: as large as the difficulty has it.
    (Choice(AS_LEVEL, N_("By level")), *(Choice(str(n), f"{n}") for n in (10, 20, 100, 999))),
    (AS_LEVEL,),
)  # fmt: skip
MISSING = Option(
    "missing", N_("Missing numbers"), N_("Sums such as 3 × ? = 27."),
    (Choice("never", N_("Never")), Choice("some", N_("Sometimes")), Choice("always", N_("Always"))),
    ("never",),
)  # fmt: skip
SUM_OPTIONS = (SIGNS, TABLES, RANGE, MISSING)


def tailored(bags: Sequence[Bag], chosen: Chosen) -> list[Bag]:
    """The bags of a difficulty with what was chosen; those without any of the signs are left out.

    Every difficulty has all signs, so something remains.
    """
    signs = [SIGN_OF[key] for key in chosen[SIGNS.key]]
    kept = [[kind for kind in bag if kind.sign in signs] for bag in bags]
    return [[_with_numbers(kind, chosen) for kind in bag] for bag in kept if bag]


def tailor_sums(level: Level, chosen: Chosen) -> Rules:
    """The rules of a level that is named for a difficulty, with the sums that were chosen."""
    difficulty = next((each for each in DIFFICULTIES if each.key == level.key), None)
    if difficulty is None:  # a level that has no sums
        return level.rules
    bags = tailored(difficulty.bags, chosen)
    missing = SHARES[chosen[MISSING.key][0]]
    return replace(level.rules, make_deck=partial(SumDeck, bags=bags, missing=missing))


def _with_numbers(kind: Kind, chosen: Chosen) -> Kind:
    """The kind with the range or the tables that were chosen."""
    (largest,) = chosen[RANGE.key]
    tables = chosen[TABLES.key]
    if kind.sign in (PLUS, MINUS) and largest != AS_LEVEL:
        limit = int(largest)
        numbers = range(1, limit if kind.sign == PLUS else limit + 1)
        return Kind(kind.sign, numbers, numbers, limit)
    if kind.sign in (TIMES, DIVIDED) and tables != TABLES.default:
        those = [int(table) for table in tables]
        factors = range(1, max(10, *those) + 1)
        return Kind(TIMES, those, factors) if kind.sign == TIMES else Kind(DIVIDED, factors, those)
    return kind
