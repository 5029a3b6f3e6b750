"""The HNSW index in Rust's memory: vectors are lent for a call, findings come home as copies."""

from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.kernels.base import F32, U32, IndexParameters
from elex_browser.kernels.check import check_columns, check_k, check_query, check_vectors

# Up to so many results room is made without asking how many vectors there are.
MANY = 1000


class WasmIndex:
    """An index whose owner closes it; `make` and `load` make one."""

    def __init__(self, index: Any, heap: Any) -> None:
        self._index = index
        self._heap = heap
        self.dimensions = int(index.dimensions)

    @classmethod
    def make(cls, host: Any, heap: Any, parameters: IndexParameters) -> "WasmIndex":
        """Make an empty index."""
        options = ffi.plain(
            {
                "dimensions": parameters.dimensions,
                "m": parameters.m,
                "mMax0": parameters.m_max0,
                "efConstruction": parameters.ef_construction,
                "efSearch": parameters.ef_search,
                "seed": parameters.seed,
                "int8": parameters.int8,
                "exactUpTo": parameters.exact_up_to,
            }
        )
        return cls(ffi.call(host.index, options), heap)

    @classmethod
    def load(cls, host: Any, heap: Any, data: bytes) -> "WasmIndex":
        """Make an index from bytes; see `WasmKernels.load_index`."""
        return cls(ffi.call(host.index, ffi.plain(data)), heap)

    def __len__(self) -> int:
        return int(ffi.call(lambda: self._index.count))

    def __contains__(self, item: int) -> bool:
        return bool(ffi.call(self._index.contains, item))

    @property
    def has_graph(self) -> bool:
        """Whether searches walk a graph rather than scan."""
        return bool(ffi.call(lambda: self._index.hasGraph))

    def add(self, ids: U32, vectors: F32) -> None:
        """Copy vectors in; one replaces the vector that has its id."""
        check_vectors(ids, vectors, self.dimensions)
        ffi.call(self._index.add, ids, vectors)

    def remove(self, item: int) -> bool:
        """Remove a vector; False when there is none of this id."""
        return bool(ffi.call(self._index.remove, item))

    def search(
        self, query: F32, k: int, *, ef: int = 0, allowed: U32 | None = None
    ) -> tuple[U32, F32]:
        """Return (ids, distances) of the k nearest, nearest first."""
        check_query(query, self.dimensions)
        check_k(k)
        if allowed is not None:
            check_columns(np.uint32, allowed=allowed)
            found = ffi.call(self._index.search, query, k, ef, allowed)
            return ffi.array(found.ids), ffi.array(found.distances)
        room = k if k <= MANY else min(k, len(self))
        ids, distances = np.empty(room, np.uint32), np.empty(room, np.float32)
        with ffi.lent(query, ids, distances) as (at, item, distance):
            n_found = ffi.call(self._heap.search, self._index, at, k, ef, item, distance)
        return ids[:n_found], distances[:n_found]

    def compact(self) -> None:
        """Put neighbours side by side in memory and give back room; for after many changes."""
        ffi.call(self._index.compact)

    def to_bytes(self) -> bytes:
        """Return everything that a search needs, with version and checksum."""
        saved = ffi.call(self._index.toBytes)
        return bytes(saved.to_bytes())

    def memory_bytes(self) -> int:
        """Bytes held, counted."""
        return int(ffi.call(self._index.memoryBytes))

    def close(self) -> None:
        """Free the vectors; closing twice is harmless."""
        ffi.call(self._index.close)

    def __enter__(self) -> "WasmIndex":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
