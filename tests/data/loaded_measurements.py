"""Measurements as the engine reads them, from PM files that tests write."""

from collections.abc import Mapping, Sequence

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.engine import KpiEngine
from elex_browser.kpi.grouping import group
from elex_browser.kpi.table import KpiTable
from elex_browser.network.kpis import LoadedResults
from elex_browser.network.measurements import Measurements
from elex_browser.network.readers.measurements.pm_xml import PmXmlReader
from elex_browser.protocol import KpiScope
from tests.support import pm_xml

QUARTERS = ("10:15", "10:30", "10:45", "11:00")
Results = Mapping[str, Mapping[str, str]]  # by object, by counter


def load(store: Measurements, data: bytes) -> Measurements:
    """Read one more file; nothing of it may be refused."""
    refused: list[str] = []
    reader = PmXmlReader(store, lambda line, reason: refused.append(reason))
    reader.feed(data)
    reader.close()
    assert refused == []
    return store


def pm_file(
    results: Results,
    *,
    end: str = "10:15",
    minutes: int = 15,
    suspect: Sequence[str] = (),
    node: str = "N1",
) -> bytes:
    """One period of one node."""
    blocks = [(list(each), {name: list(each.values())}) for name, each in results.items()]
    return pm_xml(
        blocks,
        end=f"2025-01-01T{end}:00Z",
        duration=f"PT{minutes}M",
        suspect=suspect,
        node=node,
    )


def loaded(*files: bytes) -> Measurements:
    """Return a store of these files."""
    store = Measurements()
    for data in files:
        load(store, data)
    return store


def tables(
    store: Measurements,
    *kpis: "Kpi | str",
    scope: KpiScope = "network",
    kinds: Mapping[str, str] | None = None,
    windows: Sequence[tuple[int, int]] | None = None,
) -> list[KpiTable]:
    """Compute KPIs, or formulas as they stand."""
    asked = [Kpi("own", each) if isinstance(each, str) else each for each in kpis]
    engine = KpiEngine(LoadedResults(store), lambda counter: (kinds or {}).get(counter, ""))
    return list(engine.tables(asked, group(store.dns, scope), windows))


def everything(store: Measurements) -> list[tuple[int, int]]:
    """One window over all periods."""
    begins, ends = zip(*store.periods, strict=True)
    return [(min(begins), max(ends))]
