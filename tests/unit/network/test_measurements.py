"""Measurements are read whole, KPIs add up first and divide last, and what is doubtful is left out."""

import gzip
from typing import Any

import pytest

from elex_browser import Elex, ElexError
from elex_browser.protocol import KpiOptions, KpiSeries, MeasurementReport
from tests.support import pm_xml

COUNTERS = ("pmRadioRaCbAttMsg2", "pmRadioRaCbPreambles")
KPI = "Random Access Msg1 Success Rate for CBRA"
CELL = "GNBDUFunction=1,NRCellDU={}"
FILE = pm_xml([(COUNTERS, {CELL.format(1): ["90", "100"], CELL.format(2): ["10", "300"]})])


def load(run: Any, elex: Elex, *files: bytes) -> MeasurementReport:
    report: MeasurementReport = run(elex.load_measurements(list(files)))
    return report


def kpi(run: Any, elex: Elex, **options: Any) -> list[KpiSeries]:
    found: list[KpiSeries] = run(elex.kpis(KpiOptions(names=[KPI], **options)))
    return found


def test_results_are_counted_by_what_became_of_them(run: Any, elex: Elex) -> None:
    results = ["1", "NIL", "0,5,1", " ", " , ", "x", "1,x", "-2.5e1", "NULL", "9" * 400]
    names = [f"c{i}" for i in range(len(results))]

    report = load(run, elex, pm_xml([(names, {"NRCellDU=1": results})]))

    assert (report.values, report.missing, len(report.rejected)) == (3, 4, 3)
    assert (report.files, report.objects, report.counters) == (1, 1, 3)
    assert report.alerts == []
    assert report.rejected[0].file == "file"
    assert report.rejected[0].line > 1


def test_periods_are_told_in_utc(run: Any, elex: Elex) -> None:
    (period,) = load(run, elex, FILE).periods

    assert (period.begin, period.end) == ("2025-01-01T09:00:00Z", "2025-01-01T09:15:00Z")
    assert period.seconds == 900


def test_positions_count_within_their_block(run: Any, elex: Elex) -> None:
    file = pm_xml([(["a"], {"Cell=1": ["1"]}), (["b"], {"Cell=1": ["2"]})])

    load(run, elex, file)

    store = elex.parts.network.measurements
    assert [store.results(name).values.tolist() for name in "ab"] == [[1.0], [2.0]]  # type: ignore[union-attr]


def test_lists_of_names_and_results_belong_together(run: Any, elex: Elex) -> None:
    types = b"<measTypes>a b\n c</measTypes>"
    file = FILE.replace(
        b'<measType p="1">pmRadioRaCbAttMsg2</measType><measType p="2">pmRadioRaCbPreambles</measType>',
        types,
    )
    file = file.replace(b'<r p="1">90</r><r p="2">100</r>', b"<measResults>7 NIL 0,1</measResults>")
    file = file.replace(b'<r p="1">10</r><r p="2">300</r>', b"<measResults>7 8</measResults>")

    report = load(run, elex, file)

    assert (report.values, report.missing, len(report.rejected)) == (2, 1, 2)
    assert "2 results stand for 3 counters" in report.rejected[0].reason


def test_a_position_without_a_name_is_rejected(run: Any, elex: Elex) -> None:
    report = load(run, elex, FILE.replace(b'<r p="2">100</r>', b'<r p="7">100</r>'))

    assert report.values == 3
    assert "p='7'" in report.rejected[0].reason


def test_a_block_whose_time_is_unknown_is_rejected(run: Any, elex: Elex) -> None:
    file = FILE.replace(b' endTime="2025-01-01T10:15:00+01:00"', b' endTime="soon"', 1)
    file = file.replace(b'beginTime="2025-01-01T10:00:00+01:00"', b'beginTime="then"')

    with pytest.raises(ElexError, match="time of this measInfo"):
        load(run, elex, file)


def test_the_successor_of_the_format_is_read(run: Any, elex: Elex) -> None:
    file = FILE.replace(b"measCollecFile", b"measDataFile")
    file = file.replace(b"measCollec ", b"measData ").replace(
        b"fileSender localDn", b"fileSender senderName"
    )
    file = file.replace(b"managedElement localDn", b"measEntity localDn")

    report = load(run, elex, file)

    assert report.values == 4
    assert elex.parts.network.measurements.dns[0].startswith("SubNetwork=R,ManagedElement=N1,GNBDU")


