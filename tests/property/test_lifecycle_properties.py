"""Whatever happens to an agent, it stays on its table."""

from random import Random

import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from elex_browser import ElexError
from elex_browser.agents.base import Agent
from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.agents.lifecycle import TRANSITIONS, Change
from elex_browser.asking.state import levels
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.policy import EpsilonGreedy
from elex_browser.learning.pool import Pool
from elex_browser.learning.transition import Transition

ACTIONS = ("DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate")
EVENTS = st.lists(
    st.one_of(
        st.just(("initialize", 0.0)),
        st.just(("shutdown", 0.0)),
        st.tuples(st.just("ask"), st.floats(0, 5000)),
        st.tuples(st.just("rate"), st.floats(-2, 2)),
        st.tuples(st.just("ask many"), st.floats(0, 2000)),
        st.tuples(st.just("rate many"), st.floats(-2, 2)),
    ),
    max_size=30,
)


def happen(agent: Agent, event: str, number: float) -> None:
    times = 60 if event.endswith("many") else 1
    if event in ("initialize", "shutdown"):
        getattr(agent, event)()
    for _ in range(times):
        if event.startswith("ask"):
            try:
                agent.begin_question()
            except ElexError:
                return
            agent.select_action("s", range(5))
            agent.answered(number, 0.5)
            agent.end_question()
        elif event.startswith("rate"):
            agent.update(Transition("s", 1, number, terminated=True))


@given(EVENTS)
def test_every_change_is_a_row_of_the_table(events: list[tuple[str, float]]) -> None:
    changes: list[Change] = []
    learner = Learner(
        ACTIONS,
        contributor="me",
        view=Pool(initial_values, LearningConfig(), levels).view("a", ""),
        generator=Random(0),
        config=LearningConfig(),
        arena=Arena("trajectories", 10, 256),
    )
    agent = Agent("a", learner, on_change=changes.append)

    for event, number in events:
        happen(agent, event, number)

    status = "Initializing"
    for change in changes:
        assert change.before == status
        assert TRANSITIONS[change.before, change.trigger] == change.after
        assert 0.0 <= change.health <= 1.0
        status = change.after
    assert agent.lifecycle.status == status
    assert (agent.recovery is not None) == (status == "Degraded")
    assert 0.01 <= agent.learner.policy.epsilon <= 0.3


@given(
    st.integers(0, 2**32), st.lists(st.lists(st.floats(-5, 5), min_size=5, max_size=5), max_size=50)
)
def test_policy_with_one_seed_makes_one_sequence(seed: int, tables: list[list[float]]) -> None:
    runs = [
        [policy.select(np.array(values, np.float32), range(5)) for values in tables]
        for policy in (EpsilonGreedy(LearningConfig(), Random(seed)) for _ in range(2))
    ]

    assert runs[0] == runs[1]
