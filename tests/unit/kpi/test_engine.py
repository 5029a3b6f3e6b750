"""KPIs are put together first and divided last, over what belongs together, and say what was left out."""

from collections import Counter as Multiset

import numpy as np
import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.engine import KpiEngine
from elex_browser.kpi.grouping import group
from elex_browser.kpi.results import CounterResults
from elex_browser.network.kpis import LoadedResults
from elex_browser.network.measurements import Measurements
from tests.data.loaded_measurements import QUARTERS, everything, loaded, pm_file, tables

KPIS = Catalogue.load().kpis
NR, LTE = "GNBDUFunction=1,NRCellDU={}", "ENodeBFunction=1,EUtranCellFDD={}"
SHARE = "100 * NRCellDU.pmGood / NRCellDU.pmAll"
HARQ = [
    f"pmFlexMacHarqDl{k}{m}" for k in ("Nack", "Ack") for m in ("256qam", "64qam", "16qam", "Qpsk")
]


def quarters(counters: dict[str, str], place: str = NR, n: int = 4) -> Measurements:
    return loaded(*(pm_file({place.format(1): counters}, end=end) for end in QUARTERS[:n]))


@pytest.mark.parametrize(
    ("name", "place", "counters", "n", "value"),
    [
        ("Average Active SRS Users Per Second", NR, {"pmMacActiveSrsUe": "9000"}, 4, 10.0),
        ("Average CCE Aggregation Level, DL", LTE,
         {"pmPdcchCceAggregationDlDistr": "50,30,15,5"}, 1, 2.1),
        ("Average number of DL CIDs", "GNBCUUPFunction={}",
         {"pmRohcCidDlSum": "360", "pmRohcCidDlSamp": "180"}, 1, 2.0),
        ("DL HARQ BLER (LTE, flex filter)", LTE,
         {name: "10" if "Nack" in name else "90" for name in HARQ}, 1, 10.0),
        ("E-RAB lost (drop ratio)", LTE,
         {"pmErabRelAbnormalEnbAct": "1", "pmErabRelAbnormalEnb": "1", "pmErabRelNormalEnb": "99"},
         1, 1.0),
        ("eMBMS sessions lost", "MceFunction={}",
         {"pmMbmsSessionStopMme": "99", "pmMbmsSessionStopMmeNoSession": "0",
          "pmMbmsSessionEnd": "0", "pmMbmsSessionStopAuditTimer": "1"}, 1, 1.0),
        ("High-load handover refusals", LTE,
         {"pmHoPrepRejInCellIntensDLC": "50", "pmHoPrepRejInCellIntensStat": "0",
          "pmHoPrepRejInCellLatency": "0", "pmHoPrepRejInDynUeAdmCtrl": "0"}, 1, 50.0),
        ("Antenna-switching SRS use", NR,
         {"pmRadioSrsResUsedAntSwitching": "30", "pmRadioSrsResAvailAntSwitching": "60"}, 1, 50.0),
        ("UL ROHC Profile 1 Usage per 5QI", "GNBCUUPFunction={}",
         {f"pmEbsnPdcpPktRecUlProf{i}Rohc5qi": text for i, text in enumerate(("4,6", "30,40", "0,20"))},
         1, 70.0),
    ],
)  # fmt: skip
def test_a_corrected_formula_gives_the_right_value(
    name: str, place: str, counters: dict[str, str], n: int, value: float
) -> None:
    store = quarters(counters, place, n)

    (table,) = tables(store, *KPIS.named(name), windows=everything(store))

    assert table.values.tolist() == [[pytest.approx(value)]]


def test_a_value_for_each_index_does_not_grow_with_the_periods() -> None:
    store = quarters({"pmLaaCapableDlSum": "0,360", "pmLaaCapableDlSamp": "180"}, LTE)

    (table,) = tables(store, *KPIS.named("LAA DL Capability"), windows=everything(store))
    indexes, each = table.values_each()

    assert (indexes.tolist(), each[:, 0, 0].tolist()) == ([0, 1], [0.0, 2.0])
    assert np.isnan(table.values).all()
    assert table.reason(0, 0) == "the formula has a value for each index of its lists only"


