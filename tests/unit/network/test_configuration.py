"""Configurations are read whole, every value is judged or counted, and damage costs only what follows."""

import gzip
import io
import zipfile
from typing import Any

import pytest

from elex_browser import Elex, ElexError
from elex_browser.protocol import ConfigurationReport, Finding
from tests.support import bulk_cm, refused

NODE = "SubNetwork=R,MeContext=N1,ManagedElement=N1"
THRESHOLD = ("EUtranFreqRelation=1", {"lbActivationThreshold": "20000"})
CELLS = bulk_cm(
    [
        ("EUtranCellFDD=1", {"cellId": "1", "tac": "9", "plmn": {"mcc": "1", "mnc": "2"}}),
        ("EUtranCellFDD=2", {"cellId": "2", "tac": "", "bands": ["1", "3", "7"]}),
    ]
)


def load(run: Any, elex: Elex, file: bytes, name: str = "node.xml") -> ConfigurationReport:
    report: ConfigurationReport = run(elex.load_configuration(file, name))
    assert report.checked + report.unknown == report.values
    return report


def only(report: ConfigurationReport) -> Finding:
    (finding,) = report.findings
    assert report.invalid == 1
    return finding


def error(run: Any, elex: Elex, file: bytes, name: str = "node.xml") -> ElexError:
    with pytest.raises(ElexError) as caught:
        run(elex.load_configuration(file, name))
    assert caught.value.problem
    assert caught.value.fix
    return caught.value


def test_every_leaf_is_a_value_and_every_container_an_object(run: Any, elex: Elex) -> None:
    report = load(run, elex, CELLS)

    assert report.values == 9
    assert report.objects == 5  # three above the two cells
    assert report.rejected == []


def test_a_value_outside_the_catalogues_range_is_an_error_with_its_fix(
    run: Any, elex: Elex
) -> None:
    finding = only(load(run, elex, bulk_cm([THRESHOLD])))

    assert finding.object == f"{NODE},EUtranFreqRelation=1"
    assert (finding.min, finding.max, finding.value) == (0, 16000, "20000")
    assert finding.severity == "error"
    assert finding.agents[0] == "FAJ 121 3058"  # which introduces it
    assert finding.fix.kind == "set"
    target = f"cmedit set {NODE},EUtranFreqRelation=1 lbActivationThreshold"
    assert finding.fix.cmedit == f"{target}=16000"
    assert finding.fix.undo == f"{target}=20000"


def test_a_range_of_the_standard_gives_a_warning(run: Any, elex: Elex) -> None:
    finding = only(load(run, elex, bulk_cm([("EUtranCellFDD=1", {"pci": "504"})])))

    assert finding.severity == "warning"
    assert "3GPP" in finding.rule


@pytest.mark.parametrize("value", ["maybe", "2", "TRUE "])
def test_a_boolean_is_false_or_true(run: Any, elex: Elex, value: str) -> None:
    report = load(run, elex, bulk_cm([("NRCellDU=1", {"cfraEnabled": value})]))

    if value.strip() == "TRUE":
        assert report.findings == []
    else:
        finding = only(report)
        assert finding.allowed == ["false", "true"]
        assert finding.fix.kind == "choose"
        assert [choice.value for choice in finding.fix.choices or ()] == ["false", "true"]


@pytest.mark.parametrize("value", ["abc", "1.5", "NaN", "1e400", "٣"])
def test_what_is_no_whole_number_is_found(run: Any, elex: Elex, value: str) -> None:
    finding = only(load(run, elex, bulk_cm([("EutranCellArea=1", {"posCellBearing": value})])))

    assert finding.value == value
    assert (finding.fix.kind == "none") is (value != "1e400")


def test_values_that_are_not_set_are_in_order(run: Any, elex: Elex) -> None:
    report = load(run, elex, bulk_cm([("EutranCellArea=1", {"posCellBearing": ""})]))

    assert (report.values, report.checked, report.invalid) == (1, 1, 0)


