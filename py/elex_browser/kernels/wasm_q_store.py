"""The Q-table in Rust's memory: batches are lent for a call, columns come home as copies."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import F32, U32, QColumns
from elex_browser.kernels.check import check_columns


class WasmQStore:
    """A table whose owner closes it."""

    def __init__(self, host: Any, heap: Any, n_actions: int) -> None:
        self.n_actions = n_actions
        self._heap = heap
        self._table = ffi.call(host.qTable, n_actions)

    def intern(self, keys: Sequence[str]) -> U32:
        """Return the numbers of state keys; new keys get the next numbers."""
        encoded = [key.encode() for key in keys]
        ends = np.cumsum([len(key) for key in encoded], dtype=np.uint32)
        text = np.frombuffer(b"".join(encoded), np.uint8)
        return ffi.array(ffi.call(self._table.intern, text, ends))

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
        n = check_columns(np.uint32, states=states, actions=actions, next_states=next_states)
        if check_columns(np.float32, rewards=rewards) != n:
            problem = f"the lengths differ: {n} states, {len(rewards)} rewards"
            raise ValidationError(problem, "Give one of each per step")
        td_errors = np.empty(n, np.float32)
        with ffi.lent(states, actions, rewards, next_states, td_errors) as (s, a, r, after, out):
            rates = (alpha, gamma, now)
            ffi.call(self._heap.update, self._table, n, s, a, r, after, *rates, out)
        return td_errors

    def best(self, states: U32) -> tuple[U32, F32]:
        """Return of each state the action of the greatest value, the first of equals, and it."""
        check_columns(np.uint32, states=states)
        found = ffi.call(self._table.best, states)
        return ffi.array(found.actions), ffi.array(found.qValues)

    def columns(self) -> QColumns:
        """Copy the visited entries, by state and then by action."""
        found = ffi.call(self._table.exportColumns)
        parts = (found.states, found.actions, found.qValues, found.visits, found.updated)
        return QColumns(*(ffi.array(part) for part in parts))

    def keys(self) -> list[str]:
        """Return the state keys in the order of their numbers."""
        found = ffi.call(self._table.exportColumns)
        text, ends = found.keyText.to_bytes(), ffi.array(found.keyEnds).tolist()
        return [text[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]

    def merge(self, columns: QColumns) -> None:
        """Join entries in: visits add up, values are their mean by visits."""
        check_columns(
            np.uint32,
            states=columns.states,
            actions=columns.actions,
            visits=columns.visits,
            updated=columns.updated,
        )
        check_columns(np.float32, q_values=columns.q_values)
        numbers = (columns.states, columns.actions, columns.visits, columns.updated)
        ffi.call(self._table.merge, *numbers, columns.q_values)

    def __len__(self) -> int:
        return int(ffi.call(lambda: self._table.nVisited))

    def memory_bytes(self) -> int:
        """Bytes held, counted."""
        return int(ffi.call(self._table.memoryBytes))

    def close(self) -> None:
        """Free the table; closing twice is harmless."""
        ffi.call(self._table.close)

    def __enter__(self) -> "WasmQStore":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
