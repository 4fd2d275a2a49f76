"""What a mode can say, each tried with a toy; and what holds of every round, by properties."""

from __future__ import annotations

import contextlib
import datetime
import math
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from clocks import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading_of
from toys import (
    BACK,
    DAILY,
    DUEL,
    MEMORY,
    MISSING,
    SPRINT,
    SURVIVAL,
    TOYS,
    ZEN,
    mode,
    rules,
)  # fmt: skip

from game.rules.appeals import Ruling
from game.rules.best import LeastTime, LongestRun, MostPoints, NoGoal
from game.rules.ending import AfterAnswers, Lives
from game.rules.judge import Verdict
from game.rules.modes import LAB, MODES, find_modes
from game.rules.modes.mode import Gauge, Mode
from game.rules.prompt import Disguise, Prompt
from game.rules.round import Round
from game.rules.scoring import Score, Tally
from game.rules.timing import AnswerLimit, CountDown, Face
from game.rules.turns import Alternate

SEEDS = st.integers(0, 2**32)


def begin(toy: Mode, seed: int = 1, level: int = 0) -> tuple[Round, FakeClock]:
    clock = FakeClock()
    levels = [toy.levels[level]] * toy.turns.players
    game = Round(toy, random.Random(seed), clock, levels)
    game.start()
    return game, clock


def answer(game: Round, *, right: bool = True, seconds: float = 1.0) -> None:
    text = game.prompt.answer
    if not right:
        text = "".join(str((int(digit) + 1) % 10) for digit in text)
    game.submit(reading_of(text), seconds)


def test_the_registry_is_in_order_and_every_mode_says_what_its_levels_mean() -> None:
    assert [m.order for m in MODES.values()] == sorted(m.order for m in MODES.values())
    for key, found in MODES.items():
        assert found.key == key and found.title and found.tagline
        assert all(0 < len(level.title) < len(level.meaning) for level in found.levels)


def test_the_paper_is_made_for_one_digit_where_every_answer_has_one() -> None:
    narrow = [m.key for m in MODES.values() if all(v.rules.most_digits == 1 for v in m.levels)]
    assert narrow == ["dash", "n-back", "learn"]


