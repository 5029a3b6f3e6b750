"""The reward of one answer: rating and resolution, less latency and consultation.

Latency costs nothing up to 500 ms, then 0.1 for each further second, and never more than 0.5.
"""

import math

from elex_browser.errors import ValidationError
from elex_browser.learning.config import LearningConfig


def latency_penalty(latency_ms: float, config: LearningConfig) -> float:
    """Return the (non-positive) reward for having waited `latency_ms`."""
    over_ms = max(0.0, latency_ms - config.latency_free_ms)
    return max(config.latency_floor, -over_ms / config.latency_divisor_ms)


def reward(
    rating: float, *, resolved: bool, latency_ms: float, n_peers: int, config: LearningConfig
) -> float:
    """Return the reward of an answer.

    Raises:
        ValidationError: the rating is not in [-1, 1], or the latency is no finite time.
    """
    if not -1.0 <= rating <= 1.0:  # NaN fails this too
        raise ValidationError(
            f"rating {rating} is outside [-1, 1]", "Rate from -1 (useless) to 1 (exactly right)"
        )
    if not (math.isfinite(latency_ms) and latency_ms >= 0.0):
        raise ValidationError(
            f"latency of {latency_ms} ms is no time", "Measure it with one monotonic clock"
        )
    bonus = config.resolved_bonus if resolved else 0.0
    return rating + bonus + latency_penalty(latency_ms, config) - config.consultation_cost * n_peers
