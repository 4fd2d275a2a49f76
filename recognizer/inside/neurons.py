"""Inside a fully connected network: which ink the neurons of its first layer answer to."""

import numpy as np
from numpy.typing import NDArray

from recognizer.backends.onnx import open_session, try_out
from recognizer.inside.sights import Neuron
from recognizer.store import ModelEntry
from recognizer.types import Glyph

_SIDE = 28  # px of a glyph
_FULL = 255.0


class Neurons:
    """The first layer of such a network; raises RecognizerError where it cannot be asked.

    Before its ReLU a neuron's answer is a sum over the pixels. Each pixel's weight is what it adds
    when it alone is full of ink: so the network itself is asked for them, once.
    """

    def __init__(self, entry: ModelEntry, content: bytes, name: str) -> None:
        """`content` are the file's bytes with the output `name` on them, before the ReLU."""
        session = open_session(entry, {"glyphs"}, {name}, content)
        pixels = _SIDE * _SIDE
        one_lit = np.zeros((pixels + 1, _SIDE, _SIDE), np.uint8)  # in the last one none is
        one_lit.reshape(pixels + 1, pixels)[np.arange(pixels), np.arange(pixels)] = 255
        try_out(session, entry, {"glyphs": one_lit[-1:]}, {name: [(1, None)]})
        answers = np.asarray(session.run([name], {"glyphs": one_lit})[0], np.float32)
        self._silent: NDArray[np.float32] = answers[-1]
        self._weights: NDArray[np.float32] = answers[:-1] - answers[-1]

    def strongest(self, glyph: Glyph, count: int) -> tuple[Neuron, ...]:
        """Those that answer most strongly to a glyph uint8 (28, 28), the strongest first."""
        pulls = self._weights * (glyph.reshape(-1, 1).astype(np.float32) / _FULL)
        answers = self._silent + pulls.sum(axis=0)
        order = np.argsort(-answers, kind="stable")[:count]
        return tuple(
            Neuron(float(answers[row]), pulls[:, row].reshape(_SIDE, _SIDE)) for row in order
        )