@pytest.mark.parametrize("keys", [("zen", "zen"), ("zen", LAB), (LAB, "zen")])
def test_no_two_modes_have_one_name_and_none_that_of_the_lab(
    keys: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / f"modes_of_{'_and_'.join(keys)}"
    package.mkdir()
    begin = "from dataclasses import replace\nfrom toys import ZEN\n"
    for name, key in zip("ab", keys, strict=True):
        code = f"{begin}MODE = replace(ZEN, key={key!r})\n"
        (package / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match="the same key"):
        find_modes(package.name, [str(package)])


def test_a_stopwatch_stops_with_the_last_answer_and_mistakes_cost_seconds() -> None:
    game, clock = begin(SPRINT)
    for right in (True, False, True):
        face = game.face()
        assert face is not None and face.share is None
        clock.forward(2.0)
        answer(game, right=right, seconds=game.seconds_on_prompt())
        if not game.is_complete:
            game.next_prompt()
    clock.forward(30.0)  # the screen still shows the last answer
    assert game.is_complete and not game.time_is_up
    assert game.tally().seconds == 6.0
    assert SPRINT.goal.mark(game.tally()) == 11.0
    longer, _ = begin(SPRINT, level=1)
    assert longer.rules.ending(AfterAnswers) == AfterAnswers(6)


def test_an_answer_has_less_and_less_time_and_a_streak_slows_that() -> None:
    timing = AnswerLimit(first=8.0, shrink=0.5, least=1.0, relief=0.5)
    assert [timing.answer_seconds(n, 0) for n in range(5)] == [8.0, 4.0, 2.0, 1.0, 1.0]
    assert timing.answer_seconds(4, 4) == 2.0
    game, clock = begin(SURVIVAL)
    for lives in (2, 1, 0):
        assert not game.is_complete and not game.answer_is_late
        clock.forward(game.answer_seconds)
        assert game.answer_is_late
        outcome = game.miss()
        assert (outcome.verdict, outcome.points, outcome.read) == (Verdict.LATE, 0, "")
        assert game.ruling(outcome, outcome.prompt.answer) is Ruling.TOO_LATE
        assert game.score.wrong == 3 - lives
        if lives:
            game.next_prompt()
    assert game.is_complete


def test_the_clock_tells_what_is_left_and_presses_at_the_end() -> None:
    """Ten seconds of a round, or three tenths of an answer's time."""
    round_of_60 = CountDown(60.0)
    assert round_of_60.face(45.0, 3.0, math.inf) == Face(15.0, 0.25)
    assert round_of_60.face(49.9, 3.0, math.inf).hurries is False
    assert round_of_60.face(50.0, 3.0, math.inf).hurries is True
    assert round_of_60.face(61.0, 3.0, math.inf) == Face(0.0, 0.0, hurries=True)
    for_an_answer = AnswerLimit(first=10.0, shrink=0.9, least=1.0)
    assert for_an_answer.face(45.0, 2.5, 10.0) == Face(7.5, 0.75)
    assert for_an_answer.face(45.0, 7.0, 10.0) == Face(3.0, 0.3, hurries=True)
    assert for_an_answer.face(45.0, 12.0, 10.0) == Face(0.0, 0.0, hurries=True)


def test_the_clock_of_an_answer_begins_anew_with_each_prompt() -> None:
    game, clock = begin(SURVIVAL)
    clock.forward(3.0)
    assert game.face() == Face(1.0, 0.25, hurries=True)
    answer(game, right=False)
    game.next_prompt()
    clock.forward(0.5)
    assert game.face() == Face(1.5, 0.75), "of two seconds, which are half of the first four"


def test_without_a_clock_only_the_wish_ends_it() -> None:
    game, clock = begin(ZEN)
    for _ in range(50):
        clock.forward(100.0)
        answer(game)
        game.next_prompt()
    assert game.face() is None and not game.time_is_up and not game.is_complete
    assert game.score.points == 0 and ZEN.goal.mark(game.tally()) is None
    game.end()
    assert game.is_complete
    with pytest.raises(ValueError, match="not ended by the player"):
        begin(SPRINT)[0].end()


def test_a_glimpse_ends_by_time_or_by_the_pen_and_the_deck_learns() -> None:
    game, clock = begin(MEMORY)
    assert not game.prompt_is_hidden
    clock.forward(1.0)
    assert game.prompt_is_hidden
    answer(game)
    game.next_prompt()
    assert game.digits == 2 and not game.prompt_is_hidden
    game.ink_began()
    assert game.prompt_is_hidden
    game.ink_vanished()
    assert game.prompt_is_hidden, "who has seen enough to write does not see it again"
    answer(game, right=False)
    game.next_prompt()
    assert game.digits == 1


def test_the_answer_of_some_prompts_before() -> None:
    game, clock = begin(BACK)
    sums = [sum(map(int, game.prompt.text.split(" + ")))]
    for _ in range(2):
        assert not game.prompt.asks and not game.answer_is_late
        clock.forward(1.5)
        assert game.prompt_is_past
        game.next_prompt()
        sums.append(sum(map(int, game.prompt.text.split(" + "))))
    for _ in range(5):
        assert game.prompt.asks and game.prompt.answer == str(sums[-3])
        answer(game)
        game.next_prompt()
        sums.append(sum(map(int, game.prompt.text.split(" + "))))
    with pytest.raises(ValueError, match="never ends"):
        Prompt("", Disguise.SUM, "1 + 1")


def test_a_missing_operand() -> None:
    game, _ = begin(MISSING)
    for _ in range(20):
        a, b, product = (
            int(p)
            for p in game.prompt.text.replace("?", game.prompt.answer).replace("×", "=").split("=")
        )
        assert a * b == product
        game.next_prompt()


def test_one_attempt_a_day_with_the_same_prompts_for_all() -> None:
    today = datetime.date(2026, 3, 1)
    attempts = DAILY.attempts
    one, two, other = (
        Round(DAILY, attempts.rng(random.Random(seed), day), FakeClock())
        for seed, day in ((1, today), (2, today), (1, today + datetime.timedelta(1)))
    )
    dealt = [[game.next_prompt().answer for _ in range(20)] for game in (one, two, other)]
    assert dealt[0] == dealt[1] != dealt[2]
    assert attempts.counts(today, [today - datetime.timedelta(1)])
    assert not attempts.counts(today, [today])


def test_two_players_take_turns_on_the_same_problems_each_with_a_score() -> None:
    game, _ = begin(DUEL)
    asked: list[list[str]] = [[], []]
    while not game.is_complete:
        asked[game.turn].append(game.prompt.answer)
        answer(game, right=game.turn == 0)
        if not game.is_complete:
            game.next_prompt()
    assert asked[0] == asked[1] and len(asked[0]) == 3
    assert [score.points for score in game.scores] == [3, 0]
    assert [outcome.player for outcome in game.outcomes] == [0, 1] * 3
    total = game.tally()
    assert (total.points, total.right, total.wrong) == (3, 3, 3)


def test_unreadable_ink_passes_no_turn_on() -> None:
    game, _ = begin(DUEL)
    game.submit(reading_of("?"), 1.0)
    assert (game.turn, game.score.answered) == (0, 0)


def test_each_goal_knows_the_better_of_two() -> None:
    quick, slow = Tally(62.44, 300, 4, 5, 1), Tally(80.0, 500, 9, 9, 0)
    assert MostPoints().best([quick, slow]) == 500
    assert LongestRun().best([quick, slow]) == 9
    assert LeastTime(10.0).best([quick, slow]) == pytest.approx(72.44)
    assert LeastTime().best([Tally(3.0, 0, 0, 0, 4)]) is None
    assert LeastTime().words(62.44) == "1:02.4" and LeastTime().words(9.96) == "10.0 s"
    assert LongestRun().best([Tally(3.0, 0, 0, 0, 4)]) is None
    assert LongestRun().words(1) == "1 in a row"
    assert LongestRun().words(9) == "9 in a row" and MostPoints().words(1240) == "1,240"


def test_a_best_may_be_beaten_before_the_round_is_over_but_no_time_is() -> None:
    so_far = Tally(10.0, 500, 4, 5, 1)
    assert MostPoints().beats(so_far, 490.0) and not MostPoints().beats(so_far, 500.0)
    assert LongestRun().beats(so_far, 3.0) and not LongestRun().beats(so_far, 4.0)
    assert not LongestRun().beats(Tally(10.0, 0, 0, 0, 2), -1.0), "nothing right is no mark"
    assert not LeastTime().beats(so_far, 60.0), "the time still grows"
    assert not NoGoal().beats(so_far, 0.0)


def test_where_no_attempt_is_counted_each_round_counts() -> None:
    today = datetime.date(2026, 3, 1)
    assert ZEN.attempts.counts(today, [today])


@pytest.mark.parametrize(
    ("part", "least"),
    [
        (lambda n: Lives(n), 1),
        (lambda n: AfterAnswers(n), 1),
        (lambda n: Alternate(n), 2),
        (lambda n: rules(digits=n), 1),
    ],
    ids=["lives", "answers", "players", "digits"],
)
def test_the_least_of_what_can_be_played(part: Callable[[int], object], least: int) -> None:
    part(least)
    with pytest.raises(ValueError):
        part(least - 1)


@pytest.mark.parametrize(
    ("parts", "can_be_played"),
    [
        ({}, True),
        ({"least": 10.0}, True),  # no less than at first
        ({"least": 10.1}, False),
        ({"least": 0.0}, False),
        ({"first": math.inf}, False),
        ({"shrink": 1.0}, True),
        ({"shrink": 1.1}, False),
        ({"shrink": 0.0}, False),
        ({"relief": 1.0}, True),
        ({"relief": 1.1}, False),
        ({"relief": -0.1}, False),
    ],
)
def test_a_limit_is_positive_and_only_shrinks(parts: dict[str, float], can_be_played: bool) -> None:
    with contextlib.nullcontext() if can_be_played else pytest.raises(ValueError):
        AnswerLimit(**{"first": 10.0, "shrink": 0.9, "least": 2.0, **parts})


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"levels": ()}, "has levels"),
        ({"gauges": frozenset({Gauge.LIVES})}, "no lives to show"),
        ({"gauges": frozenset({Gauge.TURN})}, "several players"),
    ],
)
def test_a_mode_that_contradicts_itself_is_refused(parts: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(DAILY, **parts)  # type: ignore[arg-type]


def test_with_two_players_it_is_shown_whose_turn_it_is() -> None:
    with pytest.raises(ValueError, match="several players"):
        replace(DUEL, gauges=frozenset({Gauge.PROGRESS}))


def test_a_mode_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="never ends"):
        mode("toy-endless", rules())
    with pytest.raises(ValueError, match="cannot be played"):
        CountDown(math.inf)
    with pytest.raises(ValueError, match="cannot be played"):
        CountDown(0.0)
    assert CountDown(0.5).round_seconds == 0.5


