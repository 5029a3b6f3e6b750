"""Stand-alone agents of the SDK: made from a configuration, without the catalogue."""

from typing import Any

import pytest
from playwright.sync_api import Page

CONFIG = """({
  id: "night-agent", fajCode: "FAJ 121 3094", category: "Energy",
  parameters: [
    { name: "sleepMode", valueType: "int32", rangeMin: 0, rangeMax: 3, currentValue: 1 },
    { name: "switchDownRrcConnThreshold", valueType: "int32", rangeMin: 0, rangeMax: 1000 },
  ],
  counters: [
    { name: "pmMimoSleepTime", category: "energy", currentValue: 900 },
    { name: "pmMimoSleepOppTime", category: "energy", currentValue: 1200 },
  ],
  kpis: [{ name: "Sleep share", formula: "100 * pmMimoSleepTime / pmMimoSleepOppTime", threshold: 50 }],
})"""
# Runs a body with `agent` and hands its errors back as plain fields.
WITH_AGENT = """async (value) => {{
  const agent = new sdk.EdgeAgent({config});
  try {{
    {body}
  }} catch ({{ name, code, problem, fix }}) {{
    return {{ name, code, problem, fix }};
  }}
}}"""


def with_agent(page: Page, body: str, value: object = None) -> Any:
    """Run JavaScript with a fresh stand-alone agent."""
    return page.evaluate(WITH_AGENT.format(config=CONFIG, body=body), value)


def test_a_stand_alone_agent_becomes_ready_and_answers(lab: Page) -> None:
    before, told, after, answer = with_agent(
        lab,
        """const before = [agent.isReady, agent.status];
        const told = await agent.initialize();
        const answer = await agent.processQuery({
          content: "What is the range of sleepMode?", availableActions: ["DirectAnswer"] });
        return [before, told, [agent.isReady, agent.id, agent.fajCode], answer];""",
    )
    assert before == [False, "Initializing"]
    assert told == "initialized"
    assert after == [True, "night-agent", "FAJ 121 3094"]
    assert "0 to 3" in answer["content"]
    assert answer["actionTaken"] == "DirectAnswer"
    assert 0 <= answer["confidence"] <= 1


def test_values_are_judged_and_come_back_as_they_were_given(lab: Page) -> None:
    results = with_agent(
        lab,
        """await agent.initialize();
        const values = [1, 3, 3.5, -1, NaN, Infinity, "two", null];
        const parameters = values.map((value) => ({ name: "p", value, min: 0, max: 3 }));
        const judged = await agent.validateParameters(parameters);
        const row = ({ valid, value, reason }, i) => [valid, Object.is(value, values[i]), !!reason];
        return judged.map(row);""",
    )
    assert results == [
        [True, True, False],
        [True, True, False],
        *[[False, True, True]] * 6,
    ]


def test_batches_of_values_keep_their_order(lab: Page) -> None:
    results = with_agent(
        lab,
        """await agent.initialize();
        const row = (...values) => values.map((value, i) => ({ name: `p${i}`, value, min: 0, max: 10 }));
        const judged = await agent.validateBatch([row(1, 11), [], row(-1)]);
        return judged.map((results) => results.map(({ parameter, valid }) => [parameter, valid]));""",
    )
    assert results == [[["p0", True], ["p1", False]], [], [["p0", False]]]


def test_kpis_are_computed_from_the_counters(lab: Page) -> None:
    kpis, pass_over = with_agent(
        lab,
        """await agent.initialize();
        return [await agent.getKPIData(), await agent.monitorKPIs()];""",
    )
    assert [(kpi["name"], kpi["value"]) for kpi in kpis] == [("Sleep share", 75.0)]
    assert pass_over["totalEvents"] == 2100
    assert pass_over["peakValue"] == 1200


def test_learning_from_outside_moves_the_table_and_travels(lab: Page) -> None:
    stats, copied, magic = with_agent(
        lab,
        """await agent.initialize();
        await agent.updateLearning({ reward: 1, state: "night", action: "DirectAnswer" });
        const bytes = await agent.exportQTable();
        const other = new sdk.EdgeAgent({ ...CONFIG, id: "other" });
        await other.initialize();
        await other.importQTable(bytes);
        const stats = [await agent.getQTableStats(), await other.getQTableStats()];
        return [...stats, bytes instanceof Uint8Array];""".replace("CONFIG", CONFIG),
    )
    assert magic is True
    assert stats["totalUpdates"] == 1
    assert stats["entriesCount"] >= 1
    assert copied["entriesCount"] == stats["entriesCount"]
    assert copied["maxQValue"] == stats["maxQValue"]


def test_a_damaged_table_is_refused_and_changes_nothing(lab: Page) -> None:
    error, updates = with_agent(
        lab,
        """await agent.initialize();
        await agent.updateLearning({ reward: 1, state: "night", action: "DirectAnswer" });
        const bytes = await agent.exportQTable();
        bytes[bytes.length - 1] ^= 255;
        const cut = bytes.slice(0, bytes.length - 3);
        const error = await agent.importQTable(cut).catch(plain);
        return [error, (await agent.getQTableStats()).totalUpdates];""",
    )
    assert error["code"] == "SERIALIZATION_ERROR"
    assert error["problem"]
    assert error["fix"]
    assert updates == 1


def test_the_figures_of_an_agent_are_all_there(lab: Page) -> None:
    stats, memory = with_agent(
        lab,
        "await agent.initialize(); return [await agent.getStats(), await agent.estimateMemory()];",
    )
    assert len(stats) == 15
    assert stats["parameterCount"] == 2
    assert stats["counterCount"] == 2
    assert stats["kpiCount"] == 1
    assert memory > 0


def test_an_agent_that_was_shut_down_refuses_questions(lab: Page) -> None:
    error = with_agent(
        lab,
        """await agent.initialize();
        await agent.shutdown();
        if (agent.status !== "Offline") return agent.status;
        return agent.processQuery({ content: "still there?" }).catch(({ code }) => code);""",
    )
    assert error == "QUERY_FAILED"


@pytest.mark.parametrize("config", ["undefined", "{}", "{ id: 'a' }"])
def test_a_configuration_without_identity_is_refused(lab: Page, config: str) -> None:
    code = lab.evaluate(
        f"() => {{ try {{ new sdk.EdgeAgent({config}); }} catch (e) {{ return e.code; }} }}"
    )
    assert code == "INVALID_CONFIG"
