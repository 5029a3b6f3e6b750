"""Tabular Q-learning: Sutton & Barto, 2nd ed., section 6.5, equation 6.8.

A table keeps the experience of each contributor apart (its own, and what was merged into it). The
value it acts on is their visit-weighted mean, so that merging never counts the same experience
twice.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

import numpy as np

from elex_browser.errors import ValidationError
from elex_browser.learning import policy
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.rows import F32, U32, Rows
from elex_browser.learning.transition import Transition

Initial = Callable[[str], F32]


class Entry(NamedTuple):
    """One visited state-action pair, over all contributors."""

    state: str
    action: int
    q_value: float
    visits: int


class TableStats(NamedTuple):
    """The figures of a table; values are 0 while nothing was visited."""

    n_entries: int
    total_visits: int
    min_q_value: float
    max_q_value: float
    mean_q_value: float


class QTable:
    """Action values of one agent.

    Attributes:
        actions: names of the actions, in the order of the columns.
        contributor: whose experience `update` adds to.
        weights: how much each other contributor counts; 1.0 where nothing is said.
    """

    def __init__(
        self,
        actions: Sequence[str],
        *,
        contributor: str = "local",
        initial: Initial | None = None,
        config: LearningConfig | None = None,
    ) -> None:
        self.actions = tuple(actions)
        self.contributor = contributor
        self.config = config or LearningConfig()
        self.weights: dict[str, float] = {}
        self._initial = initial
        self._rows: dict[str, Rows] = {contributor: self.new_rows()}
        self._clock = 0

    @property
    def clock(self) -> int:
        """Logical time of the own experience; grows by one with every update."""
        return self._clock

    @property
    def rows(self) -> dict[str, Rows]:
        """Each contributor's rows, the own among them."""
        return self._rows

    def replace_rows(self, rows: dict[str, Rows]) -> None:
        """Take over other rows as the whole content; the own contributor stays."""
        rows.setdefault(self.contributor, self.new_rows())
        self._rows = rows
        self._clock = rows[self.contributor].clock

    def new_rows(self) -> Rows:
        """Return empty rows of this table's shape."""
        return Rows(len(self.actions), self.config.max_states)

    def knows(self, state: str) -> bool:
        """Tell whether any contributor has a row for the state."""
        return any(rows.find(state) is not None for rows in self._rows.values())

    def values(self, state: str) -> F32:
        """Return the state's action values, shape (n_actions,), as a copy.

        Where nobody has visited an action, it has the value that the table starts from.
        """
        weighted = np.zeros(len(self.actions), np.float64)
        total = np.zeros(len(self.actions), np.float64)
        for contributor, rows in sorted(self._rows.items()):  # one order, so one rounding
            found = rows.find(state)
            if found is not None:
                share = rows.columns.visits[found] * self.weights.get(contributor, 1.0)
                weighted += share * rows.columns.q_value[found]
                total += share
        values = weighted / np.maximum(total, 1e-300)
        if not total.all():
            values = np.where(total > 0.0, values, self._start(state))
        return values.astype(np.float32)

    def visits(self, state: str) -> U32:
        """Return how often each action was rated in the state, over all contributors."""
        total = np.zeros(len(self.actions), np.uint32)
        for rows in self._rows.values():
            row = rows.find(state)
            if row is not None:
                total += rows.columns.visits[row]
        return total

    def best_action(self, state: str, actions: Sequence[int], generator: Random) -> int:
        """Return the allowed action of highest value; ties are drawn with `generator`."""
        return policy.best_action(self.values(state), actions, generator)

    def update(
        self, step: Transition, *, alpha: float, gamma: float, is_replay: bool = False
    ) -> float:
        """Move Q(state, action) towards its target, in place, and return td_error.

        A replayed step moves the value but is no new visit.

        Raises:
            ValidationError: the reward is not finite, or state or action does not fit.
            MemoryBudgetError: the table is full.
        """
        self._check(step)
        own = self._rows[self.contributor]
        found = own.find(step.state)
        row = own.add(step.state, self._start(step.state)) if found is None else found
        if own.columns.visits[row, step.action] == 0:
            own.columns.q_value[row, step.action] = self.values(step.state)[step.action]
        q_value = float(own.columns.q_value[row, step.action])
        # Only a terminal state has no future; a truncated episode still bootstraps.
        future = 0.0
        if step.next_state is not None and not step.terminated:
            future = float(self.values(step.next_state).max())
        td_error = step.reward + gamma * future - q_value
        self._clock += 1
        own.columns.q_value[row, step.action] = q_value + alpha * td_error
        own.columns.visits[row, step.action] += 0 if is_replay else 1
        own.columns.updated[row, step.action] = self._clock
        return td_error

    def drop_lowest(self, share: float) -> int:
        """Forget the lowest-valued share of the own visited entries, at least one; return how many.

        A forgotten entry starts over from where an unvisited one starts. It counts as changed, so
        that an older copy of this experience, merged later, does not bring it back.
        """
        own = self._rows[self.contributor]
        columns, states = own.columns, own.states
        visited = np.argwhere(columns.visits > 0)
        n_dropped = math.ceil(share * len(visited))
        order = np.argsort(columns.q_value[columns.visits > 0], kind="stable")[:n_dropped]
        self._clock += 1
        for row, action in visited[order]:
            columns.q_value[row, action] = self._start(states[row])[action]
            columns.visits[row, action] = 0
            columns.updated[row, action] = self._clock
        return n_dropped

    def entries(self) -> Iterator[Entry]:
        """Yield every visited entry, states in order of first appearance."""
        states = dict.fromkeys(state for rows in self._rows.values() for state in rows.states)
        for state in states:
            values, visits = self.values(state), self.visits(state)
            for action in np.flatnonzero(visits):
                yield Entry(state, int(action), float(values[action]), int(visits[action]))

    def stats(self) -> TableStats:
        """Return the table's figures over visited entries."""
        entries = list(self.entries())
        if not entries:
            return TableStats(0, 0, 0.0, 0.0, 0.0)
        q_values = [entry.q_value for entry in entries]
        total = sum(entry.visits for entry in entries)
        return TableStats(
            len(entries), total, min(q_values), max(q_values), math.fsum(q_values) / len(q_values)
        )

    def size_bytes(self) -> int:
        """Bytes of all columns and keys, counted."""
        return sum(rows.size_bytes() for rows in self._rows.values())

    def _start(self, state: str) -> F32:
        if self._initial is None:
            return np.zeros(len(self.actions), np.float32)
        return self._initial(state).astype(np.float32)

    def _check(self, step: Transition) -> None:
        if not math.isfinite(step.reward):
            raise ValidationError(f"reward {step.reward} is not a number", "Give a finite reward")
        if not 0 <= step.action < len(self.actions):  # NumPy would take -1 as the last column
            known = ", ".join(self.actions)
            raise ValidationError(f"action {step.action} is unknown", f"Use one of {known}")
        for state in (step.state, step.next_state):
            if state is not None:
                check_state(state, self.config)


def check_state(state: str, config: LearningConfig) -> None:
    """Refuse a state key that is empty or too long to be a state.

    Raises:
        ValidationError: see above.
    """
    size = len(state.encode("utf-8", "surrogatepass"))
    if not 0 < size <= config.max_state_bytes:
        raise ValidationError(
            f"a state key of {size} bytes", f"Use 1 to {config.max_state_bytes} bytes of text"
        )
