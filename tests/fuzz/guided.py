"""The process of guided fuzzing: `python -m tests.fuzz.guided TARGET CORPUS FOUND SECONDS SEED`.

`tests.fuzz.engine` starts it; libFuzzer ends it.
"""

from __future__ import annotations

import random
import sys

import atheris

from tests.fuzz.edits import drawn, edited
from tests.fuzz.engine import LONGEST_INPUT, SLOWEST
from tests.fuzz.table import load

PACKAGES = ["game", "recognizer", "train"]  # whose branches and comparisons guide it
OWN = 0.5  # share of changes that are made by `edits`, which know what is odd in a text
MEMORY = 4096  # MiB


def main() -> None:
    """Fuzz until the time is up or something is found; does not return."""
    name, corpus, found, seconds, seed = sys.argv[1:]
    with atheris.instrument_imports(include=PACKAGES):
        target = load(name)

    def changed(data: bytes, most: int, number: int) -> bytes:
        generator = random.Random(number)
        if generator.random() >= OWN:
            return bytes(atheris.Mutate(data, most))
        return edited(data, drawn(generator), target.seeds, target.words)[:most]

    options = [
        f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST_INPUT}",
        f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={found}/",
        "-print_final_stats=1", "-reload=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], corpus, *options], target.one, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
