"""An instance keeps what it learnt, whatever happens, and stays within its memory."""

from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.protocol import AgentFilter, FeedbackData
from elex_browser.registry.budget import EVICT_AT
from elex_browser.registry.registry import MAX_CACHED
from elex_browser.storage.base import Record
from tests.support import MIMO_SLEEP, SETTLED, KeptStore, about, an_idle_moment, refused, teach


def test_learning_survives_closing_and_opening(run: Any, elex: Elex, store: KeptStore) -> None:
    for _ in range(3):
        answer = run(elex.ask(about(MIMO_SLEEP, "DirectAnswer")))
        run(elex.feedback(answer.query_id, SETTLED))
    run(elex.close())
    before = run(run(Elex.open(store=store)).learning_state("faj-121-3094"))

    again = run(Elex.open(store=store))
    (listed,) = run(again.agents(AgentFilter(text="3094")))
    assert listed.interactions == 3
    assert listed.status == "ColdStart"
    agent = run(again.agent(MIMO_SLEEP))
    state = run(agent.learning_state())
    assert state.entries == before.entries
    assert [entry.visits for entry in state.entries] == [3]
    assert agent.interaction_count == 3


def test_rating_is_on_disk_when_it_is_acknowledged(run: Any, elex: Elex, store: KeptStore) -> None:
    answer = run(elex.ask(MIMO_SLEEP))
    run(elex.feedback(answer.query_id, SETTLED))

    # as after a crash: nothing was flushed or closed
    state = run(run(Elex.open(store=store)).learning_state("faj-121-3094"))
    assert [entry.visits for entry in state.entries] == [1]


