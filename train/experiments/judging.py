"""`python -m train.experiments.judging`: the moment to judge, on pendigits' training writers.

What the endpointer's constants were tuned on: the writers of the training part, one digit and
numbers composed of theirs, replayed as `train.measures.judging` replays the test sets. Another
`--seed` gives other modelled pauses.
"""

import argparse
from pathlib import Path

from recognizer import Recognizer
from train.data import sets
from train.forms.numbers import WrittenNumber, plain_numbers
from train.measures.judging import JudgingSet, markdown, replayed
from train.measures.replay import SEED
from train.measures.test_sets import NUMBERS_SEED, PLAIN_NUMBERS
from train.shipping.options import count, script_parser, seed
from train.shipping.script import Progress, run_script


def tuning_sets(folder: Path | None, limit: int | None = None) -> list[JudgingSet]:
    """Digits and numbers of the training writers; `limit` takes the first so many of each."""
    digits = sets.load_pendigits(train=True, data=folder)
    written = [WrittenNumber(str(d.label), "digit", d.writer, d.strokes) for d in digits[:limit]]
    count = PLAIN_NUMBERS if limit is None else min(limit, PLAIN_NUMBERS)
    return [
        JudgingSet("pendigits training digits", written, False),
        JudgingSet("pendigits training numbers", plain_numbers(digits, count, NUMBERS_SEED), True),
    ]


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Replay and print the table."""
    reader = Recognizer(arguments.backend, arguments.models)
    chosen = tuning_sets(arguments.data, arguments.limit)
    progress.say(markdown(replayed(reader, chosen, arguments.seed), arguments.backend))


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser("train.experiments.judging", __doc__, "data", "backend", "models")
    parser.add_argument("--limit", type=count, help="replay only the first so many of each")
    parser.add_argument("--seed", type=seed, default=SEED, help=f"of hands (default: {SEED})")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
