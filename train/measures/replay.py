"""Written answers replayed through the very state machine that judges in the game.

The pen touches and lifts, the ink is read after every lift, readings arrive after the time that
they took, and every sixtieth of a second the state machine (`recognizer.endpointing.endpointer`) is
asked. It judges too early if the pen comes down once more after its verdict; the ink is then what
stood there at the verdict. The samples of one writer follow each other, in an order drawn by seed,
and the pace that was learned from one is there for the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from recognizer import Reading
from recognizer.endpointing.endpointer import Call, Endpointer
from recognizer.endpointing.two_readings import more_confident
from recognizer.strokes import bounding_box
from recognizer.types import Stroke
from train.forms.numbers import WrittenNumber
from train.measures.pen_timing import (
    USUAL_HAND,
    Hand,
    Times,
    drawing_speed,
    size,
    timed,
    true_times,
    writers_dead_time,
)
from train.measures.readers import Reads
from train.measures.shares import Share

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
        return self.judged_early.value

    @property
    def judged_early(self) -> Share:
        """The same with its interval."""
        return Share(sum(a.delay is None for a in self.answers), len(self.answers))

    @property
    def delays(self) -> list[float]:
        """Seconds from the last pen-lift to each verdict that was not too early."""
        return [answer.delay for answer in self.answers if answer.delay is not None]

    @property
    def accuracy(self) -> float:
        """The share judged as what it says."""
        return self.judged_right.value

    @property
    def judged_right(self) -> Share:
        """The same with its interval."""
        return Share(sum(a.read == a.label for a in self.answers), len(self.answers))

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
            "judged too early, with its interval": self.judged_early.as_dict(),
            "judged right, with its interval": self.judged_right.as_dict(),
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
        return (known if free is None else more_confident(known, free)).text


def while_written(
    sample: WrittenNumber, *, freely: bool
) -> Iterator[tuple[Sequence[Stroke], int | None]]:
    """What is asked of the recognizer while a sample is written: after each of its strokes."""
    for count in range(1, len(sample.strokes) + 1):
        ink_so_far = sample.strokes[:count]
        yield ink_so_far, len(sample.label)
        if freely:
            yield ink_so_far, None


def read_ink(reader: Reads, sample: WrittenNumber, *, freely: bool) -> ReadInk:
    """Read a sample after each of its strokes."""
    read = [reader.read(of, length=length) for of, length in while_written(sample, freely=freely)]
    told = read[::2] if freely else read
    free = read[1::2] if freely else [None] * len(read)
    return ReadInk(sample.label, sample.writer, sample.strokes, list(zip(told, free, strict=True)))


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
        self.moment: Endpointer = Endpointer(self._clock)
        self._ticket = 0

    def write(self, sample: ReadInk) -> Replayed:
        """Write one answer at its own times, or at the hand's pace where it has none."""
        if (times := true_times(sample.strokes)) is not None:
            return self.replay(sample, times)
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
