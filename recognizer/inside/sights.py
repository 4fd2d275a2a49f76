"""What a model shows of itself, as plain numbers and pictures; nothing but numpy is loaded here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recognizer.types import Glyph

if TYPE_CHECKING:
    from recognizer.backends.yolo import Detections
    from recognizer.page import Page


@dataclass(frozen=True, eq=False)
class Prototype:
    """One of the nearest: its digit, distance in the model's own unit, share of the votes.

    Those beyond the k that vote have a share of 0. `picture` uint8 (H, W), light on dark, are the
    edges that the model keeps of it.
    """

    digit: int
    distance: float
    share: float
    picture: Glyph


@dataclass(frozen=True, eq=False)
class Voter:
    """A support vector: the digit that it is, and its vote, above 0 for the digit that won.

    `picture` uint8 (H, W), light on dark, are the edges that the model keeps of it.
    """

    digit: int
    vote: float
    picture: Glyph


@dataclass(frozen=True, eq=False)
class Duel:
    """The machine that told the likeliest digit from the next one.

    `decision` is the sum of all votes and of the `bias`; above 0 where `first` won. `voters` are
    those whose votes weigh most, of `count` that the two digits have.
    """

    first: int
    second: int
    decision: float
    bias: float
    count: int
    voters: tuple[Voter, ...]


@dataclass(frozen=True, eq=False)
class Occlusion:
    """How the confidence in a digit changes with each piece of ink.

    `falls` float32 (28, 28) says by how much it falls, on average over the patches that cover a
    pixel, where they are blanked; below 0 where that ink spoke against the digit. `confidence` is
    that of the whole glyph.
    """

    digit: int
    confidence: float
    falls: NDArray[np.float32]

    @property
    def most(self) -> float:
        """The largest fall, 0 where nothing matters."""
        return max(float(self.falls.max()), 0.0)


@dataclass(frozen=True, eq=False)
class Neuron:
    """One of the first layer's neurons: its answer, and what each pixel of ink adds to it.

    `pulls` float32 (28, 28) are below 0 where ink spoke against it.
    """

    answer: float
    pulls: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Compared:
    """A glyph uint8 (28, 28) and the prototypes nearest to it, nearest first.

    `edges` uint8 (H, W) are the glyph's own, drawn as the prototypes' are.
    """

    glyph: Glyph
    edges: Glyph
    prototypes: tuple[Prototype, ...]


@dataclass(frozen=True, eq=False)
class Disputed:
    """A glyph uint8 (28, 28), its `edges` uint8 (H, W), and how two digits fought for it."""

    glyph: Glyph
    edges: Glyph
    duel: Duel


@dataclass(frozen=True, eq=False)
class Covered:
    """A glyph uint8 (28, 28) and what covering pieces of it changes.

    `responses` float32 (C, H, W) is what each filter of the first layer answers to it, where that
    is a convolution; else None. `neurons` are those of a fully connected first layer that answer
    most strongly, the strongest first.
    """

    glyph: Glyph
    occlusion: Occlusion
    responses: NDArray[np.float32] | None = None
    neurons: tuple[Neuron, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """A page and the boxes on it, in its pixels: all that are possible, and those that are kept."""

    page: "Page"
    before: "Detections"
    kept: "Detections"


Sight = Compared | Disputed | Covered | Found