# --- what holds of every round ------------------------------------------------------------------


@pytest.mark.parametrize("toy", [*TOYS, *MODES.values()], ids=lambda toy: toy.key)
@settings(max_examples=40)
@given(seed=SEEDS, play=st.lists(st.sampled_from("rwum"), max_size=40))
def test_any_round_of_any_mode_stays_whole(toy: Mode, seed: int, play: list[str]) -> None:
    """Right, wrong, unreadable and missed answers in any order; the clock goes as it likes."""
    for level in range(len(toy.levels)):
        game, clock = begin(toy, seed, level)
        chance = random.Random(seed)
        for move in play:
            if game.is_complete or game.time_is_up:
                break
            clock.forward(chance.choice([0.0, 0.4, 3.0, -7200.0, 1.0]))
            assert game.seconds_on_prompt() >= 0 and game.clock.elapsed() >= 0
            if game.prompt.asks:
                assert 1 <= game.digits <= game.rules.most_digits
                game.ink_began()
                if move == "u":
                    game.submit(reading_of("?"), game.seconds_on_prompt())
                    continue
                if move == "m":
                    game.miss()
                else:
                    answer(game, right=move == "r", seconds=game.seconds_on_prompt())
            if not game.is_complete:
                game.next_prompt()
        so_far = game.tally()
        assert so_far.right == sum(outcome.is_right for outcome in game.outcomes)
        assert so_far.wrong == sum(outcome.is_wrong for outcome in game.outcomes)
        assert so_far.points == sum(outcome.points for outcome in game.outcomes)
        assert 0 <= so_far.seconds <= game.clock.seconds
        for outcome in game.outcomes:
            assert outcome.thinking_seconds is not None and outcome.writing_seconds is not None
            assert outcome.thinking_seconds >= 0 and outcome.writing_seconds >= 0
            total = outcome.thinking_seconds + outcome.writing_seconds
            assert total == pytest.approx(outcome.seconds)


