"""A whole number by the detector: strokes in, against ultralytics' `predict`, the same weights.

`predict` gets the page ready drawn, in the size that the network learned on.
"""

from __future__ import annotations

from pathlib import Path

from recognizer import ink
from recognizer.strokes import clean_strokes
from tests.bench import contest
from tests.bench.contest import Program
from tests.bench.inks import Inks
from tests.bench.results import Duel
from tests.bench.weights import yolo_checkpoint

WHAT = "a number at one look"
OWN = "Digit Dash"
PREDICT = "ultralytics' predict, the same weights"


def measure(inks: Inks, count: int, folder: Path) -> list[Duel]:
    """Hold the contest over `count` numbers of two to four digits."""
    written = inks.numbers(count)
    strokes = [of.strokes for of in written]
    pages = [ink.page(clean_strokes(of.strokes)).pixels for of in written]
    weights = yolo_checkpoint(folder / "yolo.pt")
    answers = contest.run(
        [
            Program(
                OWN, "digit_dash.py", contest.keep_strokes(folder / "numbers.json", strokes),
                ["yolo"],
            ),
            Program(
                PREDICT, "ultralytics_predict.py",
                contest.keep_pictures(folder / "pages.npz", pages), [str(weights)],
            ),
        ],
        len(written),
    )  # fmt: skip
    expected = [of.text for of in written]
    own, theirs = answers[OWN], answers[PREDICT]
    return [
        Duel(
            WHAT, PREDICT, contest.median(own), contest.median(theirs),
            contest.right(own, expected), contest.right(theirs, expected), len(written),
        )
    ]  # fmt: skip
