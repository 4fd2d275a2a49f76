"""The text to share: a square an answer, no answer told."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.share import IN_A_ROW, RIGHT, WRONG, share_text
from game.rules.streak import Streak

DAY = datetime.date(2026, 3, 20)


def outcome(verdict: Verdict) -> Outcome:
    return Outcome(Prompt("9817", Disguise.SUM, "9000 + 817"), "9817", verdict, 1.0, 0)


def test_what_is_sent() -> None:
    answers = [outcome(Verdict.RIGHT)] * 11 + [outcome(Verdict.WRONG)]
    text = share_text("Daily", "Hard", DAY, answers, "48.3 s", Streak(4, frozenset(), True))
    assert text.splitlines() == [
        "Daily, 2026-03-20, Hard",
        RIGHT * 10,
        RIGHT + WRONG,
        "11 of 12, 48.3 s, 4 days in a row",
    ]


@given(verdicts=st.lists(st.sampled_from(Verdict), max_size=40), days=st.integers(0, 400))
def test_a_square_for_each_answer_and_nothing_told(verdicts: list[Verdict], days: int) -> None:
    text = share_text(
        "Daily", "Easy", DAY, list(map(outcome, verdicts)), "", Streak(days, frozenset(), True)
    )
    right, late = verdicts.count(Verdict.RIGHT), verdicts.count(Verdict.LATE)
    wrong = verdicts.count(Verdict.WRONG) + late
    assert (text.count(RIGHT), text.count(WRONG)) == (right, wrong)
    assert all(len(line) <= IN_A_ROW for line in text.splitlines() if RIGHT in line)
    assert "817" not in text and "9000" not in text
    assert f"{right} of {right + wrong}" in text
    assert ("in a row" in text) == (days > 1)


def test_an_appeal_that_counts_is_green() -> None:
    answer = outcome(Verdict.WRONG)
    answer.counted = True
    text = share_text("Daily", "Easy", DAY, [answer], "9.0 s", Streak(1, frozenset(), True))
    assert RIGHT in text and WRONG not in text and "in a row" not in text


def test_the_last_line_says_what_there_is_to_say_and_no_more() -> None:
    def last_line(mark: str, days: int) -> str:
        answers, streak = [outcome(Verdict.RIGHT)], Streak(days, frozenset(), True)
        return share_text("Daily", "Easy", DAY, answers, mark, streak).splitlines()[-1]

    assert last_line("", 1) == "1 of 1"
    assert last_line("", 2) == "1 of 1, 2 days in a row"
    assert last_line("9.0 s", 0) == "1 of 1, 9.0 s"
