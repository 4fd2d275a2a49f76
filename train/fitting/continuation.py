"""`python -m train.fitting.continuation`: how often a digit goes on after what was read so far.

Every digit of pendigits' 30 training writers is read after each of its strokes, as play does at
each pen-lift. Prints the constants of `recognizer.endpointing.continuation`: from which confidence
on a reading is certain, and after how many of the digits that were read so the pen came down again.
Every share is the upper end of what that many digits allow for: where few were seen, the game is
cautious.
"""

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer import Recognizer
from train.data import sets
from train.data.unipen import PenDigit
from train.shipping.options import count, script_parser
from train.shipping.script import Progress, run_script

SURE = 0.98  # of the finished digits are read with more than the confidence that is called certain
PRIOR_DIGITS = 1.0  # digits that the share of all readings, or of the value, is worth
CAUTION = 1.28  # standard deviations up: the true share is below in nine of ten cases
UNUSUAL = 0.01  # share of digits that go on, below which no runner-up matters
FEWEST = 40  # digits with a value and a runner-up that make a share of their own
TELLING = 3.0  # times by which the odds must differ from the value's


@dataclass(frozen=True)
class Seen:
    """What was read after so many strokes of a digit, and whether the digit went on."""

    value: int | None
    runner_up: int
    confidence: float
    strokes: int
    went_on: bool

    def column(self, certain: float) -> int:
        """The column of the table: one stroke or more, certain or not."""
        return 2 * (self.strokes > 1) + (self.value is None or self.confidence < certain)


def seen_strokes(reader: Recognizer, digit: PenDigit) -> list[Seen]:
    """What was read after each stroke of a digit."""
    found = []
    for number in range(1, len(digit.strokes) + 1):
        (read,) = reader.read(digit.strokes[:number], length=1).digits
        runner_up = int(read.probabilities.argsort()[-2])
        went_on = number < len(digit.strokes)
        found.append(Seen(read.value, runner_up, read.confidence, number, went_on))
    return found


def certainty(seen: Sequence[Seen]) -> float:
    """The confidence that all but a few of the finished digits reach, in hundredths."""
    finished = [one.confidence for one in seen if not one.went_on]
    return float(np.floor(np.quantile(finished, 1 - SURE) * 100) / 100)


def shares(seen: Sequence[Seen], certain: float) -> dict[int | None, tuple[float, ...]]:
    """The share that went on, by value, in the four columns of `SHARES`."""
    counts = Counter((one.value, one.column(certain), one.went_on) for one in seen)
    of_column = Counter((one.column(certain), one.went_on) for one in seen)
    usual = [_share(of_column[c, True], of_column[c, False]) for c in range(4)]
    return {
        value: tuple(
            _upper(counts[value, c, True], counts[value, c, False], usual[c]) for c in range(4)
        )
        for value in (*range(10), None)
    }


def runners_up(seen: Sequence[Seen], certain: float) -> dict[tuple[int, int], float]:
    """The share that went on after one certain stroke, by value and runner-up, where it tells."""
    first = [one for one in seen if one.column(certain) == 0 and one.value is not None]
    counts = Counter((one.value, one.runner_up, one.went_on) for one in first)
    of_value = Counter((one.value, one.went_on) for one in first)
    found = {}
    for value in range(10):
        usual = _share(of_value[value, True], of_value[value, False])
        for other in range(10):
            yes, no = counts[value, other, True], counts[value, other, False]
            odds = (yes + 0.5) / (no + 0.5) * (1 - usual) / max(usual, 1e-9)
            telling = not 1 / TELLING < odds < TELLING
            if yes + no >= FEWEST and usual > UNUSUAL and telling:
                found[value, other] = _upper(yes, no, usual)
    return found


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Count, and print both tables as they stand in `recognizer.endpointing.continuation`."""
    digits = sets.load_pendigits(train=True, data=arguments.data)[: arguments.limit]
    reader = Recognizer(arguments.backend, arguments.models)
    seen: list[Seen] = []
    with progress.steps("Reading", len(digits)) as advance:
        for digit in digits:
            seen += seen_strokes(reader, digit)
            advance()
    certain = certainty(seen)
    lines = [f"CERTAIN = {certain:.2f}"]
    lines += ["SHARES: dict[int | None, tuple[float, float, float, float]] = {"]
    for value, row in shares(seen, certain).items():
        lines.append(f"    {value}: ({', '.join(f'{share:.3f}' for share in row)}),")
    lines += ["}", "RUNNERS_UP: dict[tuple[int, int], float] = {"]
    lines += [f"    {pair}: {share:.3f}," for pair, share in runners_up(seen, certain).items()]
    progress.say("\n".join([*lines, "}"]))


def _share(yes: int, no: int) -> float:
    return yes / max(1, yes + no)


def _upper(yes: int, no: int, usual: float) -> float:
    """The upper end of Wilson's interval (JASA 22, 1927) for a share, to which `usual` adds."""
    count = yes + no + PRIOR_DIGITS
    share = (yes + PRIOR_DIGITS * usual) / count
    square = CAUTION**2 / count
    spread = CAUTION * math.sqrt((share * (1 - share) + square / 4) / count)
    return (share + square / 2 + spread) / (1 + square)


def _arguments() -> argparse.ArgumentParser:
    parser = script_parser("train.fitting.continuation", __doc__, "data", "backend", "models")
    parser.add_argument("--limit", type=count, help="read only so many digits")
    return parser


if __name__ == "__main__":
    run_script(_arguments(), main)
