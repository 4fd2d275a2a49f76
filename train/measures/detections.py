"""What the detector finds on composed test pages: figures, curves, and sheets of pages."""

import json
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.backends.yolo import SURE, Detections, suppress
from recognizer.page import PAGE_HEIGHT
from recognizer.runtime import onnxruntime
from train.data import sets
from train.data.people import People
from train.forms import pages
from train.forms.page_maker import page_maker
from train.measures import detection_metrics

Picture = NDArray[np.uint8]


def open_exported(path: Path) -> detection_metrics.Network:
    """An exported model as a function from pages to cells."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def run(stack: Picture) -> detection_metrics.Cells:
        sides, scores = session.run(["sides", "scores"], {"pages": stack})
        return sides, scores

    return run


def test_sources(folder: Path | None) -> pages.Sources:
    """Test digits for test pages: of other people than all the rest."""
    return pages.Sources(
        People(sets.load_pendigits(train=False, data=folder)),
        sets.load_mnist(train=False, data=folder),
    )


def write_scores(
    scores: detection_metrics.Scores, bent: detection_metrics.Scores, folder: Path
) -> None:
    """Write the figures of the test pages, and of the bent ones, as JSON and as Markdown."""
    both = {"as written": asdict(scores), "bent": asdict(bent)}
    (folder / "scores.json").write_text(json.dumps(both, indent=2) + "\n")
    lines = [
        f"{of.pages} composed test pages of 1 to {pages.MOST_DIGITS} digits, the digits {kind}: "
        f"mAP50 {of.map50:.4f}, mAP50-95 {of.map50_95:.4f}, "
        f"whole number read exactly {of.exact:.2%}.\n"
        for kind, of in (
            ("as they were written", scores),
            ("bent as in the training's pages, some beyond reading", bent),
        )
    ]
    lines += [
        "| Digit | AP50 | AP50-95 |",
        "|---|---:|---:|",
        *(f"| {digit} | {a:.4f} | {b:.4f} |" for digit, (a, b) in scores.per_class.items()),
    ]
    (folder / "scores.md").write_text("\n".join(lines) + "\n")


def draw_sheet(
    made: list[pages.Page], found: list[Detections], path: Path, columns: int = 1600
) -> None:
    """Draw pages with the predicted boxes, digits and scores; misread ones have a red frame."""
    scale, gap = 2, 6
    rows: list[list[Picture]] = [[]]
    for page, one in zip(made, found, strict=True):
        picture = _annotated(page, one, scale)
        if sum(p.shape[1] + gap for p in rows[-1]) + picture.shape[1] + gap > columns:
            rows.append([])
        rows[-1].append(picture)
    height = PAGE_HEIGHT * scale
    sheet = np.full((len(rows) * (height + gap) + gap, columns, 3), 70, np.uint8)
    for number, row in enumerate(rows):
        x, y = gap, number * (height + gap) + gap
        for picture in row:
            sheet[y : y + height, x : x + picture.shape[1]] = picture
            x += picture.shape[1] + gap
    cv2.imwrite(str(path), sheet)


def _annotated(page: pages.Page, found: Detections, scale: int) -> Picture:
    digits = suppress(found, SURE)
    large = cv2.resize(page.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    picture: Picture = np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2BGR), np.uint8)
    for box, scores in zip(digits.boxes, digits.scores, strict=True):
        x0, y0, x1, y1 = (round(edge * scale) for edge in box.tolist())
        cv2.rectangle(picture, (x0, y0), (x1, y1), (40, 170, 255), 1)
        said = f"{scores.argmax()} {scores.max():.2f}"
        _write(picture, said, (x0, max(9, y0 - 2)), (90, 255, 90))
    if detection_metrics.text(found) != page.text:
        cv2.rectangle(
            picture, (0, 0), (picture.shape[1] - 1, PAGE_HEIGHT * scale - 1), (60, 60, 255), 2
        )
        _write(picture, page.text or "none", (3, PAGE_HEIGHT * scale - 5), (90, 90, 255))
    return picture


def _write(picture: Picture, said: str, at: tuple[int, int], colour: tuple[int, int, int]) -> None:
    cv2.putText(picture, said, at, cv2.FONT_HERSHEY_SIMPLEX, 0.36, colour, 1, cv2.LINE_AA)


def report(
    network: detection_metrics.Network, count: int, folder: Path | None, seed: int, out: Path
) -> tuple[detection_metrics.Scores, detection_metrics.Scores]:
    """Measure an exported model on test pages, as written and bent; `folder` holds the data.

    Figures go to the folder `out`, and with them curves and sheets of the pages as written.
    """
    with page_maker(test_sources(folder)) as make:
        made = make(count, (seed, 3), pages.TEST_MIX)
        made_bent = make(count, (seed, 3), pages.BENT_MIX)
    found = detection_metrics.find(network, made)
    scores = detection_metrics.score(found, made, curves=out)
    bent = detection_metrics.score(detection_metrics.find(network, made_bent), made_bent)
    write_scores(scores, bent, out)
    draw_sheet(made[:90], found[:90], out / "pages.png")
    wrong = [
        row
        for row, (one, page) in enumerate(zip(found, made, strict=True))
        if detection_metrics.text(one) != page.text
    ][:90]
    draw_sheet([made[r] for r in wrong], [found[r] for r in wrong], out / "mistakes.png")
    return scores, bent
