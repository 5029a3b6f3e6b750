"""What is loaded reaches answers: the feature's own values, counters and KPIs, with their files."""

from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.protocol import AnswerSection, QueryResponse
from tests.support import about, bulk_cm, pm_xml

STANDALONE = "FAJ 121 5060"
COUNTERS = ("pmRadioRaCbAttMsg2", "pmRadioRaCbPreambles")
CELL = "GNBDUFunction=1,NRCellDU={}"


def ask(run: Any, elex: Elex, text: str) -> QueryResponse:
    answer: QueryResponse = run(elex.ask(about(text, "ContextAnswer")))
    assert answer.action_taken == "ContextAnswer"
    return answer


def sections(answer: QueryResponse) -> dict[str, AnswerSection]:
    return {section.title: section for section in answer.sections if section.kind == "context"}


def test_loaded_values_stand_in_the_answer_with_their_verdict(run: Any, elex: Elex) -> None:
    cells = [(f"NRCellDU={i}", {"cfraEnabled": "true" if i < 3 else "maybe"}) for i in range(4)]
    run(elex.load_configuration(bulk_cm(cells), "site.xml"))

    answer = ask(run, elex, f"parameters of {STANDALONE}")

    section = sections(answer)["Loaded configuration"]
    assert section.source == "Loaded files: site.xml"
    assert [column.title for column in section.columns] == [
        "Object",
        "Attribute",
        "Value",
        "Range",
        "Verdict",
    ]
    wrong, right = (row.cells for row in section.rows)
    assert wrong[0].endswith("NRCellDU=3")
    assert wrong[1:3] == ["cfraEnabled", "maybe"]
    assert wrong[4] == "out of range"
    assert right[0].endswith("NRCellDU=0 and 2 more")
    assert right[4] == "in range"
    assert "out of range" in answer.content


def test_loaded_counters_and_kpis_stand_in_the_answer(run: Any, elex: Elex) -> None:
    results = {CELL.format(1): ["90", "100"], CELL.format(2): ["10", "300"]}
    file = pm_xml([(COUNTERS, results)], suspect=[CELL.format(2)])
    run(elex.load_measurements(file, "A20250101.xml"))

    found = sections(ask(run, elex, f"counters of {STANDALONE}"))

    counters = {row.cells[0]: row.cells[1:] for row in found["Loaded counters"].rows}
    assert counters["NRCellDU.pmRadioRaCbPreambles"] == [100, "sum", 2, 1]
    assert "A20250101.xml, 2025-01-01T09:00:00Z to" in found["Loaded counters"].source
    kpis = {row.cells[0]: row.cells[1:] for row in found["Loaded KPIs"].rows}
    assert kpis["NR CBRA Msg1 answer rate"][:2] == [pytest.approx(90), "%"]
    value, _, reason = kpis["Random Access Msg1 Success Rate for CFRA"]
    assert value is None
    assert str(reason).startswith("counters missing: ")


def test_a_feature_that_the_files_do_not_touch_says_so(run: Any, elex: Elex) -> None:
    run(elex.load_configuration(bulk_cm([("Lane=1", {"speed": "1"})]), "site.xml"))

    section = sections(ask(run, elex, "what is FAJ 121 3094?"))["Loaded configuration"]

    assert section.text.startswith("None of this feature's")
    assert section.rows == []


def test_an_agent_learns_apart_what_works_with_loaded_data(run: Any, elex: Elex) -> None:
    before = run(elex.ask(about("what is FAJ 121 3094?", query_id="before")))
    run(elex.load_configuration(bulk_cm([("Lane=1", {"speed": "1"})])))
    after = run(elex.ask(about("what is FAJ 121 3094?", query_id="after")))
    states = [elex.parts.session.unrated.find(q).state for q in ("before", "after")]

    assert before.faj_code == after.faj_code
    assert [state.rpartition("|")[2] for state in states] == ["none", "network"]


def test_a_file_of_the_same_name_replaces_the_older(run: Any, elex: Elex) -> None:
    for value in ("true", "false"):
        run(elex.load_configuration(bulk_cm([("NRCellDU=1", {"cfraEnabled": value})]), "site.xml"))

    rows = sections(ask(run, elex, STANDALONE))["Loaded configuration"].rows

    assert [row.cells[2] for row in rows] == ["false"]


def test_loaded_data_counts_as_memory_and_can_be_forgotten(run: Any, elex: Elex) -> None:
    empty = run(elex.memory_stats()).used_bytes
    run(elex.load_configuration(bulk_cm([("NRCellDU=1", {"cfraEnabled": "true"})])))
    loaded = run(elex.memory_stats()).used_bytes

    run(elex.forget_network())

    assert loaded > empty
    assert run(elex.memory_stats()).used_bytes == empty
    assert run(elex.kpis()) == []
