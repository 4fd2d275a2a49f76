"""A prompt: what is shown, and the text that answers it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from game.language import figures

# In the database; what is shown is in the player's language.
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PLUS, MINUS, TIMES, DIVIDED = "+", "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}"


class Disguise(enum.Enum):
    """The forms in which an answer can be asked for. The value is what the database keeps."""

    NUMERAL = "numeral"
    WORD = "word"
    DICE = "dice"
    TALLY = "tally"
    SUM = "sum"
    MISSING = "missing"  # a sum with its result, and a number left out
    EARLIER = "earlier"  # a sum, while the answer of an earlier one is to be written
    CHAIN = "chain"  # a step from the last answer on


@dataclass(frozen=True)
class Glimpse:
    """A prompt that does not stay: it hides after so long, or as soon as the pen comes down."""

    seconds: float
    then: str  # what the card says once it is hidden, translated there

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise ValueError(f"Nobody sees anything in {self.seconds} s.")


@dataclass(frozen=True)
class Prompt:
    """One question.

    Where nothing is to be written, as at the start of "what was it three before?", the answer is
    empty: such a prompt is only looked at, and the next one follows after its glimpse.
    """

    answer: str  # the digits to write
    disguise: Disguise
    text: str  # the prompt in plain text, as the database keeps it
    dice: tuple[int, ...] = ()  # the faces to draw, for DICE only
    # What the card says above it, translated there; empty: what it always says to that disguise.
    caption: str = ""
    glimpse: Glimpse | None = None

    def __post_init__(self) -> None:
        if not self.answer and self.glimpse is None:
            raise ValueError("A prompt that asks for nothing needs a glimpse, or it never ends.")

    @property
    def asks(self) -> bool:
        """Whether something is to be written."""
        return bool(self.answer)

    @property
    def shown(self) -> str:
        """The text as the player reads it: a word in their language."""
        if self.disguise is Disguise.WORD and self.text in WORDS:
            return figures.word(WORDS.index(self.text))
        return self.text


MOST_PIPS = 6  # on the face of a die
MOST_MARKS = 20  # that are drawn as a tally


def restored(answer: str, disguise: Disguise, text: str) -> Prompt:
    """A prompt from what the database keeps of it.

    What cannot be drawn that way any more, because something was altered, is shown as its text.
    """
    answer = answer or "?"
    if disguise is Disguise.DICE:
        faces = tuple(int(word) for word in text.split()[1:] if word.isdecimal())
        if faces and all(0 < face <= MOST_PIPS for face in faces):
            return Prompt(answer, disguise, text, faces)
    elif disguise is not Disguise.TALLY or (answer.isdecimal() and int(answer) <= MOST_MARKS):
        return Prompt(answer, disguise, text)
    return Prompt(answer, Disguise.NUMERAL, answer)
