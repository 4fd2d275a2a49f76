"""Look inside: by what each kind of model came to its answer, on digits read right and misread.

KNN shows the prototypes nearest to a digit, the SVM the support vectors whose votes weighed most, a
convolutional network what its first layer answers, YOLO every box before only the surest are kept;
and of every model an occlusion map shows which ink it went by (`recognizer.inside`). The map of all
digits by the best model's features is on the page (`train.page`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from recognizer import Recognizer
from recognizer.inside.knn import Prototypes
from recognizer.inside.neurons import Neurons
from recognizer.inside.occlusion import occlusion
from recognizer.inside.onnx import FirstLayer
from recognizer.inside.sights import Found, Occlusion
from recognizer.inside.svm import SupportVectors
from recognizer.inside.views import open_view
from recognizer.inside.yolo import Detector
from recognizer.store import ModelStore
from recognizer.types import Glyph
from train.measures import digits
from train.measures.digits import DigitOutcome
from train.measures.figures import INK, QUIET, RIGHT, WRONG, cells, draw_glyph, figure, grid
from train.measures.readers import Reader
from train.measures.test_sets import TestSets

EASY, HARD = 3, 3  # digits that are looked at: read right by most models, and misread by most
SHOWN = 6  # prototypes or support vectors of a digit
NUMBERS = 2  # of each of the first two sets of numbers, for the detector's boxes
_SIDE = 1.65  # inches of a small picture
_LEAST_FALL = 0.05  # of a confidence, that an occlusion map's full colour stands for at least
_STRONG = 99.5  # percentile of a first layer's answers that is drawn in full colour


@dataclass(frozen=True)
class Example:
    """A test digit that is looked at."""

    truth: int
    glyph: Glyph
    read: Mapping[str, int]  # by the model's title; -1 where none was read

    def caption(self, title: str) -> tuple[str, str]:
        """What was written and read, and the colour of that."""
        read = self.read[title]
        said = str(read) if read >= 0 else "?"
        return f"{self.truth} → {said}", RIGHT if read == self.truth else WRONG


@dataclass(frozen=True)
class Picture:
    """A picture of the report: its file, its title, and what it shows in words."""

    file: str
    title: str
    words: str


def examples(outcomes: Mapping[str, DigitOutcome]) -> list[Example]:
    """Digits of one set that most models read right, then such as most misread, by what each made.

    Each of another value than those of its kind before.
    """
    first = next(iter(outcomes.values()))
    wrong = np.sum([~of.right for of in outcomes.values()], axis=0)
    easy = _of_different_values(np.argsort(wrong, kind="stable").tolist(), first.truth, EASY)
    misread = [row for row in np.argsort(-wrong, kind="stable").tolist() if wrong[row]]
    hard = _of_different_values(misread, first.truth, HARD)
    return [
        Example(
            int(first.truth[row]),
            first.glyphs[row],
            {title: int(of.read[row]) for title, of in outcomes.items()},
        )
        for row in dict.fromkeys([*easy, *hard])
    ]


def _of_different_values(rows: Sequence[int], truth: NDArray[np.int64], most: int) -> list[int]:
    """The first rows whose digits are all different, `most` of them."""
    found: dict[int, int] = {}
    for row in rows:
        found.setdefault(int(truth[row]), row)
    return list(found.values())[:most]


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Write the pictures inside-*.png, inside.json and inside.md."""
    outcomes = {reader.title: digits.read_mnist(reader, sets) for reader in readers}
    looked_at = examples(outcomes)
    pictures = [occlusions(readers, looked_at, folder / "inside-occlusion.png")]
    for reader in readers:
        pictures += _own(reader, looked_at, sets, folder)
    document = {"pictures": [asdict(picture) for picture in pictures]}
    (folder / "inside.json").write_text(json.dumps(document, indent=2) + "\n")
    listed = "\n".join(f"- `{of.file}`: {of.title}. {of.words}" for of in pictures)
    text = f"## Look inside\n\n{listed}\n"
    (folder / "inside.md").write_text(text, encoding="utf-8")
    return text


def _own(
    reader: Reader, looked_at: Sequence[Example], sets: TestSets, folder: Path
) -> list[Picture]:
    """What this kind of model alone can show; nothing of one without a file."""
    if reader.model is None:
        return []
    entry = ModelStore(reader.opening.store).entry(reader.opening.backend)
    path = folder / f"inside-{reader.name}.png"
    view = open_view(entry)
    if isinstance(view, Prototypes):
        return [nearest(view, reader.title, looked_at, path)]
    if isinstance(view, SupportVectors):
        return [voters(view, reader.title, looked_at, path)]
    if isinstance(view, Detector):
        numbers = [number for of in sets.numbers[:2] for number in of.numbers[:NUMBERS]]
        found = [(of.label, view.look(of.strokes)) for of in numbers]
        return [boxes([(t, of) for t, of in found if of is not None], reader.title, path)]
    if isinstance(view, FirstLayer):
        responses = view.responses(looked_at[0].glyph)
        return [first_layer(responses, reader.title, looked_at[0], path)]
    if isinstance(view, Neurons):
        return [neurons(view, reader.title, looked_at, path)]
    return []


