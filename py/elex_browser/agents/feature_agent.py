"""The agent of one feature: answers in one of five ways, and learns which way to take."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from elex_browser.agents.base import Agent, OnChange
from elex_browser.agents.config import LIMITS, LifecycleConfig
from elex_browser.agents.learner import Learner
from elex_browser.answering.actions import ACTIONS, act, available_actions
from elex_browser.answering.facts import Facts
from elex_browser.answering.other_features import OtherFeatures
from elex_browser.answering.validation import kpi_values, monitor, validate
from elex_browser.asking.question import Question
from elex_browser.asking.state import parts_of
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.learning.transition import Transition
from elex_browser.protocol import (
    Action,
    AgentSnapshot,
    AgentStats,
    FeedbackData,
    KPIData,
    KPIValue,
    LearningState,
    QTableEntry,
    QTableStats,
    QueryResponse,
    ValidationParam,
    ValidationResult,
)

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what a later rating needs."""

    response: QueryResponse
    state: str
    action: int
    n_peers: int


class FeatureAgent(Agent):
    """Answers questions about one feature, judges values and watches counters."""

    def __init__(
        self,
        agent_id: str,
        facts: Facts,
        kernels: Kernels,
        learner: Learner,
        *,
        on_change: OnChange | None = None,
        life: LifecycleConfig | None = None,
        clock: Clock = time.perf_counter,
    ) -> None:
        super().__init__(agent_id, learner, on_change=on_change, life=life)
        self.facts = facts
        self._kernels = kernels
        self._clock = clock

    async def answer(
        self, question: Question, others: OtherFeatures, *, since: float | None = None
    ) -> Answered:
        """Choose an action and carry it out; `since` is when the question came in, for the latency.

        Raises:
            NotReadyError: the agent is not in service.
        """
        began = self._clock() if since is None else since
        self.begin_question()
        try:
            state = self._state_of(question)
            choice = self.select_action(state, available_actions(self.facts, question, others))
            draft = await act(ACTIONS[choice.action], self.facts, question, others)
            latency_ms = (self._clock() - began) * 1000.0
            self.answered(latency_ms, question.confidence)
        finally:
            self.end_question()
        profile = self.facts.profile
        response = QueryResponse(
            query_id=question.query_id,
            agent_id=self.id,
            faj_code=profile.faj_code,
            name=profile.name,
            category=profile.category,
            content=draft.content,
            action_taken=ACTIONS[choice.action],
            confidence=question.confidence,
            latency_ms=latency_ms,
            q_value=float(self.learner.q_table.values(state)[choice.action]),
            explored=choice.explored,
            routes=others.routes(question.found),
            sections=draft.sections,
            consulted=draft.consulted,
            learning=self.learning_state(),
        )
        return Answered(response, state, choice.action, draft.n_peers)

    def learn(self, feedback: FeedbackData) -> None:
        """Learn from a step that is told from outside; without a next state it ends its episode.

        Raises:
            ValidationError: reward, state or action do not fit; nothing was changed.
        """
        is_end = feedback.next_state is None
        action = action_index(feedback.action)
        self.update(
            Transition(feedback.state, action, feedback.reward, feedback.next_state, is_end)
        )

    def validate(self, params: Sequence[ValidationParam]) -> list[ValidationResult]:
        """Judge values against their ranges."""
        results = validate(params, self._kernels)
        self.statistics.validated(len(results), sum(result.valid for result in results))
        return results

    def monitor(self) -> KPIData:
        """Return one pass over the counters whose values are known."""
        return monitor(self.facts.counters(), self.facts.kpis(), self._kernels)

    def kpi_values(self) -> list[KPIValue]:
        """Return the value of each KPI that can be watched."""
        return kpi_values(self.facts.counters(), self.facts.kpis())

    def snapshot(self) -> AgentSnapshot:
        """Return the properties that callers read without waiting."""
        return AgentSnapshot(
            id=self.id,
            faj_code=self.facts.profile.faj_code,
            status=self.lifecycle.status,
            is_ready=self.lifecycle.is_answering,
            confidence=self.statistics.confidence,
            interaction_count=self.statistics.interactions,
        )

    def stats(self) -> AgentStats:
        """Return the fifteen figures."""
        statistics = self.statistics
        return AgentStats(
            id=self.id,
            faj_code=self.facts.profile.faj_code,
            status=self.lifecycle.status,
            interactions=statistics.interactions,
            confidence=statistics.confidence,
            health=self.health,
            parameter_count=self.facts.parameter_count,
            counter_count=self.facts.counter_count,
            kpi_count=self.facts.kpi_count,
            avg_latency_ms=statistics.mean_latency_ms,
            peak_latency_ms=statistics.peak_latency_ms,
            validation_accuracy=statistics.validation_accuracy,
            success_rate=statistics.success_rate,
            avg_reward=statistics.mean_reward,
            memory_bytes=self.size_bytes(),
        )

    def q_table_stats(self) -> QTableStats:
        """Return the figures of the table."""
        stats = self.learner.q_table.stats()
        return QTableStats(
            entries_count=stats.n_entries,
            total_updates=stats.total_visits,
            current_epsilon=self.learner.policy.epsilon,
            min_q_value=stats.min_q_value,
            max_q_value=stats.max_q_value,
            mean_q_value=stats.mean_q_value,
        )

    def learning_state(self) -> LearningState:
        """Return what was learnt, entry by entry."""
        entries = [
            QTableEntry(
                state=entry.state,
                parts=parts_of(entry.state),
                action=ACTIONS[entry.action],
                q_value=entry.q_value,
                visits=entry.visits,
            )
            for entry in self.learner.q_table.entries()
        ]
        return LearningState(
            agent_id=self.id,
            status=self.lifecycle.status,
            interactions=self.statistics.interactions,
            stats=self.q_table_stats(),
            entries=entries,
            rated_answers=self.statistics.n_rated,
            validated_values=self.statistics.n_validated,
        )

    def size_bytes(self) -> int:
        """Bytes of the agent's own table and texts, counted."""
        return self.learner.size_bytes() + self.facts.size_bytes()

    def _state_of(self, question: Question) -> str:
        """The encoded state; one that the caller named counts once something was learnt in it."""
        is_short = len(question.told.encode()) <= LIMITS.max_named_state_bytes
        if question.told and is_short and self.learner.q_table.knows(question.told):
            return question.told
        return question.state.key


def action_index(action: Action | str) -> int:
    """Return the column of an action.

    Raises:
        ValidationError: there is no such action.
    """
    if action not in ACTIONS:
        raise ValidationError(
            f"action {str(action)[:60]!r} is unknown", f"Use one of {', '.join(ACTIONS)}"
        )
    return ACTIONS.index(action)
