"""A formula reads the counters that it means: of one technology, in any case, for each filter apart."""

import numpy as np
import pytest

from elex_browser.catalogue.kpis import Kpi
from tests.data.loaded_measurements import loaded, pm_file, tables

LTE, TDD = "ENodeBFunction=1,EUtranCellFDD={}", "ENodeBFunction=1,EUtranCellTDD={}"
DU, CU = "GNBDUFunction=1,NRCellDU={}", "GNBCUCPFunction=1,NRCellCU={}"


def test_a_counter_without_a_class_takes_that_of_the_others() -> None:
    store = loaded(
        pm_file({LTE.format(1): {"pmA": "1", "pmB": "4"}, DU.format(1): {"pmA": "1", "pmB": "2"}})
    )

    (table,) = tables(store, "100 * pmA / EUtranCellFDD.pmB")
    (lacking,) = tables(store, "100 * pmA / NRCellCU.pmB")

    assert table.values.tolist() == [[25.0]]
    assert lacking.lacking == ("pmA", "NRCellCU.pmB")


def test_counters_without_classes_stand_on_the_one_class_that_has_all() -> None:
    store = loaded(pm_file({LTE.format(1): {"pmA": "1", "pmB": "4"}, DU.format(1): {"pmA": "1"}}))

    (table,) = tables(store, "100 * pmA / pmB")
    (either,) = tables(store, "pmA * 2")

    assert table.values.tolist() == [[25.0]]
    assert np.isnan(either.raw).all()
    assert either.problem == (
        "pmA stands on objects of several classes (EUtranCellFDD, NRCellDU): name the class"
    )


def test_fdd_and_tdd_cells_are_pooled_and_need_all_counters() -> None:
    cells = {
        LTE.format(1): {"pmA": "1", "pmB": "4"},
        TDD.format(2): {"pmA": "3", "pmB": "4"},
        TDD.format(3): {"pmA": "3"},
    }
    kpi = Kpi("x", "100 * EUtranCellFDD.pmA / EUtranCellFDD.pmB", also_mo=("EUtranCellTDD",))

    (table,) = tables(loaded(pm_file(cells)), kpi)
    (bare,) = tables(loaded(pm_file(cells)), "100 * pmA / pmB")

    assert (table.values.tolist(), table.used.tolist()) == ([[50.0]], [[2]])
    assert bare.values.tolist() == [[50.0]]


def test_names_match_in_any_case_and_exactly_where_two_differ_by_it() -> None:
    one = loaded(pm_file({LTE.format(1): {"pmAck16qam": "5"}}))
    two = loaded(pm_file({LTE.format(1): {"pmAck16qam": "5", "pmAck16Qam": "7"}}))

    assert tables(one, "EUtranCellFDD.pmAck16Qam")[0].values.tolist() == [[5.0]]
    assert tables(two, "EUtranCellFDD.pmAck16Qam")[0].values.tolist() == [[7.0]]
    assert tables(two, "EUtranCellFDD.pmACK16QAM")[0].lacking == ("EUtranCellFDD.pmACK16QAM",)


def test_a_counter_of_3gpp_has_dots_in_its_own_name() -> None:
    store = loaded(pm_file({DU.format(1): {"DRB.UEThpDl.5QI9": "5", "RRC.Att.mo-Data": "4"}}))

    for formula in ("DRB.UEThpDl.5QI9", "NRCellDU.DRB.UEThpDl.5QI9", '"RRC.Att.mo-Data" + 1'):
        assert tables(store, formula)[0].values.tolist() == [[5.0]]


@pytest.mark.parametrize("form", ["{}_Cat1To2", "{}[Cat1To2]"])
def test_flexible_counters_are_computed_for_each_filter_apart(form: str) -> None:
    lost, got = form.format("pmFlexLost"), form.format("pmFlexGot")
    counters = {
        lost: "1",
        got: "3",
        "pmFlexLost_Spid2": "2",
        "pmFlexGot_Spid2": "2",
        "pmFlexLost_X": "9",
    }
    formula = (
        "100 * EUtranCellFDD.pmFlexLost / (EUtranCellFDD.pmFlexLost + EUtranCellFDD.pmFlexGot)"
    )

    found = tables(loaded(pm_file({LTE.format(1): counters})), formula)

    assert [(table.filter_name, table.values.tolist()) for table in found] == [
        ("Cat1To2", [[25.0]]),
        ("Spid2", [[50.0]]),
    ]


def test_flexible_counters_without_a_common_filter_are_lacking() -> None:
    store = loaded(pm_file({LTE.format(1): {"pmFlexA_X": "1", "pmFlexB_Y": "1"}}))

    (table,) = tables(store, "EUtranCellFDD.pmFlexA / EUtranCellFDD.pmFlexB")

    assert table.lacking == ("EUtranCellFDD.pmFlexA", "EUtranCellFDD.pmFlexB")


def test_a_flexible_part_is_taken_from_its_whole() -> None:
    store = loaded(pm_file({LTE.format(1): {"pmAll": "9", "pmFlexAll_MCPTT": "2"}}))

    (table,) = tables(store, "EUtranCellFDD.pmAll - EUtranCellFDD.pmFlexAll")

    assert (table.filter_name, table.values.tolist()) == ("MCPTT", [[7.0]])


def test_objects_of_two_classes_belong_together_by_their_cell() -> None:
    cells = {
        DU.format(1): {"pmVolume": "10"},
        DU.format(2): {"pmVolume": "100"},
        DU.format(3): {"pmVolume": "1000"},
        CU.format(1): {"pmUsers": "5"},
        CU.format(2): {"pmUsers": "7"},
    }
    store = loaded(pm_file(cells, suspect=[CU.format(2)]))

    (table,) = tables(store, "NRCellDU.pmVolume / NRCellCU.pmUsers")
    (each,) = tables(store, "NRCellDU.pmVolume / NRCellCU.pmUsers", scope="cell")

    assert table.values.tolist() == [[2.0]]
    assert (table.seen.tolist(), table.used.tolist(), table.suspect.tolist()) == (
        [[5]],
        [[2]],
        [[1]],
    )
    assert each.values.ravel().tolist() == pytest.approx([2.0, np.nan, np.nan], nan_ok=True)


def test_relations_belong_to_their_cell() -> None:
    relation = LTE.format(1) + ",EUtranFreqRelation=1,EUtranCellRelation={}"
    cells = {
        LTE.format(1): {"pmRefused": "3"},
        relation.format(1): {"pmAtt": "10"},
        relation.format(2): {"pmAtt": "20"},
    }

    (table,) = tables(
        loaded(pm_file(cells)), "100 * EUtranCellFDD.pmRefused / EUtranCellRelation.pmAtt"
    )

    assert table.values.tolist() == [[10.0]]
