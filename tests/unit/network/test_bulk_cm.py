"""Bulk CM XML: what is planned is no finding, other vendors are named, and names say who an object is."""

import pytest

from elex_browser.network.readers.configurations.bulk_cm import BulkCmReader
from tests.support import bulk_cm
from tests.unit.network.loading import configuration, refusal, values

NODE = "SubNetwork=R,MeContext=N1,ManagedElement=N1"
THRESHOLD = ("EUtranFreqRelation=1", {"lbActivationThreshold": "20000"})
ONE = bulk_cm([THRESHOLD])


@pytest.mark.parametrize("modifier", ["delete", "update", "create"])
def test_planned_changes_are_told_and_not_judged_as_present(modifier: str) -> None:
    loaded, report = configuration(
        ONE.replace(
            b'<xn:VsDataContainer id="1"',
            f'<xn:VsDataContainer id="1" modifier="{modifier}"'.encode(),
        )
    )

    assert (report.findings, report.values, loaded.n_values) == ([], 1, 0)
    assert report.planned
    (change,) = report.planned.changes
    assert change.object == f"{NODE},EUtranFreqRelation=1"
    assert (change.attribute, change.value) == ("lbActivationThreshold", "20000")
    if modifier == "delete":
        assert (change.operation, change.problem, report.planned.deletes) == ("delete", None, 1)
    else:
        assert change.operation == ("set" if modifier == "update" else "create")
        assert "0 to 16000" in str(change.problem)
        assert report.planned.invalid == 1


def test_what_lies_below_a_deleted_object_is_deleted_with_it() -> None:
    inner = (
        b'<xn:VsDataContainer id="2" modifier="update"><xn:attributes><xn:vsDataType>vsDataLane'
        b"</xn:vsDataType><a>1</a></xn:attributes></xn:VsDataContainer>"
    )
    outer = ONE.replace(
        b'<xn:VsDataContainer id="1"', b'<xn:VsDataContainer id="1" modifier="delete"'
    )
    _, report = configuration(
        outer.replace(b"</xn:VsDataContainer>", inner + b"</xn:VsDataContainer>")
    )

    assert report.planned
    assert [change.operation for change in report.planned.changes] == ["delete", "delete"]


@pytest.mark.parametrize("given", ["ZTE", "Huawei Technologies"])
def test_another_vendor_is_named_and_not_judged(given: str) -> None:
    file = ONE.replace(b'vendorName="Ericsson"', f'vendorName="{given}"'.encode())
    _, report = configuration(
        file.replace(b"EricssonSpecificAttributes<", b"OtherSpecificAttributes<")
    )

    assert (report.vendor, report.checked, report.unknown, report.findings) == (given, 0, 1, [])
    assert given in report.notes[0]


def test_the_format_of_the_data_says_more_than_the_header() -> None:
    _, report = configuration(ONE.replace(b'vendorName="Ericsson"', b'vendorName="Company NN"'))

    assert (report.vendor, report.invalid, report.notes) == ("Company NN", 1, [])


@pytest.mark.parametrize(
    ("prefix", "begin"),
    [
        ("DC=x.org", "DC=x.org,SubNetwork=R"),
        ("DC=x.org,SubNetwork=R", "DC=x.org,SubNetwork=R"),
        ("Undefined", "SubNetwork=R"),
    ],
)
def test_a_prefix_comes_before_all_names_once(prefix: str, begin: str) -> None:
    found = values(ONE.replace(b'dnPrefix="Undefined"', f'dnPrefix="{prefix}"'.encode()))

    assert list(found) == [f"{begin},MeContext=N1,ManagedElement=N1,EUtranFreqRelation=1"]


def test_a_name_that_would_break_a_command_is_refused() -> None:
    _, report = configuration(
        bulk_cm([("Lane=1", {"a": "1"}), THRESHOLD]).replace(
            b'id="1"><xn:attributes><xn:vsDataType>vsDataEU',
            b'id="1&#10;cmedit delete *"><xn:attributes><xn:vsDataType>vsDataEU',
        )
    )

    assert (report.values, report.findings) == (1, [])
    assert "control characters" in report.rejected[0].reason


def test_a_name_with_quotes_gets_no_command_and_says_so() -> None:
    _, report = configuration(ONE.replace(b'ManagedElement id="N1"', b"ManagedElement id='N\"1'"))

    assert report.findings[0].fix.kind == "none"
    assert "quotes" in report.findings[0].fix.reason


def test_text_that_belongs_to_nothing_is_told() -> None:
    file = ONE.replace(b"<xn:MeContext", b"stray<xn:MeContext").replace(
        b"</xn:ManagedElement>", b"<userLabel>lost</userLabel></xn:ManagedElement>"
    )
    _, report = configuration(file)

    assert [each.reason for each in report.rejected] == [
        "the text 'stray' belongs to no element",
        "<userLabel> is not known here but holds text",
    ]


def test_the_object_that_a_file_breaks_off_in_keeps_its_whole_values() -> None:
    file = bulk_cm([("Lane=1", {"a": "1", "b": "2"})])

    found = values(file[: file.index(b"<es:b>")])

    assert found == {f"{NODE},Lane=1": {"a": "1"}}


def test_other_exports_of_the_same_root_are_refused() -> None:
    refused = refusal(
        "<bulkCmConfigDataFile><configData><class name='x'/></configData></bulkCmConfigDataFile>"
    )

    assert "Huawei" in refused.problem


def test_a_standard_object_and_its_container_are_one() -> None:
    container = (
        '<xn:VsDataContainer id="N1"><xn:attributes><xn:vsDataType>vsDataManagedElement</xn:vsDataType>'
        "<es:vsDataManagedElement><es:b>2</es:b></es:vsDataManagedElement></xn:attributes></xn:VsDataContainer>"
    )
    text = bulk_cm([]).decode().replace(
        '<xn:ManagedElement id="N1">',
        f'<xn:ManagedElement id="N1"><xn:attributes><a>1</a></xn:attributes>{container}',
    )  # fmt: skip

    assert values(text) == {NODE: {"a": "1", "b": "2"}}
    assert BulkCmReader.doctypes == ()
