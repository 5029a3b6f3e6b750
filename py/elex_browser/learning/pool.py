"""What agents have learnt together, and one agent in its other states, as the start of what is new.

Partial pooling by shrinkage (Efron & Morris, Data analysis using Stein's estimator, JASA 1975): a
mean is drawn towards a wider one, the more the fewer ratings it rests on. It goes from wide to
narrow twice: from all agents over the category to the agent itself, and from the coarsest
description of a state to the state itself.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.learning.config import LearningConfig
from elex_browser.learning.q_table import Initial, QTable

F64 = NDArray[np.float64]
Summary = dict[str, tuple[F64, F64]]
"""State → (weights, weighted values), each of shape (n_actions,)."""
Levels = Callable[[str], tuple[str, ...]]
"""Descriptions of a state, the coarsest first, the state itself last."""


class Pool:
    """Sums over members, by group and over all; a member's newer part leaves no trace of the old."""

    def __init__(self, prior: Initial, config: LearningConfig, levels: Levels) -> None:
        self._prior = prior
        self._config = config
        self._levels = levels
        self._members: dict[str, tuple[str, Summary]] = {}
        self._groups: dict[str, Summary] = {}
        self._all: Summary = {}

    def put(self, member: str, group: str, summary: Summary) -> None:
        """Set what a member knows; it replaces what it knew before."""
        old = self._members.pop(member, None)
        if old is not None:
            self._add(old[0], old[1], -1.0)
        if summary:
            part = self._with_coarse_levels(summary)
            self._members[member] = (group, part)
            self._add(group, part, 1.0)

    def start(self, member: str, group: str, state: str) -> NDArray[np.float32]:
        """Return what a member expects of each action where it has not tried it in this state."""
        belief = self._prior(state).astype(np.float64)
        own = self._members.get(member, ("", {}))[1]
        for sums in (self._all, self._groups.get(group, {}), own):
            for level in self._levels(state):
                belief = self._shrunk(sums, level, belief)
        return belief.astype(np.float32)

    def view(self, member: str, group: str) -> "View":
        """Return what a member sees of the pool."""
        return View(self, member, group)

    def tried(self, member: str, state: str) -> F64 | None:
        """Return how often a member tried each action in states that are coarsely like this one."""
        sums = self._members.get(member, ("", {}))[1].get(self._levels(state)[0])
        return None if sums is None else sums[0]

    def _shrunk(self, sums: Mapping[str, tuple[F64, F64]], level: str, belief: F64) -> F64:
        if level not in sums:
            return belief
        weights, weighted = sums[level]
        strength = self._config.pool_strength
        mean: F64 = (weighted + strength * belief) / (weights + strength)
        return mean

    def _with_coarse_levels(self, summary: Summary) -> Summary:
        part: Summary = {}
        for state, sums in summary.items():
            for level in self._levels(state):
                _accumulate(part, level, sums, 1.0)
        return part

    def _add(self, group: str, part: Summary, sign: float) -> None:
        for sums in (self._groups.setdefault(group, {}), self._all):
            for level, one in part.items():
                _accumulate(sums, level, one, sign)


class View(NamedTuple):
    """The pool with the eyes of one member."""

    pool: Pool
    member: str
    group: str

    def start(self, state: str) -> NDArray[np.float32]:
        """What it expects of each action where it has not tried it."""
        return self.pool.start(self.member, self.group, state)

    def tried(self, state: str) -> F64 | None:
        """How often it tried each action in states that are coarsely like this one."""
        return self.pool.tried(self.member, state)

    def put(self, q_table: QTable) -> None:
        """Share what it knows now."""
        self.pool.put(self.member, self.group, summarize(q_table))


def _accumulate(sums: Summary, level: str, one: tuple[F64, F64], sign: float) -> None:
    weights, weighted = one
    total = sums.get(level)
    if total is None:
        total = sums[level] = (np.zeros_like(weights), np.zeros_like(weighted))
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
