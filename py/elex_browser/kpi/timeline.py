"""The periods of loaded measurements in their order, and which of them overlap."""

from collections.abc import Sequence

import numpy as np

from elex_browser.kpi.results import I64, Flags


class Timeline:
    """Periods as columns, in the order of their begin; of one begin the shorter first.

    Attributes:
        begins, ends, seconds: (n_periods,), seconds since 1970 and their difference.
        column_of: (n_periods,), where each period of the source stands.
    """

    def __init__(self, periods: Sequence[tuple[int, int]]) -> None:
        spans = np.array(periods, np.int64).reshape(-1, 2)
        order = np.lexsort((spans[:, 1], spans[:, 0]))
        self.begins: I64 = spans[order, 0]
        self.ends: I64 = spans[order, 1]
        self.seconds: I64 = self.ends - self.begins
        self.column_of: I64 = np.empty(len(order), np.int64)
        self.column_of[order] = np.arange(len(order))
        self._clashes = self._find_clashes()

    def __len__(self) -> int:
        return len(self.begins)

    @property
    def has_overlaps(self) -> bool:
        """Whether any two periods overlap."""
        return bool(self._clashes)

    def without_overlaps(self, rows: Flags) -> Flags:
        """Return which of the rows (n, n_periods) may be added: of overlapping periods the shorter.

        Of two of one length the earlier is kept.
        """
        kept = rows.copy()
        for column, better in self._clashes:
            kept[:, column] &= ~kept[:, better].any(axis=1)
        return kept

    def beside(self, rows: Flags) -> Flags:
        """Return which rows (n, n_periods) overlap one of these in time."""
        found = np.zeros_like(rows)
        for column, better in self._clashes:
            found[:, column] |= rows[:, better].any(axis=1)
            found[:, better] |= rows[:, [column]]
        return found

    def predecessors(self) -> I64:
        """The column of the period that ends where each begins and is as long; -1 where there is none."""
        known = {
            (end, length): column
            for column, (end, length) in enumerate(
                zip(self.ends.tolist(), self.seconds.tolist(), strict=True)
            )
        }
        wanted = zip(self.begins.tolist(), self.seconds.tolist(), strict=True)
        return np.array([known.get(pair, -1) for pair in wanted], np.int64)

    def columns_within(self, windows: Sequence[tuple[int, int]] | None) -> list[I64]:
        """The columns of the periods that lie in each window as a whole; each period is one for None."""
        if windows is None:
            return [np.array([column]) for column in range(len(self))]
        return [
            np.flatnonzero((self.begins >= begin) & (self.ends <= end)) for begin, end in windows
        ]

    def _find_clashes(self) -> list[tuple[int, I64]]:
        """For each period that overlaps better ones, which those are; the best first."""
        order = np.lexsort((self.begins, self.seconds))
        begins, ends = self.begins[order], self.ends[order]
        found: list[tuple[int, I64]] = []
        for rank in range(1, len(order)):
            better = (begins[:rank] < ends[rank]) & (ends[:rank] > begins[rank])
            if better.any():
                found.append((int(order[rank]), order[:rank][better]))
        return found
