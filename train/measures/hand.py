"""`python -m train.measures.hand`: what learning a writer's hand does, writer by writer.

Three samples of each digit of a writer are learned (`Recognizer.learn_hand`), the writer's other
digits are read with and without, told that each is one digit: pendigits' 14 test writers and those
of UNIPEN's dev digits who wrote every digit at least four times. Which three matters much where a
writer has but a few errors, so all figures are means over `DRAWS` draws by seed; those of the first
three in the files' order stand beside them. The method and its constants were chosen on neither of
the two sets (`train.experiments.hand`), but for one: see `recognizer.personal.samples`.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recognizer import Recognizer
from train.data import sets as data
from train.data.sets import InkSample
from train.forms import negatives
from train.measures.personal_data import (
    MORE_THAN,
    SHOTS,
    Score,
    Summary,
    draw,
    summarise,
    writers_with_enough,
)
from train.shipping.script import Progress, run_script

DRAWS = 10
SCRIBBLES = 300  # pieces of ink that is no digit, read with every writer's hand
SEED = 12


@dataclass(frozen=True)
class Outcome:
    """What learning did to one test set: means over draws, and the files' first samples alone.

    `numbers` are (how many, right without, right with their writer's hand); `refused` the share of
    ink that is no digit which is refused (without, with), None where none was read.
    """

    test_set: str
    scores: tuple[Score, ...]
    first: tuple[Score, ...]
    numbers: tuple[int, int, int] | None
    refused: tuple[float, float] | None


def read_writer(
    reader: Recognizer, samples: Sequence[InkSample], seeds: Sequence[int | None]
) -> Score:
    """One writer's errors without and with their hand: the means over one draw a seed."""
    labels = np.array([int(sample.label) for sample in samples])
    rows = np.arange(len(samples))
    reader.learn_hand([])
    plain = np.array([reader.read(s.strokes, length=1).text != s.label for s in samples])
    sums = np.zeros(4)
    for seed in seeds:
        learned, rest = draw(labels, rows, seed)
        reader.learn_hand([(samples[n].label, samples[n].strokes) for n in learned])
        wrong = np.array(
            [reader.read(samples[n].strokes, length=1).text != samples[n].label for n in rest]
        )
        sums += [len(rest), plain[rest].sum(), wrong.sum(), (wrong & ~plain[rest]).sum()]
    reader.learn_hand([])
    digits, before, after, new = (sums / len(seeds)).tolist()
    return Score(samples[0].writer, digits, before, after, new)


def measure(
    reader: Recognizer, name: str, samples: Sequence[InkSample], numbers: Sequence[InkSample] = ()
) -> Outcome | None:
    """Measure a set of single digits; None where no writer has enough of them.

    `numbers` of the same writers are read without and with the first samples learned.
    """
    by_writer: dict[int, list[InkSample]] = {w: [] for w in writers_with_enough(samples)}
    for sample in samples:
        if sample.writer in by_writer:
            by_writer[sample.writer].append(sample)
    if not by_writer:
        return None
    drawn = [read_writer(reader, own, range(DRAWS)) for own in by_writer.values()]
    first = [read_writer(reader, own, [None]) for own in by_writer.values()]
    return Outcome(
        name, tuple(drawn), tuple(first), _numbers(reader, by_writer, numbers),
        _refused(reader, by_writer),
    )  # fmt: skip


def _learn_first(reader: Recognizer, own: Sequence[InkSample]) -> None:
    labels = np.array([int(sample.label) for sample in own])
    learned, _ = draw(labels, np.arange(len(own)), None)
    reader.learn_hand([(own[n].label, own[n].strokes) for n in learned])


def _numbers(
    reader: Recognizer, by_writer: dict[int, list[InkSample]], numbers: Sequence[InkSample]
) -> tuple[int, int, int] | None:
    theirs = [number for number in numbers if number.writer in by_writer]
    if not theirs:
        return None
    reader.learn_hand([])
    before = sum(reader.read(number.strokes).text == number.label for number in theirs)
    after = 0
    for writer, own in by_writer.items():
        _learn_first(reader, own)
        written = [number for number in theirs if number.writer == writer]
        after += sum(reader.read(number.strokes).text == number.label for number in written)
    reader.learn_hand([])
    return len(theirs), before, after


def _refused(
    reader: Recognizer, by_writer: dict[int, list[InkSample]]
) -> tuple[float, float] | None:
    random = np.random.default_rng(SEED)
    scribbles = [negatives.draw(random, []) for _ in range(SCRIBBLES)]
    reader.learn_hand([])
    before = np.mean([reader.read(ink, length=1).text == "?" for ink in scribbles])
    shares = []
    for own in by_writer.values():
        _learn_first(reader, own)
        shares.append(np.mean([reader.read(ink, length=1).text == "?" for ink in scribbles]))
    reader.learn_hand([])
    return float(before), float(np.mean(shares))


def measure_all(reader: Recognizer, folder: Path | None, limit: int | None = None) -> list[Outcome]:
    """Both test sets, or as many of them as the data folder has.

    `limit` takes no more samples of a set than that. Raises RecognizerError where the recognizer
    cannot learn a hand.
    """
    pendigits = [
        InkSample(str(digit.label), digit.writer, digit.strokes)
        for digit in data.load_pendigits(train=False, data=folder)[:limit]
    ]
    found = [measure(reader, "pendigits test", pendigits)]
    unipen = data.load_unipen("unipen-digits-dev", folder)
    if unipen is not None:
        numbers = data.load_unipen("unipen-numbers-dev", folder) or []
        found.append(measure(reader, "UNIPEN dev digits", unipen[:limit], numbers[:limit]))
    return [outcome for outcome in found if outcome is not None]


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The figures as Markdown."""
    lines = [
        "| Test set | writers | digits | errors | with the hand | only with it "
        "| ten worst writers | with the hand | fall | worse than 1 in 200 |",
        f"|---|{'---:|' * 9}",
    ]
    for outcome in outcomes:
        for name, scores in (
            (outcome.test_set, outcome.scores),
            (f"{outcome.test_set}, first in file", outcome.first),
        ):
            lines.append(_row(name, summarise(scores)))
    notes = [
        f"- {SHOTS} samples of each digit learned; means over {DRAWS} draws, else the first "
        f"{SHOTS} in the file. Writers with at least {SHOTS + 1} of every digit."
    ]
    for outcome in outcomes:
        for score in summarise(outcome.scores).worse:
            notes.append(
                f"- {outcome.test_set}: writer {score.writer} gets worse, from {score.before:.1f} "
                f"to {score.after:.1f} errors in {score.digits:.0f} digits."
            )
        if outcome.numbers is not None:
            count, before, after = outcome.numbers
            notes.append(
                f"- Whole numbers of {outcome.test_set}'s writers: {before} of {count} right "
                f"without, {after} with the hand."
            )
        if outcome.refused is not None:
            without, with_hand = outcome.refused
            notes.append(
                f"- {SCRIBBLES} pieces of ink that is no digit, with the hands of "
                f"{outcome.test_set}'s writers: {without:.2%} refused without, {with_hand:.2%} "
                "with the hand."
            )
    return "\n".join(["## Learning a hand", "", *lines, "", *notes]) + "\n"


def _row(name: str, of: Summary) -> str:
    cells = [
        name, f"{of.writers}", f"{of.digits:,.0f}", f"{of.before:.1f}", f"{of.after:.1f}",
        f"{of.new:.1f}", f"{of.worst_before:.1f}", f"{of.worst_after:.1f}",
        f"{of.worst_fall:.0%}", f"{len(of.worse)}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """All figures in plain types, writer by writer."""
    return {
        "samples of each digit": SHOTS,
        "draws": DRAWS,
        "worse than": MORE_THAN,
        "test sets": {outcome.test_set: asdict(outcome) for outcome in outcomes},
    }


def personal_section(reader: Recognizer, folder: Path | None, limit: int | None, out: Path) -> str:
    """Measure, write personal.md and personal.json into the folder; returns the Markdown.

    A recognizer that cannot learn a hand gets a sentence that says so.
    """
    if not reader.learns_hands:
        return "## Learning a hand\n\nThis model was exported without its features.\n"
    outcomes = measure_all(reader, folder, limit)
    out.mkdir(parents=True, exist_ok=True)
    (out / "personal.json").write_text(json.dumps(as_json(outcomes), indent=2) + "\n")
    text = markdown(outcomes)
    (out / "personal.md").write_text(text, encoding="utf-8")
    return text


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure and write personal.md and personal.json under `--out`."""
    reader = Recognizer("cnn", arguments.models)
    progress.say(personal_section(reader, arguments.data, arguments.limit, arguments.out))
    progress.say(f"Wrote personal.md and personal.json to {arguments.out}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(
        prog="python -m train.measures.hand",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data.add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--models", type=Path, help="a folder of models (default: the shipped)")
    parser.add_argument("--limit", type=int, help="take no more samples of a set than this")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
