"""What command lines print: lists and tables of cmedit, import files, and logs of moshell."""

import pytest

from elex_browser.network.readers.syntax.value_text import forms, leaves
from tests.unit.network.loading import configuration, refusal, values

NODE = "ManagedElement=N1,ENodeBFunction=1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[1, 2]", [("a", "1"), ("a", "2")]),
        ("{x=1, y=[2, {z=3}]}", [("a.x", "1"), ("a.y", "2"), ("a.y.z", "3")]),
        ("[{x=1}, {x=2}]", [("a.x", "1"), ("a.x", "2")]),
        ("[]", [("a", "")]),
        ("{}", [("a", "")]),
        ("[1, , 2]", [("a", "1"), ("a", ""), ("a", "2")]),
        ("{x=, y=a=b}", [("a.x", ""), ("a.y", "a=b")]),
        ("[1, 2", [("a", "[1, 2")]),
        ("[1] and [2]", [("a", "[1] and [2]")]),
        ("{no member}", [("a", "{no member}")]),
        ("[1}", [("a", "[1}")]),
        ("plain = {", [("a", "plain = {")]),
    ],
)
def test_lists_and_structs_are_taken_apart(text: str, found: list[tuple[str, str]]) -> None:
    assert leaves("a", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i[2] = -122 -120", ["-122", "-120"]),
        ("[2] = a b", ["a", "b"]),
        ("i[0] =", [""]),
        ("s[2] = one two three", ["s[2] = one two three"]),
        ("i[2] = 1 (ON) 0 (OFF)", ["1", "0"]),
        ("100 (LOW)", ["100"]),
        ("5 (old)", ["5 (old)"]),
        ("[1, 2]", ["1", "2"]),
    ],
)
def test_forms_of_moshell_are_values(text: str, found: list[str]) -> None:
    assert [value.text for value in forms("a", text)] == found


def test_free_texts_stay_as_they_are() -> None:
    assert forms("userLabel", "5 (OLD)")[0].text == "5 (OLD)"


def test_words_beside_numbers_are_kept() -> None:
    loaded, _ = configuration("MO;administrativeState\nEUtranCellFDD=1;1 (UNLOCKED)\n")

    assert loaded.labels == {("EUtranCellFDD", "administrativeState"): {"1": "UNLOCKED"}}


def test_a_table_of_cmedit_has_a_block_per_class() -> None:
    text = (
        "NodeId\tENodeBFunctionId\tEUtranCellFDDId\ttac\tuserLabel\n"
        "N1\t1\tC1\t9\tone\nN2\t1\tC1\t8\n\n"
        "NodeId\tENodeBFunctionId\teNBId\nN1\t1\t7\nN1\t1\n\n3 instance(s)\n"
    )

    assert values(text) == {
        f"{NODE},EUtranCellFDD=C1": {"tac": "9", "userLabel": "one"},
        "ManagedElement=N2,ENodeBFunction=1,EUtranCellFDD=C1": {"tac": "8"},
        NODE: {"eNBId": "7"},
    }
    assert configuration(text)[1].format == "cmedit-table"


def test_tables_that_a_terminal_made_blanks_of_are_read() -> None:
    text = "NodeId   ENodeBFunctionId   tac   label\nN1       1                  9     a b\nN1       1   9\n"
    _, report = configuration(text)

    assert (report.values, [each.line for each in report.rejected]) == (2, [3])


IMPORT = """SET
FDN : SubNetwork=A,MeContext=N1,EUtranFreqRelation=1
lbActivationThreshold : 20000

CREATE
FDN : SubNetwork=A,MeContext=N1,RfPort=B
rfPortId : B

DELETE
FDN : SubNetwork=A,MeContext=N1,RiLink=2

ACTION
FDN : SubNetwork=A,MeContext=N1
rank : 1
"""


def test_an_import_file_is_a_plan() -> None:
    loaded, report = configuration(IMPORT)

    assert (report.format, report.findings, loaded.n_values, report.values) == (
        "enm-import",
        [],
        0,
        2,
    )
    assert report.planned
    assert (report.planned.sets, report.planned.creates, report.planned.deletes) == (1, 1, 1)
    assert [change.operation for change in report.planned.changes] == ["set", "create", "delete"]
    assert report.planned.changes[0].problem
    assert "action" in report.rejected[0].reason


def test_a_plan_of_deletions_alone_is_no_empty_file() -> None:
    _, report = configuration("DELETE\nFDN : MeContext=N1,RiLink=2\n")

    assert (report.values, report.objects) == (0, 1)


