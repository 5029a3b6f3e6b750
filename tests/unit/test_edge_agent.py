"""An agent that stands alone: constructed from a config, it needs no catalogue."""

import inspect
import math
from typing import Any

import pytest

from elex_browser import EdgeAgent, EdgeBatch
from elex_browser.protocol import (
    AgentConfig,
    CounterConfig,
    FeedbackData,
    KpiConfig,
    ParameterConfig,
    Query,
    ValidationParam,
)
from tests.support import refused


def config(**changes: Any) -> AgentConfig:
    values: dict[str, Any] = {
        "id": "agent-1",
        "faj_code": "FAJ 121 3094",
        "category": "Energy",
        "parameters": [],
        "counters": [],
        "kpis": [],
    }
    return AgentConfig(**{**values, **changes})


METHODS = """initialize shutdown process_query process_query_async validate_parameters validate_batch
    monitor_kpis get_kpi_data update_learning export_q_table import_q_table get_q_table_stats get_stats
    estimate_memory"""
PROPERTIES = "is_ready status id faj_code confidence interaction_count"

FULL = config(
    parameters=[
        ParameterConfig(name="sleepTime", value_type="int32", range_min=0, range_max=60),
        ParameterConfig(name="mode", value_type="enum", current_value=2),
    ],
    counters=[
        CounterConfig(name="pmAtt", category="access", current_value=200),
        CounterConfig(name="pmSucc", category="access", current_value=150),
        CounterConfig(name="pmDrop", category="drop", current_value=4),
    ],
    kpis=[
        KpiConfig(name="Failures", formula="100 * (pmAtt - pmSucc) / pmAtt", threshold=20),
        KpiConfig(name="Drops", formula="pmDrop", threshold=10),
        KpiConfig(name="Unknown", formula="pmOther / 2", threshold=1),
    ],
)


def test_agent_with_empty_lists_works_end_to_end(run: Any) -> None:
    agent = EdgeAgent(config())
    assert agent.status == "Initializing"
    assert not agent.is_ready

    assert run(agent.initialize()) == "initialized"
    assert agent.is_ready
    assert agent.status == "ColdStart"

    answer = run(agent.process_query(Query(content="How are you doing?", query_id="q1")))
    assert answer.query_id == "q1"
    assert answer.agent_id == "agent-1"
    assert answer.faj_code == "FAJ 121 3094"
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.latency_ms >= 0.0
    assert agent.interaction_count == 1

    (verdict,) = run(agent.validate_parameters([ValidationParam(name="p", value=5, min=0, max=10)]))
    assert verdict.valid

    total = run(agent.monitor_kpis())
    assert (total.total_events, total.weighted_score, total.peak_value, total.alerts) == (
        0,
        0,
        0,
        0,
    )
    assert run(agent.get_kpi_data()) == []


def test_agent_has_every_method_and_property_of_the_interface() -> None:
    for name in METHODS.split():
        assert inspect.iscoroutinefunction(getattr(EdgeAgent, name)), name
    for name in PROPERTIES.split():
        assert isinstance(getattr(EdgeAgent, name), property), name
    for name in ("similarity_search", "batch_q_update"):
        assert inspect.iscoroutinefunction(getattr(EdgeBatch, name)), name


def test_question_before_initialize_and_after_shutdown_is_refused(run: Any) -> None:
    agent = EdgeAgent(config())
    for _ in range(2):
        with refused("QUERY_FAILED"):
            run(agent.process_query("anything"))
        run(agent.initialize())
        run(agent.process_query("anything"))
        run(agent.shutdown())
        run(agent.shutdown())
        assert agent.status == "Offline"


def test_agent_answers_from_its_config(run: Any) -> None:
    agent = EdgeAgent(FULL)
    run(agent.initialize())
    question = Query(content="what is the range of sleepTime?", available_actions=["DirectAnswer"])

    answer = run(agent.process_query(question))

    assert "0 to 60" in answer.content
    assert [section.kind for section in answer.sections] == [
        "what",
        "parameters",
        "counters",
        "kpis",
    ]
    assert answer.confidence > run(agent.process_query("unrelated words")).confidence


@pytest.mark.parametrize(
    "action", ["DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate"]
)
def test_allowed_action_is_the_one_taken(run: Any, action: Any) -> None:
    agent = EdgeAgent(FULL, seed=3)
    run(agent.initialize())

    answer = run(agent.process_query(Query(content="about drops", available_actions=[action])))

    assert answer.action_taken == action
    assert answer.content


