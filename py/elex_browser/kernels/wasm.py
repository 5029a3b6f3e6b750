"""The Rust kernels through the JavaScript host: arrays are lent for a call, results are copies.

JavaScript takes a view of each array with `getBuffer()`, copies it once into Rust's memory and
releases it before the call returns. Rust checks the numbers; shape and dtype are checked here.
"""

from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.kernels.base import F32, F64, U32, Aggregate, RangeCheck
from elex_browser.kernels.check import check_columns, check_k, check_query, check_rows


class WasmKernels:
    """One build of the Rust module, scalar or simd."""

    def __init__(self, host: Any) -> None:
        self._host = host
        self.name: str = host.name

    def matrix(self, rows: F32) -> "WasmMatrix":
        """Copy rows (n, dimensions) into Rust's memory."""
        return WasmMatrix(self._host, rows)

    def q_update(
        self, q_values: F32, rewards: F32, next_max_q: F32, *, alpha: float, gamma: float
    ) -> F32:
        """Return equation 6.8 element by element, the same bits as the reference."""
        check_columns(np.float32, q_values=q_values, rewards=rewards, next_max_q=next_max_q)
        updated = np.empty_like(q_values)
        ffi.call(self._host.qUpdate, q_values, rewards, next_max_q, alpha, gamma, updated)
        return updated

    def check_ranges(self, values: F64, minima: F64, maxima: F64) -> RangeCheck:
        """Tell which values lie in [minimum, maximum]; NaN and infinities never do."""
        n_values = check_columns(np.float64, values=values, minima=minima, maxima=maxima)
        found = ffi.call(self._host.checkRanges, values, minima, maxima)
        return RangeCheck(ffi.array(found.bits), n_values, int(found.nInvalid))

    def aggregate(self, values: F64, weights: F64, threshold: float) -> Aggregate:
        """Sum, weighted sum, maximum and count above `threshold` in one pass."""
        check_columns(np.float64, values=values, weights=weights)
        found = ffi.call(self._host.aggregate, values, weights, float(threshold))
        return Aggregate(
            float(found.total),
            float(found.weightedTotal),
            float(found.maximum),
            int(found.countAbove),
        )

    def memory_bytes(self) -> int:
        """Bytes of the module's memory, which grows and never shrinks."""
        return int(self._host.memoryBytes())


class WasmMatrix:
    """Unit rows in Rust's memory; the owner closes it."""

    def __init__(self, host: Any, rows: F32) -> None:
        check_rows(rows)
        self.n_rows, self.dimensions = rows.shape
        self._matrix = ffi.call(host.matrix, rows, self.n_rows, self.dimensions)
        self.size_bytes = int(self._matrix.sizeBytes)

    def top_k(self, query: F32, k: int) -> tuple[U32, F32]:
        """Return (row indices, cosine similarities) of the k best rows, best first."""
        check_query(query, self.dimensions)
        check_k(k)
        found = ffi.call(self._matrix.topK, query, k)
        return ffi.array(found.indices), ffi.array(found.scores)

    def close(self) -> None:
        """Free the rows; closing twice is harmless."""
        ffi.call(self._matrix.close)

    def __enter__(self) -> "WasmMatrix":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