@pytest.mark.parametrize(("minutes", "end"), [(15, "10:15"), (60, "11:00"), (1440, "23:59")])
def test_the_length_of_the_period_is_that_of_the_data(minutes: int, end: str) -> None:
    store = loaded(
        pm_file({NR.format(1): {"pmUsers": str(minutes * 120)}}, end=end, minutes=minutes)
    )

    (table,) = tables(store, "NRCellDU.pmUsers / period_s")

    assert table.values.tolist() == [[2.0]]


def test_shares_are_divided_last_over_objects_and_periods() -> None:
    files = [
        pm_file({NR.format(1): {"pmGood": "90", "pmAll": "100"},
                 NR.format(2): {"pmGood": "0", "pmAll": "300"}}),
        pm_file({NR.format(1): {"pmGood": "10", "pmAll": "100"}}, end="10:30"),
    ]  # fmt: skip
    store = loaded(*files)

    (each,) = tables(store, SHARE)
    (both,) = tables(store, SHARE, windows=everything(store))
    (cells,) = tables(store, SHARE, scope="cell", windows=everything(store))

    assert each.values.tolist() == [[22.5, 10.0]]
    assert both.values.tolist() == [[20.0]]
    assert cells.values.tolist() == [[50.0], [0.0]]
    assert both.denominators.tolist() == [[500.0]]


def test_overlapping_periods_are_not_added_and_the_shorter_counts() -> None:
    counters = {"pmGood": "1", "pmAll": "2"}
    hour = pm_file({NR.format(1): {"pmGood": "30", "pmAll": "40"}}, end="11:00", minutes=60)
    store = loaded(hour, *(pm_file({NR.format(1): counters}, end=end) for end in QUARTERS[:3]))

    (table,) = tables(store, "NRCellDU.pmAll", windows=everything(store))
    (points,) = tables(store, SHARE)

    assert table.values.tolist() == [[6.0]]
    assert table.notes == (
        "1 results overlap shorter periods of the same objects and were not added to them",
    )
    assert points.values.ravel().tolist() == pytest.approx([50.0, np.nan, 50.0, 50.0], nan_ok=True)
    assert points.seen.tolist() == [[1, 0, 1, 1]]


def test_a_longer_period_counts_where_the_shorter_lacks_a_counter() -> None:
    hour = pm_file({NR.format(1): {"pmGood": "30", "pmAll": "40"}}, end="11:00", minutes=60)
    quarter = pm_file({NR.format(1): {"pmGood": "1"}})

    (table,) = tables(loaded(hour, quarter), SHARE)

    assert (table.seen.sum(), table.used.sum()) == (1, 1)
    assert np.nansum(table.values) == 75.0


def test_an_hour_of_another_cell_is_no_overlap() -> None:
    hour = pm_file({NR.format(2): {"pmAll": "40"}}, end="11:00", minutes=60)
    store = loaded(hour, pm_file({NR.format(1): {"pmAll": "2"}}))

    (table,) = tables(store, "NRCellDU.pmAll", windows=everything(store))

    assert (table.values.tolist(), table.notes) == ([[42.0]], ())


def test_suspect_missing_and_reset_rows_are_told_apart() -> None:
    cells = {
        NR.format(1): {"pmGood": "90", "pmAll": "100"},
        NR.format(2): {"pmGood": "1", "pmAll": "300"},
        NR.format(3): {"pmGood": "1", "pmAll": "NIL"},
        NR.format(4): {"pmGood": "-3", "pmAll": "50"},
        NR.format(5): {"pmOther": "1"},
    }
    store = loaded(pm_file(cells, suspect=[NR.format(2)]))

    (table,) = tables(store, SHARE, kinds={"pmGood": "event-count"})
    (cell,) = tables(store, SHARE, scope="cell")

    counts = [int(each[0, 0]) for each in (table.seen, table.used, table.suspect, table.reset)]
    assert counts == [4, 1, 1, 1]
    assert table.values.tolist() == [[90.0]]
    assert cell.reason(1, 0) == cell.reason(2, 0)
    assert "suspect, or a counter that the formula needs is missing" in str(cell.reason(1, 0))
    assert len(cell.groups) == 4


