"""An instance routes, answers in five ways, and learns from ratings."""

import asyncio
from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.agents.config import LifecycleConfig
from elex_browser.answering.catalogue_others import CatalogueOthers
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import latency_penalty
from elex_browser.protocol import (
    AgentFilter,
    AnswerSection,
    Feedback,
    FeedbackData,
    LearningUpdate,
    ValidationParam,
)
from elex_browser.session.session import IDLE_AFTER_S
from elex_browser.session.unrated import UnratedAnswer, UnratedAnswers
from tests.support import MIMO_SLEEP, SETTLED, about, an_idle_moment, refused, teach


def test_question_finds_its_agent_and_gets_all_sections(run: Any, shared_elex: Elex) -> None:
    query = about(f"what is {MIMO_SLEEP}?", "DirectAnswer")

    answer = run(shared_elex.ask(query))

    assert answer.faj_code == MIMO_SLEEP
    assert "MIMO Sleep Mode" in answer.content
    assert {section.kind for section in answer.sections} == {
        "what",
        "identity",
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
    answer = run(elex.ask(about(f"what is {MIMO_SLEEP}?", "DirectAnswer")))

    update = run(elex.feedback(answer.query_id, Feedback(rating=0.5)))

    waiting = latency_penalty(answer.latency_ms, LearningConfig())
    assert update.reward == pytest.approx(0.5 + waiting)
    assert update.td_error == pytest.approx(update.reward - answer.q_value)
    assert update.q_value == pytest.approx(answer.q_value + 0.1 * update.td_error)
    assert (update.visits, update.interactions) == (1, 1)
    assert update.state == "general|simple|high|none"


def test_answer_can_be_rated_once(run: Any, shared_elex: Elex) -> None:
    answer = run(shared_elex.ask(about(MIMO_SLEEP, query_id="mine")))
    assert answer.query_id == "mine"
    run(shared_elex.feedback("mine", SETTLED))

    with refused("NOT_FOUND"):
        run(shared_elex.feedback("mine", SETTLED))


def test_oldest_answers_are_forgotten_not_the_memory_exhausted() -> None:
    unrated = UnratedAnswers(n_most=3)
    for number in range(10):
        unrated.add(UnratedAnswer(f"q{number}", "agent", f"größe {number}", 0, 1.0, 0))

    assert len(unrated) == 3
    assert unrated.find("q9").state == "größe 9"
    with refused("NOT_FOUND"):
        unrated.find("q6")
    for number in range(7, 10):
        unrated.remove(f"q{number}")
    assert unrated.n_available == 3


def test_seed_makes_exploration_repeatable(run: Any) -> None:
    def actions(seed: int) -> list[tuple[str, bool]]:
        opened = run(Elex.open(seed=seed))
        answers = []
        for number in range(16):
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
    asked = about("calls drop in the train", "RequestClarification")
    back = run(elex.ask(asked))
    assert back.action_taken == "RequestClarification"
    run(elex.ask(about(f"parameters of {back.faj_code}", "DirectAnswer")))

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
def test_each_action_answers_in_its_own_way(
    run: Any, shared_elex: Elex, action: Any, kind: str
) -> None:
    text, told = "save energy at night with mimo sleep", "pmMimoSleepTime is 0 since the upgrade"
    query = about(text, action, state=told)

    answer = run(shared_elex.ask(query))

    assert answer.action_taken == action
    assert answer.sections[0].kind == kind
    assert bool(answer.consulted) == (action == "ConsultPeer")
    assert answer.content


def test_peers_are_named_and_cost_reward(run: Any, shared_elex: Elex) -> None:
    query = about("save energy at night with mimo sleep", "ConsultPeer")
    answer = run(shared_elex.ask(query))
    assert 1 <= len(answer.consulted) <= 3
    assert answer.faj_code not in answer.consulted
    peers = [section for section in answer.sections if section.kind == "peer"]
    assert [section.rows[0].faj_code for section in peers] == answer.consulted

    update = run(shared_elex.feedback(answer.query_id, Feedback(rating=1.0)))

    waiting = latency_penalty(answer.latency_ms, LearningConfig())
    assert update.reward == pytest.approx(1.0 - 0.1 * len(peers) + waiting)


def test_replay_is_done_when_nobody_asks(run: Any, elex: Elex) -> None:
    async def rate_and_wait() -> tuple[LearningUpdate, float]:
        answer = await elex.ask(about(MIMO_SLEEP, "DirectAnswer"))
        update = await elex.feedback(answer.query_id, SETTLED)
        await asyncio.sleep(2 * IDLE_AFTER_S)
        (entry,) = (await elex.learning_state("faj-121-3094")).entries
        assert entry.visits == 1  # a replayed step is no new experience
        return update, entry.q_value

    at_once, after_a_while = run(rate_and_wait())

    # Nearer, not higher: on a slow machine the time taken may cost more than the rating gives.
    assert abs(at_once.reward - after_a_while) < abs(at_once.reward - at_once.q_value)


def test_loaded_network_data_makes_the_context_answer(
    run: Any, shared_elex: Elex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded(team: object, faj_code: str, question: object) -> list[AnswerSection]:
        text = f"In 3 cells of {faj_code} sleepMode is OFF."
        return [AnswerSection(kind="context", title="Loaded", source="cm.xml", text=text)]

    monkeypatch.setattr(CatalogueOthers, "network_sections", loaded)
    text = "MIMO Sleep Mode and Cell Sleep Mode"

    answer = run(shared_elex.ask(about(text, "ContextAnswer")))

    first, second = answer.sections[:2]
    assert first.text == "In 3 cells of FAJ 121 3094 sleepMode is OFF."
    assert second.text == "In 3 cells of FAJ 121 4390 sleepMode is OFF."
    assert first.text in answer.content


def test_agents_are_made_when_they_are_asked(run: Any, elex: Elex) -> None:
    assert run(elex.registry_stats()).created == 0

    run(elex.ask(MIMO_SLEEP))

    stats = run(elex.registry_stats())
    assert (stats.created, stats.cached, stats.total) == (1, 1, 593)
    assert stats.create_ms_max > 0
    assert stats.by_status == {"Initializing": 592, "ColdStart": 1}
    assert sum(stats.by_category.values()) == 593
    assert stats.routes.code == 1


def test_agents_are_listed_and_filtered(run: Any, elex: Elex) -> None:
    def count(**conditions: Any) -> int:
        return len(run(elex.agents(AgentFilter(**conditions))))

    assert count() == 593
    assert count(text="mimo sleep") >= 1
    assert count(text="3094 MIMO") == 1
    assert count(category="energy saving") == 17
    assert count(access="NR", text="nothing has this name") == 0
    in_nr = [feature for feature in elex.parts.catalogue.features if "NR" in feature.access]
    assert count(access="nr") == len(in_nr)
    assert count(status="ColdStart") == 0
    run(elex.ask(MIMO_SLEEP))
    assert count(status="ColdStart") == 1


def test_changes_of_status_are_told_once_in_order(run: Any) -> None:
    elex = run(Elex.open(seed=1, life=LifecycleConfig(cold_start_interactions=5)))
    for _ in range(5):
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

    query = about("tell me", "ConsultPeer")
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


def test_directly_asked_agent_is_trusted_unless_another_is_named(
    run: Any, shared_elex: Elex
) -> None:
    agent = run(shared_elex.agent(MIMO_SLEEP))

    assert run(agent.process_query("which parameters are there?")).confidence == 0.9
    assert run(agent.process_query("what about FAJ 121 0484?")).confidence < 0.5
