"""Lists of prompts from plain text, one a line: "7*8", "12/4", "405", "3 × ? = 27".

Nothing is evaluated: a line is two numbers and a sign, or a number, or else a fault that is named
with the line's number; the rest is used. Text is bounded before anything looks at it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from game.rules.facts import Fact
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt

MOST_LINES = 200  # that are looked at
LONGEST_LINE = 40  # characters; no sum needs more
MOST_DIGITS = 4  # of any number in it, and of an answer
LARGEST = 10**MOST_DIGITS - 1
COMMENT = "#"  # begins a line that is for people
QUOTED = 16  # characters of a faulty line that are shown

_SIGNS = {
    **dict.fromkeys("+", PLUS),
    **dict.fromkeys(f"-{MINUS}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}", MINUS),
    **dict.fromkeys(f"*xX{TIMES}\N{MIDDLE DOT}\N{DOT OPERATOR}\N{ASTERISK OPERATOR}", TIMES),
    **dict.fromkeys(f"/:{DIVIDED}\N{DIVISION SLASH}\N{RATIO}", DIVIDED),
}
_NUMBER = re.compile(r"[0-9]+")
_SUM = re.compile(
    r"(?P<first>[0-9]+|\?) ?(?P<sign>[^0-9 ?=]) ?(?P<second>[0-9]+|\?)"
    r"(?: ?(?P<equals>=) ?(?P<result>[0-9]+|\?)?)?"
)
_FORM = "it is neither a number nor a sum such as 7*8 or 3*?=27"


@dataclass(frozen=True)
class Fault:
    """A line that cannot be asked, and why."""

    line: int  # counted from 1
    text: str  # its beginning
    why: str

    @property
    def sentence(self) -> str:
        """For the player."""
        quoted = f" (“{self.text}”)" if self.text else ""
        return f"Line {self.line}{quoted}: {self.why}."


@dataclass(frozen=True)
class PromptList:
    """What a text comes to: its prompts in their order, and the lines that are none."""

    name: str
    prompts: tuple[Prompt, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def mark(self) -> str:
        """A short name that goes with what is asked: another list has another one."""
        asked = "\n".join(prompt.text for prompt in self.prompts)
        return hashlib.sha256(asked.encode("utf-8")).hexdigest()[:12]

    @property
    def most_digits(self) -> int:
        """Of an answer."""
        return max((len(prompt.answer) for prompt in self.prompts), default=1)


def read_prompts(name: str, text: str) -> PromptList:
    """The prompts of a text; whatever is wrong in it is a fault of its line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_LINES)
    prompts: list[Prompt] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        try:
            prompt = read_line(line)
        except ValueError as error:
            faults.append(Fault(number, _quoted(line), str(error)))
        else:
            prompts += [prompt] if prompt is not None else []
    if any(line.strip() for line in lines[MOST_LINES:]):
        why = f"a list has {MOST_LINES} lines at most, and what follows is left out"
        faults.append(Fault(MOST_LINES + 1, "", why))
    return PromptList(name, tuple(prompts), tuple(faults))


def read_line(line: str) -> Prompt | None:
    """The prompt of a line, or None where it holds none: it is empty, or a comment.

    Raises ValueError, with a reason that fits into a sentence, for anything else.
    """
    if line.lstrip()[:1] == COMMENT:
        return None
    if len(line) > LONGEST_LINE and len(line.strip()) > LONGEST_LINE:
        raise ValueError(f"it is longer than {LONGEST_LINE} characters")
    words = " ".join(line.split())
    if not words:
        return None
    if _NUMBER.fullmatch(words):
        number = str(_number(words))
        return Prompt(number, Disguise.NUMERAL, number)
    found = _SUM.fullmatch(words)
    if found is None:
        raise ValueError(_FORM)
    sign = _SIGNS.get(found["sign"])
    if sign is None:
        raise ValueError(f"there is no sign {found['sign']!r}; there is + - * and /")
    return _sum(found["first"], sign, found["second"], found["result"])


def _sum(first: str, sign: str, second: str, result: str | None) -> Prompt:
    """The prompt of a sum in which one part is asked for."""
    asked = [part for part in (first, second, result) if part == "?"]
    if len(asked) > 1:
        raise ValueError("more than one number is left out")
    if "?" in (first, second):
        if result is None:
            raise ValueError("it does not say what the sum comes to")
        return _missing(first, sign, second, _number(result))
    a, b = _number(first), _number(second)
    answer = _result(a, sign, b)
    if result is not None and result != "?" and _number(result) != answer:
        raise ValueError(f"{a} {sign} {b} is {answer}")
    return Prompt(str(answer), Disguise.SUM, f"{a} {sign} {b}")


def _missing(first: str, sign: str, second: str, result: int) -> Prompt:
    """The prompt of a sum that leaves its first or its second number out."""
    known = _number(second if first == "?" else first)
    answer = _solution(known, sign, result, first_asked=first == "?")
    a, b = (answer, known) if first == "?" else (known, answer)
    if a is None or b is None or not _holds(a, sign, b, result):
        raise ValueError("there is no one whole number that fits")
    assert answer is not None
    shown = f"? {sign} {b}" if first == "?" else f"{a} {sign} ?"
    return Prompt(str(answer), Disguise.MISSING, f"{shown} = {result}")


def _solution(known: int, sign: str, result: int, *, first_asked: bool) -> int | None:
    """The only number that can fit, if there is one; whether it does is another matter."""
    if sign == PLUS:
        return result - known
    if sign == MINUS:
        return result + known if first_asked else known - result
    if sign == TIMES:
        return result // known if known else None
    if first_asked:
        return result * known
    return known // result if result else None


def _holds(a: int, sign: str, b: int, result: int) -> bool:
    try:
        return min(a, b) >= 0 and max(a, b) <= LARGEST and _result(a, sign, b) == result
    except ValueError:
        return False


def _result(a: int, sign: str, b: int) -> int:
    """What a sum comes to; raises ValueError where that cannot be written as an answer."""
    if sign == DIVIDED and b == 0:
        raise ValueError("nothing can be divided by 0")
    if sign == DIVIDED and a % b:
        raise ValueError(f"{a} {sign} {b} is no whole number")
    result = Fact(a, sign, b).result
    if result < 0:
        raise ValueError(f"{a} {sign} {b} is less than 0")
    if result > LARGEST:
        raise ValueError(f"{a} {sign} {b} is more than {LARGEST}")
    return result


def _number(digits: str) -> int:
    """A number; raises ValueError for one with too many digits, however many those are."""
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has {MOST_DIGITS} digits at most")
    return int(digits)


def _quoted(line: str) -> str:
    """The beginning of a line as it can be shown."""
    words = "".join(c if c.isprintable() else " " for c in line[: 4 * QUOTED]).split()
    shown = " ".join(words)
    return shown if len(shown) <= QUOTED else f"{shown[: QUOTED - 1]}…"
