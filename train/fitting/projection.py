"""Principal components of feature vectors, for the classifiers that compare vectors by distance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA


@dataclass(frozen=True)
class Projection:
    """A linear map of feature vectors: `features @ matrix - offset`."""

    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]

    def apply(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The points (N, D) of feature vectors (N, LENGTH)."""
        points: NDArray[np.float32] = features @ self.matrix - self.offset
        return points

    def scaled(self, factor: float) -> "Projection":
        """The same map with its results times a factor."""
        return Projection(self.matrix * np.float32(factor), self.offset * np.float32(factor))


def fit_projection(
    features: NDArray[np.float32], dimensions: int, whitening: float, seed: int
) -> Projection:
    """The leading components, scaled so that the points' mean squared length is 1.

    Each component is divided by its variance to the power of `whitening`: 0 keeps the original
    distances, 0.5 makes all components equally wide. In between, small differences that tell
    digits apart count for more without drowning in noise.
    """
    random = np.random.default_rng(seed)
    rows = random.permutation(len(features))[:40_000]  # enough for a covariance
    dimensions = min(dimensions, len(rows) - 1)
    pca = PCA(dimensions, svd_solver="covariance_eigh").fit(features[rows].astype(np.float64))
    weights = pca.explained_variance_**-whitening
    matrix = pca.components_.T * weights
    matrix /= np.sqrt((pca.explained_variance_ * weights**2).sum())
    return Projection(matrix.astype(np.float32), (pca.mean_ @ matrix).astype(np.float32))