# --- The pictures ---


def occlusions(readers: Sequence[Reader], looked_at: Sequence[Example], path: Path) -> Picture:
    """Draw, for every digit and model, by how much blanking a piece of ink shakes the answer."""
    maps = {of.title: of.each(_occluded, [one.glyph for one in looked_at]) for of in readers}
    columns, rows = 1 + len(maps), len(looked_at)
    heading = "Which ink decides: red, what the answer rests on"
    with cells(path, columns, rows, heading, _SIDE, second_line=True) as axes:
        for row, one in enumerate(looked_at):
            draw_glyph(axes[row, 0], one.glyph, f"written {one.truth}")
            for panel, (title, of) in zip(axes[row, 1:], maps.items(), strict=True):
                said = f"{of[row].digit}  −{of[row].most:.0%}"
                _draw_occlusion(panel, of[row], f"{title}\n{said}" if row == 0 else said, one)
    most = "; ".join(
        f"{title} {', '.join(f'{o.digit} by {o.most:.0%}' for o in of)}"
        for title, of in maps.items()
    )
    return Picture(
        path.name,
        "Which ink a model goes by",
        "A patch of 5 px is blanked, and the digit read again: red is ink without which the "
        "confidence in the answer falls, blue such as spoke against it. It falls by up to: "
        f"{most}.",
    )


def _occluded(recognizer: Recognizer, glyph: Glyph) -> Occlusion:
    return occlusion(recognizer, glyph)


def _draw_occlusion(panel: Axes, found: Occlusion, caption: str, one: Example) -> None:
    colour = RIGHT if found.digit == one.truth else WRONG
    _draw_pulls(panel, found.falls, caption, colour, one, least=_LEAST_FALL)


def _draw_pulls(
    panel: Axes, pulls: NDArray[np.float32], caption: str, colour: str, one: Example,
    least: float = 1e-6,
) -> None:  # fmt: skip
    """Red where a pixel speaks for something, blue where against, float32 (28, 28)."""
    full = max(float(np.abs(pulls).max()), least)
    panel.imshow(pulls, cmap="RdBu_r", vmin=-full, vmax=full, interpolation="bilinear")
    panel.contour(one.glyph, levels=[100], colors=INK, linewidths=1.2)
    panel.grid(False)
    panel.set(xticks=[], yticks=[])
    panel.set_title(caption, fontsize=15, color=colour, pad=3)


def nearest(view: Prototypes, title: str, looked_at: Sequence[Example], path: Path) -> Picture:
    """Draw the prototypes nearest to every digit, with their distances."""
    found = [view.nearest(one.glyph, max(SHOWN, view.k)) for one in looked_at]

    def draw(panels: NDArray[np.object_], row: int) -> None:
        draw_glyph(panels[0], view.picture(looked_at[row].glyph), "its edges")
        for place, (panel, of) in enumerate(zip(panels[1:], found[row], strict=False)):
            said = f"{of.digit} at {of.distance:.0f}"
            colour = RIGHT if of.digit == looked_at[row].truth else WRONG
            draw_glyph(panel, of.picture, said, colour if place < view.k else QUIET)

    said = f"{title}: the nearest prototypes; the first {view.k} vote"
    _draw_rows(looked_at, title, draw, said, path)
    words = "; ".join(
        f"{one.truth}: {', '.join(f'{p.digit} at {p.distance:.0f}' for p in of)}"
        for one, of in zip(looked_at, found, strict=True)
    )
    return Picture(
        path.name,
        f"{title}: what a digit is most like",
        f"The edges of each digit, and of the prototypes nearest to it with their distances; the "
        f"first {view.k} vote, with 1 / distance. By the digit written: {words}.",
    )


def voters(view: SupportVectors, title: str, looked_at: Sequence[Example], path: Path) -> Picture:
    """Draw the support vectors whose votes weighed most between the two likeliest digits."""
    found = [view.duel(one.glyph, SHOWN) for one in looked_at]

    def draw(panels: NDArray[np.object_], row: int) -> None:
        duel = found[row]
        decided = f"{duel.first} : {duel.second} {duel.decision:+.2f}"
        draw_glyph(panels[0], view.picture(looked_at[row].glyph), decided)
        for panel, of in zip(panels[1:], duel.voters, strict=False):
            colour = RIGHT if of.vote > 0 else WRONG
            said = f"{of.digit}  {of.vote:+.1f}".replace("-", "−")
            draw_glyph(panel, of.picture, said, colour)

    said = f"{title}: the votes that weighed most; green for the digit that won"
    _draw_rows(looked_at, title, draw, said, path)
    words = "; ".join(
        f"{one.truth}: {of.first} before {of.second} by {of.decision:.2f} of {of.count:,} votes"
        for one, of in zip(looked_at, found, strict=True)
    )
    return Picture(
        path.name,
        f"{title}: who voted",
        "The edges of each digit with the duel of the two likeliest, and the support vectors whose "
        f"votes weighed most in it. By the digit written: {words}.",
    )


