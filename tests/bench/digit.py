"""One digit: strokes in, the answer out, against those who get a picture of it.

The others' pictures are drawn beforehand, as each expects them, and that time is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import contest
from tests.bench.contest import Program, Strokes
from tests.bench.environments import OTHERS, python_of
from tests.bench.inks import Inks, Picture, picture
from tests.bench.results import Duel

WHAT = "a digit"
OWN = "Digit Dash"
TORCH = "eager torch, the same weights"
Draws = Callable[[Strokes], Picture]


def _canvas(strokes: Strokes) -> Picture:
    """A drawing program's, white on black as MNIST is; a pen as wide as MNIST's, tenfold."""
    return picture(strokes, (280, 280), margin=50, pen=20, light=True)


def _line(strokes: Strokes) -> Picture:
    """A line of print, some digits wide."""
    return picture(strokes, (144, 96), margin=16, pen=7)


def _screen(strokes: Strokes) -> Picture:
    """A child's screen, the size of the package's own example."""
    return picture(strokes, (384, 288), margin=70, pen=6)


DRAWN: dict[str, Draws] = {
    TORCH: _canvas,
    "digit-recognizer-py": _canvas,
    "rapidocr": _line,
    "pmsh-ocr": _screen,
}


def measure(inks: Inks, count: int, folder: Path, *, others: bool) -> list[Duel]:
    """Hold the contest over `count` digits; `others`: with programs that are installed for it."""
    written = inks.some(count)
    strokes = [of.strokes for of in written]
    programs = [
        Program(
            OWN,
            "digit_dash.py",
            contest.keep_strokes(folder / "digits.json", strokes),
            ["cnn", "1"],
        ),
        Program(TORCH, "eager_torch.py", _pictures(folder, TORCH, strokes)),
    ]
    for other in OTHERS if others else ():
        drawn = _pictures(folder, other.name, strokes)
        programs.append(
            Program(other.name, other.worker, drawn, python=python_of(other), own=False)
        )
    answers = contest.run(programs, len(written))
    expected = [of.text for of in written]
    own = answers.pop(OWN)
    return [
        Duel(
            WHAT, name, contest.median(own), contest.median(theirs),
            contest.right(own, expected), contest.right(theirs, expected), len(written),
        )
        for name, theirs in answers.items()
    ]  # fmt: skip


def _pictures(folder: Path, name: str, inks: Sequence[Strokes]) -> Path:
    path = folder / f"{name.partition(',')[0].replace(' ', '-')}.npz"
    return contest.keep_pictures(path, [DRAWN[name](ink) for ink in inks])
