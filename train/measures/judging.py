"""`python -m train.measures.judging`: is ink judged at the right moment? Real strokes, replayed.

The strokes of each test set go, with times, through the recognizer and through the very state
machine of the game (`recognizer.endpointing.endpointer`): the pen touches and lifts, the ink is
read after every lift, readings arrive after the time that they took, and every sixtieth of a second
the state machine is asked. It judges too early if the pen comes down once more after its verdict;
the ink is then what stood there at the verdict. The samples of one writer follow each other, in an
order drawn by seed, and the pace that was learned from one is there for the next.

No set carries times. Points are set at 100 Hz, which is pendigits' rate and a guess for UNIPEN;
pauses between strokes are modelled by `train.measures.pen_timing`, which says from what. So the
shares of early verdicts are those of the modelled hands; that of a slow hand, which the game
learns, is told as well.

The tables of the state machine come from pendigits' training writers, and so does the tuning
(`--tuning` replays those); UNIPEN is only reported.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator

from recognizer import Reading, Recognizer
from recognizer.endpointing.endpointer import Call, Moment
from recognizer.endpointing.surer import surer
from recognizer.strokes import bounding_box
from train.data import sets
from train.forms.numbers import WrittenNumber, plain_numbers
from train.measures.numbers import PLAIN_NUMBERS
from train.measures.numbers import SEED as NUMBERS_SEED
from train.measures.pen_timing import (
    SAMPLING_RATE,
    SLOW_HAND,
    USUAL_HAND,
    Hand,
    Stroke,
    Times,
    drawing_speed,
    size,
    timed,
    writers_dead_time,
)
from train.shipping.export import replace_file
from train.shipping.script import Progress, run_script

SEED = 5
FRAME = 1 / 60  # s between two looks at the state machine
LOOKING = 1.0  # s from a verdict to the next answer
GIVE_UP = 10.0  # s after the last pen-lift, by which a verdict must have come


@dataclass(frozen=True)
class Replayed:
    """One answer: what it says, what was judged and when.

    `read` is the text of the verdict, `finished` that of the whole ink; `delay` is in seconds from
    the last pen-lift to the verdict, or None where the verdict came too early.
    """

    label: str
    read: str
    finished: str
    call: Call
    delay: float | None


@dataclass(frozen=True)
class JudgingScore:
    """What a test set's replay comes to."""

    test_set: str
    answers: tuple[Replayed, ...]

    @property
    def early(self) -> float:
        """The share that was judged before the last stroke."""
        return sum(answer.delay is None for answer in self.answers) / len(self.answers)

    @property
    def delays(self) -> list[float]:
        """Seconds from the last pen-lift to each verdict that was not too early."""
        return [answer.delay for answer in self.answers if answer.delay is not None]

    @property
    def accuracy(self) -> float:
        """The share judged as what it says."""
        return sum(answer.read == answer.label for answer in self.answers) / len(self.answers)

    @property
    def finished_accuracy(self) -> float:
        """The share read as what it says, by the same two readings, when the ink is finished."""
        return sum(a.finished == a.label for a in self.answers) / len(self.answers)

    @property
    def cannot_read(self) -> float:
        """The share that ended in "cannot read"."""
        return sum(a.call is Call.CANNOT_READ for a in self.answers) / len(self.answers)

    def as_dict(self) -> dict[str, Any]:
        """The figures in plain types, ready for JSON."""
        median, slow = np.percentile(self.delays, (50, 90)) if self.delays else (0.0, 0.0)
        return {
            "test set": self.test_set,
            "answers": len(self.answers),
            "judged too early": round(self.early, 5),
            "median delay ms": round(float(median) * 1e3),
            "90 % delay ms": round(float(slow) * 1e3),
            "accuracy": round(self.accuracy, 5),
            "accuracy of the finished ink": round(self.finished_accuracy, 5),
            "cannot read": round(self.cannot_read, 5),
        }


@dataclass(frozen=True)
class ReadInk:
    """One answer's ink, and how it was read after each of its strokes.

    `readings` are pairs: with its length told, and without, or None where the game does not do so.
    """

    label: str
    writer: int
    strokes: Sequence[Stroke]
    readings: Sequence[tuple[Reading, Reading | None]]

    @property
    def finished(self) -> str:
        """What is read when the ink is finished, by the rule of the game."""
        known, free = self.readings[-1]
        return (known if free is None else surer(known, free)).text


def read_ink(reader: Recognizer, sample: WrittenNumber, *, freely: bool) -> ReadInk:
    """Read a sample after each of its strokes."""
    readings = []
    for count in range(1, len(sample.strokes) + 1):
        ink_so_far = sample.strokes[:count]
        known = reader.read(ink_so_far, length=len(sample.label))
        readings.append((known, reader.read(ink_so_far) if freely else None))
    return ReadInk(sample.label, sample.writer, sample.strokes, readings)