def _draw_rows(
    looked_at: Sequence[Example],
    title: str,
    draw: Callable[[NDArray[np.object_], int], None],
    said: str,
    path: Path,
) -> None:
    """A row a digit: its glyph, and what `draw` puts on the `1 + SHOWN` panels beside it."""
    columns, rows = 2 + SHOWN, len(looked_at)
    with cells(path, columns, rows, said, _SIDE) as axes:
        for panel in axes.ravel():
            panel.set_axis_off()
        for row, one in enumerate(looked_at):
            draw_glyph(axes[row, 0], one.glyph, *one.caption(title))
            draw(axes[row, 1:], row)


def first_layer(responses: NDArray[np.float32], title: str, one: Example, path: Path) -> Picture:
    """Draw what every filter of the first layer answers, float32 (C, H, W), to one digit."""
    full = max(float(np.percentile(responses, _STRONG)), 1e-6)
    silent = int((responses.reshape(len(responses), -1).max(axis=1) < 0.05 * full).sum())
    said = f"{title}: what its first {len(responses)} filters answer"
    with grid(path, -(-(1 + len(responses)) // 10), said) as panels:
        draw_glyph(panels[0], one.glyph, f"written {one.truth}")
        for panel, response in zip(panels[1:], responses, strict=False):
            panel.imshow(response, cmap="magma_r", vmin=0, vmax=full, interpolation="nearest")
            panel.set_axis_on()
            panel.grid(False)
            panel.set(xticks=[], yticks=[])
    return Picture(
        path.name,
        f"{title}: its first layer",
        f"What each of the {len(responses)} filters of the first layer answers to a "
        f"{one.truth}: dark where strongly. {silent or 'None'} of them "
        f"{'is' if silent == 1 else 'are'} silent.",
    )


def neurons(view: Neurons, title: str, looked_at: Sequence[Example], path: Path) -> Picture:
    """Draw the neurons of the first layer that answer most strongly to every digit."""
    found = [view.strongest(one.glyph, 1 + SHOWN) for one in looked_at]

    def draw(panels: NDArray[np.object_], row: int) -> None:
        for panel, neuron in zip(panels, found[row], strict=False):
            panel.set_axis_on()
            _draw_pulls(panel, neuron.pulls, f"{neuron.answer:.1f}", RIGHT, looked_at[row])

    said = f"{title}: the neurons of its first layer that answer most strongly; red, ink for it"
    _draw_rows(looked_at, title, draw, said, path)
    words = "; ".join(
        f"{one.truth}: {', '.join(f'{neuron.answer:.1f}' for neuron in of)}"
        for one, of in zip(looked_at, found, strict=True)
    )
    return Picture(
        path.name,
        f"{title}: its first layer",
        "Of every digit the neurons of the first layer that answer most strongly, and what each "
        f"pixel of ink adds to the answer (red) or takes from it (blue). By the digit: {words}.",
    )


def boxes(found: Sequence[tuple[str, Found]], title: str, path: Path) -> Picture:
    """Draw all boxes that a detector found on the pages of some numbers, and those kept."""
    rows = len(found)
    with figure(path, 2, rows, (15, 2.1 * rows + 0.8), gap=0.05) as (drawn, axes):
        for (left, right), (label, of) in zip(axes, found, strict=True):
            for panel, kept in ((left, of.before), (right, of.kept)):
                panel.imshow(of.page.pixels, cmap="gray_r", vmin=0, vmax=255)
                panel.grid(False)
                panel.set(xticks=[], yticks=[])
                values = kept.scores.argmax(axis=1)
                for box, value, sure in zip(kept.boxes, values, kept.best, strict=True):
                    x0, y0, x1, y1 = box.tolist()
                    strong = 1.0 if panel is right else 0.25 + 0.5 * float(sure)
                    panel.add_patch(
                        Rectangle(
                            (x0, y0), x1 - x0, y1 - y0, fill=False, linewidth=1.5,
                            edgecolor=WRONG if panel is left else RIGHT, alpha=strong,
                        )
                    )  # fmt: skip
                    if panel is right:
                        panel.text(x0, y0, str(value), color=RIGHT, va="bottom", fontsize=14)
            left.set_title(f"{label}: {len(of.before)} boxes", fontsize=15, pad=3)
            right.set_title(f"{len(of.kept)} kept", fontsize=15, pad=16)
        drawn.suptitle(f"{title}: before and after the surest are kept", fontweight="bold")
    counts = "; ".join(f"{t}: {len(of.before)}, {len(of.kept)} kept" for t, of in found)
    return Picture(
        path.name,
        f"{title}: its boxes before suppression",
        "Every cell of the page says a box. Those that are possible at all, and those that are "
        f"left where only the surest of each place is kept: {counts}.",
    )
