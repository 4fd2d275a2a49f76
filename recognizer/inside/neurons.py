"""Inside a fully connected network: which ink the neurons of its first layer answer to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.backends.onnx import open_session, try_out
from recognizer.ink import GLYPH_SIZE
from recognizer.inside.sights import Neuron
from recognizer.store import ModelEntry
from recognizer.types import Glyph

_PIXELS = GLYPH_SIZE * GLYPH_SIZE


class Neurons:
    """The first layer of such a network.

    Before its ReLU a neuron's answer is a sum over the pixels. Each pixel's weight is what it adds
    when it alone is full of ink: so the network itself is asked for them, once.
    """

    def __init__(self, weights: NDArray[np.float32], silent: NDArray[np.float32]) -> None:
        """`weights` (784, N) of the pixels; `silent` (N,) are the answers without ink."""
        self._weights = weights
        self._silent = silent

    @classmethod
    def open(cls, entry: ModelEntry, content: bytes, name: str) -> Neurons | None:
        """Ask the model whose bytes `content` has the output `name` at the layer, before its ReLU.

        None where the layer answers to pieces of the glyph, one by one. Raises RecognizerError
        where it cannot be asked.
        """
        session = open_session(entry, {"glyphs"}, {name}, content)
        one_lit = np.eye(_PIXELS + 1, _PIXELS, dtype=np.uint8) * 255  # in the last one none is
        glyphs = one_lit.reshape(-1, GLYPH_SIZE, GLYPH_SIZE)
        rows: tuple[int | None, ...] = (1, None)
        shapes = [rows, (*rows, None), (*rows, None, None)]
        try_out(session, entry, {"glyphs": glyphs[-1:]}, {name: shapes})
        answers = np.asarray(session.run([name], {"glyphs": glyphs})[0], np.float32)
        return cls(answers[:-1] - answers[-1], answers[-1]) if answers.ndim == 2 else None

    def strongest(self, glyph: Glyph, count: int) -> tuple[Neuron, ...]:
        """Those that answer most strongly to a glyph uint8 (28, 28), the strongest first."""
        pulls = self._weights * (glyph.reshape(-1, 1).astype(np.float32) / 255.0)
        answers = self._silent + pulls.sum(axis=0)
        order = np.argsort(-answers, kind="stable")[:count]
        maps = pulls.T.reshape(-1, GLYPH_SIZE, GLYPH_SIZE)
        return tuple(Neuron(float(answers[row]), maps[row]) for row in order)
