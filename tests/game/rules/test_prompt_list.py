"""Lists from text: each line is a number or a sum with one answer, or a fault with its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.facts import fact_asked
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise
from game.rules.prompt_list import (
    LARGEST,
    LONGEST_LINE,
    MOST_DIGITS,
    MOST_LINES,
    read_line,
    read_prompts,
)

WRITTEN = {PLUS: "+", MINUS: "-−–", TIMES: "*x×·", DIVIDED: "/:÷"}
SIGN_AND_WRITTEN = st.sampled_from([(sign, w) for sign, ways in WRITTEN.items() for w in ways])
SPACE = st.sampled_from(["", " ", "  ", "\t"])
NUMBER = st.integers(0, 120)
SMALL = st.integers(0, 25)
FORM = "it is neither a number nor a sum such as 7*8 or 3*?=27"
SEARCHED = 25 * 25 + 1  # no number that fits is larger, where the others are small


def worked_out(a: int, sign: str, b: int) -> int | None:
    """The answer by the schoolbook, or None where there is none in the game's range."""
    if sign == DIVIDED:
        return None if b == 0 or a % b else a // b
    result = {PLUS: a + b, MINUS: a - b, TIMES: a * b}[sign]
    return result if 0 <= result <= LARGEST else None


@given(a=NUMBER, b=NUMBER, sign=SIGN_AND_WRITTEN, gaps=st.lists(SPACE, min_size=4, max_size=4))
def test_a_sum_is_asked_however_it_is_typed(
    a: int, b: int, sign: tuple[str, str], gaps: list[str]
) -> None:
    line = f"{gaps[0]}{a}{gaps[1]}{sign[1]}{gaps[2]}{b}{gaps[3]}"
    answer = worked_out(a, sign[0], b)
    if answer is None:
        with pytest.raises(ValueError):
            read_line(line)
        return
    for tail in ("", "=", " = ?", f" = {answer}"):
        prompt = read_line(line + tail)
        assert prompt is not None and prompt.answer == str(answer)
        assert prompt.text == f"{a} {sign[0]} {b}" and prompt.disguise is Disguise.SUM
        assert fact_asked(prompt) is not None, "it can come again when it was wrong"
    with pytest.raises(ValueError, match=f"is {answer}"):
        read_line(f"{line}={answer + 1}")


@given(a=SMALL, b=SMALL, sign=SIGN_AND_WRITTEN, first=st.booleans())
def test_a_number_that_is_left_out_is_the_only_one_that_fits(
    a: int, b: int, sign: tuple[str, str], first: bool
) -> None:
    result = worked_out(a, sign[0], b)
    if result is None:
        return
    known = f"? {sign[1]} {b}" if first else f"{a} {sign[1]} ?"
    fitting = [
        n for n in range(SEARCHED)
        if worked_out(n if first else a, sign[0], b if first else n) == result
    ]  # fmt: skip
    if len(fitting) == 1:
        prompt = read_line(f"{known}={result}")
        assert prompt is not None and prompt.disguise is Disguise.MISSING
        assert int(prompt.answer) == fitting[0]
        assert prompt.text == f"{known.replace(sign[1], sign[0])} = {result}"
    else:
        with pytest.raises(ValueError, match="no one whole number"):
            read_line(f"{known}={result}")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("?+3=7", "4"),
        ("3+?=7", "4"),
        ("?-3=4", "7"),
        ("7-?=4", "3"),
        ("?*3=12", "4"),
        ("3*?=12", "4"),
        ("?/3=4", "12"),
        ("12/?=4", "3"),
        ("?-9999=0", "9999"),  # the largest number that can be written
        ("9998+1=?", "9999"),
    ],
)
def test_any_part_of_a_sum_may_be_left_out(line: str, answer: str) -> None:
    prompt = read_line(line)
    assert prompt is not None and prompt.answer == answer


@given(number=st.integers(0, LARGEST), zeros=st.integers(0, 2))
def test_a_number_is_asked_as_it_is(number: int, zeros: int) -> None:
    typed = "0" * min(zeros, MOST_DIGITS - len(str(number))) + str(number)
    prompt = read_line(typed)
    assert prompt is not None
    assert (prompt.answer, prompt.text, prompt.disguise) == (
        str(number), str(number), Disguise.NUMERAL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("7*", FORM),
        ("seven", FORM),
        ("7*8*9", FORM),
        ("-5", FORM),
        ("3.5", "there is no sign '.'; there is + - * and /"),
        ("7%3", "there is no sign '%'; there is + - * and /"),
        ("٣+٤", FORM),
        ("__import__('os')", FORM),
        ("5-9", "5 − 9 is less than 0"),
        ("7/2", "7 ÷ 2 is no whole number"),
        ("7/0", "nothing can be divided by 0"),
        ("0*?=0", "there is no one whole number that fits"),
        ("?*?=9", "more than one number is left out"),
        ("3*?=?", "more than one number is left out"),
        ("3*?", "it does not say what the sum comes to"),
        ("999*999", "999 × 999 is more than 9999"),
        ("7*8=57", "7 × 8 is 56"),
        ("9" * 30, "a number has 4 digits at most"),
        ("1+" + "1" * 100_000, "it is longer than 40 characters"),
        ("?+1=99999", "a number has 4 digits at most"),
        ("?+5=3", "there is no one whole number that fits"),
        ("5*?=12", "there is no one whole number that fits"),
        ("?/0=3", "there is no one whole number that fits"),
        ("?-1=9999", "there is no one whole number that fits"),  # 10000 cannot be written
    ],
)
def test_what_cannot_be_asked_is_told(line: str, why: str) -> None:
    found = read_prompts("x", f"7*8\n\n{line}\n12/4")
    assert [prompt.answer for prompt in found.prompts] == ["56", "3"], "the rest is played"
    (fault,) = found.faults
    assert fault.line == 3 and fault.sentence.endswith(f"”): {why}.")
    assert fault.sentence.startswith("Line 3 (“") and len(fault.sentence) < 120


@given(text=st.text(max_size=3000))
def test_any_text_is_read_without_an_accident(text: str) -> None:
    found = read_prompts("x", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert len(found.prompts) + len(found.faults) <= len(kept) or len(lines) > MOST_LINES
    for prompt in found.prompts:
        assert prompt.answer.isdecimal() and 0 <= int(prompt.answer) <= LARGEST
        assert len(prompt.answer) <= found.most_digits <= MOST_DIGITS
    for fault in found.faults:
        assert fault.sentence.isprintable()


def test_comments_and_empty_lines_are_for_people() -> None:
    found = read_prompts("x", "# the sevens\r\n\r\n  # and more\r7*8\r\n" + " " * 9 * LONGEST_LINE)
    assert len(found.prompts) == 1 and found.faults == ()


def test_a_long_list_is_cut_and_says_so() -> None:
    found = read_prompts("x", "7*8\n" * (MOST_LINES + 50))
    assert len(found.prompts) == MOST_LINES
    assert [fault.line for fault in found.faults] == [MOST_LINES + 1]
    assert read_prompts("x", "7*8\n" * MOST_LINES).faults == ()


def test_lists_that_ask_the_same_have_one_mark() -> None:
    same = [read_prompts(name, text).mark for name, text in [("a", "7*8"), ("b", " 7 × 8\n#")]]
    assert same[0] == same[1] != read_prompts("a", "8*7").mark
