"""The tests of the training need its extra; without it they are skipped with that reason."""

from functools import cache
from typing import Any

import numpy as np
import pytest

for module in ("torch", "rich", "onnx", "pooch"):
    pytest.importorskip(module, reason="the training tests need the extra [train]")


@cache
def _drawn() -> tuple[Any, list[Any]]:
    """2,000 drawn digits as pictures, and the first 300 of them as strokes."""
    from recognizer import ink
    from train.data import sets
    from train.data.unipen import PenDigit
    from train.forms.augment_ink import vary
    from train.forms.digits import draw_digit

    random = np.random.default_rng(0)
    labels = random.permutation(np.arange(2_000) % 10)
    strokes = [vary(draw_digit(int(label), random), random) for label in labels]
    pixels = np.stack([ink.glyph(of) for of in strokes])
    pixels.flags.writeable = False  # the next test gets the same
    digits = [
        PenDigit(int(label), index % 6, strokes[index]) for index, label in enumerate(labels[:300])
    ]
    return sets.Images(pixels, labels.astype(np.int64)), digits


@pytest.fixture
def drawn_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn digits in place of MNIST and pendigits, 2,000 and 300 of them; no UNIPEN."""
    from train.data import pens, sets

    images, digits = _drawn()
    monkeypatch.setattr(sets, "load_mnist", lambda *, train, data=None: images)
    monkeypatch.setattr(sets, "load_pendigits", lambda *, train, data=None: list(digits))
    monkeypatch.setattr(pens, "load_pens", lambda name, data=None, *, purpose: None)
