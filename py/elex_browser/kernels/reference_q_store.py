"""What a Q-table means: one step after the other, Sutton & Barto, 2nd ed., section 6.5."""

from collections.abc import Sequence

import numpy as np

from elex_browser.errors import ClosedError, ValidationError
from elex_browser.kernels.base import F32, TERMINAL, U32, QColumns
from elex_browser.kernels.check import check_columns, check_rate


class ReferenceQStore:
    """Arrays of shape (n_states, n_actions), float32 and uint32."""

    def __init__(self, n_actions: int) -> None:
        if not 1 <= n_actions <= 65_536:
            raise ValidationError(f"a table of {n_actions} actions", "Give 1 to 65536 actions")
        self.n_actions = n_actions
        self._numbers: dict[str, int] = {}
        self._q_values: F32 = np.zeros((0, n_actions), np.float32)
        self._visits: U32 = np.zeros((0, n_actions), np.uint32)
        self._updated: U32 = np.zeros((0, n_actions), np.uint32)
        self._is_open = True

    def intern(self, keys: Sequence[str]) -> U32:
        """Return the numbers of state keys; new keys get the next numbers."""
        self._check_open()
        numbers = [self._numbers.setdefault(key, len(self._numbers)) for key in keys]
        n_new = len(self._numbers) - len(self._q_values)
        more = np.zeros((n_new, self.n_actions), np.uint32)
        self._q_values = np.concatenate([self._q_values, more.astype(np.float32)])
        self._visits = np.concatenate([self._visits, more])
        self._updated = np.concatenate([self._updated, more])
        return np.array(numbers, np.uint32)

    def update(
        self,
        states: U32,
        actions: U32,
        rewards: F32,
        next_states: U32,
        *,
        alpha: float,
        gamma: float,
        now: int,
    ) -> F32:
        """Learn from each step in turn and return td_errors."""
        self._check_open()
        check_rate("alpha", alpha)
        check_rate("gamma", gamma)
        check_columns(np.float32, rewards=rewards)
        self._check_entries(states, actions)
        self._check_entries(next_states[next_states != TERMINAL], np.zeros(0, np.uint32))
        if not len(states) == len(rewards) == len(next_states):
            raise ValidationError("the lengths of the columns differ", "Give one of each per step")
        if not np.isfinite(rewards).all():
            place = int(np.argmin(np.isfinite(rewards)))
            raise ValidationError(
                f"the reward of step {place} is not finite", "Give finite rewards"
            )
        rate, discount = np.float32(alpha), np.float32(gamma)
        td_errors = np.zeros(len(states), np.float32)
        for i, (state, action, after) in enumerate(zip(states, actions, next_states, strict=True)):
            future = np.float32(0) if after == TERMINAL else self._q_values[after].max()
            td_errors[i] = (rewards[i] + discount * future) - self._q_values[state, action]
            self._q_values[state, action] += rate * td_errors[i]
            self._visits[state, action] += 1
            self._updated[state, action] = now
        return td_errors

    def best(self, states: U32) -> tuple[U32, F32]:
        """Return of each state the action of the greatest value, the first of equals, and it."""
        self._check_open()
        self._check_entries(states, np.zeros(0, np.uint32))
        rows = self._q_values[states]
        return rows.argmax(axis=1).astype(np.uint32), rows.max(axis=1)

    def columns(self) -> QColumns:
        """Copy the visited entries, by state and then by action."""
        states, actions = np.nonzero(self._visits)
        return QColumns(
            states.astype(np.uint32),
            actions.astype(np.uint32),
            self._q_values[states, actions],
            self._visits[states, actions],
            self._updated[states, actions],
        )

    def keys(self) -> list[str]:
        """Return the state keys in the order of their numbers."""
        return list(self._numbers)

    def merge(self, columns: QColumns) -> None:
        """Join entries in: visits add up, values are their mean by visits."""
        self._check_open()
        self._check_entries(columns.states, columns.actions)
        if not np.isfinite(columns.q_values).all() or not columns.visits.all():
            problem = "an entry has no finite value or no visits"
            raise ValidationError(problem, "Give finite values that were visited")
        for state, action, q_value, visits, updated in zip(*columns, strict=True):
            at = (state, action)
            old, new = float(self._visits[at]), float(visits)
            joined = (float(self._q_values[at]) * old + float(q_value) * new) / (old + new)
            self._q_values[at] = joined
            self._visits[at] += visits
            self._updated[at] = max(self._updated[at], updated)

    def __len__(self) -> int:
        return int(np.count_nonzero(self._visits))

    def memory_bytes(self) -> int:
        """Bytes of the arrays."""
        return self._q_values.nbytes + self._visits.nbytes + self._updated.nbytes

    def close(self) -> None:
        """Free the table; closing twice is harmless."""
        self._is_open = False

    def __enter__(self) -> "ReferenceQStore":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _check_open(self) -> None:
        if not self._is_open:
            raise ClosedError("the Q-table is closed", "Make a new Q-table")

    def _check_entries(self, states: U32, actions: U32) -> None:
        check_columns(np.uint32, states=states)
        check_columns(np.uint32, actions=actions)
        limits = (len(self._q_values), self.n_actions)
        if (states >= limits[0]).any() or (actions >= limits[1]).any():
            problem = f"a state or action lies outside a table of {limits[0]} and {limits[1]}"
            raise ValidationError(problem, "Use numbers that this table gave out")
