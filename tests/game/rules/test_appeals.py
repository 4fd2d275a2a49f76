"""Appeals: which of them change the score, that they change it rightly, and that none takes."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

import pytest
from clocks import FakeClock
from readings import reading_of, torn

from game.rules.appeals import (
    COUNTED_APPEALS,
    LEAST_SHARE,
    RULE,
    Guess,
    Ruling,
    rule_on,
    runner_up,
    score_again,
    thought_of,
)
from game.rules.arithmetic import SumDeck
from game.rules.judge import Verdict
from game.rules.modes.dash import MODE as DASH
from game.rules.modes.mode import Mode
from game.rules.modes.sums import MODE as SUMS
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.round import Round
from game.rules.scoring import STREAK_STEP, points_for

# Sums of which none comes again after a mistake, so two rounds with other mistakes can be compared.
STEADY_SUMS = replace(
    SUMS.level(),
    rules=replace(SUMS.level().rules, make_deck=partial(SumDeck, personal=False)),
)


def row(**shares: float) -> list[float]:
    """Probabilities: `d7=0.3` gives seven 0.3; what is left goes to the others."""
    given = {int(name[1:]): share for name, share in shares.items()}
    rest = (1 - sum(given.values())) / (10 - len(given))
    return [given.get(digit, rest) for digit in range(10)]


def other(answer: str) -> str:
    return "".join(str((int(digit) + 1) % 10) for digit in answer)


def new_round(mode: Mode = DASH) -> Round:
    game = Round(mode, random.Random(5), FakeClock())
    game.start()
    return game


def give(game: Round, *, right: bool, seconds: float = 1.5, share: float = 0.2) -> Outcome:
    answer = game.prompt.answer
    reading = torn(answer, other(answer)) if right else torn(other(answer), answer, share)
    outcome = game.submit(reading, seconds)
    game.next_prompt()
    return outcome


def test_the_runner_up_of_a_digit_is_the_second_likeliest() -> None:
    assert runner_up("1", [row(d1=0.7, d7=0.25)]) == Guess("7", 0.25)
    assert runner_up("?", [row(d7=0.4)]) is None
    assert runner_up("", []) is None
    assert runner_up("1", [[]]) is None, "a reader that tells no probabilities has no second guess"


def test_the_runner_up_of_a_number_changes_the_digit_in_doubt() -> None:
    sure, torn_row = row(d1=0.98, d7=0.01), row(d8=0.6, d2=0.35)
    assert runner_up("18", [sure, torn_row]) == Guess("12", 0.35)
    assert runner_up("81", [torn_row, sure]) == Guess("21", 0.35)
    # Where the reader is surer of both its guesses than elsewhere, it wavers less.
    assert runner_up("18", [row(d1=0.7, d7=0.25), row(d8=0.3, d2=0.2)]) == Guess("12", 0.2)
    assert runner_up("18", []) is None, "of a round of long ago only the text is known"


def test_a_claim_must_be_the_second_guess_of_every_digit_that_differs() -> None:
    rows = [row(d1=0.8, d7=0.15), row(d8=0.6, d2=0.35, d3=0.03)]
    for claim in ("18", "12", "78", "72"):
        assert thought_of(claim, "18", rows), claim
    for claim in ("13", "17", "48", "1", "118", "21"):
        assert not thought_of(claim, "18", rows), claim
    assert not thought_of("7", "1", [row(d1=0.97, d7=LEAST_SHARE * 0.9)])
    assert thought_of("7", "1", [row(d1=0.97, d7=LEAST_SHARE)])
    assert not thought_of("7", "1", [row(d1=0.9, d7=float("nan"))])


@pytest.mark.parametrize(
    ("verdict", "claim", "counted", "ruling"),
    [
        (Verdict.WRONG, "7", 0, Ruling.COUNTS),
        (Verdict.WRONG, "7", COUNTED_APPEALS - 1, Ruling.COUNTS),
        (Verdict.WRONG, "7", COUNTED_APPEALS, Ruling.USED_UP),
        (Verdict.WRONG, "4", 0, Ruling.NOT_ASKED),
        (Verdict.UNREADABLE, "7", 0, Ruling.COST_NOTHING),
        (Verdict.LATE, "7", 0, Ruling.TOO_LATE),
        (Verdict.RIGHT, "1", 0, Ruling.COST_NOTHING),
    ],
)
def test_rulings(verdict: Verdict, claim: str, counted: int, ruling: Ruling) -> None:
    prompt = Prompt("7", Disguise.NUMERAL, "7")
    outcome = Outcome(prompt, "1", verdict, 1.0, 0, [row(d1=0.7, d7=0.25)])
    assert rule_on(outcome, claim, counted) is ruling


def test_what_the_reader_never_thought_of_does_not_count() -> None:
    game = new_round()
    wrong = give(game, right=False, share=0.001)
    assert game.appeal(wrong, wrong.prompt.answer) is Ruling.NOT_SECOND
    assert (wrong.appeal, wrong.counted, wrong.is_right) == (wrong.prompt.answer, False, False)
    assert (game.score.points, game.score.wrong) == (0, 1)


@pytest.mark.parametrize("mode", [DASH, replace(SUMS, levels=(STEADY_SUMS,), usual="")])
def test_a_counted_appeal_gives_what_a_right_reading_would_have_given(mode: Mode) -> None:
    """Streak, multiplier and points of all later answers as well, whenever it is made."""
    pattern = [True] * 4 + [False] + [True] * 7 + [False] + [True] * 2
    misread, spared = new_round(mode), new_round(mode)
    for n, right in enumerate(pattern):
        seconds = 1.0 + n / 7
        give(misread, right=right, seconds=seconds)
        give(spared, right=right or n == 4, seconds=seconds)
    before = misread.score.points
    outcome = misread.outcomes[4]
    assert misread.appeal(outcome, outcome.prompt.answer) is Ruling.COUNTS
    assert misread.score == spared.score
    assert misread.score.points > before + outcome.points, "the multiplier of later answers"
    assert [o.points for o in misread.outcomes] == [o.points for o in spared.outcomes]
    assert misread.median_seconds() == spared.median_seconds()


def test_scoring_again_changes_nothing_by_itself() -> None:
    game = new_round(SUMS)
    for n in range(30):
        give(game, right=n % 9 != 5, seconds=0.7 + (n % 11) / 3)
    points = [outcome.points for outcome in game.outcomes]
    assert score_again(game.outcomes, SUMS.level().rules.scoring) == game.score
    assert [outcome.points for outcome in game.outcomes] == points


def test_the_streak_goes_on_after_an_appeal() -> None:
    game = new_round()
    for _ in range(STREAK_STEP - 1):
        give(game, right=True)
    wrong = give(game, right=False)
    assert game.score.streak == 0
    game.appeal(wrong, wrong.prompt.answer)
    assert game.score.streak == STREAK_STEP
    assert game.rules.scoring.multiplier(game.score.streak) == 2
    assert give(game, right=True).points == points_for(1.5, STREAK_STEP)


def test_only_so_many_count_in_a_round() -> None:
    game = new_round()
    rulings = []
    for _ in range(COUNTED_APPEALS + 2):
        wrong = give(game, right=False)
        rulings.append(game.appeal(wrong, wrong.prompt.answer))
    assert rulings == [Ruling.COUNTS] * COUNTED_APPEALS + [Ruling.USED_UP] * 2
    assert (game.score.right, game.score.wrong) == (COUNTED_APPEALS, 2)


def test_an_appeal_takes_nothing_away_and_is_made_once() -> None:
    game = new_round()
    right, wrong = give(game, right=True), give(game, right=False)
    score = game.score
    assert game.appeal(right, other(right.prompt.answer)) is Ruling.COST_NOTHING
    assert game.appeal(wrong, wrong.read) is Ruling.NOT_ASKED
    assert game.score == score and right.is_right and not wrong.is_right
    with pytest.raises(ValueError, match="said before"):
        game.appeal(wrong, wrong.prompt.answer)


def test_unreadable_ink_never_becomes_an_answer() -> None:
    game = new_round()
    prompt = game.prompt
    outcome = game.submit(reading_of("?"), 1.0)
    assert game.appeal(outcome, prompt.answer) is Ruling.COST_NOTHING
    assert (outcome.appeal, outcome.is_right, game.score.right) == (prompt.answer, False, 0)


def test_the_rule_tells_the_player_its_numbers() -> None:
    assert f"{LEAST_SHARE:.0%}" in RULE and f"{COUNTED_APPEALS} times a round" in RULE
