"""The rows of one contributor's experience: a sparse state dimension over dense columns."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import MemoryBudgetError

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
_FIRST_CAPACITY = 8


class Columns(NamedTuple):
    """The filled part of the columns, as views; row i belongs to state i in order of insertion."""

    q_value: F32
    visits: U32
    updated: U32


class Rows:
    """State key → one row of q_value, visits and updated, each of shape (n_states, n_actions).

    `updated` is the contributor's logical clock at the entry's last change; it orders two copies of
    the same entry without any wall clock.
    """

    def __init__(self, n_actions: int, max_states: int) -> None:
        self._n_actions = n_actions
        self._max_states = max_states
        self._row_of: dict[str, int] = {}
        self._q_value: F32 = np.zeros((0, n_actions), np.float32)
        self._visits: U32 = np.zeros((0, n_actions), np.uint32)
        self._updated: U32 = np.zeros((0, n_actions), np.uint32)

    def __len__(self) -> int:
        return len(self._row_of)

    @property
    def states(self) -> list[str]:
        """State keys in row order."""
        return list(self._row_of)

    @property
    def columns(self) -> Columns:
        """The three columns, as views of the filled rows."""
        n = len(self._row_of)
        return Columns(self._q_value[:n], self._visits[:n], self._updated[:n])

    @property
    def clock(self) -> int:
        """The latest logical time among the entries."""
        updated = self.columns.updated
        return int(updated.max()) if updated.size else 0

    def find(self, state: str) -> int | None:
        """Return the row of a state, if it has one."""
        return self._row_of.get(state)

    def add(self, state: str, q_values: F32) -> int:
        """Append a row that starts with `q_values` and no visits, and return it.

        Raises:
            MemoryBudgetError: the table has as many states as it may have.
        """
        row = len(self._row_of)
        if row >= self._max_states:
            raise MemoryBudgetError(
                f"the Q-table already holds {row} states",
                "Use fewer, coarser states: what is never revisited cannot be learnt",
            )
        if row == len(self._q_value):
            self._grow(max(_FIRST_CAPACITY, 2 * row))
        self._row_of[state] = row
        self._q_value[row] = q_values
        self._visits[row] = 0
        self._updated[row] = 0
        return row

    def size_bytes(self) -> int:
        """Bytes of the columns with their spare capacity, and of the keys in UTF-8."""
        columns = self._q_value.nbytes + self._visits.nbytes + self._updated.nbytes
        return columns + sum(len(state.encode()) for state in self._row_of)

    def copy(self) -> "Rows":
        """Return an independent copy."""
        twin = Rows(self._n_actions, self._max_states)
        twin._row_of = dict(self._row_of)
        columns = self.columns
        twin._q_value = columns.q_value.copy()
        twin._visits = columns.visits.copy()
        twin._updated = columns.updated.copy()
        return twin

    def join(self, other: "Rows") -> tuple[int, int]:
        """Take over what is newer in `other`; return (entries added, entries replaced).

        The newer of two entries is the larger of (updated, visits, bits of q_value). A maximum over
        a total order is idempotent, commutative and associative, hence so is the join of two
        tables.
        """
        added = replaced = 0
        theirs = other.columns
        for theirs_row, state in enumerate(other.states):
            ours_row = self.find(state)
            if ours_row is None:
                ours_row = self.add(state, theirs.q_value[theirs_row])
            take = _is_newer(theirs, theirs_row, self.columns, ours_row)
            known = self._visits[ours_row] > 0
            added += int(np.count_nonzero(take & ~known & (theirs.visits[theirs_row] > 0)))
            replaced += int(np.count_nonzero(take & known))
            for mine, their in zip(self.columns, theirs, strict=True):
                mine[ours_row][take] = their[theirs_row][take]
        return added, replaced

    def _grow(self, capacity: int) -> None:
        capacity = min(capacity, self._max_states)
        for name in ("_q_value", "_visits", "_updated"):
            old = getattr(self, name)
            new = np.zeros((capacity, self._n_actions), old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)


def _is_newer(a: Columns, a_row: int, b: Columns, b_row: int) -> NDArray[np.bool_]:
    newer = np.zeros(a.q_value.shape[1], np.bool_)
    equal = np.ones_like(newer)
    a_bits, b_bits = a.q_value[a_row].view(np.uint32), b.q_value[b_row].view(np.uint32)
    keys = [(a.updated[a_row], b.updated[b_row]), (a.visits[a_row], b.visits[b_row])]
    for left, right in [*keys, (a_bits, b_bits)]:
        newer |= equal & (left > right)
        equal &= left == right
    return newer
