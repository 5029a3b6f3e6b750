"""Every request gets a reply: a result, or an error with what to do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from elex_browser import runtime
from elex_browser.network.source import Source
from tests.support import bulk_cm


class Wire:
    """Speaks to the runtime as the worker does."""

    def __init__(self, run: Any) -> None:
        self._run = run

    def start(self, **options: Any) -> dict[str, Any]:
        return self._decoded(self._run(runtime.start(json.dumps(options))))

    def send(self, text: str) -> dict[str, Any]:
        return self._decoded(self._run(runtime.handle(text)))

    def call(self, method: str, **params: Any) -> Any:
        reply = self.send(json.dumps({"id": 1, "method": method, "params": params}))
        assert "error" not in reply, reply["error"]
        return reply["result"]

    def error(self, method: str, **params: Any) -> dict[str, str]:
        reply = self.send(json.dumps({"id": 1, "method": method, "params": params}))
        assert "result" not in reply
        error: dict[str, str] = reply["error"]
        assert error["problem"]
        assert error["fix"]
        return error

    @staticmethod
    def _decoded(text: str) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads(text)
        return reply


@pytest.fixture(autouse=True)
def work_ends_with_the_test(run: Any) -> Iterator[None]:
    """Inside Pyodide the loop goes on, and the work for quiet moments would slow down other tests."""
    yield
    if runtime.worker.warming is not None:
        runtime.worker.warming.cancel()


@pytest.fixture
def wire(run: Any) -> Wire:
    opened = Wire(run)
    assert opened.start(seed=1, storage="memory")["result"]["agents"] == 593
    return opened


def test_answer_and_rating_travel_as_text(wire: Wire) -> None:
    answer = wire.call("ask", query="What is FAJ 121 3094?")
    assert answer["fajCode"] == "FAJ 121 3094"
    assert answer["agentId"] == "faj-121-3094"

    update = wire.call("feedback", queryId=answer["queryId"], feedback={"rating": 0.5})
    assert update["visits"] == 1
    assert update["action"] == answer["actionTaken"]

    entries = wire.call("agent.learningState", agentId="faj-121-3094")["value"]["entries"]
    assert [(entry["state"], entry["visits"]) for entry in entries] == [(update["state"], 1)]


def test_reply_carries_the_changes_of_status_once(wire: Wire) -> None:
    request = json.dumps({"id": 5, "method": "agent", "params": {"fajCode": "121 3094"}})
    first, second = wire.send(request), wire.send(request)

    (event,) = first["events"]
    assert (event["before"], event["after"]) == ("Initializing", "ColdStart")
    assert event["fajCode"] == "FAJ 121 3094"
    assert "events" not in second


def test_every_agent_method_sends_the_properties_along(wire: Wire) -> None:
    reply = wire.call("agent.getStats", agentId="faj-121-3094")

    assert len(reply["value"]) == 15
    assert reply["snapshot"]["status"] == "ColdStart"
    assert reply["snapshot"]["isReady"] is True


def test_table_travels_as_base64_and_comes_back(wire: Wire) -> None:
    step = {"reward": 1.0, "state": "night", "action": "DirectAnswer"}
    wire.call("agent.updateLearning", agentId="faj-121-3094", feedback=step)
    exported = wire.call("agent.exportQTable", agentId="faj-121-3094")["value"]
    wire.call("agent.importQTable", agentId="faj-121-0484", data=exported)

    stats = wire.call("agent.getQTableStats", agentId="faj-121-0484")["value"]
    assert (stats["entriesCount"], stats["totalUpdates"]) == (1, 1)


def test_lone_agents_may_share_an_id(wire: Wire) -> None:
    config = {
        "id": "one",
        "fajCode": "FAJ 121 1",
        "category": "",
        "parameters": [],
        "counters": [],
        "kpis": [],
    }
    first = wire.call("edge.create", config=config)
    second = wire.call("edge.create", config=config)
    assert first["value"] != second["value"]
    assert first["snapshot"]["id"] == second["snapshot"]["id"] == "one"
    assert first["snapshot"]["status"] == "Initializing"

    wire.call("agent.initialize", agentId=first["value"])
    assert wire.call("agent.snapshot", agentId=first["value"])["snapshot"]["isReady"] is True
    assert wire.call("agent.snapshot", agentId=second["value"])["snapshot"]["isReady"] is False

    wire.call("edge.forget", agentId=first["value"])
    assert wire.error("agent.snapshot", agentId=first["value"])["code"] == "NOT_FOUND"


def test_lone_agents_tell_of_their_changes_too(wire: Wire) -> None:
    config: dict[str, Any] = {key: [] for key in ("parameters", "counters", "kpis")}
    made = wire.call(
        "edge.create", config={"id": "one", "fajCode": "FAJ 1", "category": "", **config}
    )
    request = {"id": 1, "method": "agent.initialize", "params": {"agentId": made["value"]}}

    (event,) = wire.send(json.dumps(request))["events"]

    assert (event["agentId"], event["fajCode"], event["after"]) == ("one", "FAJ 1", "ColdStart")


def test_graph_is_walked_by_codes_in_any_spelling(wire: Wire) -> None:
    steps = wire.call("activationPlan", fajCodes=["3084"])
    names = [step["name"] for step in steps["order"]]
    assert names[0] == "Carrier Aggregation"
    assert names[-1] == "3CC DL Carrier Aggregation Extension"
    assert all(step["hasAgent"] for step in steps["order"])
    assert steps["choices"] == []

    found = wire.call("conflicts", fajCodes=["FAJ1212051", "121 0801"])
    (pair,) = found["among"]
    assert {pair["fajCode"], *pair["conflictsWith"]} == {"FAJ 121 2051", "FAJ 121 0801"}
    assert all(
        set(other["conflictsWith"]) <= {"FAJ 121 2051", "FAJ 121 0801"} for other in found["others"]
    )
    assert len(found["others"]) == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "VALIDATION_ERROR"),
        ("{", "VALIDATION_ERROR"),
        ("[]", "VALIDATION_ERROR"),
        ('{"id":1}', "VALIDATION_ERROR"),
        ('{"id":1.5,"method":"ask"}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"ask","extra":1}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"nonsense"}', "NOT_FOUND"),
        ('{"id":1,"method":"ask","params":[]}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"ask","params":{}}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"ask","params":{"query":1}}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"ask","params":{"query":"x","y":1}}', "VALIDATION_ERROR"),
        ('{"id":1,"method":"ask","params":' + "[" * 10_000, "VALIDATION_ERROR"),
        (
            '{"id":1,"method":"ask","params":{"query":{"content":"a","x":' + "{" * 99,
            "VALIDATION_ERROR",
        ),
        ('{"id":1,"method":"\ud800"}', "VALIDATION_ERROR"),
    ],
)
def test_malformed_request_is_a_defined_error(wire: Wire, text: str, code: str) -> None:
    reply = wire.send(text)

    assert reply["error"]["code"] == code
    assert reply["error"]["fix"]


def test_brackets_in_a_question_are_no_nesting(wire: Wire) -> None:
    answer = wire.call("ask", query='counters of "FAJ 121 3094" ' + "[{" * 100)

    assert answer["fajCode"] == "FAJ 121 3094"


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("ask", {"query": ""}, "VALIDATION_ERROR"),
        ("ask", {"query": " \n"}, "VALIDATION_ERROR"),
        ("ask", {"query": "cell " * 20_000}, "VALIDATION_ERROR"),
        ("ask", {"query": {"content": "x", "availableActions": []}}, "VALIDATION_ERROR"),
        ("ask", {"query": {"content": "x", "availableActions": ["Guess"]}}, "VALIDATION_ERROR"),
        ("ask", {"query": {"content": "x", "state": "s" * 1025}}, "VALIDATION_ERROR"),
        ("ask", {"query": {"content": "x", "queryId": ""}}, "VALIDATION_ERROR"),
        ("ask", {"query": "FAJ 121 9999"}, "NOT_FOUND"),
        ("ask", {"query": "the of and"}, "NOT_FOUND"),
        ("route", {"text": "sleep", "k": 0}, "VALIDATION_ERROR"),
        ("agent", {"fajCode": "FAJ 121 9999"}, "NOT_FOUND"),
        ("agent", {"fajCode": "what"}, "VALIDATION_ERROR"),
        ("agent.getStats", {"agentId": "nobody"}, "NOT_FOUND"),
        ("feedback", {"queryId": "q", "feedback": {"rating": 1}}, "NOT_FOUND"),
        ("agents", {"filter": {"status": "Sleeping"}}, "VALIDATION_ERROR"),
        ("activationPlan", {"fajCodes": []}, "VALIDATION_ERROR"),
        ("activationPlan", {"fajCodes": ["3094", "FAJ 121 9999"]}, "NOT_FOUND"),
        ("conflicts", {"fajCodes": ["sleep"]}, "VALIDATION_ERROR"),
        ("agent.importQTable", {"agentId": "faj-121-3094", "data": "AAAA"}, "SERIALIZATION_ERROR"),
        ("agent.importQTable", {"agentId": "faj-121-3094", "data": "%%"}, "VALIDATION_ERROR"),
        (
            "agent.updateLearning",
            {
                "agentId": "faj-121-3094",
                "feedback": {"reward": None, "state": "s", "action": "DirectAnswer"},
            },
            "VALIDATION_ERROR",
        ),
    ],
)
def test_bad_input_is_a_defined_error(
    wire: Wire, method: str, params: dict[str, Any], code: str
) -> None:
    assert wire.error(method, **params)["code"] == code


def test_rating_outside_its_range_keeps_the_answer_ratable(wire: Wire) -> None:
    answer = wire.call("ask", query="What is FAJ 121 3094?")
    for rating in (1.5, -2):
        error = wire.error("feedback", queryId=answer["queryId"], feedback={"rating": rating})
        assert error["code"] == "VALIDATION_ERROR"

    assert wire.call("feedback", queryId=answer["queryId"], feedback={"rating": 1})["visits"] == 1


def test_unexpected_exception_is_named(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    from elex_browser.asking.finder import Finder

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Finder, "candidates", broken)
    error = wire.error("route", text="sleep")

    assert error["code"] == "QUERY_FAILED"
    assert "ZeroDivisionError: oh" in error["problem"]


def test_closed_instance_says_so(wire: Wire) -> None:
    wire.call("close")
    wire.call("close")

    assert wire.error("ask", query="What is FAJ 121 3094?")["code"] == "QUERY_FAILED"


def test_start_tells_its_progress(run: Any) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(phase: str, done: int, total: int) -> None:
        told.append((phase, done, total))

    reply = json.loads(run(runtime.start('{"storage":"memory"}', progress)))
    assert reply["result"]["protocolVersion"] == 1
    assert told[-1] == ("ready", 3, 3)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ('{"storage":"tape"}', "VALIDATION_ERROR"),
        ("{", "VALIDATION_ERROR"),
        ("[" * 999, "VALIDATION_ERROR"),
        ('{"budgetBytes":-1}', "INVALID_CONFIG"),
    ],
)
def test_odd_options_are_refused(run: Any, options: str, code: str) -> None:
    assert json.loads(run(runtime.start(options)))["error"]["code"] == code


def test_files_go_beside_the_text(wire: Wire, run: Any) -> None:
    file = bulk_cm([("NRCellDU=1", {"cfraEnabled": "maybe"})])
    request = json.dumps({"id": 1, "method": "loadConfiguration", "params": {"name": "n.xml"}})
    steps: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    reply = json.loads(run(runtime.load(request, [Source.of(file)], watch)))

    assert reply["result"]["invalid"] == 1
    assert reply["result"]["findings"][0]["moClass"] == "NRCellDU"
    assert steps[-1] == (len(file), len(file))
    assert wire.call("kpis", options={"scope": "cell"}) == []
    assert wire.call("forgetNetwork") is None


def test_a_load_without_a_file_is_an_error(wire: Wire) -> None:
    assert wire.error("loadMeasurements")["code"] == "VALIDATION_ERROR"
