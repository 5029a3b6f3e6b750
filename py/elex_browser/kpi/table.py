"""A KPI for all groups and periods at once: values, and why there is none where there is none."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.formula import Formula
from elex_browser.kpi.results import F64, I64
from elex_browser.kpi.tree import Columns

Reasons = NDArray[np.uint8]
NOT_LOADED = "no results of this period are loaded"
(DEFINED, NOT_SEEN, NOT_USABLE, NOT_TOLD, PER_INDEX, NO_DENOMINATOR, NOT_FINITE, IMPLAUSIBLE) = (
    range(8)
)
_REASONS = {
    NOT_SEEN: NOT_LOADED,
    NOT_USABLE: "every result is suspect, or a counter that the formula needs is missing",
    PER_INDEX: "the formula has a value for each index of its lists only",
    NO_DENOMINATOR: "the denominator is 0",
    NOT_FINITE: "the formula gives no finite number",
}


@dataclass(frozen=True, slots=True)
class KpiTable:
    """One KPI with one filter; arrays are (n_groups, n_windows) and hold only groups that have results.

    Attributes:
        filter_name: of the flexible counters; "" where the formula has none or they have none.
        lacking: names of the formula that no loaded file holds; the table is empty then.
        notes: what was done that a reader would not expect.
        problem: why nothing can be computed although all counters are there.
        groups: their numbers in the grouping.
        begins, ends: of the windows, in seconds since 1970.
        raw: what the formula gives; NaN where that is nothing.
        reasons: DEFINED, or why there is no value.
        seen, used, suspect, reset: how many pairs of object and period there are, how many of them
            were used, and how many left out as suspect and as set back; the others lack a counter.
    """

    kpi: Kpi
    formula: Formula
    filter_name: str
    lacking: tuple[str, ...]
    notes: tuple[str, ...]
    problem: str
    groups: I64
    begins: I64
    ends: I64
    raw: F64
    reasons: Reasons
    seen: I64
    used: I64
    suspect: I64
    reset: I64
    columns: Columns
    columns_each: Callable[[], Columns]

    @property
    def values(self) -> F64:
        """The values; NaN where there is none."""
        return np.where(self.reasons == DEFINED, self.raw, np.nan)

    @property
    def denominators(self) -> F64:
        """The smallest number that each value was divided by: how much it rests on; NaN without any."""
        shape = self.raw.shape
        found = [np.abs(np.broadcast_to(each, shape)) for each in self.columns.denominators]
        return np.minimum.reduce(found) if found else np.full(shape, np.nan)

    def values_each(self) -> tuple[I64, F64]:
        """Return the indexes of the lists and a value for each: (n_indexes, n_groups, n_windows).

        There is no index where the formula has one value for all. A value that is not defined or not
        plausible is NaN.
        """
        columns = self.columns_each()
        each = self.formula.values_each(columns)
        if each is None or self.problem:
            return np.zeros(0, np.int64), np.zeros((0, *self.raw.shape))
        is_good = np.isfinite(each) & (self.used > 0)
        if self.kpi.plausible is not None:
            low, high = self.kpi.plausible
            is_good &= (each >= low) & (each <= high)
        return columns.indexes, np.where(is_good, each, np.nan)

    def reason(self, group: int, window: int) -> str | None:
        """Why there is no value; None where there is one."""
        code = int(self.reasons[group, window])
        if code == DEFINED:
            return None
        if code == NOT_TOLD:
            return self.problem
        if code != IMPLAUSIBLE:
            return _REASONS[code]
        low, high = self.kpi.plausible or (-np.inf, np.inf)
        raw = float(self.raw[group, window])
        return f"{raw:.6g} lies outside what is plausible, {low:g} to {high:g}"


def reasons_of(
    raw: F64, seen: I64, used: I64, *, problem: str, is_per_index: bool, kpi: Kpi
) -> Reasons:
    """Return for each place why it has no value, or DEFINED; the first that applies."""
    reasons = np.full(raw.shape, DEFINED, np.uint8)
    if kpi.plausible is not None:
        low, high = kpi.plausible
        reasons[(raw < low) | (raw > high)] = IMPLAUSIBLE
    reasons[np.isinf(raw)] = NOT_FINITE
    reasons[np.isnan(raw)] = NO_DENOMINATOR
    if is_per_index:
        reasons[:] = PER_INDEX
    if problem:
        reasons[:] = NOT_TOLD
    reasons[used == 0] = NOT_USABLE
    reasons[seen == 0] = NOT_SEEN
    return reasons
