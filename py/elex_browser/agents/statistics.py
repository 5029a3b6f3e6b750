"""The figures an agent keeps about itself: counts, sums and a short window, nothing that grows."""

from collections import deque

import msgspec

from elex_browser.agents.config import LIMITS


class Figures(msgspec.Struct):
    """What is stored with an agent's table.

    Attributes:
        outcomes: the latest ratings as 1 (positive reward) and 0, oldest first.
        confidence: running mean of the answers' confidence.
    """

    interactions: int = 0
    rated: int = 0
    reward_sum: float = 0.0
    outcomes: list[int] = []
    latency_sum_ms: float = 0.0
    peak_latency_ms: float = 0.0
    confidence: float = 0.5
    validated: int = 0
    valid: int = 0


class Statistics:
    """Counts answers, ratings and validations of one agent."""

    def __init__(self, figures: Figures | None = None) -> None:
        self._figures = figures or Figures()
        self._outcomes = deque(self._figures.outcomes, maxlen=LIMITS.rating_window)

    @property
    def figures(self) -> Figures:
        """The figures as they are to be stored."""
        self._figures.outcomes = list(self._outcomes)
        return self._figures

    @property
    def interactions(self) -> int:
        """Questions answered."""
        return self._figures.interactions

    @property
    def confidence(self) -> float:
        """Mean confidence of the answers; 0.5 before the first."""
        return self._figures.confidence

    @property
    def success_rate(self) -> float:
        """Share of positive rewards among the latest ratings; 0 before the first."""
        return sum(self._outcomes) / len(self._outcomes) if self._outcomes else 0.0

    @property
    def expected_success(self) -> float:
        """The success rate with one imagined success and failure: one rating says little."""
        return (sum(self._outcomes) + 1) / (len(self._outcomes) + 2)

    @property
    def mean_reward(self) -> float:
        """Mean reward of all ratings; 0 before the first."""
        return self._figures.reward_sum / self._figures.rated if self._figures.rated else 0.0

    @property
    def mean_latency_ms(self) -> float:
        """Mean latency of the answers; 0 before the first."""
        n = self._figures.interactions
        return self._figures.latency_sum_ms / n if n else 0.0

    @property
    def peak_latency_ms(self) -> float:
        """The longest latency of an answer."""
        return self._figures.peak_latency_ms

    @property
    def validation_accuracy(self) -> float:
        """Share of valid values among those validated; 1 before the first: nothing was found wrong."""
        return self._figures.valid / self._figures.validated if self._figures.validated else 1.0

    @property
    def n_rated(self) -> int:
        """Ratings so far."""
        return self._figures.rated

    @property
    def n_validated(self) -> int:
        """Values judged so far."""
        return self._figures.validated

    def answered(self, latency_ms: float, confidence: float) -> None:
        """Count one answer."""
        figures = self._figures
        figures.interactions += 1
        figures.latency_sum_ms += latency_ms
        figures.peak_latency_ms = max(figures.peak_latency_ms, latency_ms)
        # A mean over the first answers, then an exponential one with the window's length.
        share = 1.0 / min(figures.interactions, LIMITS.rating_window)
        figures.confidence += share * (confidence - figures.confidence)

    def rated(self, reward: float) -> None:
        """Count one rating."""
        self._figures.rated += 1
        self._figures.reward_sum += reward
        self._outcomes.append(1 if reward > 0.0 else 0)

    def validated(self, n_values: int, n_valid: int) -> None:
        """Count validated values."""
        self._figures.validated += n_values
        self._figures.valid += n_valid
