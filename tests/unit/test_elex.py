"""An instance answers, learns, keeps what it learnt, and stays within its memory."""

import asyncio
from typing import Any

import pytest

from elex_browser import EdgeAgent, Elex, ElexError
from elex_browser.agents.asked import Asked, AskedQueries
from elex_browser.agents.registry import MAX_CACHED
from elex_browser.errors import StorageError
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import latency_penalty
from elex_browser.protocol import AgentFilter, Feedback, FeedbackData, Query, ValidationParam
from elex_browser.storage.base import Record
from elex_browser.storage.memory import MemoryStore
from elex_browser.storage.seal import StoredRecord

MIMO_SLEEP = "FAJ 121 3094"
GOOD = Feedback(rating=1.0, resolved=True)
DIRECT = ["DirectAnswer"]


class KeptStore(MemoryStore):
    """A store that a second instance can open after the first has closed it, as a database."""

    is_full = False

    async def close(self) -> None:
        """Stay readable."""

    async def put(self, kind: str, records: list[Record]) -> None:
        if self.is_full:
            raise StorageError("the disk is full", "Free some space")
        await super().put(kind, records)


@pytest.fixture
def store() -> KeptStore:
    return KeptStore()


@pytest.fixture
def elex(run: Any, store: KeptStore) -> Elex:
    opened: Elex = run(Elex.open(store=store, seed=1))
    return opened


async def an_idle_moment(elex: Elex) -> None:
    """What the desk does when nobody asks; it may come at any time."""
    elex._desk.catch_up()


async def teach(agents: list[EdgeAgent], step: FeedbackData, times: int = 1) -> None:
    """Teach at once, so that all wait for one write."""
    await asyncio.gather(*(agent.update_learning(step) for agent in agents for _ in range(times)))


def about(text: str, **fields: Any) -> Query:
    return Query(content=text, **fields)


def test_question_finds_its_agent_and_gets_all_sections(run: Any, elex: Elex) -> None:
    query = about(f"what is {MIMO_SLEEP}?", available_actions=DIRECT)

    answer = run(elex.ask(query))

    assert answer.faj_code == MIMO_SLEEP
    assert "MIMO Sleep Mode" in answer.content
    assert {section.kind for section in answer.sections} == {
        "what",
        "parameters",
        "counters",
        "kpis",
        "prerequisites",
        "conflicts",
        "activation",
    }
    assert answer.routes[0].faj_code == MIMO_SLEEP
    assert answer.confidence == answer.routes[0].score
    assert answer.latency_ms > 0.0


def test_rating_follows_the_update_rule(run: Any, elex: Elex) -> None:
    answer = run(elex.ask(about(f"what is {MIMO_SLEEP}?", available_actions=DIRECT)))

    update = run(elex.feedback(answer.query_id, Feedback(rating=0.5)))

    assert update.reward <= 0.5
    assert update.td_error == pytest.approx(update.reward - answer.q_value)
    assert update.q_value == pytest.approx(answer.q_value + 0.1 * update.td_error)
    assert (update.visits, update.interactions) == (1, 1)
    assert update.state == "general|simple|high|none"


def test_answer_can_be_rated_once(run: Any, elex: Elex) -> None:
    answer = run(elex.ask(about(MIMO_SLEEP, query_id="mine")))
    assert answer.query_id == "mine"
    run(elex.feedback("mine", GOOD))

    with pytest.raises(ElexError) as error:
        run(elex.feedback("mine", GOOD))
    assert error.value.code == "NOT_FOUND"


def test_oldest_answers_are_forgotten_not_the_memory_exhausted() -> None:
    states = Arena("state buffers", 3, 256)
    asked = AskedQueries(states)
    for number in range(10):
        buffer = asked.keep_state(f"größe {number}")
        asked.add(Asked(f"q{number}", "agent", buffer, 0, 1.0, 0))

    assert len(asked) == 3
    assert asked.state_of(asked.find("q9")) == "größe 9"
    with pytest.raises(ElexError) as error:
        asked.find("q6")
    assert error.value.code == "NOT_FOUND"
    for number in range(7, 10):
        asked.remove(f"q{number}")
    assert states.n_available == 3


def test_seed_makes_exploration_repeatable(run: Any) -> None:
    def actions(seed: int) -> list[tuple[str, bool]]:
        opened = run(Elex.open(seed=seed))
        answers = []
        for number in range(40):
            answer = run(opened.ask(f"what is {MIMO_SLEEP}?"))
            rating = 1.0 if answer.action_taken == "ConsultPeer" else -1.0
            run(opened.feedback(answer.query_id, Feedback(rating=rating)))
            answers.append((answer.action_taken, answer.explored))
            if number % 2:
                run(an_idle_moment(opened))
        return answers

    assert actions(7) == actions(7)
    assert actions(7) != actions(8)


