"""What a group of agents has learnt together, as the start of a new one.

Partial pooling by shrinkage (Efron & Morris, Data analysis using Stein's estimator, JASA 1975): the
mean of the group is drawn towards the mean of all, and that towards the prior belief, the more the
fewer ratings it rests on.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from elex_browser.learning.config import LearningConfig
from elex_browser.learning.q_table import Initial, QTable

F64 = NDArray[np.float64]
Summary = dict[str, tuple[F64, F64]]
"""State → (weights, weighted values), each of shape (n_actions,)."""


class Pool:
    """Sums over members, by group and over all; replacing a member's part leaves no trace of the old."""

    def __init__(self, prior: Initial, config: LearningConfig) -> None:
        self._prior = prior
        self._config = config
        self._parts: dict[str, tuple[str, Summary]] = {}
        self._groups: dict[str, Summary] = {}
        self._all: Summary = {}

    def put(self, member: str, group: str, summary: Summary) -> None:
        """Set what a member knows; it replaces what it knew before."""
        old = self._parts.pop(member, None)
        if old is not None:
            self._add(old[0], old[1], -1.0)
        if summary:
            self._parts[member] = (group, summary)
            self._add(group, summary, 1.0)

    def start(self, group: str, state: str) -> NDArray[np.float32]:
        """Return the values that a member of a group starts from in a state."""
        belief = self._prior(state).astype(np.float64)
        belief = self._shrunk(self._all, state, belief)
        return self._shrunk(self._groups.get(group, {}), state, belief).astype(np.float32)

    def _shrunk(self, sums: Mapping[str, tuple[F64, F64]], state: str, belief: F64) -> F64:
        if state not in sums:
            return belief
        weights, weighted = sums[state]
        strength = self._config.pool_strength
        mean: F64 = (weighted + strength * belief) / (weights + strength)
        return mean

    def _add(self, group: str, summary: Summary, sign: float) -> None:
        for sums in (self._groups.setdefault(group, {}), self._all):
            for state, (weights, weighted) in summary.items():
                total = sums.get(state)
                if total is None:
                    total = sums[state] = (np.zeros_like(weights), np.zeros_like(weighted))
                total[0][:] = np.maximum(total[0] + sign * weights, 0.0)
                total[1][:] += sign * weighted


def summarize(q_table: QTable) -> Summary:
    """Return a table's part of the pool; one member's weight per entry is capped.

    Members differ from each other, so a thousand ratings of one say little more about the next
    member than twenty do.
    """
    cap = q_table.config.pool_member_cap
    summary: Summary = {}
    for entry in q_table.entries():
        if entry.state not in summary:
            size = len(q_table.actions)
            summary[entry.state] = (np.zeros(size), np.zeros(size))
        weight = min(float(entry.visits), cap)
        summary[entry.state][0][entry.action] = weight
        summary[entry.state][1][entry.action] = weight * entry.q_value
    return summary