def test_items_of_a_list_are_checked_one_by_one_and_get_no_fix(run: Any, elex: Elex) -> None:
    values = {"posCellBearing": ["1", "9999", "2"]}
    finding = only(load(run, elex, bulk_cm([("EutranCellArea=1", values)])))

    assert finding.value == "9999"
    assert finding.fix.kind == "none"
    assert "list" in finding.fix.reason


def test_members_of_a_struct_carry_its_name(run: Any, elex: Elex) -> None:
    values = {"peeParametersList": {"siteLatitude": "91", "siteLongitude": "0"}}
    finding = only(load(run, elex, bulk_cm([("NRCellDU=1", values)])))

    assert finding.attribute == "peeParametersList.siteLatitude"
    assert finding.fix.kind == "none"
    assert "struct" in finding.fix.reason


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16", "windows-1252"])
def test_encodings_are_read_by_their_declaration(run: Any, elex: Elex, encoding: str) -> None:
    file = bulk_cm([("EUtranCellFDD=Ä1", {"userLabel": "Älvsjö"})], encoding=encoding)

    assert load(run, elex, file).values == 1


def test_gzip_and_zip_are_read_as_they_are(run: Any, elex: Elex) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", CELLS)
        archive.writestr("b.xml.gz", gzip.compress(CELLS))

    assert load(run, elex, gzip.compress(CELLS), "node.xml.gz").values == 9
    assert load(run, elex, packed.getvalue(), "nodes.zip").values == 18


def test_a_file_cut_short_counts_up_to_there(run: Any, elex: Elex) -> None:
    cut = CELLS[: CELLS.index(b'id="2"')]

    report = load(run, elex, cut)

    assert report.values == 4
    assert len(report.rejected) == 1
    assert report.rejected[0].line > 1
    assert "not well-formed" in report.rejected[0].reason


