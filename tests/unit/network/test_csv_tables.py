"""Tables as people and tools write them: who an object is, by which columns, and quotes by their place."""

import csv
import io

import pytest

from elex_browser.network.readers.syntax.csv_records import MAX_CHARACTERS, Records
from tests.unit.network.loading import configuration, refusal, values

CELL = "ENodeBFunction=1,EUtranCellFDD=1"


def test_relative_names_are_completed_by_the_node_of_their_line() -> None:
    table = f"Node_ID;MO;tac\nN1;{CELL};1\nN2;{CELL};2\nN1;ManagedElement=1,{CELL};3\n"

    assert values(table) == {
        f"ManagedElement=N1,{CELL}": {"tac": "1"},
        f"ManagedElement=N2,{CELL}": {"tac": "2"},
        f"MeContext=N1,ManagedElement=1,{CELL}": {"tac": "3"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "SubNetwork=A, ManagedElement=N1 ,EUtranCellFDD=1",
        "SubNetwork=A,ManagedElement=N1,vsDataEUtranCellFDD=1",
        '"SubNetwork=A,ManagedElement=N1,EUtranCellFDD=1"',
        'SubNetwork="A",ManagedElement="N1",EUtranCellFDD="1"',
    ],
)
def test_a_name_is_one_however_it_is_spelt(name: str) -> None:
    quoted = name.replace('"', '""')

    assert list(values(f'FDN,tac\n"{quoted}",1\n')) == [
        "SubNetwork=A,ManagedElement=N1,EUtranCellFDD=1"
    ]


def test_ids_of_all_steps_give_a_name() -> None:
    table = (
        "FILENAME,DATETIME,SubNetwork_id,MeContext_id,ManagedElement_id,vsDataENodeBFunction_id,cellId,eNBId\n"
        "b.xml,2026-03-02,A,N1,N1,1,5,7\n"
        "b.xml,2026-03-02,A,N1,N1,,5,\n"
        "b.xml,2026-03-02,A,,N1,1,5,7\n"
    )
    _, report = configuration(table)

    assert values(table) == {
        "SubNetwork=A,MeContext=N1,ManagedElement=N1,ENodeBFunction=1": {
            "cellId": "5",
            "eNBId": "7",
        },
        "SubNetwork=A,MeContext=N1,ManagedElement=N1": {"cellId": "5"},
    }
    assert [(each.line, each.reason) for each in report.rejected] == [
        (4, "an id is missing between others")
    ] * 2


@pytest.mark.parametrize("head", ["sep=;\r\n", "", "Report of 2026\r\n\r\n", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_tables_of_spreadsheets_are_read(head: str, encoding: str) -> None:
    if encoding in ("cp1252", "utf-16-le") and "\ufeff" in head:
        head = ""
    table = f"{head}FDN;tac;userLabel\r\nSubNetwork=Ä,Cell=1;5;Älvsjö\r\n"

    assert values(table.encode(encoding)) == {
        "SubNetwork=Ä,Cell=1": {"tac": "5", "userLabel": "Älvsjö"}
    }


def test_a_line_that_is_no_utf_8_is_of_windows() -> None:
    table = "FDN;userLabel\nCell=1;Ä\n".encode() + "Cell=2;Ä\n".encode("cp1252")

    assert values(table) == {"Cell=1": {"userLabel": "Ä"}, "Cell=2": {"userLabel": "Ä"}}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_quotes_mean_something_only_by_their_place(line_end: str) -> None:
    lines = [
        "FDN,rack,label",
        'A=1,19" rack,a',
        'A=2,"19"" rack, tall",b"c',
        'A=3,"two',
        'lines","x"y',
    ]
    table = line_end.join([*lines, ""])
    expected = list(
        csv.reader(io.StringIO(line_end.join(lines).replace("\r\n", "\n").replace("\r", "\n")))
    )

    found = values(table)

    assert [list(each.values()) for each in found.values()] == [row[1:] for row in expected[1:]]


def test_a_quote_that_is_not_closed_costs_its_own_line() -> None:
    table = 'FDN,rack,label\nA=1,"19 rack,a\nA=2,20,b\nA=3,21,c\n'
    _, report = configuration(table)

    assert [(each.line, each.reason) for each in report.rejected] == [
        (2, "a quoted cell does not end")
    ] * 2
    assert list(values(table)) == ["A=2", "A=3"]


def test_each_line_is_looked_at_once() -> None:
    n_lines = 2 * MAX_CHARACTERS // 20
    lines = [
        (1, 'A=1;"19 rack;5'),
        *((number, "A=1;no quote here;5") for number in range(2, n_lines)),
    ]

    records = list(Records(";").feed(lines))

    assert (records[0].is_complete, records[1].line) == (False, 2)
    assert sum(record.is_complete for record in records) > MAX_CHARACTERS // 20


@pytest.mark.parametrize("value", ["1", "0", "1.0", "0.0", "true", "FALSE"])
def test_digits_are_booleans_too(value: str) -> None:
    _, report = configuration(f"FDN,cfraEnabled\nNRCellDU=1,{value}\n")

    assert (report.checked, report.findings) == (1, [])


def test_cells_that_belong_to_nothing_are_told() -> None:
    table = 'FDN;tac;\nCell=1;1;2\nCell=2;1;;\n"Cell=3\x07";1;\nno name;1;\n'
    _, report = configuration(table)

    assert report.values == 2
    assert [each.reason[:20] for each in report.rejected] == [
        "the column of a valu",
        "the name 'Cell=3\\x07",
        "'no name' is no dist",
    ]


def test_a_table_without_a_name_of_its_objects_is_refused() -> None:
    assert "column FDN" in refusal("a,b\n1,2\n").fix


@pytest.mark.parametrize(
    ("attribute", "value", "kind"),
    [
        ("nRPCI", "2000", "none"),
        ("gNBIdLength", "99", "none"),
        ("cfraEnabled", "x", "choose"),
        ("ssbOffset", "9999999999", "set"),
        ("peeParametersList.siteLatitude", "99", "none"),
    ],
)
def test_identities_are_never_set(attribute: str, value: str, kind: str) -> None:
    mo_class = "GNBDUFunction" if attribute == "gNBIdLength" else "NRCellDU"
    _, report = configuration(f"FDN,{attribute}\n{mo_class}=1,{value}\n")

    (finding,) = report.findings
    assert finding.fix.kind == kind
    assert finding.fix.reason
    assert (finding.fix.cmedit is None) is (kind != "set")