@dataclass
class _Clock:
    """A clock that is set by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


class Player:
    """A writer at the game, with the state machine of the whole sitting.

    `speed` is in sizes of a digit a second, `dead_time` in seconds.
    """

    def __init__(self, speed: float, dead_time: float, hand: Hand, random: Generator) -> None:
        self.speed, self.dead_time, self.hand = speed, dead_time, hand
        self._random = random
        self._clock = _Clock()
        self.moment: Moment[Reading] = Moment(self._clock)
        self._ticket = 0

    def write(self, sample: ReadInk) -> Replayed:
        """Write one answer at the hand's pace and return its verdict."""
        speed = self.speed * size(sample.strokes, len(sample.label))
        times = timed(sample.strokes, speed, self.dead_time, self.hand, self._random)
        return self.replay(sample, times)

    def replay(self, sample: ReadInk, times: Times) -> Replayed:
        """Write one answer at the given times, seconds from the first touch."""
        start = self._clock.now
        boxes = [bounding_box([stroke]) for stroke in sample.strokes]
        for number, (touch, lift) in enumerate(times, start=1):
            self.moment.pen_down(start + touch)
            self._clock.now = lifted = start + lift
            self._ticket += 1
            self.moment.pen_up(lifted, self._ticket, boxes[:number], len(sample.label))
            last = number == len(times)
            until = lifted + GIVE_UP if last else start + times[number][0]
            verdict = self._watch(sample.readings[number - 1], until)
            if verdict is not None:
                delay = self._clock.now - lifted if last else None
                if not last:
                    self.moment.pen_down(until)  # too late: it is no longer this answer's ink
                    self.moment.cancel()
                    self._clock.now = start + times[-1][1]
                self._clock.now += LOOKING
                call, read = verdict
                return Replayed(sample.label, read, sample.finished, call, delay)
        raise AssertionError(f"no verdict within {GIVE_UP} s")

    def _watch(
        self, readings: tuple[Reading, Reading | None], until: float
    ) -> tuple[Call, str] | None:
        """Look at the state machine in every frame until there is a verdict or the pen is down."""
        known, free = readings
        took = known.elapsed_ms + (0.0 if free is None else free.elapsed_ms)
        self._clock.now += took / 1e3 + float(self._random.uniform(0, FRAME))
        arrived = False
        while self._clock.now < until:
            arrived = arrived or self.moment.reading_came(self._ticket, known, free)
            decision = self.moment.decide()
            if decision.reading is not None:
                self.moment.judged()
                return decision.call, decision.reading.text
            self._clock.now += FRAME
        return None


def replay(
    name: str, inks: Sequence[ReadInk], hand: Hand = USUAL_HAND, seed: int = SEED
) -> JudgingScore:
    """Replay a test set that was read, writer by writer."""
    of_writer: dict[int, list[ReadInk]] = {}
    for sample in inks:
        of_writer.setdefault(sample.writer, []).append(sample)
    answers: list[Replayed] = []
    for writer, samples in of_writer.items():
        random = np.random.default_rng([seed, writer])
        speeds = [drawing_speed(sample.strokes, len(sample.label)) for sample in samples]
        player = Player(
            float(np.nanmedian(speeds)), writers_dead_time(writer, hand, seed), hand, random
        )
        answers += [player.write(samples[i]) for i in random.permutation(len(samples)).tolist()]
    return JudgingScore(name, tuple(answers))


@dataclass(frozen=True)
class JudgingSet:
    """A test set to replay: its name, its samples, and whether they are numbers."""

    name: str
    samples: Sequence[WrittenNumber]
    numbers: bool


def judging_sets(
    folder: Path | None, limit: int | None = None, *, tuning: bool = False
) -> list[JudgingSet]:
    """The test sets that are there, or pendigits' training writers where it is for tuning.

    `limit` takes so many samples of each, drawn by seed.
    """
    digits = sets.load_pendigits(train=tuning, data=folder)
    part = "training" if tuning else "test"
    singles = [WrittenNumber(str(d.label), "digit", d.writer, d.strokes) for d in digits]
    found = [
        JudgingSet(f"pendigits {part} digits", _some(singles, limit), False),
        JudgingSet(
            f"pendigits {part} numbers",
            plain_numbers(digits, min(limit or PLAIN_NUMBERS, PLAIN_NUMBERS), NUMBERS_SEED),
            True,
        ),
    ]
    for name in () if tuning else ("digits", "numbers"):
        samples = sets.load_unipen(f"unipen-{name}-dev", folder)
        if samples is not None:
            written = [WrittenNumber(s.label, "UNIPEN", s.writer, s.strokes) for s in samples]
            found.append(JudgingSet(f"UNIPEN dev {name}", _some(written, limit), name == "numbers"))
    return found


