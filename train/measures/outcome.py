"""What a test set that was read has to tell, whatever is in it: what was right, and its share."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from train.measures.shares import PeopleMean, Share, share


class Outcome(ABC):
    """What a recognizer made of the set that is named."""

    test_set: str

    @property
    @abstractmethod
    def right(self) -> NDArray[np.bool_]:
        """Which samples (N,) were read as they are labelled."""

    @property
    @abstractmethod
    def people(self) -> PeopleMean | None:
        """The mean over writers of the shares that were read right; None where none are named."""

    @property
    def accuracy(self) -> float:
        """The share that was read right, 0 to 1."""
        return float(self.right.mean())

    @property
    def share(self) -> Share:
        """The same with its interval."""
        return share(self.right)
