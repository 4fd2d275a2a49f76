"""What recognizers show of themselves, made up, and models for the Lab that show it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from driving import FakeModels, FakeRecognizer, PageRecognizer

from recognizer.backends.yolo import Detections
from recognizer.inside.sights import (
    Compared,
    Covered,
    Disputed,
    Duel,
    Found,
    Neuron,
    Occlusion,
    Prototype,
    Sight,
    Voter,
)
from recognizer.page import PAGE_HEIGHT, Page, place

EDGES = np.zeros((84, 84), np.uint8)
EDGES[10:70, 38:44] = 255
GLYPH = np.zeros((28, 28), np.uint8)
GLYPH[4:24, 12:16] = 255


def compared(voting: int = 4, count: int = 6) -> Compared:
    """So many prototypes, one in three of another digit; the nearest ones vote."""
    return Compared(
        GLYPH,
        EDGES,
        tuple(
            Prototype(1 if n % 3 == 2 else 7, 1200.0 + n, float(n < voting), EDGES)
            for n in range(count)
        ),
    )


def disputed() -> Disputed:
    votes = (1.5, -1.25, 1.0, -0.75, 0.5, -0.25)
    voters = tuple(Voter(7 if vote > 0 else 1, vote, EDGES) for vote in votes)
    return Disputed(GLYPH, EDGES, Duel(7, 1, 2.25, -0.5, 1234, voters))


def covered(filters: int | None = None, most: float = 0.4, neurons: int = 0) -> Covered:
    falls = np.zeros((28, 28), np.float32)
    falls[4:10], falls[20:24] = most, -most / 2
    responses = None if filters is None else np.ones((filters, 28, 28), np.float32)
    answering = tuple(Neuron(2.0 - n / 10, falls * (n + 1)) for n in range(neurons))
    return Covered(GLYPH, Occlusion(7, 0.97, falls), responses, answering)


def found(before: int = 12, kept: int = 2) -> Found:
    """Boxes around two digits; the first of each are those that are kept."""
    placement = place((0.0, 0.0, 100.0, 60.0), 3.0)
    edges = [[4.0 + 60 * (n % 2), 4.0 + n, 50.0 + 60 * (n % 2), 58.0] for n in range(before)]
    scores = np.full((before, 10), 0.02, np.float32)
    scores[np.arange(before), np.arange(before) % 2 + 3] = 0.9
    all_boxes = Detections(np.array(edges, np.float32).reshape(-1, 4), scores)
    page = np.zeros((PAGE_HEIGHT, placement.width), np.uint8)
    page[10:50, 20:30] = 255
    return Found(Page(page, placement), all_boxes, all_boxes.take(np.arange(kept)))


# By backend; the last one has nothing to show.
SIGHTS: dict[str, Sight | None] = {
    "cnn": covered(32), "fcn": covered(neurons=12), "knn": compared(), "svm": disputed(),
    "yolo": found(), "other": None,
}  # fmt: skip


def models(answer: Callable[[], str] = lambda: "7") -> FakeModels:
    """All of them, reading that answer."""
    made = FakeModels(**{name: FakeRecognizer(answer) for name in SIGHTS})
    made.backends["yolo"] = PageRecognizer(answer)
    made.sights.update(SIGHTS)
    return made
