"""Is ink judged at the right moment? Real strokes, replayed (`train.measures.replay`).

No set of these carries times. Points are set at 100 Hz, which is pendigits' rate and a guess for
UNIPEN; pauses between strokes are modelled by `train.measures.pen_timing`, which says from what. So
the shares of early verdicts are those of the modelled hands; that of a slow hand, which the game
learns, is told as well.

The tables of the state machine come from pendigits' training writers, and so does the tuning
(`train.experiments.judging` replays those); UNIPEN is only reported.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from train.forms.numbers import WrittenNumber
from train.measures.pen_timing import SAMPLING_RATE, SLOW_HAND, USUAL_HAND
from train.measures.readers import Question, Reader, Reads
from train.measures.replay import SEED, JudgingScore, read_ink, replay, while_written
from train.measures.tables import table
from train.measures.test_sets import DIGILETS, PENDIGITS, UNIPEN, TestSets


@dataclass(frozen=True)
class JudgingSet:
    """A test set to replay: its name, its samples, and whether they are numbers."""

    name: str
    samples: Sequence[WrittenNumber]
    numbers: bool


def judging_sets(sets: TestSets) -> list[JudgingSet]:
    """The test sets that are there; of each, where there is a limit, so many drawn by seed."""
    found = []
    for digits in sets.all_digits:
        if digits.name in (PENDIGITS, UNIPEN, DIGILETS):
            written = [WrittenNumber(s.label, "digit", s.writer, s.strokes) for s in digits.samples]
            name = f"{digits.name.removesuffix(' digits')} digits"
            found.append(JudgingSet(name, _some(written, sets.limit), False))
    found.insert(1, JudgingSet("pendigits test numbers", sets.numbers[0].numbers, True))
    if (unipen := sets.unipen_numbers) is not None:
        found.append(JudgingSet(unipen.name, _some(unipen.numbers, sets.limit), True))
    return found


def _some(samples: Sequence[WrittenNumber], limit: int | None) -> Sequence[WrittenNumber]:
    if limit is None or limit >= len(samples):
        return samples
    chosen = np.random.default_rng(SEED).permutation(len(samples))[:limit]
    return [samples[i] for i in np.sort(chosen).tolist()]


def replayed(
    reader: Reads, test_sets: Iterable[JudgingSet], seed: int = SEED
) -> list[tuple[JudgingScore, JudgingScore]]:
    """Replay every set with a usual hand and with a slow one."""
    scores = []
    for of in test_sets:
        inks = [read_ink(reader, sample, freely=of.numbers) for sample in of.samples]
        usual = replay(of.name, inks, USUAL_HAND, seed)
        scores.append((usual, replay(of.name, inks, SLOW_HAND, seed)))
    return scores


def questions(sets: TestSets) -> Iterator[Question]:
    """All that a replay will ask: every piece of ink after each of its strokes."""
    for of in judging_sets(sets):
        for sample in of.samples:
            yield from while_written(sample, freely=of.numbers)


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Replay the test sets with each model; writes judging-NAME.json and .md."""
    found = judging_sets(sets)
    texts = []
    for reader in readers:
        reader.ahead(questions(sets))
        texts.append(write(replayed(reader, found), folder, reader.name))
    return "\n".join(["## When it judges\n", *texts])


def write(scores: Sequence[tuple[JudgingScore, JudgingScore]], folder: Path, backend: str) -> str:
    """Write judging-NAME.json and .md into the folder; returns the Markdown."""
    document = {
        "backend": backend,
        "sampling rate Hz": SAMPLING_RATE,
        "hands": {"usual": vars(USUAL_HAND), "slow": vars(SLOW_HAND)},
        "sets": [{"usual": usual.as_dict(), "slow": slow.as_dict()} for usual, slow in scores],
    }
    (folder / f"judging-{backend}.json").write_text(json.dumps(document, indent=2) + "\n")
    text = markdown(scores, backend)
    (folder / f"judging-{backend}.md").write_text(text, encoding="utf-8")
    return text


def markdown(scores: Sequence[tuple[JudgingScore, JudgingScore]], backend: str) -> str:
    """The figures as a table, and how they came about."""
    head = (
        "Replayed", "answers", "judged too early", "delay p50", "delay p90", "judged right",
        "finished ink read right", "cannot read", "slow hand: too early", "slow hand: delay p50",
    )  # fmt: skip
    rows = []
    for usual, slow in scores:
        (median, late), slow_median = np.percentile(usual.delays, (50, 90)), _median(slow)
        rows.append(
            [
                usual.test_set, f"{len(usual.answers):,}", str(usual.judged_early),
                f"{median * 1e3:.0f} ms", f"{late * 1e3:.0f} ms", str(usual.judged_right),
                f"{usual.finished_accuracy:.2%}", f"{usual.cannot_read:.2%}",
                str(slow.judged_early), f"{slow_median * 1e3:.0f} ms",
            ]
        )  # fmt: skip
    note = (
        f"Backend `{backend}`. The sets carry no times: points are set at {SAMPLING_RATE:.0f} Hz "
        "(pendigits' rate; a guess for UNIPEN), the pauses between strokes are modelled: the way "
        "at the writer's own speed and a dead time with the median "
        f"{USUAL_HAND.dead_time * 1e3:.0f} ms (slow hand: {SLOW_HAND.dead_time * 1e3:.0f} ms), in "
        f"{USUAL_HAND.p_hesitation:.0%} a hesitation on top (see `train/measures/pen_timing.py`). "
        "The delay runs from the last pen-lift to the frame of the verdict, reading included."
    )
    return f"{table(head, rows)}\n\n{note}\n"


def _median(score: JudgingScore) -> float:
    return float(np.median(score.delays)) if score.delays else float("nan")
