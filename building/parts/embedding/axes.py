"""The axes along which texts about one feature lie close together and texts about different ones apart.

Linear discriminant analysis with a ridge: Hastie, Tibshirani & Friedman, 2nd ed., section 4.3; Friedman 1989.
Of the development questions, .56 lie nearest to a written question of the right feature; along the principal
components of the same texts .49. The ridge keeps the axes from learning single texts by heart.
"""

from collections.abc import Sequence

import numpy as np

from building.parts.embedding.model import Array

_RIDGE = 0.3  # in the unit of the mean variance within features
_VOCABULARY_SHARE = 0.1  # so that words outside the written texts keep some of their differences
_PLACES = 8


def discriminant_axes(groups: Sequence[Array], vocabulary: Array, n_axes: int) -> Array:
    """`n_axes` axes as columns, from the vectors of each feature's texts and of all words."""
    units = [unit_rows(texts) for texts in groups]
    means = np.array([texts.mean(axis=0) for texts in units])
    within = _shape(np.concatenate([t - m for t, m in zip(units, means, strict=True)]))
    between = _shape(means - means.mean(axis=0)) + _VOCABULARY_SHARE * _shape(unit_rows(vocabulary))
    width = len(within)
    ridged = np.round(within, _PLACES) * width + _RIDGE * np.eye(width)
    # In the whitened space, spread within features is alike in every direction.
    whitening = np.linalg.inv(np.linalg.cholesky(ridged)).T
    _, axes = np.linalg.eigh(np.round(whitening.T @ between @ whitening, _PLACES))
    return whitening @ _directed(axes[:, : -n_axes - 1 : -1])


def unit_rows(vectors: Array) -> Array:
    """The rows at unit length, without those that are zero."""
    lengths = np.linalg.norm(vectors, axis=1)
    return np.asarray(vectors[lengths > 0] / lengths[lengths > 0, np.newaxis])


def _shape(vectors: Array) -> Array:
    """The second moments of the rows, scaled to trace 1."""
    moments = vectors.T @ vectors
    return np.asarray(moments / np.trace(moments))


def _directed(axes: Array) -> Array:
    """The axes with their largest component positive: an eigenvector has no direction of its own."""
    largest = np.abs(np.round(axes, _PLACES)).argmax(axis=0)
    return np.asarray(axes * np.sign(axes[largest, np.arange(axes.shape[1])]))
