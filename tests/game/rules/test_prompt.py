"""Prompts as the database keeps them: what was altered there is shown as well as it can be."""

from __future__ import annotations

import pytest

from game.rules.prompt import MOST_MARKS, MOST_PIPS, TIMES, Disguise, Glimpse, Prompt, restored


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt("7", Disguise.NUMERAL, "7"),
        Prompt("7", Disguise.WORD, "seven"),
        Prompt("7", Disguise.DICE, "dice 1 6", (1, MOST_PIPS)),
        Prompt("2", Disguise.DICE, "dice 2", (2,)),
        Prompt("20", Disguise.TALLY, "tally 20"),
        Prompt("56", Disguise.SUM, f"7 {TIMES} 8"),
        Prompt("9", Disguise.MISSING, f"3 {TIMES} ? = 27"),
    ],
    ids=lambda prompt: prompt.text,
)
def test_a_prompt_that_was_kept_is_shown_again_as_it_was(prompt: Prompt) -> None:
    assert restored(prompt.answer, prompt.disguise, prompt.text) == prompt


@pytest.mark.parametrize(
    ("answer", "disguise", "text"),
    [
        ("7", Disguise.DICE, "dice 1 7"),  # no die has seven pips, or none
        ("6", Disguise.DICE, "dice 0 6"),
        ("7", Disguise.DICE, "dice"),
        (str(MOST_MARKS + 1), Disguise.TALLY, f"tally {MOST_MARKS + 1}"),
        ("x", Disguise.TALLY, "tally x"),
    ],
)
def test_what_cannot_be_drawn_any_more_is_a_numeral(
    answer: str, disguise: Disguise, text: str
) -> None:
    assert restored(answer, disguise, text) == Prompt(answer, Disguise.NUMERAL, answer)


def test_an_answer_that_was_lost_is_a_question_mark() -> None:
    assert restored("", Disguise.SUM, "3 + 4") == Prompt("?", Disguise.SUM, "3 + 4")
    assert restored("", Disguise.TALLY, "tally") == Prompt("?", Disguise.NUMERAL, "?")


def test_what_is_not_seen_cannot_be_remembered() -> None:
    Glimpse(0.1, "Remember it")
    with pytest.raises(ValueError, match="Nobody sees anything"):
        Glimpse(0.0, "Remember it")
