"""The hot loops as one interface: what every implementation promises.

Implementations: `reference` (NumPy, says what each kernel means) and `wasm` (the Rust module, in
its scalar or simd128 build). One conformance suite runs over all of them.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U32 = NDArray[np.uint32]
I64 = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Aggregate(NamedTuple):
    """What one pass over a column gives.

    `minimum` and `maximum` are NaN for an empty column and for one with a NaN in it.
    """

    total: float
    weighted_total: float
    maximum: float
    count_above: int
    minimum: float


class GroupAggregates(NamedTuple):
    """What one pass gives for every group: arrays of shape (n_groups,).

    `minimum` and `maximum` are NaN for a group without rows and for one with a NaN in it.
    """

    total: F64
    weighted_total: F64
    minimum: F64
    maximum: F64
    count_above: I64
    n_rows: I64


class RangeCheck(NamedTuple):
    """Which values lie in their closed range; NaN and infinities never do.

    Attributes:
        bits: uint8; bit i % 8 of bits[i // 8] is set when value i is valid.
        n_values: how many values were checked.
        n_invalid: how many of them are invalid.
    """

    bits: NDArray[np.uint8]
    n_values: int
    n_invalid: int

    @property
    def valid(self) -> Flags:
        """One flag per value; a new array of eight times the size of `bits`."""
        return np.unpackbits(self.bits, count=self.n_values, bitorder="little").view(np.bool_)


class IndexParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of a vector index; names as in Malkov & Yashunin 2018, section 4.

    Attributes:
        dimensions: numbers in a vector, a multiple of 4.
        m: links that a new vector gets in each layer.
        m_max0: the most links of a vector in layer 0.
        ef_construction: candidates kept while a vector is linked.
        ef_search: candidates kept in a search, unless the search says otherwise.
        seed: the same seed and the same history give the same graph.
        int8: keep vectors as 8-bit integers with one scale each.
        exact_up_to: up to this many vectors a search scans all of them and no graph is built; that is faster
            there, see docs/performance.md, "Where the graph begins to pay".
    """

    dimensions: int
    m: int = 16
    m_max0: int = 32
    ef_construction: int = 200
    ef_search: int = 50
    seed: int = 0
    int8: bool = False
    exact_up_to: int = 2000


class VectorIndex(Protocol):
    """Vectors by id, found by cosine distance (1 - cosine, in [0, 2]). The owner closes it."""

    dimensions: int

    def __len__(self) -> int: ...

    def __contains__(self, item: int) -> bool: ...

    def add(self, ids: U32, vectors: F32) -> None:
        """Copy vectors (n, dimensions) in; one replaces the vector that has its id.

        Raises:
            ValidationError: shapes that do not fit, or NaN or infinities; nothing is added then.
        """
        ...

    def remove(self, item: int) -> bool:
        """Remove a vector; False when there is none of this id."""
        ...

    def search(
        self, query: F32, k: int, *, ef: int = 0, allowed: U32 | None = None
    ) -> tuple[U32, F32]:
        """Return (ids, distances) of the k nearest, nearest first; fewer where there are fewer.

        `ef` 0 means `ef_search`; only ids in `allowed`, where given, are found. A zero vector has
        distance 1 to everything.

        Raises:
            ValidationError: the query does not fit or is not finite, or k < 1.
        """
        ...

    def compact(self) -> None:
        """Give back room that nothing uses, and put neighbours side by side; for after many changes."""
        ...

    def to_bytes(self) -> bytes:
        """Return everything that a search needs, with version and checksum; see `load_index`."""
        ...

    def memory_bytes(self) -> int:
        """Bytes held, counted."""
        ...

    def close(self) -> None:
        """Free the vectors; closing twice is harmless."""
        ...

    def __enter__(self) -> "VectorIndex": ...

    def __exit__(self, *exc: object) -> None: ...


class QColumns(NamedTuple):
    """Entries of a Q-table as columns of one length."""

    states: U32
    actions: U32
    q_values: F32
    visits: U32
    updated: U32


TERMINAL = 0xFFFF_FFFF
"""The next state of a step that ended its episode."""


class QStore(Protocol):
    """Action values by state and action; states are numbered by `intern`. The owner closes it."""

    n_actions: int

    def intern(self, keys: Sequence[str]) -> U32:
        """Return the numbers of state keys; new keys get the next numbers."""
        ...

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
        """Learn from each step in turn and return td_errors (Sutton & Barto, equation 6.8).

        The maximum goes over all actions of the next state, `TERMINAL` for none; an entry that was
        never updated has value 0. `now` becomes the entries' `updated`.

        Raises:
            ValidationError: a state, action or reward that does not fit; nothing is learnt then.
        """
        ...

    def best(self, states: U32) -> tuple[U32, F32]:
        """Return of each state the action of the greatest value, the first of equals, and it."""
        ...

    def columns(self) -> QColumns:
        """Copy the visited entries, by state and then by action."""
        ...

    def keys(self) -> list[str]:
        """Return the state keys in the order of their numbers."""
        ...

    def merge(self, columns: QColumns) -> None:
        """Join entries in: visits add up, values are their mean by visits, the later update counts.

        Raises:
            ValidationError: an entry that does not fit or was never visited; nothing is joined.
        """
        ...

    def __len__(self) -> int: ...

    def memory_bytes(self) -> int:
        """Bytes held, counted."""
        ...

    def close(self) -> None:
        """Free the table; closing twice is harmless."""
        ...


class Matrix(Protocol):
    """Rows kept where the kernel runs, so that a search moves only the query.

    The owner closes it (`with` or `close()`); a closed matrix raises QUERY_FAILED.
    """

    n_rows: int
    dimensions: int
    size_bytes: int

    def top_k(self, query: F32, k: int) -> tuple[U32, F32]:
        """Return (row indices, cosine similarities) of the k best rows, best first.

        Shapes (min(k, n_rows),). Equal similarities are ordered by row index; a zero vector has
        similarity 0 to everything.

        Raises:
            ValidationError: the query's shape is not (dimensions,), it is not finite, or k < 1.
        """
        ...

    def top_k_many(self, queries: F32, k: int) -> tuple[U32, F32]:
        """Return what `top_k` gives for each query (m, dimensions), shapes (m, min(k, n_rows)).

        Raises:
            ValidationError: as `top_k`.
        """
        ...

    def close(self) -> None:
        """Free the rows; closing twice is harmless."""
        ...

    def __enter__(self) -> "Matrix": ...

    def __exit__(self, *exc: object) -> None: ...


class Kernels(Protocol):
    """The kernels of one build. Arrays are C-contiguous; inputs are never changed."""

    name: str

    def matrix(self, rows: F32) -> Matrix:
        """Copy rows (n, dimensions) into a resident matrix.

        Raises:
            ValidationError: rows is not two-dimensional or holds NaN or infinities.
            MemoryBudgetError: there is no room for it.
        """
        ...

    def q_update(
        self, q_values: F32, rewards: F32, next_max_q: F32, *, alpha: float, gamma: float
    ) -> F32:
        """Return q + alpha * (reward + gamma * next_max_q - q), element by element, as float32.

        Sutton & Barto, 2nd ed., equation 6.8. All shapes (n,).

        Raises:
            ValidationError: shapes differ, or alpha or gamma lies outside [0, 1].
        """
        ...

    def check_ranges(self, values: F64, minima: F64, maxima: F64) -> RangeCheck:
        """Tell which values lie in [minimum, maximum]; shapes (n,), NaN bounds admit nothing."""
        ...

    def check_members(self, values: F64, allowed: F64) -> RangeCheck:
        """Tell which values are among the allowed ones, which are finite; NaN never is."""
        ...

    def aggregate_groups(
        self, values: F64, weights: F64, groups: U32, n_groups: int, threshold: float
    ) -> GroupAggregates:
        """What `aggregate` gives, for each group of rows; `groups` holds numbers below `n_groups`.

        Raises:
            ValidationError: shapes differ, or a group does not exist.
        """
        ...

    def index(self, parameters: IndexParameters) -> VectorIndex:
        """Make an empty vector index.

        Raises:
            ValidationError: settings that do not work.
        """
        ...

    def load_index(self, data: bytes) -> VectorIndex:
        """Make an index from what `to_bytes` gave, of this or another implementation.

        Raises:
            SerializationError: bytes that are damaged, cut off or of another version.
        """
        ...

    def q_store(self, n_actions: int) -> QStore:
        """Make an empty Q-table with `n_actions` entries for each state."""
        ...

    def aggregate(self, values: F64, weights: F64, threshold: float) -> Aggregate:
        """Sum, weighted sum, minimum, maximum and count above `threshold`; shapes (n,).

        float64 throughout: a counter's unit must survive a sum of 2^31 of them.
        """
        ...

    def memory_bytes(self) -> int:
        """Bytes of memory the implementation holds at present."""
        ...
