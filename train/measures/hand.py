"""What learning a writer's hand does, writer by writer.

Three samples of each digit of a writer are learned (`Recognizer.learn_hand`), the writer's other
digits are read with and without, told that each is one digit: those writers of pendigits' test part
and of UNIPEN's dev digits who wrote every digit at least four times. Which three matters much where
a writer has but a few errors, so all figures are means over `DRAWS` draws by seed; those of the
first three in the files' order stand beside them. The method and its constants were chosen on
neither of the two sets (`train.experiments.hand`), but for one: see `recognizer.personal.samples`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer import Recognizer
from recognizer.types import Stroke
from train.data.people import People
from train.data.samples import InkSample
from train.forms import negatives
from train.forms.hands import Hands
from train.measures.readers import Reader
from train.measures.tables import table
from train.measures.test_sets import PENDIGITS, UNIPEN, TestSets, by_writer

DRAWS = 10
SCRIBBLES = 300  # pieces of ink that is no digit, read with every writer's hand
SEED = 12
SHOTS = 3  # samples of each digit that are learned, as the game's calibration asks for
MORE_THAN = 1.0 / 200  # a writer may get worse by this share of their digits


@dataclass(frozen=True)
class Score:
    """One writer's digits without and with their hand: means over all draws.

    `digits` were read, `before` and `after` of them wrongly, `new` of them only with the hand.
    """

    writer: int
    digits: float
    before: float
    after: float
    new: float

    @property
    def change(self) -> float:
        """The share of digits that got worse, less those that got better."""
        return (self.after - self.before) / self.digits


@dataclass(frozen=True)
class Summary:
    """What learning their hands did to a set of writers."""

    writers: int
    digits: float
    before: float
    after: float
    new: float
    worst_before: float  # errors of the ten writers with the greatest share of them
    worst_after: float
    worse: tuple[Score, ...]  # writers who got worse by more than `MORE_THAN`

    @property
    def worst_fall(self) -> float:
        """The share of the ten worst writers' errors that is gone."""
        return 1 - self.worst_after / self.worst_before if self.worst_before else 0.0


def summarise(scores: Sequence[Score]) -> Summary:
    """The sums over writers; of equal shares of errors the greater number counts as worse."""
    worst = sorted(scores, key=lambda s: (s.before / s.digits, s.before), reverse=True)[:10]
    return Summary(
        len(scores),
        sum(score.digits for score in scores),
        sum(score.before for score in scores),
        sum(score.after for score in scores),
        sum(score.new for score in scores),
        sum(score.before for score in worst),
        sum(score.after for score in worst),
        tuple(score for score in scores if score.change > MORE_THAN + 1e-9),
    )


def writers_with_enough(samples: Sequence[InkSample]) -> list[int]:
    """The writers with at least one more of every digit than are learned: as after calibration."""
    counts: dict[int, NDArray[np.int64]] = {}
    for sample in samples:
        counts.setdefault(sample.writer, np.zeros(10, np.int64))[int(sample.label)] += 1
    return sorted(writer for writer, of in counts.items() if of.min() > SHOTS)


