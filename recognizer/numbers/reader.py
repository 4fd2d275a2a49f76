"""A classifier of single digits as a reader of whole numbers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.numbers import segmenter
from recognizer.numbers.picture_source import PictureSource
from recognizer.numbers.second_look import look_again
from recognizer.personal.samples import DrawnHand
from recognizer.personal.trajectory import trajectory
from recognizer.picture import glyph_of_ink, ink_of_picture, is_glyph, leaning_glyph
from recognizer.reading import Seen, read_digit
from recognizer.types import Glyph, Stroke


class Classifier(Protocol):
    """What a backend for single digits must do."""

    def probabilities(self, glyphs: Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10 or 11) of glyphs uint8 (N, 28, 28); each row sums to 1.

        The eleventh, where there is one, is that of "not a digit".
        """


@runtime_checkable
class PersonalClassifier(Protocol):
    """A classifier that may be able to learn a hand."""

    @property
    def learns_hands(self) -> bool:
        """Whether this model can."""

    def learn_hand(self, glyphs: Glyph, labels: Sequence[int]) -> None:
        """Read in the light of these samples: glyphs uint8 (N, 28, 28) and their digits."""


class NumberReader:
    """Segments ink and reads its digits with a classifier."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        self._drawn: DrawnHand | None = None

    @property
    def learns_hands(self) -> bool:
        """Whether its classifier can learn a person's hand."""
        return isinstance(self.classifier, PersonalClassifier) and self.classifier.learns_hands

    def learn_hand(self, samples: Sequence[tuple[int, Sequence[Stroke]]]) -> None:
        """Read in the light of these digits and their cleaned strokes; none forgets all others.

        Does nothing where the classifier cannot learn.
        """
        if isinstance(self.classifier, PersonalClassifier) and self.classifier.learns_hands:
            empty = np.zeros((0, ink.GLYPH_SIZE, ink.GLYPH_SIZE), np.uint8)
            glyphs = [ink.glyph(strokes) for _, strokes in samples]
            labels = [label for label, _ in samples]
            self.classifier.learn_hand(np.stack(glyphs) if glyphs else empty, labels)
            trajectories = [trajectory(strokes) for _, strokes in samples]
            self._drawn = DrawnHand(np.stack(trajectories), labels) if trajectories else None

    def read_strokes(self, cleaned: Sequence[Stroke], length: int | None = None) -> Seen:
        """The digits of at least one stroke, left to right, boxes in the strokes' coordinates.

        `cleaned` are as `recognizer.strokes.clean_strokes` returns them; `length` is the number of
        digits where it is known. Ink that is no digit becomes a digit without a value.
        """
        segments = segmenter.read_strokes(cleaned, length, self.classifier.probabilities)
        if self._drawn is None or not segments:
            return _seen(segments)
        trajectories = np.stack([trajectory(segment.strokes) for segment in segments])
        scores = self._drawn.blend(np.stack([segment.scores for segment in segments]), trajectories)
        return _seen(
            [replace(segment, scores=own) for segment, own in zip(segments, scores, strict=True)]
        )

    def read_picture(self, grey: NDArray[np.uint8], length: int | None = None) -> Seen:
        """The digits of a picture uint8 (H, W), light on dark or dark on light; none without ink.

        Boxes are in the picture's pixels. Raises ValueError for anything but a grey picture.
        """
        picture = ink_of_picture(grey)
        if picture is None:
            return Seen()
        classify = self.classifier.probabilities
        if length != 1 and not is_glyph(picture):
            return _seen(segmenter.read_pieces(PictureSource(picture), length, classify))
        glyph, box = glyph_of_ink(picture)
        scores = look_again(classify(glyph[None]), lambda _: leaning_glyph(glyph), classify)
        return _seen([segmenter.Segment(scores[0], box, (), glyph, ())])


def _seen(segments: Sequence[segmenter.Segment]) -> Seen:
    return Seen(
        tuple(read_digit(of.scores, of.box, of.strokes, of.glyph, of.drawn) for of in segments)
    )
