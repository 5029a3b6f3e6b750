"""The Rust kernels through the JavaScript host: arrays are lent for a call, results are copies.

JavaScript gets the addresses of the arrays and sees them as views for the length of the call. Columns
are read where they lie; rows, queries and batches are copied once, to what is kept in Rust's memory.
Rust checks the numbers; shape and dtype are checked here.
"""

from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import (
    F32,
    F64,
    U32,
    Aggregate,
    GroupAggregates,
    IndexParameters,
    RangeCheck,
)
from elex_browser.kernels.check import check_columns, check_k, check_query, check_rows
from elex_browser.kernels.wasm_index import WasmIndex
from elex_browser.kernels.wasm_q_store import WasmQStore


class WasmKernels:
    """One build of the Rust module, scalar or simd."""

    def __init__(self, host: Any) -> None:
        self._host = host
        self._heap = ffi.on_heap(host)
        self.name: str = host.name
        # Room for the figures and sums of an aggregation; the kernel has none of its own.
        self._figures = np.empty(5 + -(-int(self._heap.aggregateBytes) // 8))
        self._figures_at = ffi.address(self._figures)

    def matrix(self, rows: F32) -> "WasmMatrix":
        """Copy rows (n, dimensions) into Rust's memory."""
        return WasmMatrix(self._host, self._heap, rows)

    def q_update(
        self, q_values: F32, rewards: F32, next_max_q: F32, *, alpha: float, gamma: float
    ) -> F32:
        """Return equation 6.8 element by element, the same bits as the reference."""
        n = check_columns(np.float32, q_values=q_values, rewards=rewards, next_max_q=next_max_q)
        updated = q_values.copy()
        with ffi.lent(updated, rewards, next_max_q) as (q, reward, after):
            ffi.call(self._heap.qUpdate, n, q, reward, after, alpha, gamma)
        return updated

    def check_ranges(self, values: F64, minima: F64, maxima: F64) -> RangeCheck:
        """Tell which values lie in [minimum, maximum]; NaN and infinities never do."""
        n = check_columns(np.float64, values=values, minima=minima, maxima=maxima)
        bits = np.empty((n + 7) // 8, np.uint8)
        with ffi.lent(values, minima, maxima, bits) as (value, low, high, out):
            n_invalid = ffi.call(self._heap.checkRanges, n, value, low, high, out)
        return RangeCheck(bits, n, int(n_invalid))

    def aggregate(self, values: F64, weights: F64, threshold: float) -> Aggregate:
        """Sum, weighted sum, maximum, count above `threshold` and minimum in one pass."""
        n = check_columns(np.float64, values=values, weights=weights)
        out = self._figures_at
        with ffi.lent(values, weights) as (value, weight):
            ffi.call(self._heap.aggregate, n, value, weight, float(threshold), out + 5 * 8, out)
        total, weighted_total, maximum, count_above, minimum = self._figures[:5].tolist()
        return Aggregate(total, weighted_total, maximum, int(count_above), minimum)

    def check_members(self, values: F64, allowed: F64) -> RangeCheck:
        """Tell which values are among the allowed ones."""
        n = check_columns(np.float64, values=values)
        n_allowed = check_columns(np.float64, allowed=allowed)
        bits = np.empty((n + 7) // 8, np.uint8)
        with ffi.lent(values, allowed, bits) as (value, member, out):
            n_invalid = ffi.call(self._heap.checkMembers, n, value, n_allowed, member, out)
        return RangeCheck(bits, n, int(n_invalid))

    def aggregate_groups(
        self, values: F64, weights: F64, groups: U32, n_groups: int, threshold: float
    ) -> GroupAggregates:
        """What `aggregate` gives, for each group of rows."""
        check_columns(np.float64, values=values, weights=weights)
        check_columns(np.uint32, groups=groups)
        run = self._host.aggregateGroups
        found = ffi.array(ffi.call(run, values, weights, groups, n_groups, float(threshold)))
        figures = found.reshape(n_groups, 6).T
        counts = figures[4:].astype(np.int64)
        return GroupAggregates(*figures[:4], *counts)

    def index(self, parameters: IndexParameters) -> WasmIndex:
        """Make an empty HNSW index in Rust's memory."""
        return WasmIndex.make(self._host, self._heap, parameters)

    def load_index(self, data: bytes) -> WasmIndex:
        """Make an index in Rust's memory from bytes."""
        return WasmIndex.load(self._host, self._heap, data)

    def q_store(self, n_actions: int) -> WasmQStore:
        """Make an empty Q-table in Rust's memory."""
        return WasmQStore(self._host, self._heap, n_actions)

    def memory_bytes(self) -> int:
        """Bytes of the module's memory, which grows and never shrinks."""
        return int(self._host.memoryBytes())


class WasmMatrix:
    """Unit rows in Rust's memory; the owner closes it."""

    def __init__(self, host: Any, heap: Any, rows: F32) -> None:
        check_rows(rows)
        self._heap = heap
        self.n_rows, self.dimensions = rows.shape
        self._matrix = ffi.call(host.matrix, rows, self.n_rows, self.dimensions)
        self.size_bytes = int(self._matrix.sizeBytes)

    def top_k(self, query: F32, k: int) -> tuple[U32, F32]:
        """Return (row indices, cosine similarities) of the k best rows, best first."""
        check_query(query, self.dimensions)
        check_k(k)
        room = min(k, self.n_rows)
        indices, scores = np.empty(room, np.uint32), np.empty(room, np.float32)
        with ffi.lent(query, indices, scores) as (at, index, score):
            ffi.call(self._heap.topK, self._matrix, at, k, index, score)
        return indices, scores

    def top_k_many(self, queries: F32, k: int) -> tuple[U32, F32]:
        """Return what `top_k` gives for each query."""
        check_rows(queries)
        if queries.shape[1] != self.dimensions:
            problem = f"queries have {queries.shape[1]} dimensions, the matrix {self.dimensions}"
            raise ValidationError(problem, "Use the embedding that the rows were made with")
        check_k(k)
        found = ffi.call(self._matrix.topKMany, queries, k)
        shape = (len(queries), min(k, self.n_rows))
        return ffi.array(found.indices).reshape(shape), ffi.array(found.scores).reshape(shape)

    def close(self) -> None:
        """Free the rows; closing twice is harmless."""
        ffi.call(self._matrix.close)

    def __enter__(self) -> "WasmMatrix":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
