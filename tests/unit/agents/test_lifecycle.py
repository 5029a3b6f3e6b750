"""An agent's life follows its table: cold start, work, degradation, recovery, the end."""

from collections.abc import Sequence
from random import Random

import pytest

from elex_browser.agents.base import Agent
from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.agents.lifecycle import (
    ANSWERING,
    TRANSITIONS,
    Change,
    Lifecycle,
    Trigger,
    health,
)
from elex_browser.asking.state import levels
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.pool import Pool
from elex_browser.learning.transition import Transition
from elex_browser.protocol import AgentStatus
from tests.support import refused

ACTIONS = ("DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate")


def learner(seed: int = 5) -> Learner:
    return Learner(
        ACTIONS,
        contributor="me",
        view=Pool(initial_values, LearningConfig(), levels).view("a", ""),
        generator=Random(seed),
        config=LearningConfig(),
        arena=Arena("trajectories", 50, 256),
    )


class Life:
    """An agent with its changes written down."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.agent = Agent("a", learner(), on_change=self.changes.append)

    @property
    def path(self) -> list[str]:
        return [change.after for change in self.changes]

    def ask(self, times: int = 1, *, confidence: float = 0.9, latency_ms: float = 1.0) -> None:
        for _ in range(times):
            self.agent.begin_question()
            self.agent.select_action("s", range(5))
            self.agent.answered(latency_ms, confidence)
            self.agent.end_question()

    def rate(self, reward: float, times: int = 1) -> None:
        for _ in range(times):
            self.agent.update(Transition("s", 0, reward, terminated=True))

    def serve(self) -> "Life":
        """Bring the agent to Ready."""
        self.agent.initialize()
        self.ask(100)
        self.changes.clear()
        return self

    def degrade(self) -> "Life":
        """Let a ready agent fail until it is degraded."""
        for _ in range(60):
            self.ask(confidence=0.0, latency_ms=800.0)
            self.rate(-1.0)
            if self.agent.lifecycle.status == "Degraded":
                break
        assert self.agent.lifecycle.status == "Degraded"
        self.changes.clear()
        return self


def test_cold_start_ends_with_the_hundredth_answer() -> None:
    life = Life()
    life.agent.initialize()
    assert life.path == ["ColdStart"]
    assert life.agent.learner.policy.epsilon == 0.3

    life.ask(99)
    assert life.path == ["ColdStart"]
    assert life.agent.learner.policy.epsilon == pytest.approx(0.3 * 0.995**99)

    life.ask()
    assert life.path == ["ColdStart", "Ready"]
    assert life.agent.learner.policy.epsilon == 0.1


def test_ready_agent_is_busy_while_it_answers() -> None:
    life = Life().serve()
    life.ask()
    assert life.path == ["Busy", "Ready"]

    life.changes.clear()
    life.agent.begin_question()
    life.agent.begin_question()
    life.agent.end_question()
    assert life.agent.lifecycle.status == "Busy"
    life.agent.end_question()
    assert life.path == ["Busy", "Ready"]


def test_failing_agent_degrades_forgets_its_worst_and_explores() -> None:
    life = Life().serve()
    for number in range(20):
        reward = float(number)
        life.agent.learner.update(Transition(f"s{number}", 0, reward, terminated=True))
    life.degrade()

    q_table = life.agent.learner.q_table
    assert life.agent.learner.policy.epsilon == 0.3
    assert life.agent.recovery is not None
    # 21 entries, of which the lowest tenth, rounded up, is forgotten
    assert q_table.stats().n_entries == 18
    assert q_table.visits("s")[0] == 0
    assert q_table.visits("s19")[0] == 1


def test_recovery_explores_for_fifty_answers_then_less() -> None:
    life = Life().serve().degrade()

    life.ask(49)
    assert life.agent.learner.policy.epsilon == 0.3
    life.ask()
    assert life.agent.learner.policy.epsilon == 0.1
    assert life.agent.lifecycle.status == "Degraded"


def test_agent_recovers_when_its_health_is_found_good() -> None:
    life = Life().serve().degrade()
    rounds = 0
    while life.agent.lifecycle.status == "Degraded":
        life.ask(confidence=1.0)
        life.rate(1.0)
        rounds += 1

    assert life.path == ["Ready"]
    assert rounds % 10 == 0
    assert rounds < 200
    assert life.changes[0].health > 0.8
    assert life.agent.recovery is None


def test_recovery_is_given_up_after_two_hundred_answers() -> None:
    life = Life().serve().degrade()

    life.ask(199, confidence=0.0)
    assert life.agent.lifecycle.status == "Degraded"
    life.ask(confidence=0.0)
    assert life.path == ["Offline"]
    assert life.changes[0].trigger == "recovery_failed"
    with refused("QUERY_FAILED"):
        life.ask()


def test_offline_agent_comes_back_when_it_is_initialised() -> None:
    life = Life().serve()
    life.agent.shutdown()
    life.agent.shutdown()
    life.agent.initialize()
    life.agent.initialize()

    assert life.path == ["Offline", "Initializing", "ColdStart", "Ready"]


@pytest.mark.parametrize("status", ["Initializing", "ColdStart", "Ready", "Busy", "Degraded"])
def test_every_state_can_be_shut_down(status: str) -> None:
    assert TRANSITIONS[status, "shutdown"] == "Offline"  # type: ignore[index]  # parametrised


@pytest.mark.parametrize(("status", "trigger"), list(TRANSITIONS))
def test_every_row_of_the_table_tells_its_change(status: AgentStatus, trigger: Trigger) -> None:
    changes: list[Change] = []
    lifecycle = Lifecycle(changes.append)
    lifecycle.status = status

    lifecycle.fire(trigger, 0.7)

    assert changes == [Change(status, TRANSITIONS[status, trigger], trigger, 0.7)]
    assert lifecycle.status == changes[0].after


def test_table_is_the_one_of_the_specification() -> None:
    specified = {
        ("Initializing", "knowledge_loaded", "ColdStart"),
        ("ColdStart", "warmed_up", "Ready"),
        ("Ready", "query_in", "Busy"),
        ("Busy", "query_done", "Ready"),
        ("Ready", "health_low", "Degraded"),
        ("Degraded", "health_recovered", "Ready"),
        ("Degraded", "recovery_failed", "Offline"),
        *((status, "shutdown", "Offline") for status in ANSWERING | {"Initializing"}),
        ("Offline", "initialize", "Initializing"),  # ours: giving up is not for ever
    }
    assert {
        (before, trigger, after) for (before, trigger), after in TRANSITIONS.items()
    } == specified


def test_step_outside_the_table_is_refused() -> None:
    changes: list[Change] = []
    lifecycle = Lifecycle(changes.append)

    with refused("QUERY_FAILED"):
        lifecycle.fire("query_in", 1.0)

    assert lifecycle.status == "Initializing"
    assert changes == []


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((1.0, 0.0, 1.0, 1000), 1.0),
        ((1.0, 0.0, 1.0, 1_000_000), 1.0),
        ((0.0, 1000.0, 0.0, 0), 0.0),
        ((0.0, 99_000.0, 0.0, 0), 0.0),
        ((0.5, 500.0, 0.5, 500), 0.2 + 0.15 + 0.1 + 0.05),
    ],
)
def test_health_is_the_weighted_sum_and_never_above_one(
    figures: Sequence[float], expected: float
) -> None:
    success, latency_ms, confidence, queries = figures

    found = health(
        success=success, latency_ms=latency_ms, confidence=confidence, queries=int(queries)
    )

    assert found == pytest.approx(expected)


def test_always_right_agent_stays_ready() -> None:
    life = Life().serve()
    for _ in range(2000):
        life.ask(confidence=0.95)
        life.rate(1.0)

    assert set(life.path) == {"Busy", "Ready"}
    assert life.agent.health > 0.95
