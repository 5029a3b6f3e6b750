"""KPIs of what is loaded: series by object, and one figure over everything."""

from collections.abc import Callable, Iterator, Sequence

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.engine import KpiEngine
from elex_browser.kpi.grouping import group
from elex_browser.kpi.results import CounterResults
from elex_browser.kpi.table import KpiTable
from elex_browser.network.kpi_messages import KpiMessages
from elex_browser.network.measurements import Measurements
from elex_browser.protocol import KpiPoint, KpiScope, KpiSeries


class LoadedKpis:
    """Computes KPIs from one store."""

    def __init__(self, store: Measurements, kind_of: Callable[[str], str]) -> None:
        self._store = store
        self._engine = KpiEngine(LoadedResults(store), kind_of)

    def series(self, kpis: Sequence[Kpi], scope: KpiScope) -> Iterator[list[KpiSeries]]:
        """Yield the series of each KPI in turn, in a list for each filter of its flexible counters.

        A KPI whose counters are not all loaded gives one series without points that names them.
        """
        grouping = group(self._store.dns, scope)
        for table in self._engine.tables(kpis, grouping):
            yield list(KpiMessages(table).series(grouping.names, scope))

    def overall(self, kpis: Sequence[Kpi]) -> Iterator[tuple[KpiTable, KpiPoint | None]]:
        """Yield for each KPI its table and its one point over the whole network and all periods."""
        spans = self._store.periods
        window = (min(begin for begin, _ in spans), max(end for _, end in spans))
        for table in self._engine.tables(kpis, group(self._store.dns, "network"), [window]):
            has_results = len(table.groups) > 0
            yield table, next(KpiMessages(table).points(0))[1] if has_results else None


class LoadedResults:
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
        return found
