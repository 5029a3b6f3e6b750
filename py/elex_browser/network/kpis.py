"""KPIs of what is loaded, as messages: series by object, and one figure over everything."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.engine import KpiEngine
from elex_browser.kpi.grouping import Grouping, group
from elex_browser.kpi.results import F64, CounterResults, Lists
from elex_browser.kpi.table import KpiTable
from elex_browser.network.measurements import Measurements
from elex_browser.network.times import utc_text
from elex_browser.protocol import KpiPoint, KpiScope, KpiSeries, LeftOut

KindOf = Callable[[str], str]
# Gaps in a series are filled with points without a value up to a day; a longer one is a new beginning.
MAX_GAP_S = 86_400
NOT_LOADED = "no results of this period are loaded"


class Each(NamedTuple):
    """What a table computes only when it is asked for; see KpiTable."""

    denominators: F64
    indexes: list[int]
    values: F64


class LoadedKpis:
    """Computes KPIs from one store."""

    def __init__(self, store: Measurements, kind_of: KindOf) -> None:
        self._store = store
        self._engine = KpiEngine(_Source(store), kind_of)

    def series(self, kpis: Sequence[Kpi], scope: KpiScope) -> Iterator[list[KpiSeries]]:
        """Yield the series of each KPI in turn, in a list for each filter of its flexible counters.

        A KPI whose counters are not all loaded gives one series without points that names them.
        """
        grouping = group(self._store.dns, scope)
        for table in self._engine.tables(kpis, grouping):
            yield list(_series(table, grouping, scope))

    def overall(self, kpis: Sequence[Kpi]) -> Iterator[tuple[KpiTable, KpiPoint | None]]:
        """Yield for each KPI its table and its one point over the whole network and all periods."""
        spans = self._store.periods
        window = (min(begin for begin, _ in spans), max(end for _, end in spans))
        for table in self._engine.tables(kpis, group(self._store.dns, "network"), [window]):
            yield table, _point(table, 0, 0, _each(table)) if len(table.groups) else None


class _Source:
    """A store of measurements as the engine reads it."""

    def __init__(self, store: Measurements) -> None:
        self.dns: Sequence[str] = store.dns
        self.classes: Sequence[str] = store.classes
        self.periods: Sequence[tuple[int, int]] = store.periods
        self.counters: Sequence[str] = store.counters
        self._store = store

    def results(self, counter: str) -> CounterResults:
        """Return the results of a counter that the store has."""
        found = self._store.results(counter)
        assert found is not None
        rows = np.fromiter(found.vectors, np.int64, len(found.vectors))
        lists = list(found.vectors.values())
        lengths = np.fromiter(map(len, lists), np.int64, len(lists))
        items = np.concatenate(lists) if lists else np.zeros(0)
        return CounterResults(
            found.objects, found.periods, found.values, found.suspect, Lists(rows, lengths, items)
        )


def _series(table: KpiTable, grouping: Grouping, scope: KpiScope) -> Iterator[KpiSeries]:
    if table.lacking:
        yield _empty_series(table, scope, "")
        return
    each = _each(table)
    for row, number in enumerate(table.groups.tolist()):
        series = _empty_series(table, scope, grouping.names[number])
        series.points = list(_course(table, row, each))
        yield series


def _empty_series(table: KpiTable, scope: KpiScope, place: str) -> KpiSeries:
    kpi = table.kpi
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
        filter=table.filter_name,
        features=list(kpi.features),
        points=[],
        missing=list(table.lacking),
        notes=list(table.notes),
    )


def _course(table: KpiTable, row: int, each: Each) -> Iterator[KpiPoint]:
    """The points of one group in order, with points without a value where periods are missing."""
    last_end = 0
    for column in np.flatnonzero(table.seen[row]).tolist():
        begin, end = int(table.begins[column]), int(table.ends[column])
        gap, length = begin - last_end, end - begin
        if last_end and length > 0 and 0 < gap <= MAX_GAP_S and gap % length == 0:
            for missing in range(last_end, begin, length):
                yield KpiPoint(
                    begin=utc_text(missing),
                    end=utc_text(missing + length),
                    value=None,
                    share=0.0,
                    reason=NOT_LOADED,
                )
        yield _point(table, row, column, each)
        last_end = max(last_end, end)


def _point(table: KpiTable, row: int, column: int, each: Each) -> KpiPoint:
    reason = table.reason(row, column)
    raw = float(table.raw[row, column])
    seen, used = int(table.seen[row, column]), int(table.used[row, column])
    suspect, reset = int(table.suspect[row, column]), int(table.reset[row, column])
    missing = seen - used - suspect - reset
    denominator = float(each.denominators[row, column])
    by_index = {
        str(index): value
        for index, value in zip(each.indexes, each.values[:, row, column].tolist(), strict=True)
        if np.isfinite(value)
    }
    return KpiPoint(
        begin=utc_text(int(table.begins[column])),
        end=utc_text(int(table.ends[column])),
        value=None if reason else raw,
        share=used / seen,
        reason=reason,
        raw=raw if reason and np.isfinite(raw) else None,
        denominator=denominator if np.isfinite(denominator) else None,
        left_out=LeftOut(suspect=suspect, reset=reset, missing=missing) if used < seen else None,
        by_index=by_index or None,
    )


def _each(table: KpiTable) -> Each:
    indexes, values = table.values_each()
    return Each(table.denominators, indexes.tolist(), values)