def test_a_bad_file_among_good_ones_costs_only_itself(run: Any, elex: Elex) -> None:
    later = pm_xml([(COUNTERS, {CELL.format(1): ["1", "2"]})], end="2025-01-01T10:30:00+01:00")

    report = load(run, elex, FILE, b"<html/>", gzip.compress(later), later[:-60])

    assert (report.files, report.values) == (3, 8)
    assert len(report.periods) == 2
    assert [item.reason[:9] for item in report.rejected] == ["file is X", "the XML i"]


def test_a_single_bad_file_is_its_own_error(run: Any, elex: Elex) -> None:
    with pytest.raises(ElexError, match=r"UNSUPPORTED.*loadConfiguration"):
        load(run, elex, b"<bulkCmConfigDataFile/>")
    with pytest.raises(ElexError, match="VALIDATION_ERROR"):
        load(run, elex)


def test_a_kpi_adds_up_first_and_divides_last(run: Any, elex: Elex) -> None:
    load(run, elex, FILE)

    (series,) = kpi(run, elex)

    assert (series.scope, series.object, series.unit) == ("network", "network", "%")
    assert [point.value for point in series.points] == [pytest.approx(100 * 100 / 400)]
    assert series.points[0].share == 1.0
    assert "FAJ 121 5060" in series.features


def test_a_kpi_can_be_asked_for_by_cell_and_node(run: Any, elex: Elex) -> None:
    load(run, elex, FILE, pm_xml([(COUNTERS, {CELL.format(1): ["1", "2"]})], node="N2"))

    cells = kpi(run, elex, scope="cell")
    nodes = kpi(run, elex, scope="node")

    assert [series.points[0].value for series in cells] == pytest.approx([90.0, 10 / 3, 50.0])
    assert cells[0].object == "SubNetwork=R,ManagedElement=N1,GNBDUFunction=1,NRCellDU=1"
    assert [series.object for series in nodes] == [
        "SubNetwork=R,ManagedElement=N1",
        "SubNetwork=R,ManagedElement=N2",
    ]


def test_suspect_and_missing_results_take_their_object_out(run: Any, elex: Elex) -> None:
    results = {
        CELL.format(1): ["90", "100"],
        CELL.format(2): ["10", "300"],
        CELL.format(3): ["5", "NIL"],
    }
    report = load(run, elex, pm_xml([(COUNTERS, results)], suspect=[CELL.format(2)]))

    (series,) = kpi(run, elex)

    assert (report.suspect, report.missing) == (2, 1)
    assert series.points[0].value == pytest.approx(90.0)
    assert series.points[0].share == pytest.approx(1 / 3)


def test_an_empty_denominator_leaves_it_undefined(run: Any, elex: Elex) -> None:
    load(run, elex, pm_xml([(COUNTERS, {CELL.format(1): ["0", "0"]})]))

    (series,) = kpi(run, elex)

    assert series.points[0].value is None
    assert "denominator" in str(series.points[0].reason)


def test_loading_a_file_again_changes_no_kpi(run: Any, elex: Elex) -> None:
    load(run, elex, FILE)
    before = kpi(run, elex)
    load(run, elex, FILE)

    assert kpi(run, elex) == before


def test_histograms_add_up_bin_by_bin(run: Any, elex: Elex) -> None:
    name = "pmPdcchCceAggregationDlDistr"
    results = {"EUtranCellFDD=1": ["1,0,0,0"], "EUtranCellTDD=2": ["0,0,0,1"]}
    load(run, elex, pm_xml([([name], results)]))

    dl, ul = run(elex.kpis(KpiOptions(names=["Average CCE Aggregation Level"])))

    assert (dl.name, dl.unit) == ("Average CCE Aggregation Level, DL", "CCE per PDCCH")
    assert dl.points[0].value == pytest.approx((1 + 8) / 2)
    assert ul.missing == ["EUtranCellFDD.pmPdcchCceAggregationUlDistr"]


def test_a_kpi_whose_counters_are_not_loaded_says_which(run: Any, elex: Elex) -> None:
    load(run, elex, pm_xml([(COUNTERS[:1], {CELL.format(1): ["1"]})]))

    (series,) = kpi(run, elex)

    assert series.points == []
    assert series.missing == ["NRCellDU.pmRadioRaCbPreambles"]
    assert run(elex.kpis()) == []
    with pytest.raises(ElexError, match="NOT_FOUND"):
        run(elex.kpis(KpiOptions(names=["No such KPI"])))