def draw(
    labels: NDArray[np.int64], rows: NDArray[np.int64], seed: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split one writer's rows into (to learn, to read): `SHOTS` of each digit to learn.

    They are the first in the file's order where the seed is None, else drawn by it.
    """
    ordered = rows if seed is None else np.random.default_rng(seed).permutation(rows)
    learned = np.concatenate([ordered[labels[ordered] == digit][:SHOTS] for digit in range(10)])
    return learned, np.setdiff1d(rows, learned)


@dataclass(frozen=True)
class HandOutcome:
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
    recognizer: Recognizer, samples: Sequence[InkSample], seeds: Sequence[int | None]
) -> Score:
    """One writer's errors without and with their hand: the means over one draw a seed."""
    labels = np.array([int(sample.label) for sample in samples])
    rows = np.arange(len(samples))
    recognizer.learn_hand([])
    plain = np.array([recognizer.read(s.strokes, length=1).text != s.label for s in samples])
    sums = np.zeros(4)
    for seed in seeds:
        learned, rest = draw(labels, rows, seed)
        recognizer.learn_hand([(samples[n].label, samples[n].strokes) for n in learned])
        wrong = np.array(
            [recognizer.read(samples[n].strokes, length=1).text != samples[n].label for n in rest]
        )
        sums += [len(rest), plain[rest].sum(), wrong.sum(), (wrong & ~plain[rest]).sum()]
    recognizer.learn_hand([])
    digits, before, after, new = (sums / len(seeds)).tolist()
    return Score(samples[0].writer, digits, before, after, new)


def _read_drawn(recognizer: Recognizer, samples: Sequence[InkSample]) -> Score:
    return read_writer(recognizer, samples, range(DRAWS))


def _read_first(recognizer: Recognizer, samples: Sequence[InkSample]) -> Score:
    return read_writer(recognizer, samples, [None])


def measure_set(
    reader: Reader, name: str, samples: Sequence[InkSample], numbers: Sequence[InkSample] = ()
) -> HandOutcome | None:
    """Measure a set of single digits; None where no writer has enough of them.

    `numbers` of the same writers are read without and with the first samples learned.
    """
    enough = writers_with_enough(samples)
    hands = {writer: own for writer, own in sorted(by_writer(samples).items()) if writer in enough}
    if not hands:
        return None
    return HandOutcome(
        name,
        tuple(reader.each(_read_drawn, hands.values())),
        tuple(reader.each(_read_first, hands.values())),
        _numbers(reader, hands, numbers),
        _refused(reader, hands),
    )


@dataclass(frozen=True)
class _WithHand:
    """Ink to read, told how many digits it has or not, when the first samples are learned."""

    own: Sequence[InkSample]
    inks: Sequence[Sequence[Stroke]]
    length: int | None


def _read_with_hand(recognizer: Recognizer, task: _WithHand) -> list[str]:
    labels = np.array([int(sample.label) for sample in task.own])
    learned, _ = draw(labels, np.arange(len(task.own)), None)
    recognizer.learn_hand([(task.own[n].label, task.own[n].strokes) for n in learned])
    texts = [recognizer.read(ink, length=task.length).text for ink in task.inks]
    recognizer.learn_hand([])
    return texts


def _numbers(
    reader: Reader, hands: dict[int, list[InkSample]], numbers: Sequence[InkSample]
) -> tuple[int, int, int] | None:
    theirs = [number for number in numbers if number.writer in hands]
    if not theirs:
        return None
    reader.ahead((number.strokes, None) for number in theirs)
    before = sum(reader.read(number.strokes).text == number.label for number in theirs)
    written = {writer: [n for n in theirs if n.writer == writer] for writer in hands}
    tasks = [
        _WithHand(own, [number.strokes for number in written[writer]], None)
        for writer, own in hands.items()
    ]
    after = sum(
        text == number.label
        for texts, of_writer in zip(
            reader.each(_read_with_hand, tasks), written.values(), strict=True
        )
        for text, number in zip(texts, of_writer, strict=True)
    )
    return len(theirs), before, after


def _refused(reader: Reader, hands: dict[int, list[InkSample]]) -> tuple[float, float] | None:
    random = np.random.default_rng(SEED)
    scribbles = [negatives.draw(random, Hands(People([]))) for _ in range(SCRIBBLES)]
    reader.ahead((ink, 1) for ink in scribbles)
    before = np.mean([reader.read(ink, 1).text == "?" for ink in scribbles])
    tasks = [_WithHand(own, scribbles, 1) for own in hands.values()]
    shares = [
        np.mean([text == "?" for text in texts]) for texts in reader.each(_read_with_hand, tasks)
    ]
    return float(before), float(np.mean(shares))


def measure_sets(reader: Reader, sets: TestSets) -> list[HandOutcome]:
    """Both test sets, or as many of them as the data folder has."""
    numbers = (sets.pens("unipen-numbers-dev") or [])[: sets.limit]
    found = [
        measure_set(reader, of.name, of.samples, numbers if of.name == UNIPEN else ())
        for of in sets.digits
        if of.name in (PENDIGITS, UNIPEN)
    ]
    return [outcome for outcome in found if outcome is not None]


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Measure the models that can learn a hand; writes hand-NAME.json and .md.

    One that cannot gets a sentence that says so.
    """
    texts = ["## Learning a hand\n"]
    for reader in readers:
        if not reader.learns_hands:
            texts.append(f"{reader.title}: this model learns no hand.\n")
            continue
        outcomes = measure_sets(reader, sets)
        document = json.dumps(as_json(outcomes), indent=2)
        (folder / f"hand-{reader.name}.json").write_text(f"{document}\n")
        text = markdown(outcomes, reader.title)
        (folder / f"hand-{reader.name}.md").write_text(text, encoding="utf-8")
        texts.append(text)
    return "\n".join(texts)


def markdown(outcomes: Sequence[HandOutcome], title: str) -> str:
    """The figures of one model as Markdown."""
    rows = [
        _row(name, summarise(scores))
        for outcome in outcomes
        for name, scores in (
            (outcome.test_set, outcome.scores),
            (f"{outcome.test_set}, first in file", outcome.first),
        )
    ]
    head = (
        f"{title}, test set", "writers", "digits", "errors", "with the hand", "only with it",
        "ten worst writers", "with the hand", "fall", "worse than 1 in 200",
    )  # fmt: skip
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
    return "\n".join([table(head, rows), "", *notes]) + "\n"


def _row(name: str, of: Summary) -> list[str]:
    return [
        name, f"{of.writers}", f"{of.digits:,.0f}", f"{of.before:.1f}", f"{of.after:.1f}",
        f"{of.new:.1f}", f"{of.worst_before:.1f}", f"{of.worst_after:.1f}",
        f"{of.worst_fall:.0%}", f"{len(of.worse)}",
    ]  # fmt: skip


def as_json(outcomes: Sequence[HandOutcome]) -> dict[str, Any]:
    """All figures in plain types, writer by writer."""
    return {
        "samples of each digit": SHOTS,
        "draws": DRAWS,
        "worse than": MORE_THAN,
        "test sets": {outcome.test_set: asdict(outcome) for outcome in outcomes},
    }
