"""KPIs as they cross: with unit, direction and doubts, and a reason for each value that is not there."""

from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.protocol import KpiOptions, KpiSeries, LeftOut
from tests.data.loaded_measurements import QUARTERS, pm_file

CELL = "GNBDUFunction=1,NRCellDU={}"
ACCESS = ("pmRadioRaCbAttMsg2", "pmRadioRaCbPreambles")
USERS = "Average Active SRS Users Per Second"


@pytest.fixture
def elex(run: Any) -> Elex:
    opened: Elex = run(Elex.open(seed=1))
    return opened


def access(*cells: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {
        CELL.format(i): dict(zip(ACCESS, results, strict=True)) for i, results in enumerate(cells)
    }


def kpi(run: Any, elex: Elex, name: str, *files: bytes, **options: Any) -> list[KpiSeries]:
    run(elex.load_measurements(list(files)))
    found: list[KpiSeries] = run(elex.kpis(KpiOptions(names=[name], **options)))
    return found


def test_a_series_says_what_its_values_mean(run: Any, elex: Elex) -> None:
    (series,) = kpi(
        run, elex, "random access msg1 success rate for CBRA", pm_file(access(("9", "10")))
    )

    assert (series.name, series.unit, series.better) == ("NR CBRA Msg1 answer rate", "%", "higher")
    assert "Random Access Msg1 Success Rate for CBRA" in series.synonyms
    assert (series.plausible, series.usual, series.is_sum) == ([0.0, 100.0], [40.0, 99.0], False)
    assert "28.552" in series.source
    assert series.points[0].denominator == 10.0
    assert series.points[0].left_out is None


def test_what_cannot_be_is_null_and_stays_to_be_seen(run: Any, elex: Elex) -> None:
    (series,) = kpi(run, elex, "NR CBRA Msg1 answer rate", pm_file(access(("12", "10"))))

    (point,) = series.points
    assert (point.value, point.raw) == (None, 120.0)
    assert "plausible" in str(point.reason)


def test_a_point_says_how_much_was_left_out_and_why(run: Any, elex: Elex) -> None:
    cells = access(("9", "10"), ("1", "2"), ("1", "NIL"), ("-1", "5"))
    (series,) = kpi(run, elex, "NR CBRA Msg1 answer rate", pm_file(cells, suspect=[CELL.format(1)]))

    (point,) = series.points
    assert (point.value, point.share) == (90.0, 0.25)
    assert point.left_out == LeftOut(suspect=1, reset=1, missing=1)


def test_missing_periods_are_points_without_a_value(run: Any, elex: Elex) -> None:
    files = [pm_file(access(("9", "10")), end=end) for end in (QUARTERS[0], QUARTERS[3])]
    (series,) = kpi(run, elex, "NR CBRA Msg1 answer rate", *files)

    assert [point.value for point in series.points] == [90.0, None, None, 90.0]
    assert [point.begin[11:16] for point in series.points] == ["10:00", "10:15", "10:30", "10:45"]
    assert series.points[1].reason == "no results of this period are loaded"
    assert series.points[1].share == 0.0


@pytest.mark.parametrize(
    ("results", "minutes", "ends"),
    [("1800", 15, QUARTERS[:2]), ("7200", 60, ("11:00",))],
)
def test_an_hour_counts_as_much_as_a_quarter(
    run: Any, elex: Elex, results: str, minutes: int, ends: tuple[str, ...]
) -> None:
    cells = {CELL.format(1): {"pmMacActiveSrsUe": results}}
    (series,) = kpi(run, elex, USERS, *(pm_file(cells, end=end, minutes=minutes) for end in ends))
    answer = run(elex.ask("counters of FAJ 121 5262"))

    assert {point.value for point in series.points} == {2.0}
    (section,) = [each for each in answer.sections if each.title == "Loaded KPIs"]
    assert [row.cells[1:3] for row in section.rows if row.cells[0] == USERS] == [[2, "users"]]


def test_values_for_each_index_come_beside_that_for_all(run: Any, elex: Elex) -> None:
    counters = {
        f"pmEbsnPdcpPktRecUlProf{i}Rohc5qi": text
        for i, text in enumerate(("1,0,6", "3,0,2", "0,0,0"))
    }
    (series,) = kpi(
        run, elex, "UL ROHC Profile 1 Usage per 5QI", pm_file({"GNBCUUPFunction=1": counters})
    )

    assert series.points[0].value == pytest.approx(100 * 5 / 12)
    assert series.points[0].by_index == {"0": 75.0, "2": 25.0}
    assert "profile 0" in series.note


def test_a_kpi_can_be_asked_for_by_neighbour_relation(run: Any, elex: Elex) -> None:
    relation = "ENodeBFunction=1,EUtranCellFDD=1,GUtranFreqRelation=1,GUtranCellRelation={}"
    steps = ("pmHoPrepAtt", "pmHoPrepSucc", "pmHoExeAtt", "pmHoExeSucc")
    results = {
        relation.format(i): dict(zip(steps, map(str, counts), strict=True))
        for i, counts in enumerate([(10, 8, 8, 4), (5, 5, 5, 5)])
    }
    found = kpi(run, elex, "LTE to NR SA handover SR", pm_file(results), scope="relation")

    assert [series.points[0].value for series in found] == [40.0, 100.0]
    assert found[0].object.endswith("GUtranCellRelation=0")


def test_flexible_counters_give_a_series_for_each_filter(run: Any, elex: Elex) -> None:
    counters = {
        f"pmFlexPdcpPkt{what}Ul_{name}": str(count)
        for name, lost, got in (("Spid1", 1, 99), ("Spid2", 2, 98))
        for what, count in (("Lost", lost), ("Received", got))
    }
    found = kpi(run, elex, "PDCP Uplink Packet Loss Rate", pm_file({"EUtranCellFDD=1": counters}))

    assert [(s.filter, s.points[0].value) for s in found] == [("Spid1", 1.0), ("Spid2", 2.0)]


def test_what_was_not_added_is_said(run: Any, elex: Elex) -> None:
    hour = pm_file(access(("40", "40")), end="11:00", minutes=60)
    (series,) = kpi(run, elex, "NR CBRA Msg1 answer rate", hour, pm_file(access(("5", "10"))))

    assert [point.value for point in series.points] == [50.0]
    assert "overlap shorter periods" in series.notes[0]


def test_a_doubtful_kpi_says_its_condition(run: Any, elex: Elex) -> None:
    (series,) = kpi(run, elex, "EMF_Allowed_DL_Resources", pm_file(access(("9", "10"))))

    assert "only if one of the two sample counters is 0" in series.doubt
    assert len(series.missing) == 3
