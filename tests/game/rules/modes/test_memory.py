"""Memory: longer after what was right, shorter after a mistake; forwards or backwards."""

from __future__ import annotations

import itertools
import random

import pytest
from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.judge import Verdict
from game.rules.modes.memory import ANSWERS, LONGEST, MODE, PACES, SHORTEST, MemoryDeck
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise
from game.rules.round import Round

SEEDS = st.integers(0, 2**32)


@settings(max_examples=30)
@given(seed=SEEDS, key=st.sampled_from(sorted(PACES)), backwards=st.booleans(), play=st.data())
def test_numbers_grow_and_shrink_and_say_what_to_write(
    seed: int, key: str, backwards: bool, play: st.DataObject
) -> None:
    chosen = {"direction": ("backwards" if backwards else "forwards",)}
    game = Round(MODE, random.Random(seed), FakeClock(), [MODE.level(key, chosen)])
    length = SHORTEST
    while not game.is_complete:
        prompt = game.prompt
        assert len(prompt.text) == len(prompt.answer) == length
        assert prompt.answer == (prompt.text[::-1] if backwards else prompt.text)
        assert prompt.text != prompt.text[::-1]
        assert all(a != b for a, b in itertools.pairwise(prompt.text))
        assert prompt.glimpse is not None
        assert (prompt.caption, prompt.glimpse.then) == (
            ("Keep it, for backwards", "Backwards, please")
            if backwards
            else ("Keep it in mind", "Your turn")
        )
        assert prompt.disguise is Disguise.NUMERAL
        right = play.draw(st.booleans())
        wrong = "".join(str((int(d) + 1) % 10) for d in prompt.answer)
        outcome = game.submit(reading_of(prompt.answer if right else wrong), 1.0)
        assert outcome.points == (10 * length if right else 0)
        length = max(SHORTEST, min(LONGEST, length + (1 if right else -1)))
        if not game.is_complete:
            game.next_prompt()
    assert game.score.wrong == 3 or game.score.answered == ANSWERS


def test_who_forgets_nothing_is_done_after_the_longest_ones() -> None:
    game = Round(MODE, random.Random(3), FakeClock())
    lengths = []
    while not game.is_complete:
        lengths.append(game.digits)
        game.submit(reading_of(game.prompt.answer), 1.0)
        if not game.is_complete:
            game.next_prompt()
    assert lengths == [2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9]


@pytest.mark.parametrize("length", range(SHORTEST, LONGEST + 1))
def test_a_harder_level_shows_it_for_a_shorter_time(length: int) -> None:
    easy, normal, hard = (PACES[key].seconds(length) for key in ("easy", "normal", "hard"))
    assert easy > normal > hard > 1.0


def test_the_same_seed_shows_the_same_numbers_in_both_directions() -> None:
    forwards, backwards = (
        MemoryDeck(random.Random(8), PACES["easy"], backwards) for backwards in (False, True)
    )
    for _ in range(9):
        assert forwards.deal().text == backwards.deal().text


def test_no_number_has_a_digit_twice_running_or_is_the_same_from_both_ends() -> None:
    deck = MemoryDeck(random.Random(1), PACES["easy"])
    for n in range(2000):
        prompt = deck.deal()
        assert all(a != b for a, b in itertools.pairwise(prompt.text))
        assert prompt.text != prompt.text[::-1]
        verdict = Verdict.WRONG if n % 2 else Verdict.RIGHT  # two digits and three, in turn
        deck.learn(Outcome(prompt, prompt.answer, verdict, 1.0, 0))
