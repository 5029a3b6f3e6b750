"""Where answering ends: the thresholds of the decision, from questions with known answers.

Both errors cannot be small at once, so the one that annoys daily gets a budget (a clear question turned
down or asked back needlessly), and the threshold is the highest that keeps it: Neyman and Pearson (1933).
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.knowledge.confidence import Thresholds

TURNED_DOWN = 0.01
"""Share of the questions about the subject, clear or vague, that may be turned down."""

ASKED_BACK = 0.05
"""Share of the questions whose first feature is right that may be asked back."""


class Judged(msgspec.Struct, frozen=True):
    """The probabilities for a question, and what is known about it.

    Attributes:
        score: that its first feature is right; in_domain: that it is about the catalogue.
        right: whether the first feature is right; about: whether the question is about the catalogue.
        counts: how much the question counts among the others.
    """

    score: float
    in_domain: float
    right: bool
    about: bool
    counts: float


def thresholds(judged: Sequence[Judged]) -> Thresholds:
    """The highest thresholds within the budgets."""
    about = [j for j in judged if j.about]
    right = [j for j in judged if j.right]
    return Thresholds(
        decline_below=_quantile([(j.in_domain, j.counts) for j in about], TURNED_DOWN),
        clarify_below=_quantile([(j.score, j.counts) for j in right], ASKED_BACK),
    )


def _quantile(weighted: Sequence[tuple[float, float]], share: float) -> float:
    """The value below which at most this share of the weight lies, two decimals."""
    ordered: NDArray[np.float64] = np.array(sorted(weighted))
    below = np.cumsum(ordered[:, 1]) - ordered[:, 1]
    last = int(np.flatnonzero(below <= share * ordered[:, 1].sum())[-1])
    return float(np.floor(ordered[last, 0] * 100) / 100)
