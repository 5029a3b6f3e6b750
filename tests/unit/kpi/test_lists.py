"""Counters whose results are lists: bins, pairs of index and value, or one counter for each index."""

import numpy as np
import pytest

from elex_browser.kpi.table import KpiTable
from tests.data.loaded_measurements import QUARTERS, everything, loaded, pm_file, tables

CELL = "EUtranCellFDD={}"
LOSS = "100 * EUtranCellFDD.pmLost / (EUtranCellFDD.pmLost + EUtranCellFDD.pmGot)"
LOSS_OF_1 = LOSS.replace("pmLost", "pmLost[1]").replace("pmGot", "pmGot[1]")


def table_of(formula: str, *cells: dict[str, str], **kinds: str) -> KpiTable:
    results = {CELL.format(number): counters for number, counters in enumerate(cells)}
    (found,) = tables(loaded(pm_file(results)), formula, kinds=kinds)
    return found


def each_of(table: KpiTable) -> dict[int, float]:
    indexes, values = table.values_each()
    return dict(zip(indexes.tolist(), values[:, 0, 0].tolist(), strict=True))


def test_bins_add_up_and_give_a_value_for_each_and_one_for_all() -> None:
    table = table_of(
        LOSS, {"pmLost": "1,0,5", "pmGot": "3,0"}, {"pmLost": "1,0", "pmGot": "3,0,5,4"}
    )

    assert table.values.tolist() == [[pytest.approx(100 * 7 / 22)]]
    assert each_of(table) == pytest.approx({0: 25.0, 1: np.nan, 2: 50.0, 3: 0.0}, nan_ok=True)


def test_lists_of_two_lengths_that_fit_are_pairs_of_index_and_value() -> None:
    table = table_of(LOSS_OF_1, {"pmLost": "1,1,20", "pmGot": "2,1,980,9,50000"})
    (all_, each) = (table_of(LOSS, {"pmLost": "1,1,20", "pmGot": "2,1,980,9,50000"}) for _ in "12")

    assert table.values.tolist() == [[2.0]]
    assert table.values_each()[0].tolist() == []
    assert all_.values.tolist() == [[pytest.approx(100 * 20 / 51_000)]]
    assert each_of(each) == {1: 2.0, 9: 0.0}


def test_a_lone_0_is_a_list_without_pairs() -> None:
    table = table_of(
        LOSS_OF_1, {"pmLost": "0", "pmGot": "1,1,30"}, {"pmLost": "1,1,10", "pmGot": "0"}
    )

    assert table.values.tolist() == [[25.0]]
    assert table.used.tolist() == [[2]]


@pytest.mark.parametrize("formula", [LOSS, LOSS_OF_1])
def test_lists_that_can_be_either_are_not_computed(formula: str) -> None:
    table = table_of(formula, {"pmLost": "1,1,20", "pmGot": "1,1,980"})

    assert np.isnan(table.values).all()
    assert "can be bins or pairs of index and value" in str(table.reason(0, 0))
    assert table.values_each()[0].tolist() == []


def test_a_counter_that_is_known_to_be_pairs_is_read_as_such() -> None:
    table = table_of(
        LOSS_OF_1, {"pmLost": "1,1,20", "pmGot": "1,1,980"}, pmLost="pairs", pmGot="pairs"
    )

    assert table.values.tolist() == [[2.0]]


def test_one_list_that_cannot_be_pairs_makes_all_of_a_formula_bins() -> None:
    table = table_of(LOSS_OF_1, {"pmLost": "1,1,20", "pmGot": "0,9,7"})

    assert table.values.tolist() == [[10.0]]


@pytest.mark.parametrize("blank", ["1,,20", "2,1,5,1,6", "2,1.5,5,2,6", "1,-1,5"])
def test_a_list_that_is_not_of_its_kind_is_left_out(blank: str) -> None:
    known = {"pmLost": "pairs", "pmGot": "pairs"}
    results = {
        CELL.format(1): {"pmLost": "1,1,20", "pmGot": "2,1,980,9,50000"},
        CELL.format(2): {"pmLost": blank, "pmGot": "1,1,980"},
    }
    (table,) = tables(loaded(pm_file(results)), LOSS_OF_1, kinds=known)

    assert table.values.tolist() == [[2.0]]
    assert (table.seen.tolist(), table.used.tolist()) == ([[2]], [[1]])


def test_blank_bins_leave_a_row_out() -> None:
    table = table_of(LOSS, {"pmLost": "1,,5", "pmGot": "3,0,5"}, {"pmLost": "1,0", "pmGot": "3,0"})

    assert table.values.tolist() == [[25.0]]
    assert each_of(table) == pytest.approx({0: 25.0, 1: np.nan, 2: np.nan}, nan_ok=True)


def test_an_index_for_each_counter_makes_one_list() -> None:
    counters = {"pmLost_1": "20", "pmGot_1": "980", "pmGot_9": "50000"}

    assert table_of(LOSS_OF_1, counters).values.tolist() == [[2.0]]
    assert each_of(table_of(LOSS, counters)) == {1: 2.0, 9: 0.0}


def test_one_number_has_no_other_index_than_0() -> None:
    assert table_of("EUtranCellFDD.pmX[0]", {"pmX": "7"}).values.tolist() == [[7.0]]
    table = table_of("EUtranCellFDD.pmX[2]", {"pmX": "7"})

    assert np.isnan(table.values).all()
    assert "is one number in the loaded files, so that it has no [2]" in str(table.reason(0, 0))


def test_a_bin_that_no_list_reaches_is_0() -> None:
    assert table_of("EUtranCellFDD.pmX[2] + 1", {"pmX": "7,8"}).values.tolist() == [[1.0]]


def test_numbers_weigh_bins_inside_a_sum() -> None:
    mean = "SUM(EUtranCellFDD.pmX[i] * (i * 5 + 2.5)) / SUM(EUtranCellFDD.pmX[i])"

    assert table_of(mean, {"pmX": "1,0,1"}, {"pmX": "0,2"}).values.tolist() == [[7.5]]


@pytest.mark.parametrize(
    ("kind", "value", "each"),
    [("", 21.0, [11.0, 10.0]), ("maximum", 9.0, [9.0, 7.0]), ("minimum", 2.0, [2.0, 3.0])],
)
def test_lists_are_put_together_in_the_way_of_their_kind(
    kind: str, value: float, each: list[float]
) -> None:
    table = table_of("EUtranCellFDD.pmX", {"pmX": "2,7"}, {"pmX": "9,3"}, pmX=kind)

    assert table.values.tolist() == [[value]]
    assert list(each_of(table).values()) == each


def test_a_list_of_counts_with_a_bin_below_0_was_set_back() -> None:
    table = table_of("EUtranCellFDD.pmX", {"pmX": "2,7"}, {"pmX": "9,-3"}, pmX="distribution")

    assert (table.values.tolist(), table.reset.tolist()) == ([[9.0]], [[1]])
    assert each_of(table) == {0: 2.0, 1: 7.0}


def test_lists_are_added_over_periods_index_by_index() -> None:
    files = [
        pm_file({CELL.format(1): {"pmLost": f"0,{n}", "pmGot": "10,10"}}, end=end)
        for n, end in zip((10, 30), QUARTERS, strict=False)
    ]
    store = loaded(*files)

    (table,) = tables(store, LOSS, windows=everything(store))

    assert table.values.tolist() == [[50.0]]
    assert each_of(table) == pytest.approx({0: 0.0, 1: 100 * 40 / 60})
