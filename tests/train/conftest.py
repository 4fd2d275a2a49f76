"""The tests of the training need its extra; without it they are skipped with that reason."""

import numpy as np
import pytest

for module in ("torch", "rich", "onnx", "pooch"):
    pytest.importorskip(module, reason="the training tests need the extra [train]")


@pytest.fixture
def drawn_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn digits in place of MNIST and pendigits, 2,000 and 300 of them; no UNIPEN."""
    from recognizer import ink
    from train.data import pens, sets
    from train.data.unipen import PenDigit
    from train.forms.augment_ink import vary
    from train.forms.digits import draw_digit

    random = np.random.default_rng(0)
    labels = random.permutation(np.arange(2_000) % 10)
    strokes = [vary(draw_digit(int(label), random), random) for label in labels]
    images = sets.Images(np.stack([ink.glyph(s) for s in strokes]), labels.astype(np.int64))
    digits = [
        PenDigit(int(label), index % 6, strokes[index]) for index, label in enumerate(labels[:300])
    ]
    monkeypatch.setattr(sets, "load_mnist", lambda *, train, data=None: images)
    monkeypatch.setattr(sets, "load_pendigits", lambda *, train, data=None: digits)
    monkeypatch.setattr(pens, "load_pens", lambda name, data=None, *, purpose: None)