def test_full_disk_is_told_and_the_lesson_is_written_later(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    first = run(elex.ask(MIMO_SLEEP))
    store.is_full = True
    with refused("IO_ERROR"):
        run(elex.feedback(first.query_id, SETTLED))
    assert run(elex.storage_stats()).pending_writes == 2  # the lesson and the episode

    store.is_full = False
    run(elex.flush())

    assert run(elex.storage_stats()).pending_writes == 0
    state = run(run(Elex.open(store=store)).learning_state("faj-121-3094"))
    assert [entry.visits for entry in state.entries] == [1]


def test_damaged_state_is_set_aside_and_the_agent_starts_fresh(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    answer = run(elex.ask(MIMO_SLEEP))
    run(elex.feedback(answer.query_id, SETTLED))
    run(elex.close())
    sound = store.kinds["agents"]["faj-121-3094"]
    rotten = store.damage("agents", "faj-121-3094")

    again = run(Elex.open(store=store))
    (complaint,) = again.damaged
    assert "faj-121-3094" in complaint
    assert run(again.learning_state("faj-121-3094")).entries == []
    answer = run(again.ask(MIMO_SLEEP))
    run(again.feedback(answer.query_id, SETTLED))

    kept = store.kinds["damaged"][f"faj-121-3094#{sound.generation}"]
    assert kept.payload == rotten
    assert store.kinds["agents"]["faj-121-3094"].generation > sound.generation


def test_record_of_a_newer_version_is_set_aside_too(run: Any, elex: Elex, store: KeptStore) -> None:
    run(store.put("agents", [Record("faj-121-3094", 4, 99, b"from the future")]))

    again = run(Elex.open(store=store))

    assert "99" in again.damaged[0]
    assert store.kinds["damaged"]["faj-121-3094#4"].payload == b"from the future"


def test_at_most_fifty_agents_are_awake_and_resting_ones_come_back_identical(
    run: Any, elex: Elex
) -> None:
    listed = run(elex.agents())
    step = FeedbackData(reward=1.0, state="s", action="DirectAnswer")
    first = run(elex.agent(listed[0].faj_code))
    for reward in (1.0, -0.5, 0.25):
        run(first.update_learning(FeedbackData(reward=reward, state="s", action="DirectAnswer")))
    run(first.process_query(about("anything at all", "DirectAnswer")))
    run(an_idle_moment(elex))
    before = (run(first.export_q_table()), run(first.get_stats()), first.snapshot())

    for summary in listed[1 : MAX_CACHED + 10]:
        run(teach([run(elex.agent(summary.faj_code))], step))
    stats = run(elex.registry_stats())
    assert stats.cached == MAX_CACHED
    assert stats.evicted == 10
    assert first.snapshot() == before[2]

    assert (run(first.export_q_table()), run(first.get_stats()), first.snapshot()) == before
    assert run(elex.registry_stats()).restored == 1


def test_agent_that_was_shut_down_stays_offline_even_after_a_rest(run: Any, elex: Elex) -> None:
    agent = run(elex.agent(MIMO_SLEEP))
    run(agent.shutdown())
    run(elex.parts.registry.shrink(0))
    assert agent.status == "Offline"

    with refused("QUERY_FAILED"):
        run(agent.process_query("anything"))
    run(agent.initialize())
    assert run(agent.process_query("anything")).agent_id == "faj-121-3094"


def test_small_budget_puts_agents_to_rest(run: Any) -> None:
    step = FeedbackData(reward=1.0, state="s", action="DirectAnswer")
    roomy = run(Elex.open())
    first = run(roomy.agents())[0]
    run(teach([run(roomy.agent(first.faj_code))], step))
    # agents rest from 80 % on: what one agent takes with all that is shared, and room for a few more
    budget = int((run(roomy.memory_stats()).used_bytes + 8_000) / EVICT_AT)

    elex = run(Elex.open(budget_bytes=budget))
    for summary in run(elex.agents())[:30]:
        run(teach([run(elex.agent(summary.faj_code))], step))

    stats = run(elex.memory_stats())
    assert 1 < stats.cached_agents < 30
    assert stats.used_bytes <= stats.budget_bytes == budget
    assert run(elex.registry_stats()).evicted > 0


def test_full_disk_keeps_agents_awake_because_they_rest_on_disk_first(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    answer = run(elex.ask(MIMO_SLEEP))
    store.is_full = True
    with refused("IO_ERROR"):
        run(elex.feedback(answer.query_id, SETTLED))

    with refused("IO_ERROR"):
        run(elex.parts.registry.shrink(0))
    assert run(elex.registry_stats()).cached == 1

    store.is_full = False
    run(elex.parts.registry.shrink(0))
    assert run(elex.registry_stats()).cached == 0
    assert store.kinds["agents"]["faj-121-3094"].payload


def test_least_recently_used_agent_is_evicted_first(run: Any, elex: Elex) -> None:
    codes = [summary.faj_code for summary in run(elex.agents())[: MAX_CACHED + 1]]
    for faj in codes[:MAX_CACHED]:
        run(elex.agent(faj))
    run(elex.agent(codes[0]))
    run(elex.agent(codes[MAX_CACHED]))

    cached = {agent.facts.profile.faj_code for agent in elex.parts.registry.cached}
    assert codes[0] in cached
    assert codes[1] not in cached
    assert len(cached) == MAX_CACHED


def test_indexes_count_once_they_are_read(run: Any, elex: Elex) -> None:
    before = run(elex.memory_stats()).used_bytes
    elex.parts.router.warm_up()

    after = run(elex.memory_stats()).used_bytes

    assert after > before + 5_000_000
    assert run(elex.memory_stats()).used_bytes == after


def test_shutdown_is_on_disk_when_it_returns_and_is_told(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    agent = run(elex.agent(MIMO_SLEEP))
    run(agent.process_query(about("parameters?", "DirectAnswer")))
    elex.take_events()

    run(agent.shutdown())

    (event,) = elex.take_events()
    assert (event.before, event.after, event.trigger) == ("ColdStart", "Offline", "shutdown")
    assert run(elex.storage_stats()).pending_writes == 0
    assert run(run(Elex.open(store=store)).agent(MIMO_SLEEP)).interaction_count == 1


def test_degraded_agent_is_listed_as_degraded_after_a_restart(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    agent = run(elex.parts.registry.get("faj-121-3094"))
    for _ in range(100):
        agent.begin_question()
        agent.answered(2000.0, 0.0)
        agent.end_question()
    step = FeedbackData(reward=-1.0, state="s", action="DirectAnswer")
    run(teach([run(elex.agent(MIMO_SLEEP))], step, times=20))
    assert agent.lifecycle.status == "Degraded"

    again = run(Elex.open(store=store))
    assert len(run(again.agents(AgentFilter(status="Degraded")))) == 1
    assert run(again.agent(MIMO_SLEEP)).status == "Degraded"


def test_budget_that_holds_nothing_is_an_error_and_loses_nothing(run: Any) -> None:
    elex = run(Elex.open(budget_bytes=10))
    with refused("MEMORY_ERROR"):
        run(elex.agent(MIMO_SLEEP))

    for budget in (0, -5):
        with refused("INVALID_CONFIG"):
            run(Elex.open(budget_bytes=budget))


def test_memory_is_counted(run: Any, elex: Elex) -> None:
    answer = run(elex.ask(MIMO_SLEEP))
    stats = run(elex.memory_stats())

    assert stats.total_agents == 593
    assert stats.cached_agents == 1
    assert (stats.state_buffers_available, stats.trajectories_available) == (999, 5000)
    assert 0 < stats.used_bytes < stats.budget_bytes == 500_000_000
    assert stats.utilization_percent == pytest.approx(100 * stats.used_bytes / 500_000_000)

    run(elex.feedback(answer.query_id, SETTLED))

    stats = run(elex.memory_stats())
    assert (stats.state_buffers_available, stats.trajectories_available) == (1000, 4999)