def test_special_values_are_in_order() -> None:
    objects = (
        f"FDN : MeContext=N1,EUtranFreqRelation=1{pmax}\npMax : {pmax}\n" for pmax in (1000, 999)
    )
    _, report = configuration("\n".join(objects))

    assert [finding.value for finding in report.findings] == ["999"]


RULE = "=" * 60
HGET = f"""N1> hget EUtranFreqRelation lbActivationThreshold|qRxLevMin

260302-08:00:00 192.0.2.1 24.0c MSRBS_NODE_MODEL stopfile=/tmp/1
{RULE}
MO                                     lbActivationThreshold qRxLevMin
{RULE}
EUtranCellFDD=1,EUtranFreqRelation=1   20000                 -124
EUtranCellFDD=2,EUtranFreqRelation=1   100 (LOW)             i[2] = -122 -120
{RULE}
Total: 2 MOs

N2> st cell
{RULE}
Proxy  Adm State     Op. State     MO
{RULE}
   15  1 (UNLOCKED)  1 (ENABLED)   ENodeBFunction=1,EUtranCellFDD=1
{RULE}
Total: 1 MOs
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_tables_of_moshell_are_read_by_node(line_end: str) -> None:
    _, report = configuration(HGET.replace("\n", line_end))

    assert values(HGET) == {
        "ManagedElement=N1,EUtranCellFDD=1,EUtranFreqRelation=1": {
            "lbActivationThreshold": "20000",
            "qRxLevMin": "-124",
        },
        "ManagedElement=N1,EUtranCellFDD=2,EUtranFreqRelation=1": {
            "lbActivationThreshold": "100",
            "qRxLevMin": "-122, -120",
        },
        "ManagedElement=N2,ENodeBFunction=1,EUtranCellFDD=1": {
            "administrativeState": "1",
            "operationalState": "1",
        },
    }
    assert (report.format, report.values, report.invalid, report.rejected) == ("moshell", 7, 1, [])


GET = f"""N1> get cell
{RULE}
155    ENodeBFunction=1,EUtranCellFDD=1
{RULE}
EUtranCellFDDId                    1
administrativeState                1 (UNLOCKED)
activePlmnList                     t[2] =
 >>> Struct[0]  has 2 members:
 >>> 1.mcc = 262
 >>> 2.mnc = 2
 >>> Struct[1]  has 2 members:
 >>> 1.mcc = 1
 >>> 2.mnc = 3
bands                              i[3] = 1 3 7
empty
!!! broken
{RULE}
Total: 1 MOs

N1> get cell tac
{RULE}
MO                               Attribute  Value
{RULE}
ENodeBFunction=1,EUtranCellFDD=1 tac        9
ENodeBFunction=1,EUtranCellFDD=2tac 9
{RULE}

N1> hgetc cell tac
MO;tac
ENodeBFunction=1,EUtranCellFDD=3;8
"""


def test_objects_of_moshell_are_read_line_by_line() -> None:
    _, report = configuration(GET)
    found = values(GET)

    assert found[f"{NODE},EUtranCellFDD=1"] == {
        "EUtranCellFDDId": "1",
        "administrativeState": "1",
        "activePlmnList.mcc": "262, 1",
        "activePlmnList.mnc": "2, 3",
        "bands": "1, 3, 7",
        "empty": "",
        "tac": "9",
    }
    assert found[f"{NODE},EUtranCellFDD=3"] == {"tac": "8"}
    assert [each.line for each in report.rejected] == [16, 25]


def test_colours_of_a_terminal_are_no_part_of_a_log() -> None:
    coloured = HGET.replace("N1>", "\x1b[1;32mN1>\x1b[0m").replace(
        "EUtranCellFDD", "\x1b[7mEUtranCellFDD\x1b[m"
    )

    assert values(coloured) == values(HGET)


def test_nodes_that_call_themselves_alike_stay_apart() -> None:
    log = "\n".join(
        f"{node}> get x\n{RULE}\nManagedElement=1,ENodeBFunction=1\n{RULE}\neNBId  {node[1:]}\n{RULE}"
        for node in ("N1", "N2")
    )

    assert values(log) == {
        "MeContext=N1,ManagedElement=1,ENodeBFunction=1": {"eNBId": "1"},
        "MeContext=N2,ManagedElement=1,ENodeBFunction=1": {"eNBId": "2"},
    }


def test_a_log_without_values_says_so() -> None:
    assert "no values" in refusal(f"N1> alt\n{RULE}\nDate Severity\n{RULE}\n").problem