def test_question_back_learns_from_the_question_that_follows(run: Any) -> None:
    elex = run(Elex.open(seed=1, learning=LearningConfig(replay_steps=0)))
    asked = about("calls drop in the train", available_actions=["RequestClarification"])
    back = run(elex.ask(asked))
    assert back.action_taken == "RequestClarification"
    run(elex.ask(about(f"parameters of {back.faj_code}", available_actions=DIRECT)))

    update = run(elex.feedback(back.query_id, Feedback(rating=0.0)))

    # the reward, and γ times the best value of the state that the user's next question was in
    assert update.td_error == pytest.approx(update.reward + 0.95 - back.q_value, abs=1e-6)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("ContextAnswer", "context"),
        ("ConsultPeer", "peer"),
        ("RequestClarification", "clarification"),
        ("Escalate", "escalation"),
    ],
)
def test_each_action_answers_in_its_own_way(run: Any, elex: Elex, action: Any, kind: str) -> None:
    query = about(
        "save energy at night with mimo sleep",
        state="pmMimoSleepTime is 0 since the upgrade",
        available_actions=[action],
    )

    answer = run(elex.ask(query))

    assert answer.action_taken == action
    assert answer.sections[0].kind == kind
    assert bool(answer.consulted) == (action == "ConsultPeer")
    assert answer.content


def test_peers_are_named_and_cost_reward(run: Any, elex: Elex) -> None:
    query = about("save energy at night with mimo sleep", available_actions=["ConsultPeer"])
    answer = run(elex.ask(query))
    assert 1 <= len(answer.consulted) <= 3
    assert answer.faj_code not in answer.consulted
    peers = [section for section in answer.sections if section.kind == "peer"]
    assert [section.rows[0].faj_code for section in peers] == answer.consulted

    update = run(elex.feedback(answer.query_id, Feedback(rating=1.0)))

    waiting = latency_penalty(answer.latency_ms, LearningConfig())
    assert update.reward == pytest.approx(1.0 - 0.1 * len(peers) + waiting)


def test_learning_survives_closing_and_opening(run: Any, elex: Elex, store: KeptStore) -> None:
    for _ in range(3):
        answer = run(elex.ask(about(MIMO_SLEEP, available_actions=DIRECT)))
        run(elex.feedback(answer.query_id, GOOD))
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
    run(elex.feedback(answer.query_id, GOOD))

    # as after a crash: nothing was flushed or closed
    state = run(run(Elex.open(store=store)).learning_state("faj-121-3094"))
    assert [entry.visits for entry in state.entries] == [1]


