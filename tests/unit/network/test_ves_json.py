"""Measurements of 3GPP in VES events."""

import copy
import json
from typing import Any

import pytest

from tests.unit.network.loading import measurements, results

RESULTS: list[dict[str, Any]] = [
    {"p": 1, "sValue": "30"},
    {"p": 2, "iValue": 40},
    {"p": 3, "sValue": "0,5"},
    {"p": 4, "isNull": "true"},
]
VALUE: dict[str, Any] = {"measObjInstId": "Cell=1", "suspectFlag": "false", "measResults": RESULTS}
EVENT: dict[str, Any] = {
    "event": {
        "commonEventHeader": {
            "sourceName": "N9",
            "startEpochMicrosec": 1772438400000000,
            "lastEpochMicrosec": 1772439300000000,
        },
        "perf3gppFields": {
            "measDataCollection": {
                "granularityPeriod": 900,
                "measuredEntityDn": "ManagedElement=N1",
                "measInfoList": [
                    {
                        "measTypes": {"sMeasTypesList": ["a", "b", "c", "d"]},
                        "measValuesList": [VALUE],
                    }
                ],
            }
        },
    }
}


def changed(**changes: Any) -> bytes:
    event = copy.deepcopy(EVENT)
    info = event["event"]["perf3gppFields"]["measDataCollection"]["measInfoList"][0]
    info["measValuesList"][0] |= changes
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(EVENT),
        json.dumps([EVENT], indent=1),
        json.dumps({"eventList": [EVENT["event"]]}),
        json.dumps(EVENT) + "\n",
    ],
)
def test_events_are_read_in_all_their_wrappings(data: str) -> None:
    store, report = measurements(data.encode())

    assert store.dns == ["ManagedElement=N1,Cell=1"]
    assert (report.values, report.missing, report.rejected) == (3, 1, [])
    assert (report.periods[0].begin, report.periods[0].seconds) == ("2026-03-02T08:00:00Z", 900)
    assert results(data.encode())["b"] == [40.0]


@pytest.mark.parametrize(
    ("changes", "told", "n_lost"),
    [
        ({"suspectFlag": "ture"}, "neither true nor false", 4),
        ({"measObjInstId": ""}, "names no object", 4),
        ({"measResults": [{"p": 9, "sValue": "1"}]}, "no measType has p='9'", 1),
        ({"measResults": [{"p": 1, "value": "1"}]}, "holds none of", 1),
        ({"measResults": [{"p": 1, "sValue": "up"}]}, "is no number", 1),
        ({"measResults": {"p": 1}}, "a list is expected", 1),
    ],
)
def test_what_cannot_be_taken_is_told(changes: dict[str, Any], told: str, n_lost: int) -> None:
    _, report = measurements(json.dumps(EVENT).encode(), changed(**changes))

    assert sum(each.count for each in report.rejected) == n_lost
    assert told in report.rejected[0].reason


def test_results_that_lie_elsewhere_are_counted() -> None:
    wrong = json.dumps(EVENT).replace("measInfoList", "measInfoLisst").encode()
    _, report = measurements(json.dumps(EVENT).encode(), wrong)

    assert [each.count for each in report.rejected] == [1] * 4


def test_doubtful_values_are_suspect() -> None:
    _, report = measurements(changed(suspectFlag="true"))

    assert report.suspect == 3
