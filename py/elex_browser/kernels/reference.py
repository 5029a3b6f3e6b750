"""What each kernel means, in NumPy: the tests' oracle, and what runs outside a browser."""

import numpy as np

from elex_browser.errors import ClosedError, ValidationError
from elex_browser.kernels.base import (
    F32,
    F64,
    U32,
    Aggregate,
    GroupAggregates,
    IndexParameters,
    RangeCheck,
)
from elex_browser.kernels.check import (
    check_columns,
    check_k,
    check_query,
    check_rate,
    check_rows,
)
from elex_browser.kernels.reference_index import ReferenceIndex
from elex_browser.kernels.reference_q_store import ReferenceQStore


class ReferenceKernels:
    """NumPy in place of Rust; float32 and float64 as the interface says."""

    name = "reference"

    def __init__(self) -> None:
        self._open: set[ReferenceMatrix] = set()

    def matrix(self, rows: F32) -> "ReferenceMatrix":
        """Copy rows (n, dimensions), scaled to length 1."""
        matrix = ReferenceMatrix(rows, self._open)
        self._open.add(matrix)
        return matrix

    def q_update(
        self, q_values: F32, rewards: F32, next_max_q: F32, *, alpha: float, gamma: float
    ) -> F32:
        """Return equation 6.8 element by element, rounded to float32 after every operation."""
        check_columns(np.float32, q_values=q_values, rewards=rewards, next_max_q=next_max_q)
        check_rate("alpha", alpha)
        check_rate("gamma", gamma)
        td_target = rewards + np.float32(gamma) * next_max_q
        return q_values + np.float32(alpha) * (td_target - q_values)

    def check_ranges(self, values: F64, minima: F64, maxima: F64) -> RangeCheck:
        """Tell which values lie in [minimum, maximum]; NaN and infinities never do."""
        check_columns(np.float64, values=values, minima=minima, maxima=maxima)
        valid = (values >= minima) & (values <= maxima) & np.isfinite(values)
        return RangeCheck(
            np.packbits(valid, bitorder="little"), len(values), int(np.count_nonzero(~valid))
        )

    def aggregate(self, values: F64, weights: F64, threshold: float) -> Aggregate:
        """Sum, weighted sum, maximum, count above `threshold` and minimum."""
        check_columns(np.float64, values=values, weights=weights)
        # Infinities of both signs give NaN and overflow gives inf: the answer, not an accident.
        with np.errstate(invalid="ignore", over="ignore"):
            return Aggregate(
                float(np.sum(values)),
                float(np.sum(values * weights)),
                float(np.max(values)) if len(values) else float("nan"),
                int(np.count_nonzero(values > threshold)),
                float(np.min(values)) if len(values) else float("nan"),
            )

    def check_members(self, values: F64, allowed: F64) -> RangeCheck:
        """Tell which values are among the allowed ones."""
        check_columns(np.float64, values=values)
        check_columns(np.float64, allowed=allowed)
        if not np.isfinite(allowed).all():
            place = int(np.argmin(np.isfinite(allowed)))
            problem = f"member {place} of the set is not finite"
            raise ValidationError(problem, "Leave it out: no value is ever equal to it")
        valid = np.isin(values, allowed)
        bits = np.packbits(valid, bitorder="little")
        return RangeCheck(bits, len(values), int(np.count_nonzero(~valid)))

    def aggregate_groups(
        self, values: F64, weights: F64, groups: U32, n_groups: int, threshold: float
    ) -> GroupAggregates:
        """What `aggregate` gives, for each group of rows."""
        check_columns(np.float64, values=values, weights=weights)
        if check_columns(np.uint32, groups=groups) != len(values):
            problem = f"the lengths differ: {len(values)} values, {len(groups)} groups"
            raise ValidationError(problem, "Give columns of one length")
        if len(groups) and groups.max() >= n_groups:
            place = int(np.argmax(groups >= n_groups))
            problem = f"row {place} is of group {groups[place]} of {n_groups}"
            raise ValidationError(problem, "Number the groups from 0")
        n_rows = np.bincount(groups, minlength=n_groups)
        least, most = np.full(n_groups, np.inf), np.full(n_groups, -np.inf)
        np.minimum.at(least, groups, values)
        np.maximum.at(most, groups, values)
        return GroupAggregates(
            np.bincount(groups, values, n_groups).astype(np.float64),
            np.bincount(groups, values * weights, n_groups).astype(np.float64),
            np.where(n_rows == 0, np.nan, least),
            np.where(n_rows == 0, np.nan, most),
            np.bincount(groups[values > threshold], minlength=n_groups),
            n_rows,
        )

    def index(self, parameters: IndexParameters) -> ReferenceIndex:
        """Make an empty index that scans."""
        return ReferenceIndex(parameters)

    def load_index(self, data: bytes) -> ReferenceIndex:
        """Make an index that scans from bytes."""
        return ReferenceIndex.load(data)

    def q_store(self, n_actions: int) -> ReferenceQStore:
        """Make an empty Q-table."""
        return ReferenceQStore(n_actions)

    def memory_bytes(self) -> int:
        """Bytes of the matrices that are open."""
        return sum(matrix.size_bytes for matrix in self._open)


class ReferenceMatrix:
    """Unit rows in a NumPy array."""

    def __init__(self, rows: F32, open_matrices: "set[ReferenceMatrix]") -> None:
        check_rows(rows)
        finite = np.isfinite(rows).all(axis=1)
        if not finite.all():
            problem = f"row {int(np.argmin(finite))} holds NaN or an infinity"
            raise ValidationError(problem, "Leave such rows out")
        self._units = _unit(rows)
        self._open = open_matrices
        self._is_open = True
        self.n_rows, self.dimensions = rows.shape
        self.size_bytes = self._units.nbytes

    def top_k(self, query: F32, k: int) -> tuple[U32, F32]:
        """Return (row indices, cosine similarities) of the k best rows, best first."""
        if not self._is_open:
            raise ClosedError("the matrix is closed", "Make a new matrix")
        check_query(query, self.dimensions)
        check_k(k)
        if not np.isfinite(query).all():
            problem = f"the query of {len(query)} numbers holds NaN or an infinity"
            raise ValidationError(problem, "Give finite numbers")
        # einsum and not `@`: BLAS adds the last rows in another order, so equal rows would differ.
        scores = np.einsum("ij,j->i", self._units, _unit(query[None])[0])
        scores = np.clip(scores, -1, 1).astype(np.float32)
        best = np.lexsort((np.arange(self.n_rows), -scores))[:k]
        return best.astype(np.uint32), scores[best]

    def top_k_many(self, queries: F32, k: int) -> tuple[U32, F32]:
        """Return what `top_k` gives for each query."""
        check_rows(queries)
        found = [self.top_k(query, k) for query in queries]
        n_found = min(k, self.n_rows)
        indices = np.array([one[0] for one in found], np.uint32).reshape(len(queries), n_found)
        scores = np.array([one[1] for one in found], np.float32).reshape(len(queries), n_found)
        return indices, scores

    def close(self) -> None:
        """Free the rows; closing twice is harmless."""
        self._is_open = False
        self._open.discard(self)
        self._units = np.zeros((0, self.dimensions))

    def __enter__(self) -> "ReferenceMatrix":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _unit(rows: F32) -> F64:
    """Rows scaled to length 1 in float64; zero rows stay zero."""
    wide = rows.astype(np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    return wide / np.where(lengths == 0, 1, lengths)[:, None]