def test_context_answer_uses_the_values_of_the_config(run: Any) -> None:
    set_now = ParameterConfig(name="hysteresis", value_type="", range_max=5, current_value=9)
    agent = EdgeAgent(
        config(parameters=[*FULL.parameters, set_now], counters=FULL.counters, kpis=FULL.kpis)
    )
    run(agent.initialize())
    question = Query(content="is hysteresis all right?", available_actions=["ContextAnswer"])

    answer = run(agent.process_query(question))

    values = answer.sections[0]
    assert values.kind == "context"
    assert answer.content.startswith("hysteresis is 9 (above its range).")
    rows = {row.cells[0]: row.cells[1:] for row in values.rows}
    assert next(iter(rows)) == "hysteresis"
    assert rows["mode"] == [2, None, "no range to judge by"]
    assert rows["pmAtt"] == [200, None, "counter of access"]
    assert rows["Failures"] == [25, "threshold 20", "above its threshold"]
    assert rows["Drops"] == [4, "threshold 10", "within its threshold"]
    assert rows["Unknown"][0] is None
    assert "sleepTime" not in rows  # it has a range and no value


def test_agent_without_values_says_so(run: Any) -> None:
    agent = EdgeAgent(config(parameters=[FULL.parameters[0]]))
    run(agent.initialize())
    question = Query(content="and now?", available_actions=["ContextAnswer"])

    answer = run(agent.process_query(question))

    assert answer.content.startswith("No configuration or measurements are loaded")
    assert [part.kind for part in answer.sections if part.kind == "context"] == []


def test_agent_tells_of_every_change_of_status(run: Any) -> None:
    heard: list[tuple[str, str, str]] = []
    agent = EdgeAgent(
        config(),
        on_change=lambda change: heard.append((change.before, change.trigger, change.after)),
    )
    run(agent.initialize())
    run(agent.shutdown())

    assert heard == [
        ("Initializing", "knowledge_loaded", "ColdStart"),
        ("ColdStart", "shutdown", "Offline"),
    ]


def test_values_get_verdicts_with_reasons_never_exceptions(run: Any) -> None:
    agent = EdgeAgent(config())
    values: list[Any] = [5, 0, 10, -1, 11, math.nan, math.inf, "five", "NaN", None, True, 10**400]
    params = [ValidationParam(name=f"p{i}", value=v, min=0, max=10) for i, v in enumerate(values)]

    results = run(agent.validate_parameters(params))

    assert [result.valid for result in results] == [True] * 3 + [False] * 9
    assert all(result.reason for result in results if not result.valid)
    assert [result.parameter for result in results] == [param.name for param in params]


@pytest.mark.parametrize(
    ("low", "high", "valid"),
    [
        (10, 0, False),
        (math.nan, 10, False),
        (None, 10, False),
        ("-Infinity", "Infinity", True),
        (-math.inf, math.inf, True),
        (5, 5, True),
    ],
)
def test_odd_ranges_are_judged_too(run: Any, low: Any, high: Any, valid: bool) -> None:
    agent = EdgeAgent(config())

    (result,) = run(
        agent.validate_parameters([ValidationParam(name="p", value=5, min=low, max=high)])
    )

    assert result.valid is valid
    assert (result.reason is None) is valid


def test_batch_keeps_its_shape(run: Any) -> None:
    agent = EdgeAgent(config())
    good = ValidationParam(name="a", value=1, min=0, max=2)
    bad = ValidationParam(name="b", value=3, min=0, max=2)

    results = run(agent.validate_batch([[good, bad], [], [bad]]))

    assert [[result.valid for result in one] for one in results] == [[True, False], [], [False]]
    assert run(agent.get_stats()).validation_accuracy == pytest.approx(1 / 3)


def test_counters_and_kpis_are_watched(run: Any) -> None:
    agent = EdgeAgent(FULL)

    total = run(agent.monitor_kpis())
    assert (total.total_events, total.peak_value, total.alerts) == (354, 200, 1)
    assert total.weighted_score == pytest.approx((200 + 150) / 2 + 4)

    failures, drops, unknown = run(agent.get_kpi_data())
    assert (failures.value, failures.alert) == (25, True)
    assert (drops.value, drops.alert) == (4, False)
    assert unknown.value is None
    assert "pmOther" in unknown.reason


