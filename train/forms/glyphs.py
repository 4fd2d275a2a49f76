"""Pen strokes to training pictures: real digits and drawn forms, varied, then rendered."""

import contextlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from recognizer import ink
from recognizer.strokes import clean_strokes
from train.data.people import People
from train.data.sets import Images
from train.data.unipen import PenDigit
from train.forms import negatives
from train.forms.augment_ink import random_pen_width, vary
from train.forms.digits import written_or_drawn
from train.forms.hands import Hands

NOT_A_DIGIT = 10  # the label beside the ten digits

_BATCH = 2_000  # pictures a task of a worker; about a second's work


@dataclass(frozen=True)
class Mix:
    """How varied pictures are drawn; shares of all pictures, or of the real ones for `marked`."""

    no_digit: float = 0.0  # labelled `NOT_A_DIGIT`, from `negatives`
    drawn: float = 0.25  # digits from `allographs`, the rest from real writers
    marked: float = 0.3  # real zeros, ones and sevens that get a slash, a flag and foot, or a bar


def render(digits: Sequence[PenDigit]) -> Images:
    """The digits as play shows them to the model: no variation, the pen of `recognizer.ink`."""
    pixels = [ink.glyph(clean_strokes(digit.strokes)) for digit in digits]
    return Images(np.stack(pixels), np.array([digit.label for digit in digits], np.int64))


def render_varied(people: People, count: int, seed: int, mix: Mix | None = None) -> Images:
    """Draw `count` varied pictures, digits in equal shares, on all cores, decided by the seed.

    The result does not depend on the number of cores.
    """
    mix = mix or Mix()
    sizes = [min(_BATCH, count - start) for start in range(0, count, _BATCH)]
    tasks = [(size, (seed, number), mix) for number, size in enumerate(sizes)]
    if len(tasks) == 1:  # done before another process has started
        return _render(Hands(people), *tasks[0])
    if _kept is not None and _kept[0] is people:
        parts = list(_kept[1].map(_render_task, tasks))
    else:
        with _workers(people) as pool:
            parts = list(pool.map(_render_task, tasks))
    return Images(
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


@contextlib.contextmanager
def kept_workers(people: People) -> Iterator[None]:
    """Inside, `render_varied` of these people starts its workers once and not every time.

    A worker is ready after several seconds (its imports, the people, the fonts of the letters):
    as long as it draws ten thousand pictures.
    """
    global _kept
    before = _kept
    with _workers(people) as pool:
        _kept = (people, pool)
        try:
            yield
        finally:
            _kept = before


_kept: tuple[People, ProcessPoolExecutor] | None = None


def _workers(people: People) -> ProcessPoolExecutor:
    # Forking a process in which torch has started threads can deadlock: the workers start afresh.
    fresh = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(os.cpu_count(), fresh, _start_worker, (people,))


_worker_hands: Hands | None = None  # in a worker: handed over once, not with every task


def _start_worker(people: People) -> None:
    global _worker_hands
    _worker_hands = Hands(people)
    cv2.setNumThreads(1)  # each worker has one core to itself


def _render_task(task: tuple[int, tuple[int, int], Mix]) -> Images:
    assert _worker_hands is not None
    return _render(_worker_hands, *task)


def _render(hands: Hands, count: int, seed: tuple[int, int], mix: Mix) -> Images:
    random = np.random.default_rng(seed)
    pixels = np.empty((count, ink.GLYPH_SIZE, ink.GLYPH_SIZE), np.uint8)
    labels = random.integers(0, 10, count)
    if mix.no_digit > 0:
        labels[random.random(count) < mix.no_digit] = NOT_A_DIGIT
    for row, label in enumerate(labels.tolist()):
        if label == NOT_A_DIGIT:
            strokes = negatives.draw(random, hands)
        else:
            written = hands.digit(label, random)
            strokes = written_or_drawn(label, written, random, drawn=mix.drawn, marked=mix.marked)
        pixels[row] = ink.glyph(vary(strokes, random), random_pen_width(random))
    return Images(pixels, labels)