def test_readings_that_run_on_become_what_each_period_added() -> None:
    readings = ["100", "160", "20", "50"]
    files = [
        pm_file({NR.format(1): {"pmTotal": text}}, end=end)
        for text, end in zip(readings, QUARTERS, strict=True)
    ]

    (table,) = tables(loaded(*files), "NRCellDU.pmTotal", kinds={"pmTotal": "cumulative"})

    assert table.values.ravel().tolist() == pytest.approx([np.nan, 60, np.nan, 30], nan_ok=True)
    assert table.reset.tolist() == [[0, 0, 1, 0]]


def test_what_cannot_be_is_no_value() -> None:
    store = quarters({"pmGood": "3", "pmAll": "2"}, n=1)
    kpi = Kpi("share", SHARE, plausible=(0.0, 100.0))

    (table,) = tables(store, kpi)

    assert np.isnan(table.values).all()
    assert table.raw.tolist() == [[150.0]]
    assert table.reason(0, 0) == "150 lies outside what is plausible, 0 to 100"


@pytest.mark.parametrize(
    ("good", "all_", "reason"),
    [("0", "0", "the denominator is 0"), ("5", "0", "the denominator is 0")],
)
def test_nothing_to_divide_by_is_no_value(good: str, all_: str, reason: str) -> None:
    (table,) = tables(quarters({"pmGood": good, "pmAll": all_}, n=1), SHARE)

    assert np.isnan(table.raw).all()
    assert table.reason(0, 0) == reason


@pytest.mark.parametrize(
    ("kind", "value"),
    [("", 40.0), ("event-count", 40.0), ("maximum", 30.0), ("minimum", 10.0), ("ratio", 26.0)],
)
def test_counters_are_put_together_in_the_way_of_their_kind(kind: str, value: float) -> None:
    store = loaded(
        pm_file({NR.format(1): {"pmX": "10"}}),
        pm_file({NR.format(1): {"pmX": "30"}}, end="11:15", minutes=60),
    )

    (table,) = tables(store, "NRCellDU.pmX", kinds={"pmX": kind}, windows=everything(store))

    assert table.values.tolist() == [[value]]


def test_optional_counters_count_all_or_none() -> None:
    formula = "NRCellDU.pmA + OPTIONAL(NRCellDU.pmB) + OPTIONAL(NRCellDU.pmC)"
    some = quarters({"pmA": "1", "pmB": "10"}, n=1)
    all_ = quarters({"pmA": "1", "pmB": "10", "pmC": "100"}, n=1)

    (without,) = tables(some, formula)
    (with_all,) = tables(all_, formula)

    assert (without.values.tolist(), with_all.values.tolist()) == ([[1.0]], [[111.0]])
    assert without.notes == (
        "NRCellDU.pmB, NRCellDU.pmC: not in the loaded files, left out of the formula",
    )
    assert with_all.notes == ()


def test_counters_that_are_not_loaded_are_named() -> None:
    (table,) = tables(quarters({"pmGood": "1"}, n=1), SHARE)

    assert table.lacking == ("NRCellDU.pmAll",)
    assert len(table.groups) == 0


def test_a_window_holds_what_lies_in_it_as_a_whole() -> None:
    store = quarters({"pmX": "1"})
    begin = min(begin for begin, _ in store.periods)
    windows = [(begin, begin + 1800), (begin + 900, begin + 3600), (begin, begin + 100)]

    (table,) = tables(store, "NRCellDU.pmX", windows=windows)

    assert table.seen.tolist() == [[2, 3, 0]]
    assert table.values[0, :2].tolist() == [2.0, 3.0]
    assert table.reason(0, 2) == "no results of this period are loaded"


class CountingSource(LoadedResults):
    """Counts how often each counter is read."""

    def __init__(self, store: Measurements) -> None:
        super().__init__(store)
        self.read: Multiset[str] = Multiset()

    def results(self, counter: str) -> CounterResults:
        self.read[counter] += 1
        return super().results(counter)


def test_each_counter_is_read_once_for_all_formulas() -> None:
    store = quarters({"pmGood": "1", "pmAll": "2", "pmNotAsked": "3"})
    source = CountingSource(store)
    kpis = [Kpi(str(i), f"{i} * NRCellDU.pmGood / NRCellDU.pmAll") for i in range(5)]

    found = list(KpiEngine(source, lambda counter: "").tables(kpis, group(store.dns, "cell")))

    assert [table.values[0, 0] for table in found] == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert source.read == {"pmGood": 1, "pmAll": 1}
