"""Classifiers kept as ONNX files: glyphs in, logits out, on one core."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import RecognizerError
from recognizer.numbers.reader import NumberReader
from recognizer.personal.samples import Hand
from recognizer.runtime import onnxruntime
from recognizer.store import ModelEntry
from recognizer.types import Glyph

_FATAL = 4  # ONNX Runtime's log level: its warnings are for developers of models


def open_session(
    entry: ModelEntry, inputs: set[str], outputs: set[str], content: bytes | None = None
) -> onnxruntime.InferenceSession:
    """Load a model for one core, with just these inputs and at least these outputs.

    `content` are the bytes of the file, where they were read already. Raises RecognizerError where
    it cannot be loaded or has others.
    """
    options = onnxruntime.SessionOptions()
    # Two spinning threads cost milliseconds now and then; one suits a net of this size.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    if content is None:
        content = entry.read()
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime has a family of exceptions without a common base
        raise RecognizerError(
            f"The model file {entry.path} cannot be loaded by ONNX Runtime "
            f"{onnxruntime.__version__}; make it anew with: {entry.made_by} --install"
        ) from error
    taken = {end.name for end in session.get_inputs()}
    given = {end.name for end in session.get_outputs()}
    if taken != inputs or not outputs <= given:
        raise entry.unusable(f"it takes {sorted(taken)} and gives {sorted(given)}")
    return session


def try_out(
    session: onnxruntime.InferenceSession,
    entry: ModelEntry,
    feed: Mapping[str, NDArray[Any]],
    outputs: Mapping[str, Sequence[tuple[int | None, ...]]],
) -> None:
    """Run a model once: what its file says of types and sizes need not be true.

    `outputs` holds for each output the shapes that it may have; None stands for any size. Raises
    RecognizerError where the model cannot be run or gives anything but finite float32 of those.
    """
    taken = ", ".join(f"{name} {value.dtype} {value.shape}" for name, value in feed.items())
    try:
        given = session.run(list(outputs), dict(feed))
    except Exception:  # of the family that has no common base
        raise entry.unusable(f"it cannot be run on {taken}") from None
    for (name, shapes), value in zip(outputs.items(), given, strict=True):
        if not isinstance(value, np.ndarray) or value.dtype != np.float32:
            raise entry.unusable(f"its {name} are no float32")
        if not any(_fits(value.shape, shape) for shape in shapes):
            raise entry.unusable(f"on {taken} its {name} have the shape {value.shape}")
        if not np.isfinite(value).all():
            raise entry.unusable(f"its {name} are no numbers")


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        there > 0 if size is None else there == size
        for there, size in zip(shape, wanted, strict=True)
    )


def load(entry: ModelEntry) -> NumberReader:
    """The classifier as a reader of whole numbers."""
    return NumberReader(OnnxClassifier(entry))


class OnnxClassifier:
    """A model with the input "glyphs" uint8 (N, 28, 28) and the output "logits" float32.

    The logits have the shape (N, 10), or (N, 11) where the model has a class "not a digit". A model
    with a second output "features" float32 (N, F), what its last layer sees, can learn a hand.
    """

    def __init__(self, entry: ModelEntry) -> None:
        self._session = open_session(entry, {"glyphs"}, {"logits"})
        self._hand: Hand | None = None
        self.learns_hands = "features" in [output.name for output in self._session.get_outputs()]
        count = 2  # more than one: a number's digits are read together
        outputs: dict[str, list[tuple[int | None, ...]]] = {"logits": [(count, 10), (count, 11)]}
        if self.learns_hands:
            outputs["features"] = [(count, None)]
        try_out(self._session, entry, {"glyphs": np.zeros((count, 28, 28), np.uint8)}, outputs)

    def probabilities(self, glyphs: Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10 or 11) of glyphs uint8 (N, 28, 28); each row sums to 1."""
        if self._hand is None:
            (logits,) = self._session.run(["logits"], {"glyphs": glyphs})
            return _softmax(logits)
        logits, features = self._session.run(["logits", "features"], {"glyphs": glyphs})
        return self._hand.blend(_softmax(logits), features)

    def learn_hand(self, glyphs: Glyph, labels: Sequence[int]) -> None:
        """From now on read in the light of samples: glyphs uint8 (N, 28, 28) and their digits.

        They replace what was learned before; none at all forgets it. Only for models that learn
        hands.
        """
        self._hand = None
        if len(labels):
            (features,) = self._session.run(["features"], {"glyphs": glyphs})
            self._hand = Hand(features, labels)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return probabilities.astype(np.float32)