def test_agent_learns_from_feedback_and_acts_on_it(run: Any) -> None:
    agent = EdgeAgent(config(), seed=1)
    run(agent.initialize())
    step = FeedbackData(reward=1.0, state="night", action="Escalate")
    for _ in range(60):
        run(agent.update_learning(step))

    actions = [
        run(agent.process_query(Query(content="hello there", state="night"))) for _ in range(40)
    ]

    greedy = [answer.action_taken for answer in actions if not answer.explored]
    assert set(greedy) == {"Escalate"}
    stats = run(agent.get_q_table_stats())
    assert (stats.entries_count, stats.total_updates) == (1, 60)
    assert stats.max_q_value == pytest.approx(1.0 - 0.9**60, abs=1e-4)


@pytest.mark.parametrize(
    "step",
    [
        FeedbackData(reward=math.nan, state="s", action="Escalate"),
        FeedbackData(reward=math.inf, state="s", action="Escalate"),
        FeedbackData(reward=1, state="", action="Escalate"),
        FeedbackData(reward=1, state="s" * 1025, action="Escalate"),
        FeedbackData(reward=1, state="s", action="Guess"),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_bad_feedback_changes_nothing(run: Any, step: FeedbackData) -> None:
    agent = EdgeAgent(config())
    before = run(agent.export_q_table())

    with refused("VALIDATION_ERROR"):
        run(agent.update_learning(step))

    assert run(agent.export_q_table()) == before
    assert run(agent.get_stats()).avg_reward == 0


def test_table_moves_to_another_agent(run: Any) -> None:
    first, second = EdgeAgent(config()), EdgeAgent(config(id="agent-2"))
    run(first.update_learning(FeedbackData(reward=1, state="s", action="ConsultPeer")))

    run(second.import_q_table(run(first.export_q_table())))

    assert run(second.learning_state()).entries == run(first.learning_state()).entries


def test_damaged_table_is_refused_and_the_old_one_stays(run: Any) -> None:
    agent = EdgeAgent(config())
    run(agent.update_learning(FeedbackData(reward=1, state="s", action="ConsultPeer")))
    good = run(agent.export_q_table())

    for bad in (b"", b"noise", good[:-1], good[:40] + b"\xff" + good[41:], good + b"\0"):
        with refused("SERIALIZATION_ERROR"):
            run(agent.import_q_table(bad))
    assert run(agent.export_q_table()) == good


@pytest.mark.parametrize(
    "changes",
    [
        {"id": " "},
        {"faj_code": ""},
        {"parameters": [ParameterConfig(name="p", value_type="", range_min=2, range_max=1)]},
        {"parameters": [ParameterConfig(name="p", value_type="", range_min=math.nan)]},
        {"counters": [CounterConfig(name="c", category="", current_value=1)] * 2},
    ],
)
def test_config_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with refused("INVALID_CONFIG"):
        EdgeAgent(config(**changes))


def test_stats_have_fifteen_figures_and_counted_memory(run: Any) -> None:
    agent = EdgeAgent(FULL)
    run(agent.initialize())
    empty = run(agent.estimate_memory())
    run(agent.update_learning(FeedbackData(reward=1, state="s", action="ConsultPeer")))

    stats = run(agent.get_stats())

    assert len(stats.__struct_fields__) == 15
    assert (stats.parameter_count, stats.counter_count, stats.kpi_count) == (2, 3, 3)
    assert stats.memory_bytes == run(agent.estimate_memory())
    # the first row brings room for 8 rows of 5 actions in three 4-byte columns
    assert stats.memory_bytes - empty == 8 * 5 * 3 * 4 + 1


def test_rates_without_evidence_are_told_apart_by_their_counts(run: Any) -> None:
    agent = EdgeAgent(config())
    stats, state = run(agent.get_stats()), run(agent.learning_state())
    assert (stats.validation_accuracy, state.validated_values) == (1.0, 0)
    assert (stats.success_rate, stats.avg_reward, state.rated_answers) == (0.0, 0.0, 0)

    run(agent.validate_parameters([ValidationParam(name="a", value=3, min=0, max=2)]))
    run(agent.update_learning(FeedbackData(reward=-1, state="s", action="ConsultPeer")))

    stats, state = run(agent.get_stats()), run(agent.learning_state())
    assert (stats.validation_accuracy, state.validated_values) == (0.0, 1)
    assert (stats.avg_reward, state.rated_answers) == (-1.0, 1)
