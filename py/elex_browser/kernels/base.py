"""The hot loops as one interface: what every implementation promises.

Implementations: `reference` (NumPy, says what each kernel means) and `wasm` (the Rust module, in
its scalar or simd128 build). One conformance suite runs over all of them.
"""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U32 = NDArray[np.uint32]
Flags = NDArray[np.bool_]


class Aggregate(NamedTuple):
    """What one pass over a column gives; `maximum` is NaN for an empty column."""

    total: float
    weighted_total: float
    maximum: float
    count_above: int


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

    def aggregate(self, values: F64, weights: F64, threshold: float) -> Aggregate:
        """Sum, weighted sum, maximum and count above `threshold` in one pass; shapes (n,).

        float64 throughout: a counter's unit must survive a sum of 2^31 of them.
        """
        ...

    def memory_bytes(self) -> int:
        """Bytes of memory the implementation holds at present."""
        ...