def measure(
    reader: Recognizer,
    folder: Path | None,
    limit: int | None = None,
    *,
    tuning: bool = False,
    seed: int = SEED,
) -> list[tuple[JudgingScore, JudgingScore]]:
    """Replay every set with a usual hand and with a slow one."""
    scores = []
    for test_set in judging_sets(folder, limit, tuning=tuning):
        inks = [read_ink(reader, s, freely=test_set.numbers) for s in test_set.samples]
        usual = replay(test_set.name, inks, USUAL_HAND, seed)
        scores.append((usual, replay(test_set.name, inks, SLOW_HAND, seed)))
    return scores


def write_judging(
    scores: Sequence[tuple[JudgingScore, JudgingScore]], folder: Path, backend: str
) -> str:
    """Write judging.json and judging.md into the folder; returns the Markdown."""
    document = {
        "backend": backend,
        "sampling rate Hz": SAMPLING_RATE,
        "hands": {"usual": vars(USUAL_HAND), "slow": vars(SLOW_HAND)},
        "sets": [{"usual": usual.as_dict(), "slow": slow.as_dict()} for usual, slow in scores],
    }
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / "judging.json", (json.dumps(document, indent=2) + "\n").encode())
    text = _markdown(scores, backend)
    replace_file(folder / "judging.md", text.encode())
    return text


def report_section(reader: Recognizer, folder: Path | None, limit: int | None, out: Path) -> str:
    """Replay with a recognizer, keep the table in `out`, and return the report's section of it."""
    text = write_judging(measure(reader, folder, limit), out, reader.backend)
    return f"### When it judges\n\n{text}"


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Replay, print the table, and keep it under `--out`/judging."""
    reader = Recognizer(arguments.backend, arguments.models)
    scores = measure(
        reader, arguments.data, arguments.limit, tuning=arguments.tuning, seed=arguments.seed
    )
    if arguments.tuning:
        progress.say(_markdown(scores, arguments.backend))
        return
    folder = arguments.out / "judging"
    progress.say(write_judging(scores, folder, arguments.backend))
    progress.say(f"Wrote the table to {folder}.")


def _some(samples: Sequence[WrittenNumber], limit: int | None) -> Sequence[WrittenNumber]:
    if limit is None or limit >= len(samples):
        return samples
    chosen = np.random.default_rng(SEED).permutation(len(samples))[:limit]
    return [samples[i] for i in np.sort(chosen).tolist()]


def _markdown(scores: Sequence[tuple[JudgingScore, JudgingScore]], backend: str) -> str:
    head = (
        "Replayed", "answers", "judged too early", "delay p50", "delay p90", "judged right",
        "finished ink read right", "cannot read", "slow hand: too early", "slow hand: delay p50",
    )  # fmt: skip
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    for usual, slow in scores:
        (median, late), slow_median = np.percentile(usual.delays, (50, 90)), _median(slow)
        cells = [
            usual.test_set, f"{len(usual.answers):,}", f"{usual.early:.2%}",
            f"{median * 1e3:.0f} ms", f"{late * 1e3:.0f} ms", f"{usual.accuracy:.2%}",
            f"{usual.finished_accuracy:.2%}", f"{usual.cannot_read:.2%}",
            f"{slow.early:.2%}", f"{slow_median * 1e3:.0f} ms",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    note = (
        f"Backend `{backend}`. The sets carry no times: points are set at {SAMPLING_RATE:.0f} Hz "
        "(pendigits' rate; a guess for UNIPEN), the pauses between strokes are modelled: the way "
        "at the writer's own speed and a dead time with the median "
        f"{USUAL_HAND.dead_time * 1e3:.0f} ms (slow hand: {SLOW_HAND.dead_time * 1e3:.0f} ms), in "
        f"{USUAL_HAND.p_hesitation:.0%} a hesitation on top (see `train/measures/pen_timing.py`). "
        "The delay runs from the last pen-lift to the frame of the verdict, reading included."
    )
    return "\n".join(lines) + f"\n\n{note}\n"


def _median(score: JudgingScore) -> float:
    return float(np.median(score.delays)) if score.delays else float("nan")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train.measures.judging", description=__doc__)
    sets.add_data_argument(parser)
    parser.add_argument("--backend", default="cnn", help="default: cnn")
    parser.add_argument("--models", type=Path, help="folder with a manifest (default: the shipped)")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--limit", type=int, help="replay only so many answers of each set")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of hands (default: {SEED})")
    parser.add_argument(
        "--tuning", action="store_true", help="replay pendigits' training writers instead"
    )
    return parser


if __name__ == "__main__":
    run_script(_arguments(), main)
