"""Objects are taken together by network, node, cell, neighbour relation, or groups of one's own."""

import pytest

from elex_browser.catalogue.kpis import Kpi
from elex_browser.errors import ConfigError
from elex_browser.kpi.engine import KpiEngine
from elex_browser.kpi.grouping import Grouping, OwnGroup, group, group_own
from elex_browser.network.kpis import LoadedResults
from tests.data.loaded_measurements import loaded, pm_file, tables

NODE = "SubNetwork=R,ManagedElement=N1"
LTE = f"{NODE},ENodeBFunction=1,EUtranCellFDD=Berlin-{{}}"
RELATION = LTE + ",EUtranFreqRelation=7,EUtranCellRelation={}"
DNS = [
    LTE.format(1),
    LTE.format(2),
    RELATION.format(1, "a"),
    RELATION.format(1, "b"),
    f"{NODE},GNBDUFunction=1,NRCellDU=1",
    f"{NODE},GNBCUCPFunction=1,NRCellCU=1",
    f"{NODE},GNBCUUPFunction=1",
    "SubNetwork=R,ManagedElement=N2,ENodeBFunction=1,EUtranCellFDD=1",
]


def members(grouping: Grouping) -> dict[str, list[int]]:
    ends = [*grouping.begins.tolist(), len(grouping.members)]
    return {
        name: grouping.members[ends[i] : ends[i + 1]].tolist()
        for i, name in enumerate(grouping.names)
    }


def test_objects_are_taken_together_by_what_they_lie_below() -> None:
    assert members(group(DNS, "network")) == {"network": [*range(8)]}
    assert members(group(DNS, "node")) == {
        NODE: [*range(7)],
        "SubNetwork=R,ManagedElement=N2": [7],
    }
    assert list(members(group(DNS, "cell")).values()) == [[0, 2, 3], [1], [4, 5], [7]]
    assert members(group(DNS, "relation")) == {DNS[2]: [2], DNS[3]: [3]}


@pytest.mark.parametrize(
    ("patterns", "objects", "expected"),
    [
        (["Berlin-*"], [], [0, 1, 2, 3]),
        (["*-2", "N2"], [], [1, 7]),
        (["?"], [], [4, 5, 7]),
        (["*EUtranCellRelation=b"], [], [3]),
        ([], ["Berlin-1", "N2"], [0, 2, 3, 7]),
        ([], [LTE.format(2), DNS[3]], [1, 3]),
        (["nothing*"], ["nobody"], []),
    ],
)
def test_an_own_group_is_told_by_pattern_or_list(
    patterns: list[str], objects: list[str], expected: list[int]
) -> None:
    assert members(group_own(DNS, [OwnGroup("g", patterns, objects)])) == {"g": expected}


def test_a_cell_may_be_in_several_groups() -> None:
    groups = [OwnGroup("a", ["Berlin-*"]), OwnGroup("none", ["x"]), OwnGroup("b", ["*-1"])]

    assert members(group_own(DNS, groups)) == {"a": [0, 1, 2, 3], "none": [], "b": [0, 2, 3]}


@pytest.mark.parametrize(
    ("groups", "problem"),
    [
        ([OwnGroup("a", ["x"]), OwnGroup("a", ["y"])], "two groups"),
        ([OwnGroup("a")], "no pattern and no object"),
        ([OwnGroup("a", ["*" * 201])], "longer than 200"),
    ],
)
def test_a_group_that_says_too_little_is_refused(groups: list[OwnGroup], problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        group_own(DNS, groups)


def test_kpis_are_computed_for_own_groups_and_relations() -> None:
    cell = "ENodeBFunction=1,EUtranCellFDD={}"
    relation = cell + ",EUtranFreqRelation=1,EUtranCellRelation={}"
    store = loaded(
        pm_file(
            {
                **{cell.format(f"A{i}"): {"pmGood": str(i), "pmAll": "10"} for i in range(4)},
                relation.format("A1", 1): {"pmHoSucc": "3", "pmHoAtt": "4"},
                relation.format("A1", 2): {"pmHoSucc": "0", "pmHoAtt": "5"},
            }
        )
    )
    groups = [
        OwnGroup("odd", objects=["A1", "A3"]),
        OwnGroup("all", ["A*"]),
        OwnGroup("no", ["B*"]),
    ]
    kpi = Kpi("share", "100 * EUtranCellFDD.pmGood / EUtranCellFDD.pmAll")

    (own,) = KpiEngine(LoadedResults(store), lambda counter: "").tables(
        [kpi], group_own(store.dns, groups)
    )
    (each,) = tables(
        store, "100 * EUtranCellRelation.pmHoSucc / EUtranCellRelation.pmHoAtt", scope="relation"
    )

    assert (own.groups.tolist(), own.values.tolist()) == ([0, 1], [[20.0], [15.0]])
    assert each.values.tolist() == [[75.0], [0.0]]
