"""What a vector index means, in NumPy: every search scans all vectors."""

import numpy as np

from elex_browser.errors import QueryError, ValidationError
from elex_browser.kernels.base import F32, F64, U32, IndexParameters
from elex_browser.kernels.check import check_index, check_k, check_query, check_vectors


class ReferenceIndex:
    """Unit vectors by id, in the order in which their ids first came."""

    def __init__(self, parameters: IndexParameters) -> None:
        check_index(parameters.dimensions, parameters.m, parameters.m_max0)
        self._dimensions = parameters.dimensions
        self._vectors: dict[int, F64] = {}
        self._stacked: tuple[U32, F64] | None = None
        self._is_open = True

    def __len__(self) -> int:
        return len(self._vectors)

    def __contains__(self, item: int) -> bool:
        return item in self._vectors

    def add(self, ids: U32, vectors: F32) -> None:
        """Copy vectors in, scaled to length 1."""
        self._check_open()
        check_vectors(ids, vectors, self._dimensions)
        finite = np.isfinite(vectors).all(axis=1)
        if not finite.all():
            problem = f"row {int(np.argmin(finite))} holds NaN or an infinity"
            raise ValidationError(problem, "Leave such rows out")
        self._stacked = None
        for item, vector in zip(ids.tolist(), vectors.astype(np.float64), strict=True):
            self._vectors.pop(item, None)
            self._vectors[item] = vector / (np.sqrt(vector @ vector) or 1.0)

    def remove(self, item: int) -> bool:
        """Remove a vector; False when there is none of this id."""
        self._stacked = None
        return self._vectors.pop(item, None) is not None

    def search(
        self, query: F32, k: int, *, ef: int = 0, allowed: U32 | None = None
    ) -> tuple[U32, F32]:
        """Return (ids, distances) of the k nearest; `ef` does not matter to a scan."""
        self._check_open()
        check_query(query, self._dimensions)
        check_k(k)
        if not np.isfinite(query).all():
            problem = f"the vector of {len(query)} numbers holds NaN or an infinity"
            raise ValidationError(problem, "Give finite numbers")
        ids, rows = self._rows(allowed)
        wide = query.astype(np.float64)
        distances = 1 - rows @ (wide / (np.sqrt(wide @ wide) or 1.0))
        best = np.argsort(distances, kind="stable")[:k]
        found = np.maximum(distances[best], 0).astype(np.float32)
        return ids[best], found

    def _rows(self, allowed: U32 | None) -> tuple[U32, F64]:
        """Ids and vectors; those of the whole index are stacked once and kept until it changes."""
        if allowed is None and self._stacked is not None:
            return self._stacked
        among = self._vectors.keys() if allowed is None else allowed.tolist()
        ids = [item for item in dict.fromkeys(among) if item in self._vectors]
        rows = np.array([self._vectors[item] for item in ids]).reshape(len(ids), self._dimensions)
        found = np.array(ids, np.uint32), rows
        if allowed is None:
            self._stacked = found
        return found

    def compact(self) -> None:
        """Nothing: there is neither a graph nor room to give back."""
        self._check_open()

    def memory_bytes(self) -> int:
        """Bytes of the vectors."""
        return 8 * self._dimensions * len(self)

    def close(self) -> None:
        """Free the vectors; closing twice is harmless."""
        self._is_open = False
        self._vectors.clear()
        self._stacked = None

    def _check_open(self) -> None:
        if not self._is_open:
            raise QueryError("the index is closed", "Make a new index")

    def __enter__(self) -> "ReferenceIndex":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
