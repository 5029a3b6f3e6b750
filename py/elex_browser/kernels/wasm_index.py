"""The HNSW index in Rust's memory: vectors are lent for a call, findings come home as copies."""

from typing import Any

import numpy as np

from elex_browser import ffi
from elex_browser.kernels.base import F32, U32, IndexParameters
from elex_browser.kernels.check import check_columns, check_k, check_query, check_vectors


class WasmIndex:
    """An index whose owner closes it; `make` and `load` make one."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.dimensions = int(index.dimensions)

    @classmethod
    def make(cls, host: Any, parameters: IndexParameters) -> "WasmIndex":
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
        return cls(ffi.call(host.index, options))

    @classmethod
    def load(cls, host: Any, data: bytes) -> "WasmIndex":
        """Make an index from bytes; see `WasmKernels.load_index`."""
        return cls(ffi.call(host.index, ffi.plain(data)))

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
        if allowed is None:
            found = ffi.call(self._index.search, query, k, ef)
        else:
            check_columns(np.uint32, allowed=allowed)
            found = ffi.call(self._index.search, query, k, ef, allowed)
        return ffi.array(found.ids), ffi.array(found.distances)

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
