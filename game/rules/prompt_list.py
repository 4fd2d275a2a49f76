"""Lists of prompts from plain text, one a line: "7*8", "12/4", "405", "3 × ? = 27".

Nothing is evaluated: a line is two numbers and a sign, or a number, or else a fault that is named
with the line's number; the rest is used. Text is bounded before anything looks at it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from game.language import N_, _, figures, ngettext
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
# Translators: this and the like complete "Line 3: ..."; small letters, no full stop.
_FORM = N_("it is neither a number nor a sum such as 7*8 or 3*?=27")


@dataclass(frozen=True)
class Fault:
    """A line that cannot be asked, and why."""

    line: int  # counted from 1
    text: str  # its beginning
    why: str  # in the player's language

    @property
    def sentence(self) -> str:
        """For the player."""
        line = figures.number(self.line)
        if not self.text:
            return _("Line {line}: {why}.").format(line=line, why=self.why)
        # Translators: {why} is such as: nothing can be divided by 0.
        return _("Line {line} (“{text}”): {why}.").format(line=line, text=self.text, why=self.why)


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
        why = ngettext(
            "a list has {count} line at most, and what follows is left out",
            "a list has {count} lines at most, and what follows is left out",
            MOST_LINES,
        ).format(count=figures.number(MOST_LINES))
        faults.append(Fault(MOST_LINES + 1, "", why))
    return PromptList(name, tuple(prompts), tuple(faults))


def read_line(line: str) -> Prompt | None:
    """The prompt of a line, or None where it holds none: it is empty, or a comment.

    Raises ValueError, with a reason that fits into a sentence, for anything else.
    """
    if line.lstrip()[:1] == COMMENT:
        return None
    if len(line) > LONGEST_LINE and len(line.strip()) > LONGEST_LINE:
        words = ngettext(
            "it is longer than {count} character",
            "it is longer than {count} characters",
            LONGEST_LINE,
        )
        raise ValueError(words.format(count=figures.number(LONGEST_LINE)))
    words = " ".join(line.split())
    if not words:
        return None
    if _NUMBER.fullmatch(words):
        number = str(_number(words))
        return Prompt(number, Disguise.NUMERAL, number)
    found = _SUM.fullmatch(words)
    if found is None:
        raise ValueError(_(_FORM))
    sign = _SIGNS.get(found["sign"])
    if sign is None:
        words = _("there is no sign {sign}; there is + - * and /")
        raise ValueError(words.format(sign=repr(found["sign"])))
    return _sum(found["first"], sign, found["second"], found["result"])


def _sum(first: str, sign: str, second: str, result: str | None) -> Prompt:
    """The prompt of a sum in which one part is asked for."""
    asked = [part for part in (first, second, result) if part == "?"]
    if len(asked) > 1:
        raise ValueError(_("more than one number is left out"))
    if "?" in (first, second):
        if result is None:
            raise ValueError(_("it does not say what the sum comes to"))
        return _missing(first, sign, second, _number(result))
    a, b = _number(first), _number(second)
    answer = _result(a, sign, b)
    if result is not None and result != "?" and _number(result) != answer:
        # Translators: {sum} is such as 7 × 8.
        raise ValueError(_("{sum} is {answer}").format(sum=f"{a} {sign} {b}", answer=answer))
    return Prompt(str(answer), Disguise.SUM, f"{a} {sign} {b}")


def _missing(first: str, sign: str, second: str, result: int) -> Prompt:
    """The prompt of a sum that leaves its first or its second number out."""
    known = _number(second if first == "?" else first)
    answer = _solution(known, sign, result, first_asked=first == "?")
    a, b = (answer, known) if first == "?" else (known, answer)
    if a is None or b is None or not _holds(a, sign, b, result):
        raise ValueError(_("there is no one whole number that fits"))
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
        raise ValueError(_("nothing can be divided by 0"))
    if sign == DIVIDED and a % b:
        raise ValueError(_("{sum} is no whole number").format(sum=f"{a} {sign} {b}"))
    result = Fact(a, sign, b).result
    if result < 0:
        raise ValueError(_("{sum} is less than 0").format(sum=f"{a} {sign} {b}"))
    if result > LARGEST:
        words = _("{sum} is more than {most}")
        raise ValueError(words.format(sum=f"{a} {sign} {b}", most=LARGEST))
    return result


def _number(digits: str) -> int:
    """A number; raises ValueError for one with too many digits, however many those are."""
    if len(digits) > MOST_DIGITS:
        words = ngettext(
            "a number has {count} digit at most", "a number has {count} digits at most", MOST_DIGITS
        )
        raise ValueError(words.format(count=figures.number(MOST_DIGITS)))
    return int(digits)


def _quoted(line: str) -> str:
    """The beginning of a line as it can be shown."""
    words = "".join(c if c.isprintable() else " " for c in line[: 4 * QUOTED]).split()
    shown = " ".join(words)
    return shown if len(shown) <= QUOTED else f"{shown[: QUOTED - 1]}…"
