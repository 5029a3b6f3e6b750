"""Vague questions are asked back, questions from elsewhere are turned down with a reason."""

from typing import Any

import pytest

from elex_browser import Elex
from elex_browser.answering.declined import why_declined
from elex_browser.learning.config import LearningConfig
from elex_browser.protocol import Action, Feedback
from tests.support import MIMO_SLEEP, about, refused


@pytest.fixture
def elex(shared_elex: Elex) -> Elex:
    """The one instance that all tests of this file ask."""
    return shared_elex


def test_vague_question_is_asked_back_with_candidates_to_choose(run: Any, elex: Elex) -> None:
    answer = run(elex.ask("it is slow"))

    assert answer.action_taken == "RequestClarification"
    (offered,) = answer.sections
    assert offered.kind == "clarification"
    codes = [row.faj_code for row in offered.rows]
    # What the question back may ask for stands with each candidate.
    titles = [column.title for column in offered.columns]
    assert all(row.cells[titles.index("Category")] for row in offered.rows)
    assert 2 <= len(codes) <= 3
    assert codes == [route.faj_code for route in answer.routes[: len(codes)]]
    assert offered.text in answer.content
    assert offered.text.endswith("?")


def test_chosen_candidate_answers_and_the_question_back_learns_from_it(run: Any) -> None:
    elex = run(Elex.open(seed=1, learning=LearningConfig(replay_steps=0)))
    back = run(elex.ask("it is slow"))
    agent = run(elex.agent(str(back.sections[0].rows[1].faj_code)))

    answer = run(agent.process_query(about("it is slow", "DirectAnswer")))

    assert answer.action_taken == "DirectAnswer"
    assert answer.faj_code == agent.faj_code
    assert len(answer.sections) == 8
    update = run(elex.feedback(back.query_id, Feedback(rating=0.5)))
    # the reward, and γ times the best value of the state that the choice was made in
    assert update.td_error == pytest.approx(update.reward + 0.95 - back.q_value, abs=1e-6)


def test_caller_may_forbid_to_be_asked_back(run: Any, elex: Elex) -> None:
    answer = run(elex.ask(about("it is slow", "DirectAnswer")))

    assert answer.action_taken == "DirectAnswer"
    assert len(answer.sections) == 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nokia AirScale commissioning steps", "another vendor's equipment (Nokia and AirScale)"),
        ("HSS subscriber provisioning", "the core network (HSS and provisioning)"),
        (
            "what is the weather in Stockholm tomorrow?",
            "another subject (weather)",
        ),
    ],
)
@pytest.mark.parametrize("action", [None, "DirectAnswer", "ConsultPeer", "Escalate"])
def test_question_from_elsewhere_is_turned_down_with_the_reason(
    run: Any, elex: Elex, text: str, reason: str, action: Action | None
) -> None:
    answer = run(elex.ask(about(text, action) if action else text))

    assert reason in answer.content
    assert answer.action_taken == (action or "RequestClarification")
    kinds = [part.kind for part in answer.sections]
    assert kinds == (["scope", "escalation"] if action == "Escalate" else ["scope"])
    assert answer.consulted == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("how do I boil an egg?", "does not look like a question about a radio network"),
        ("tell me more", "names no feature, parameter, counter or symptom"),
        ("手机信号不好", "names no feature, parameter, counter or symptom"),
        ("NO\N{KELVIN SIGN}IA", "another vendor's equipment (nokia)"),
        ("Cisco MPLS and HSS", "another vendor's equipment (Cisco)"),
    ],
)
def test_reason_is_what_the_words_tell(text: str, reason: str) -> None:
    assert reason in why_declined(text)


def test_question_that_fits_nothing_at_all_is_an_error_with_the_reason(
    run: Any, elex: Elex
) -> None:
    with refused("NOT_FOUND") as error:
        run(elex.ask("手机信号不好"))

    assert "names no feature" in error.value.problem


def test_question_in_a_follow_up_belongs_to_the_agent_it_is_put_to(run: Any, elex: Elex) -> None:
    agent = run(elex.agent(MIMO_SLEEP))
    query = about("tell me more", "DirectAnswer")

    assert run(agent.process_query(query)).content.startswith("MIMO Sleep Mode")