@pytest.mark.parametrize("toy", [*TOYS, *MODES.values()], ids=lambda toy: toy.key)
@settings(deadline=None)
@given(seed=SEEDS)
def test_the_same_seed_deals_the_same_round(toy: Mode, seed: int) -> None:
    one, two = begin(toy, seed)[0], begin(toy, seed)[0]
    assert [one.next_prompt() for _ in range(12)] == [two.next_prompt() for _ in range(12)]


@settings(deadline=None)
@given(
    first=st.floats(1, 30), shrink=st.floats(0.1, 1), relief=st.floats(0, 1),
    answered=st.integers(0, 300), streak=st.integers(0, 300),
)  # fmt: skip
def test_an_answer_limit_only_shrinks_and_never_under_the_least(
    first: float, shrink: float, relief: float, answered: int, streak: int
) -> None:
    timing = AnswerLimit(first, shrink, 0.5, relief)
    limit = timing.answer_seconds(answered, streak)
    assert 0.5 <= limit <= first
    assert timing.answer_seconds(answered + 1, streak) <= limit
    assert timing.answer_seconds(answered, streak + 1) >= limit


def test_thinking_and_writing_are_apart() -> None:
    game, clock = begin(ZEN)
    clock.forward(2.0)
    game.ink_began()
    clock.forward(0.5)
    game.ink_began()  # the second stroke changes nothing
    game.ink_vanished()  # all taken back: thinking again
    clock.forward(0.5)
    game.ink_began()
    clock.forward(1.0)
    answer(game, seconds=game.seconds_on_prompt())
    outcome = game.outcomes[-1]
    assert (outcome.thinking_seconds, outcome.writing_seconds) == (3.0, 1.0)
    assert Score().accuracy is None
