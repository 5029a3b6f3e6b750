"""Trees of YANG models, as NETCONF XML and as JSON (RFC 7951)."""

import json

import pytest

from tests.unit.network.loading import configuration, refusal, values

CELL = "ManagedElement=1,GNBDUFunction=2,NRCellDU=3"
STANDARD = """<ManagedElement xmlns="urn:m"> <id>ManagedElement=1</id>
 <attributes><priorityLabel>20</priorityLabel></attributes>
 <GNBDUFunction xmlns="urn:d"><id>ManagedElement=1,GNBDUFunction=2</id>
  <NRCellDU xmlns="urn:c"><attributes><pLMN><mcc>001</mcc></pLMN><nRPCI>5</nRPCI><b>1</b><b>2</b></attributes>
   <id>3</id></NRCellDU></GNBDUFunction></ManagedElement>"""
NAMED = """<rpc-reply><data><ManagedElement><managedElementId>1</managedElementId><userLabel>x</userLabel>
<GNBDUFunction><gNBDUFunctionId>2</gNBDUFunctionId><NRCellDU><nRCellDUId>3</nRCellDUId><nRPCI>5</nRPCI>
</NRCellDU></GNBDUFunction></ManagedElement></data></rpc-reply>"""


def test_both_ways_to_name_objects_are_read() -> None:
    assert values(STANDARD) == {
        "ManagedElement=1": {"priorityLabel": "20"},
        CELL: {"pLMN.mcc": "001", "nRPCI": "5", "b": "1, 2"},
    }
    assert values(NAMED) == {"ManagedElement=1": {"userLabel": "x"}, CELL: {"nRPCI": "5"}}
    assert configuration(STANDARD)[1].format == "netconf"


def test_a_fragment_keeps_the_names_above_it() -> None:
    name = "SubNetwork=R,ManagedElement=1,NRCellDU=3"

    assert values(f'<NRCellDU xmlns="urn:c"><id>{name}</id><a>1</a></NRCellDU>') == {
        name: {"a": "1"}
    }


def test_what_has_no_object_is_rejected() -> None:
    xml = (
        "<rpc-reply><ok>yes</ok><data><ManagedElement><a>1</a><Cell><id>1</id><b>2</b></Cell>"
        "</ManagedElement><ManagedElement><id>2</id><c>3</c></ManagedElement></data></rpc-reply>"
    )
    _, report = configuration(xml)

    assert (report.values, [each.reason for each in report.rejected]) == (
        1,
        [
            "<ok> holds text that belongs to no object",
            "ManagedElement.a belongs to a ManagedElement without id",
            "Cell.b belongs to a ManagedElement without id",
        ],
    )


@pytest.mark.parametrize(
    ("operation", "planned"), [("remove", "delete"), ("merge", "set"), ("create", "create")]
)
def test_an_edit_is_a_plan(operation: str, planned: str) -> None:
    cell = f'<Cell nc:operation="{operation}"><id>1</id><nRPCI>5000</nRPCI></Cell>'
    _, report = configuration(f'<config xmlns:nc="n">{cell}</config>')

    assert report.planned
    assert [change.operation for change in report.planned.changes] == [planned]
    assert report.findings == []


def test_a_tree_that_breaks_off_keeps_what_is_complete() -> None:
    assert values(NAMED[: NAMED.index("</nRPCI>")]) == {"ManagedElement=1": {"userLabel": "x"}}


JSON = {
    "_3gpp:ManagedElement": [
        {
            "id": "1",
            "attributes": {"priorityLabel": 20, "big": "12345678901234567890"},
            "du:GNBDUFunction": [
                {
                    "du:NRCellDU": [
                        {
                            "attributes": {
                                "pLMN": [{"mcc": "001"}],
                                "nRPCI": 5,
                                "b": [1, 2],
                                "on": True,
                            },
                            "empty": [None],
                            "id": "3",
                        }
                    ],
                    "id": "2",
                }
            ],
        }
    ]
}


def test_json_gives_the_same_objects() -> None:
    text = json.dumps(JSON, indent=1)

    assert values(text) == {
        "ManagedElement=1": {"priorityLabel": "20", "big": "12345678901234567890"},
        CELL: {"pLMN.mcc": "001", "nRPCI": "5", "b": "1, 2", "on": "true", "empty": ""},
    }
    assert configuration(text)[1].format == "yang-json"


def test_documents_may_follow_each_other() -> None:
    lines = "\n".join(json.dumps({"m:ManagedElement": [{"id": n, "a": 1}]}) for n in "12")

    assert list(values(lines)) == ["ManagedElement=1", "ManagedElement=2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"A":[{"id":"1","x":' + "[" * 100 + "]" * 100 + "}]}", "deeper"),
        ('{"A":[{"id":"1","x":1}', "no JSON"),
        ('{"A":[{"id":"1","x":1,"x":2}]}', "twice"),
        ('{"a": 1}', "JSON of a kind that is not known"),
    ],
)
def test_json_that_cannot_be_read_is_refused(text: str, told: str) -> None:
    assert told in refusal(text).problem


def test_json_values_without_an_object_are_rejected() -> None:
    _, report = configuration('{"A":[{"id":"1","x":1}],"b":{"c":2},"D":[{"e":3}]}')

    assert (report.values, len(report.rejected)) == (1, 2)
