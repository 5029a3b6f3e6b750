"""Tables of KPIs as messages: a series for each group, with a point for each period."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from elex_browser.kpi.table import DEFINED, NOT_LOADED, KpiTable
from elex_browser.network.times import utc_text
from elex_browser.protocol import KpiPoint, KpiScope, KpiSeries, LeftOut

# Gaps in a series are filled with points without a value up to a day; a longer one is a new beginning.
MAX_GAP_S = 86_400
# Points of all groups have the same few times.
_text = lru_cache(maxsize=4096)(utc_text)


class KpiMessages:
    """Writes one table as messages."""

    def __init__(self, table: KpiTable) -> None:
        self._table = table
        self._begins, self._ends = table.begins.tolist(), table.ends.tolist()
        self._denominators = table.denominators
        self._indexes, self._each = table.values_each()

    def series(self, names: list[str], scope: KpiScope) -> Iterator[KpiSeries]:
        """Yield the series of the groups, which have these names; one without points if counters lack."""
        if self._table.lacking:
            yield self._series(scope, "", [])
        for row, number in enumerate(self._table.groups.tolist()):
            yield self._series(scope, names[number], list(self._course(row)))

    def points(self, row: int) -> Iterator[tuple[int, KpiPoint]]:
        """Yield the points of a group, each with the number of its window, where it has results."""
        table = self._table
        raws, codes = table.raw[row].tolist(), table.reasons[row].tolist()
        seen, used = table.seen[row].tolist(), table.used[row].tolist()
        denominators = self._denominators[row].tolist()
        for column in np.flatnonzero(table.seen[row]).tolist():
            raw, denominator = raws[column], denominators[column]
            is_defined = codes[column] == DEFINED
            yield (
                column,
                KpiPoint(
                    begin=_text(self._begins[column]),
                    end=_text(self._ends[column]),
                    value=raw if is_defined else None,
                    share=used[column] / seen[column],
                    reason=None if is_defined else table.reason(row, column),
                    raw=None if is_defined or not math.isfinite(raw) else raw,
                    denominator=denominator if math.isfinite(denominator) else None,
                    left_out=self._left_out(row, column) if used[column] < seen[column] else None,
                    by_index=self._by_index(row, column) if len(self._indexes) else None,
                ),
            )

    def _course(self, row: int) -> Iterator[KpiPoint]:
        """The points of a group in order, with points without a value where periods are missing."""
        last_end = 0
        for column, point in self.points(row):
            begin, end = self._begins[column], self._ends[column]
            gap, length = begin - last_end, end - begin
            if last_end and length > 0 and 0 < gap <= MAX_GAP_S and gap % length == 0:
                for missing in range(last_end, begin, length):
                    yield KpiPoint(
                        begin=_text(missing),
                        end=_text(missing + length),
                        value=None,
                        share=0.0,
                        reason=NOT_LOADED,
                    )
            yield point
            last_end = max(last_end, end)

    def _left_out(self, row: int, column: int) -> LeftOut:
        table = self._table
        suspect, reset = int(table.suspect[row, column]), int(table.reset[row, column])
        left = int(table.seen[row, column] - table.used[row, column])
        return LeftOut(suspect=suspect, reset=reset, missing=left - suspect - reset)

    def _by_index(self, row: int, column: int) -> dict[str, float] | None:
        pairs = zip(self._indexes.tolist(), self._each[:, row, column].tolist(), strict=True)
        return {str(index): value for index, value in pairs if math.isfinite(value)} or None

    def _series(self, scope: KpiScope, place: str, points: list[KpiPoint]) -> KpiSeries:
        kpi = self._table.kpi
        return KpiSeries(
            name=kpi.name,
            synonyms=list(kpi.synonyms),
            formula=kpi.formula,
            unit=kpi.unit,
            better=kpi.better,
            plausible=list(kpi.plausible) if kpi.plausible else None,
            usual=list(kpi.usual) if kpi.usual else None,
            is_sum=kpi.is_sum,
            source=kpi.source,
            note=kpi.note,
            doubt=kpi.doubt,
            scope=scope,
            object=place,
            filter=self._table.filter_name,
            features=list(kpi.features),
            points=points,
            missing=list(self._table.lacking),
            notes=list(self._table.notes),
        )
