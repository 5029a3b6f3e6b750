"""What a vector index means, in NumPy: every search scans all vectors."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import ClosedError, ValidationError
from elex_browser.kernels import index_bytes
from elex_browser.kernels.base import F32, F64, U32, IndexParameters
from elex_browser.kernels.check import check_index, check_k, check_query, check_vectors

Numbers = NDArray[np.float32] | NDArray[np.int8]
# Numbers and what they are to be multiplied by.
Row = tuple[Numbers, np.float32]
CODE_LIMIT = np.float32(127)


class ReferenceIndex:
    """Unit vectors by id, in the order in which their ids first came."""

    def __init__(self, parameters: IndexParameters) -> None:
        check_index(parameters)
        self.dimensions = parameters.dimensions
        self._parameters = parameters
        self._rows: dict[int, Row] = {}
        self._stacked: tuple[U32, F64] | None = None
        self._is_open = True

    @classmethod
    def load(cls, data: bytes) -> "ReferenceIndex":
        """Make an index from what `to_bytes` of any implementation gave.

        Raises:
            SerializationError: damaged, cut off or of another version.
        """
        saved = index_bytes.decode(data)
        index = cls(saved.parameters)
        pairs = zip(saved.numbers, saved.scales, strict=True)
        index._rows = dict(zip(saved.ids.tolist(), pairs, strict=True))
        return index

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, item: int) -> bool:
        return item in self._rows

    def add(self, ids: U32, vectors: F32) -> None:
        """Copy vectors in, scaled to length 1, and rounded where the index is of int8."""
        self._check_open()
        check_vectors(ids, vectors, self.dimensions)
        finite = np.isfinite(vectors).all(axis=1)
        if not finite.all():
            problem = f"row {int(np.argmin(finite))} holds NaN or an infinity"
            raise ValidationError(problem, "Leave such rows out")
        self._stacked = None
        units = _unit(vectors)
        numbers, scales = _rounded(units) if self._parameters.int8 else _unrounded(units)
        for item, row in zip(ids.tolist(), zip(numbers, scales, strict=True), strict=True):
            self._rows.pop(item, None)
            self._rows[item] = row

    def remove(self, item: int) -> bool:
        """Remove a vector; False when there is none of this id."""
        self._stacked = None
        return self._rows.pop(item, None) is not None

    def search(
        self, query: F32, k: int, *, ef: int = 0, allowed: U32 | None = None
    ) -> tuple[U32, F32]:
        """Return (ids, distances) of the k nearest; `ef` does not matter to a scan."""
        self._check_open()
        check_query(query, self.dimensions)
        check_k(k)
        if not np.isfinite(query).all():
            problem = f"the vector of {len(query)} numbers holds NaN or an infinity"
            raise ValidationError(problem, "Give finite numbers")
        ids, vectors = self._stack(allowed)
        wide = query.astype(np.float64)
        distances = 1 - vectors @ (wide / (np.sqrt(wide @ wide) or 1.0))
        best = np.argsort(distances, kind="stable")[:k]
        found = np.maximum(distances[best], 0).astype(np.float32)
        return ids[best], found

    def compact(self) -> None:
        """There is nothing to give back."""

    def to_bytes(self) -> bytes:
        """Return everything that a search needs, with version and checksum."""
        self._check_open()
        ids = np.array(list(self._rows), np.uint32)
        numbers, scales = self._columns(self._rows)
        return index_bytes.encode(index_bytes.Saved(self._parameters, ids, numbers, scales))

    def memory_bytes(self) -> int:
        """Bytes of the vectors."""
        return sum(numbers.nbytes + scale.nbytes for numbers, scale in self._rows.values())

    def close(self) -> None:
        """Free the vectors; closing twice is harmless."""
        self._is_open = False
        self._rows.clear()
        self._stacked = None

    def __enter__(self) -> "ReferenceIndex":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _stack(self, allowed: U32 | None) -> tuple[U32, F64]:
        """Ids and vectors; those of the whole index are stacked once and kept until it changes."""
        if allowed is None and self._stacked is not None:
            return self._stacked
        among = self._rows.keys() if allowed is None else allowed.tolist()
        ids = [item for item in dict.fromkeys(among) if item in self._rows]
        numbers, scales = self._columns(ids)
        found = np.array(ids, np.uint32), numbers.astype(np.float64) * scales[:, None]
        if allowed is None:
            self._stacked = found
        return found

    def _columns(self, ids: Iterable[int]) -> tuple[Numbers, F32]:
        """Stack numbers, shape (n, dimensions), and scales of these ids."""
        rows = [self._rows[item] for item in ids]
        shape = (len(rows), self.dimensions)
        is_int8 = self._parameters.int8
        numbers: Numbers = np.zeros(shape, np.int8) if is_int8 else np.zeros(shape, np.float32)
        for place, row in enumerate(rows):
            numbers[place] = row[0]
        return numbers, np.array([row[1] for row in rows], np.float32)

    def _check_open(self) -> None:
        if not self._is_open:
            raise ClosedError("the index is closed", "Make a new index")


def _unit(vectors: F32) -> F32:
    """Vectors of length 1, shape (n, dimensions); those without a direction stay zero."""
    wide = vectors.astype(np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    return (wide / np.where(lengths > 0, lengths, 1.0)[:, np.newaxis]).astype(np.float32)


def _unrounded(units: F32) -> tuple[F32, F32]:
    return units, np.ones(len(units), np.float32)


def _rounded(units: F32) -> tuple[NDArray[np.int8], F32]:
    """Round to codes, with the scales that make the rounded vectors' projections on the true ones exact."""
    largest = np.abs(units).max(axis=1, initial=0)
    factors = np.divide(CODE_LIMIT, largest, where=largest > 0, out=np.zeros_like(largest))
    halves = np.copysign(np.float32(0.5), units)
    codes = np.trunc(units * factors[:, np.newaxis] + halves).astype(np.int8)
    projections = np.einsum("ij,ij->i", units.astype(np.float64), codes)
    scales = np.divide(1, projections, where=projections > 0, out=np.zeros_like(projections))
    return codes, scales.astype(np.float32)