def test_full_disk_is_told_and_the_lesson_is_written_later(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    first = run(elex.ask(MIMO_SLEEP))
    store.is_full = True
    with pytest.raises(ElexError) as error:
        run(elex.feedback(first.query_id, GOOD))
    assert error.value.code == "IO_ERROR"
    assert run(elex.storage_stats()).pending_writes == 1

    store.is_full = False
    run(elex.flush())

    assert run(elex.storage_stats()).pending_writes == 0
    state = run(run(Elex.open(store=store)).learning_state("faj-121-3094"))
    assert [entry.visits for entry in state.entries] == [1]


def test_damaged_state_is_set_aside_and_the_agent_starts_fresh(
    run: Any, elex: Elex, store: KeptStore
) -> None:
    answer = run(elex.ask(MIMO_SLEEP))
    run(elex.feedback(answer.query_id, GOOD))
    run(elex.close())
    sound = store.kinds["agents"]["faj-121-3094"]
    rotten = sound.payload[:-1] + bytes([sound.payload[-1] ^ 1])
    store.kinds["agents"]["faj-121-3094"] = StoredRecord(
        sound.key, sound.schema_version, sound.generation, rotten, sound.sha256
    )

    again = run(Elex.open(store=store))
    (complaint,) = again.damaged
    assert "faj-121-3094" in complaint
    assert run(again.learning_state("faj-121-3094")).entries == []
    answer = run(again.ask(MIMO_SLEEP))
    run(again.feedback(answer.query_id, GOOD))

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
    run(first.process_query(about("anything at all", available_actions=DIRECT)))
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
    run(elex._registry.shrink(0))
    assert agent.status == "Offline"

    with pytest.raises(ElexError) as error:
        run(agent.process_query("anything"))
    assert error.value.code == "QUERY_FAILED"
    run(agent.initialize())
    assert run(agent.process_query("anything")).agent_id == "faj-121-3094"


def test_small_budget_puts_agents_to_rest(run: Any) -> None:
    elex = run(Elex.open(budget_bytes=30_000))
    step = FeedbackData(reward=1.0, state="s", action="DirectAnswer")
    elex._team._learning = LearningConfig(replay_steps=0)
    run(teach([run(elex.agent(one.faj_code)) for one in run(elex.agents())[:40]], step))

    stats = run(elex.memory_stats())
    assert stats.cached_agents < 40
    assert stats.budget_bytes == 30_000
    assert run(elex.registry_stats()).evicted > 0


def test_budget_that_holds_nothing_is_an_error_and_loses_nothing(run: Any) -> None:
    elex = run(Elex.open(budget_bytes=10))
    with pytest.raises(ElexError) as error:
        run(elex.agent(MIMO_SLEEP))

    assert error.value.code == "MEMORY_ERROR"
    for budget in (0, -5):
        with pytest.raises(ElexError) as refused:
            run(Elex.open(budget_bytes=budget))
        assert refused.value.code == "INVALID_CONFIG"


def test_agents_are_listed_and_filtered(run: Any, elex: Elex) -> None:
    def count(**conditions: Any) -> int:
        return len(run(elex.agents(AgentFilter(**conditions))))

    assert count() == 593
    assert count(text="mimo sleep") >= 1
    assert count(text="3094 MIMO") == 1
    assert count(category="energy saving") == 17
    assert count(access="NR", text="nothing has this name") == 0
    assert 0 < count(access="nr") < 593
    assert count(status="ColdStart") == 0
    run(elex.ask(MIMO_SLEEP))
    assert count(status="ColdStart") == 1


def test_changes_of_status_are_told_once_in_order(run: Any, elex: Elex) -> None:
    for _ in range(100):
        run(elex.ask(MIMO_SLEEP))
    events = [event for event in elex.take_events() if event.faj_code == MIMO_SLEEP]

    assert [(event.before, event.after) for event in events] == [
        ("Initializing", "ColdStart"),
        ("ColdStart", "Ready"),
    ]
    assert events[0].sequence < events[1].sequence
    assert elex.take_events() == []
    run(elex.ask(MIMO_SLEEP))
    assert [event.after for event in elex.take_events()] == ["Busy", "Ready"]


def test_new_agent_starts_from_what_its_category_learnt(run: Any) -> None:
    elex = run(Elex.open(learning=LearningConfig(replay_steps=0)))
    state = "general|simple|high|none"
    members = run(elex.agents(AgentFilter(category="Energy Saving")))
    newcomer, teachers = members[0], members[1:6]
    step = FeedbackData(reward=3.0, state=state, action="ConsultPeer")
    run(teach([run(elex.agent(summary.faj_code)) for summary in teachers], step, times=20))

    query = about("tell me", available_actions=["ConsultPeer"])
    answer = run(run(elex.agent(newcomer.faj_code)).process_query(query))
    assert answer.q_value > 2.0
    assert run(elex.learning_state(newcomer.id)).entries == []


def test_judged_values_are_counted_in_the_agent(run: Any, elex: Elex) -> None:
    agent = run(elex.agent(MIMO_SLEEP))
    good = ValidationParam(name="a", value=1, min=0, max=2)
    bad = ValidationParam(name="a", value="x", min=0, max=2)
    run(agent.validate_batch([[good, bad]]))

    stats = run(agent.get_stats())
    assert stats.validation_accuracy == 0.5
    assert stats.parameter_count == 34
    assert stats.counter_count == 26


def test_directly_asked_agent_is_trusted_unless_another_is_named(run: Any, elex: Elex) -> None:
    agent = run(elex.agent(MIMO_SLEEP))

    assert run(agent.process_query("which parameters are there?")).confidence == 0.9
    assert run(agent.process_query("what about FAJ 121 0484?")).confidence < 0.5


def test_memory_is_counted(run: Any, elex: Elex) -> None:
    run(elex.ask(MIMO_SLEEP))
    stats = run(elex.memory_stats())

    assert stats.total_agents == 593
    assert stats.cached_agents == 1
    assert stats.trajectories_available == 5000
    assert 0 < stats.used_bytes < stats.budget_bytes == 500_000_000
    assert stats.utilization_percent == pytest.approx(100 * stats.used_bytes / 500_000_000)