def test_a_gzip_file_cut_short_says_so(run: Any, elex: Elex) -> None:
    big = bulk_cm([(f"EUtranCellFDD={i}", {"cellId": str(i * i)}) for i in range(2000)])
    packed = gzip.compress(big)

    report = load(run, elex, packed[: len(packed) // 2], "node.xml.gz")

    assert 0 < report.values < 2000
    assert "cut short" in report.rejected[0].reason


def test_values_below_an_object_without_id_are_rejected(run: Any, elex: Elex) -> None:
    file = CELLS.replace(b'<xn:VsDataContainer id="2">', b"<xn:VsDataContainer>")

    report = load(run, elex, file)

    assert report.values == 4
    assert len(report.rejected) == 5
    assert all("without id" in item.reason for item in report.rejected)


@pytest.mark.parametrize(
    ("file", "code", "told"),
    [
        (b"", "SERIALIZATION_ERROR", "no values"),
        (CELLS[:40], "UNSUPPORTED", "without any element"),
        (CELLS[:300], "SERIALIZATION_ERROR", "not well-formed"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><bulkCmConfigDataFile/>',
         "UNSUPPORTED", "DOCTYPE"),
        (b"<measCollecFile/>", "UNSUPPORTED", "measurements"),
        (b"<rpc-reply/>", "SERIALIZATION_ERROR", "no values"),
        (b"<models/>", "UNSUPPORTED", "a model"),
        (b"<html/>", "UNSUPPORTED", "<html>"),
        (b'{"a": 1}', "UNSUPPORTED", "JSON"),
        (b"=" * 40 + b"\nProxy  LDN\n", "SERIALIZATION_ERROR", "no values"),
        (b"hello", "UNSUPPORTED", "text"),
        (b"\0\1\2\3", "UNSUPPORTED", "binary"),
        (b"PK\x03\x04junk", "SERIALIZATION_ERROR", "zip"),
    ],
)  # fmt: skip
def test_a_file_that_yields_nothing_is_an_error_that_says_why(
    run: Any, elex: Elex, file: bytes, code: str, told: str
) -> None:
    refused = error(run, elex, file)

    assert refused.code == code
    assert told in refused.problem


def test_an_error_leaves_what_was_loaded(run: Any, elex: Elex) -> None:
    load(run, elex, CELLS)
    error(run, elex, b"junk")

    answer = run(elex.ask("what is FAJ 121 3094?"))

    assert elex.parts.network.is_loaded
    assert answer.content


def test_loading_can_be_stopped_and_leaves_nothing(run: Any, elex: Elex) -> None:
    with refused("QUERY_FAILED"):
        run(elex.load_configuration(CELLS, on_progress=lambda done, total: False))

    assert not elex.parts.network.is_loaded


def test_a_wide_table_has_a_column_per_attribute(run: Any, elex: Elex) -> None:
    table = (
        "FDN;posCellBearing;userLabel\r\n"
        "ManagedElement=N1,EutranCellArea=1;9999;one\r\n"
        'ManagedElement=N1,EutranCellArea=2;10;"two;\r\nlines"\r\n'
        "ManagedElement=N1,EutranCellArea=3;;three\r\n"
        "no name;1;x\r\n"
        "ManagedElement=N1,EutranCellArea=4;1\r\n"
    )

    report = load(run, elex, table.encode(), "cells.csv")

    assert (report.objects, report.values, report.invalid) == (3, 5, 1)
    assert [item.line for item in report.rejected] == [6, 6, 7]
    assert "no distinguished name" in report.rejected[0].reason
    assert "2 cells" in report.rejected[2].reason


def test_a_long_table_has_a_line_per_value(run: Any, elex: Elex) -> None:
    table = "object,attribute,value\nManagedElement=1,NRCellDU=1,pci,2\n"
    quoted = 'object,attribute,value\n"ManagedElement=1,EUtranCellFDD=1",pci,2000\n'

    assert "cells" in error(run, elex, table.encode(), "a.csv").problem
    assert only(load(run, elex, quoted.encode(), "b.csv")).attribute == "pci"


CMEDIT = """cmedit get * EutranCellArea.*
FDN : SubNetwork=R,MeContext=N1,ManagedElement=N1,EutranCellArea=1
bands : [1, 3]
posCellBearing : 9999
plmn : {mcc=1, mnc=[2, 3]}
userLabel : a : b = {c
empty :

FDN : SubNetwork=R,MeContext=N1,ManagedElement=N1,EutranCellArea=2
posCellBearing : null
what is this

2 instance(s)
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_cmedit_prints_is_read(run: Any, elex: Elex, line_end: str) -> None:
    report = load(run, elex, CMEDIT.replace("\n", line_end).encode(), "cells.txt")

    assert (report.objects, report.values, report.checked) == (2, 9, 2)
    assert [item.line for item in report.rejected] == [11]
    finding = only(report)
    assert finding.fix.undo == f"cmedit set {NODE},EutranCellArea=1 posCellBearing=9999"
    (loaded,) = elex.parts.network.configurations
    number = loaded.object_of(f"{NODE},EutranCellArea=1")
    assert loaded.text(number, "plmn.mnc") == "2, 3"
    assert loaded.text(number, "userLabel") == "a : b = {c"


def test_a_path_can_be_loaded(run: Any, elex: Elex, tmp_path: Any) -> None:
    path = tmp_path / "node.xml"
    path.write_bytes(CELLS)

    assert run(elex.load_configuration(path)).values == 9
    with pytest.raises(ElexError, match="IO_ERROR"):
        run(elex.load_configuration(tmp_path / "none.xml"))


def test_a_file_beyond_the_budget_is_refused(run: Any) -> None:
    elex = run(Elex.open(budget_bytes=1_000_000))

    assert error(run, elex, CELLS).code == "MEMORY_ERROR"
    assert not elex.parts.network.is_loaded
