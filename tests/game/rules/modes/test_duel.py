"""Duel: both get the same problems, no one right after the other; each may have another level."""

from __future__ import annotations

import itertools
import random

from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.halves import HalvesRound
from game.rules.modes.duel import MODE, PROBLEMS, SECOND
from game.rules.round import Round, ScoreSheet
from game.rules.scoring import points_for

KEYS = [level.key for level in MODE.levels]


def play(game: Round, wrong: set[tuple[int, int]]) -> list[list[str]]:
    """All that each player is asked; `wrong` holds a player and the number of their answer."""
    asked: list[list[str]] = [[], []]
    while not game.is_complete:
        mine = asked[game.turn]
        mine.append(game.prompt.text)
        bad = "".join(str((int(digit) + 1) % 10) for digit in game.prompt.answer)
        is_wrong = (game.turn, len(mine)) in wrong
        game.submit(reading_of(bad if is_wrong else game.prompt.answer), 1.0)
        if not game.is_complete:
            game.next_prompt()
    return asked


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    key=st.sampled_from(KEYS),
    wrong=st.sets(st.tuples(st.integers(0, 1), st.integers(1, PROBLEMS))),
)
def test_the_same_problems_in_another_order(
    seed: int, key: str, wrong: set[tuple[int, int]]
) -> None:
    game = Round(MODE, random.Random(seed), FakeClock(), MODE.line_up(MODE.level(key)))
    first, second = play(game, wrong)
    assert len(first) == len(second) == PROBLEMS
    assert sorted(first) == sorted(second)
    assert second == first[PROBLEMS // 2 :] + first[: PROBLEMS // 2]
    points = [score.points for score in game.scores]
    assert game.winner == (None if points[0] == points[1] else points.index(max(points)))


@given(key=st.sampled_from(KEYS), other=st.sampled_from(["same", *KEYS]))
def test_each_has_a_level_of_their_own(key: str, other: str) -> None:
    level = MODE.level(key, {SECOND.key: (other,)})
    first, second = MODE.line_up(level)
    assert first.key == key and second.key == (key if other == "same" else other)
    name = MODE.stored_as(level)
    assert MODE.line_up(MODE.stored_level(name)) == [first, second]
    game = Round(MODE, random.Random(1), FakeClock(), [first, second])
    assert game.levels[0].rules is not game.levels[1].rules or other in ("same", key)


def test_a_round_long_past_knows_who_answered_what() -> None:
    game = Round(MODE, random.Random(1), FakeClock(), MODE.line_up(MODE.level()))
    game.submit(reading_of("?"), 1.0)
    play(game, {(1, 2), (0, 7)})
    past = ScoreSheet(MODE, MODE.line_up(MODE.level()))
    for outcome in game.outcomes:
        outcome.player = 0  # the database does not know it
    past.take_past(game.outcomes)
    assert past.scores == game.scores
    total, so_far = past.total(), game.tally()
    assert (total.points, total.right, total.wrong) == (so_far.points, so_far.right, 2)
    assert total.longest_streak == so_far.longest_streak == 8


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), key=st.sampled_from(KEYS), halves=st.booleans())
def test_both_orders_are_equally_hard_and_earn_the_same(seed: int, key: str, halves: bool) -> None:
    chosen = {"paper": ("halves",)} if halves else {}
    levels = MODE.line_up(MODE.level(key, chosen))
    parts = HalvesRound(MODE, random.Random(seed), FakeClock(), levels).parts
    asked = []
    for part in parts:
        dealt = [part.prompt] + [part.next_prompt() for _ in range(PROBLEMS - 1)]
        asked.append(dealt)
        assert all(one.answer != other.answer for one, other in itertools.pairwise(dealt))
    for mine, theirs in zip(*asked, strict=True):
        assert mine.answer != theirs.answer
        assert len(mine.answer) == len(theirs.answer)
    earned = [
        sum(points_for(1.0, n, len(prompt.answer)) for n, prompt in enumerate(dealt))
        for dealt in asked
    ]
    assert earned[0] == earned[1]


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    first=st.lists(st.booleans(), min_size=PROBLEMS, max_size=PROBLEMS),
    unread=st.sets(st.tuples(st.integers(0, 1), st.integers(0, PROBLEMS - 1))),
    left=st.integers(0, 2 * PROBLEMS),
)
def test_on_halves_each_has_the_same_ten_and_the_seat_tells_who_answered(
    seed: int, first: list[bool], unread: set[tuple[int, int]], left: int
) -> None:
    """Also where the round is left after `left` answers, which need not be as many of each."""
    levels = MODE.line_up(MODE.level("easy", {"paper": ("halves",)}))
    game = HalvesRound(MODE, random.Random(seed), FakeClock(), levels)
    told = []
    asked: list[list[str]] = [[], []]
    for n, begins in enumerate(first):
        assert not game.is_complete
        for player in (0, 1) if begins else (1, 0):
            part = game.parts[player]
            asked[player].append(part.prompt.text)
            if (player, n) in unread:
                told.append(game.submit(player, reading_of("?"), 1.0))
            told.append(game.submit(player, reading_of(part.prompt.answer), 1.0 + player))
        if not game.is_complete:
            game.next_prompts()
    assert game.is_complete and told == game.outcomes
    assert asked[1] == asked[0][PROBLEMS // 2 :] + asked[0][: PROBLEMS // 2]
    assert len(told) == 2 * PROBLEMS + len(unread)
    seats: list[int | None] = [outcome.player for outcome in told]
    past = ScoreSheet(MODE, levels)
    past.take_past(told, seats)
    assert [outcome.player for outcome in told] == seats
    assert past.scores == game.scores and game.winner == past.winner
    unfinished = ScoreSheet(MODE, levels)
    unfinished.take_past(told[:left], seats[:left])
    assert [outcome.player for outcome in told] == seats
    given = [sum(o.is_right for o in told[:left] if o.player == player) for player in (0, 1)]
    assert [score.right for score in unfinished.scores] == given


def test_on_halves_each_has_a_level_of_their_own_too() -> None:
    level = MODE.level("hard", {"paper": ("halves",), SECOND.key: ("easy",)})
    game = HalvesRound(MODE, random.Random(1), FakeClock(), MODE.line_up(level))
    assert [each.key for each in game.levels] == ["hard", "easy"]
    assert [part.levels[0].key for part in game.parts] == ["hard", "easy"]


def test_on_halves_the_round_lasts_until_the_slower_one_is_done() -> None:
    level = MODE.level("easy", {"paper": ("halves",)})
    assert MODE.is_halved(level) and not MODE.is_halved(MODE.level("easy"))
    clock = FakeClock()
    game = HalvesRound(MODE, random.Random(1), clock, MODE.line_up(level))
    game.start()
    for _ in range(PROBLEMS):
        clock.forward(3.0)
        for part, seconds in enumerate((1.0, 2.5)):
            game.submit(part, reading_of(game.parts[part].prompt.answer), seconds)
        if not game.is_complete:
            game.next_prompts()
    so_far = game.tally()
    assert so_far.seconds == 3.0 * (PROBLEMS - 1) + 2.5
    assert (so_far.right, so_far.wrong) == (2 * PROBLEMS, 0)
    assert so_far.points == sum(score.points for score in game.scores)


def test_a_seat_that_nobody_has_is_told_by_the_order() -> None:
    game = Round(MODE, random.Random(1), FakeClock(), MODE.line_up(MODE.level()))
    play(game, set())
    past = ScoreSheet(MODE, MODE.line_up(MODE.level()))
    for nobody in (7, 2, -1):
        past.turn = 0
        past.take_past(game.outcomes, [nobody] * len(game.outcomes))
        assert past.scores == game.scores
