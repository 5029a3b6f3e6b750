"""Puts a grid's rows together: over the objects of each group, then over the periods of each window."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elex_browser.kpi.grid import MEAN, Grid
from elex_browser.kpi.grouping import Grouping
from elex_browser.kpi.results import F64, I64, Flags

Ufunc = Any  # np.ufunc is generic in no way that mypy knows


class Totals:
    """How the rows of one grid go into groups and windows.

    Attributes:
        groups: the numbers of the groups that have objects in the grid.
        shape: (n_groups, n_windows) of what comes out.
    """

    def __init__(self, grid: Grid, grouping: Grouping, windows: Sequence[I64]) -> None:
        self._seconds = grid.timeline.seconds.astype(np.float64)
        self._windows = windows
        self._is_each_period = len(windows) == grid.shape[1] and all(
            len(columns) == 1 and columns[0] == i for i, columns in enumerate(windows)
        )
        self._rows, self.groups, self._begins = _rows_of_groups(grid, grouping)
        self.shape = (len(self.groups), len(windows))
        n_rows = grid.shape[0]
        self._is_each_object = len(self.groups) == len(self._rows) == n_rows and bool(
            (self._rows == np.arange(n_rows)).all()
        )

    def count(self, rows: Flags) -> I64:
        """How many of these rows (n_objects, n_periods) fall on each group and window."""
        return self._reduced(np.add, rows.astype(np.int64))

    def seconds(self, rows: Flags) -> F64:
        """How many seconds they last together."""
        return self._reduced(np.add, rows * self._seconds)

    def of(self, values: F64, used: Flags, kind: str, *, is_whole: bool) -> F64:
        """Put a counter together in the way of its kind: values ([n_indexes,] n_objects, n_periods).

        Rows that are not used do not count; `is_whole` says that those hold 0 already. Counters are
        added up; of a greatest or least value the greatest or least is kept; a mean of a period weighs
        as much as the period is long.
        """
        if kind == "maximum":
            return self._reduced(np.maximum, np.where(used, values, -np.inf))
        if kind == "minimum":
            return self._reduced(np.minimum, np.where(used, values, np.inf))
        if kind == MEAN:
            total = self._reduced(np.add, np.where(used, values, 0.0) * self._seconds)
            weight = self.seconds(used)
            mean = np.zeros(total.shape)
            np.divide(total, weight, out=mean, where=weight > 0.0)
            return mean
        return self._reduced(np.add, values if is_whole else np.where(used, values, 0.0))

    def _reduced(self, ufunc: Ufunc, rows: NDArray[Any]) -> NDArray[Any]:
        if not len(self.groups):
            return np.zeros((*rows.shape[:-2], *self.shape), rows.dtype)
        if not self._is_each_object:
            rows = ufunc.reduceat(rows[..., self._rows, :], self._begins, axis=-2)
        if self._is_each_period:
            return rows
        out = np.zeros((*rows.shape[:-1], len(self._windows)), rows.dtype)
        for i, columns in enumerate(self._windows):
            if len(columns):
                out[..., i] = ufunc.reduce(rows[..., columns], axis=-1)
        return out


def _rows_of_groups(grid: Grid, grouping: Grouping) -> tuple[I64, I64, I64]:
    """The rows of a grid by group, which groups have any, and where the rows of each begin."""
    lengths = np.diff(grouping.begins, append=len(grouping.members))
    group_of = np.repeat(np.arange(len(grouping.names)), lengths)
    rows = grid.row_of[grouping.members]
    inside = rows >= 0
    groups, begins = np.unique(group_of[inside], return_index=True)
    return rows[inside], groups, begins
