"""The agent that a caller holds: one of the catalogue's, or one that stands alone on its config."""

import secrets
from collections.abc import Sequence
from random import Random
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from elex_browser import host
from elex_browser.agents.base import OnChange
from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.answering.actions import ACTIONS
from elex_browser.answering.config_facts import ConfigFacts
from elex_browser.answering.other_features import NoOtherFeatures
from elex_browser.asking.question import checked, read_question
from elex_browser.asking.state import levels
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.knowledge.found import Found
from elex_browser.learning import q_table_file
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.pool import Pool
from elex_browser.protocol import (
    AgentConfig,
    AgentSnapshot,
    AgentStats,
    AgentStatus,
    FeedbackData,
    KPIData,
    KPIValue,
    LearningState,
    QTableStats,
    Query,
    QueryResponse,
    QUpdate,
    ValidationParam,
    ValidationResult,
)


class AgentSource(Protocol):
    """Where a held agent lives."""

    async def agent(self) -> FeatureAgent:
        """Return the agent, in memory."""
        ...

    async def process(self, query: Query) -> QueryResponse:
        """Let the agent answer a checked question."""
        ...

    def touched(self, agent: FeatureAgent) -> None:
        """Keep changed figures, some time soon."""
        ...

    async def learnt(self, agent: FeatureAgent) -> None:
        """Keep what the agent learnt; on return it is on disk, where there is one."""
        ...

    def snapshot(self) -> AgentSnapshot:
        """Return the properties that are read without waiting."""
        ...


class EdgeAgent:
    """One agent. `EdgeAgent(config)` stands alone and needs no catalogue.

    Args:
        on_change: hears of every change of status.

    Raises:
        ConfigError: the config contradicts itself.
    """

    def __init__(
        self,
        config: AgentConfig,
        *,
        kernels: Kernels | None = None,
        seed: int | None = None,
        on_change: OnChange | None = None,
    ) -> None:
        chosen = kernels or host.current().kernels()
        self._source: AgentSource = _LoneAgent(config, chosen, seed, on_change)

    @classmethod
    def held(cls, source: AgentSource) -> "EdgeAgent":
        """Return an agent that lives elsewhere."""
        agent = cls.__new__(cls)
        agent._source = source
        return agent

    @property
    def id(self) -> str:
        """Who it is."""
        return self._source.snapshot().id

    @property
    def faj_code(self) -> str:
        """What it looks after."""
        return self._source.snapshot().faj_code

    @property
    def status(self) -> AgentStatus:
        """Where in its life it is."""
        return self._source.snapshot().status

    @property
    def is_ready(self) -> bool:
        """Whether it answers questions."""
        return self._source.snapshot().is_ready

    @property
    def confidence(self) -> float:
        """Mean confidence of its answers."""
        return self._source.snapshot().confidence

    @property
    def interaction_count(self) -> int:
        """Questions it has answered."""
        return self._source.snapshot().interaction_count

    def snapshot(self) -> AgentSnapshot:
        """Return all properties at once."""
        return self._source.snapshot()

    async def initialize(self) -> str:
        """Take it into service; "initialized", however often it is called."""
        agent = await self._source.agent()
        agent.initialize()
        return "initialized"

    async def shutdown(self) -> None:
        """Take it out of service with its state saved."""
        agent = await self._source.agent()
        agent.shutdown()
        await self._source.learnt(agent)

    async def process_query(self, query: Query | str) -> QueryResponse:
        """Answer a question.

        Raises:
            NotReadyError: it is not in service.
            ValidationError: the question is empty or too long.
        """
        return await self._source.process(checked(query))

    async def process_query_async(self, query: Query | str) -> QueryResponse:
        """The same as `process_query`, which does not block either."""
        return await self.process_query(query)

    async def validate_parameters(
        self, parameters: Sequence[ValidationParam]
    ) -> list[ValidationResult]:
        """Judge values against their ranges; bad values get a reason, no exception."""
        agent = await self._source.agent()
        results = agent.validate(parameters)
        self._source.touched(agent)
        return results

    async def validate_batch(
        self, batch: Sequence[Sequence[ValidationParam]]
    ) -> list[list[ValidationResult]]:
        """Judge several lists; one kernel pass for all."""
        flat = [param for one in batch for param in one]
        results = iter(await self.validate_parameters(flat))
        return [[next(results) for _ in one] for one in batch]

    async def monitor_kpis(self) -> KPIData:
        """One pass over its counters."""
        return (await self._source.agent()).monitor()

    async def get_kpi_data(self) -> list[KPIValue]:
        """The value of each of its KPIs."""
        return (await self._source.agent()).kpi_values()

    async def update_learning(self, feedback: FeedbackData) -> None:
        """Learn from one step; on return it is on disk, where there is one.

        Raises:
            ValidationError: reward, state or action do not fit; nothing was changed.
        """
        agent = await self._source.agent()
        agent.learn(feedback)
        await self._source.learnt(agent)

    async def export_q_table(self) -> bytes:
        """Its Q-table as a safetensors file."""
        return q_table_file.to_bytes((await self._source.agent()).learner.q_table)

    async def import_q_table(self, data: bytes) -> None:
        """Replace its Q-table by a file's.

        Raises:
            SerializationError: the bytes are damaged or of another version; nothing was changed.
        """
        agent = await self._source.agent()
        q_table_file.load(agent.learner.q_table, data)
        await self._source.learnt(agent)

    async def get_q_table_stats(self) -> QTableStats:
        """The figures of its Q-table."""
        return (await self._source.agent()).q_table_stats()

    async def get_stats(self) -> AgentStats:
        """Its fifteen figures."""
        return (await self._source.agent()).stats()

    async def learning_state(self) -> LearningState:
        """What it has learnt, entry by entry."""
        return (await self._source.agent()).learning_state()

    async def estimate_memory(self) -> int:
        """Bytes of its own table and texts, counted."""
        return (await self._source.agent()).size_bytes()


class EdgeBatch:
    """The host's kernels for callers with arrays of their own."""

    @staticmethod
    async def similarity_search(
        query: NDArray[np.float32], candidates: NDArray[np.float32], k: int
    ) -> list[tuple[int, float]]:
        """Return (index, cosine similarity) of the k best candidates, best first.

        Raises:
            ValidationError: shapes do not fit, a number is not finite, or k is below 1.
        """
        rows = np.ascontiguousarray(candidates, np.float32)
        with host.current().kernels().matrix(rows) as matrix:
            indices, scores = matrix.top_k(np.ascontiguousarray(query, np.float32), k)
        return [(int(i), float(score)) for i, score in zip(indices, scores, strict=True)]

    @staticmethod
    async def batch_q_update(
        updates: Sequence[QUpdate], alpha: float, gamma: float
    ) -> NDArray[np.float32]:
        """Return the new Q-value of each update; an absent current value counts as 0.

        Raises:
            ValidationError: alpha or gamma lies outside [0, 1], or a number is not finite.
        """
        current = np.array([update.current_q or 0.0 for update in updates], np.float32)
        rewards = np.array([update.reward for update in updates], np.float32)
        futures = np.array([update.next_max_q for update in updates], np.float32)
        if not all(np.isfinite(column).all() for column in (current, rewards, futures)):
            raise ValidationError("an update holds a number that is not finite", "Leave it out")
        return (
            host.current().kernels().q_update(current, rewards, futures, alpha=alpha, gamma=gamma)
        )


class _LoneAgent:
    """An agent on its config, with memory as its only store.

    It does not replay: a caller who teaches it step by step gets equation 6.8 and nothing else.
    """

    def __init__(
        self,
        config: AgentConfig,
        kernels: Kernels,
        seed: int | None,
        on_change: OnChange | None,
    ) -> None:
        self._facts = ConfigFacts(config)
        self._agent = FeatureAgent(
            config.id,
            self._facts,
            kernels,
            Learner(
                ACTIONS,
                contributor=f"edge-{secrets.token_hex(8)}",
                view=Pool(initial_values, LearningConfig(), levels).view(config.id, ""),
                generator=Random(seed),
                config=LearningConfig(replay_steps=0),
                arena=Arena("trajectories", 0, 0),
            ),
            on_change=on_change,
        )
        self._n_asked = 0

    async def agent(self) -> FeatureAgent:
        return self._agent

    async def process(self, query: Query) -> QueryResponse:
        self._n_asked += 1
        question = read_question(
            query,
            Found(chosen=self._facts.confidence(query.content)),
            query_id=query.query_id or f"{self._agent.id}-{self._n_asked}",
            has_network_data=self._facts.has_values,
        )
        others = NoOtherFeatures(self._facts.values)
        return (await self._agent.answer(question, others)).response

    def touched(self, agent: FeatureAgent) -> None:
        """Nothing to do: it lives in memory."""

    async def learnt(self, agent: FeatureAgent) -> None:
        """Nothing to do: it lives in memory."""

    def snapshot(self) -> AgentSnapshot:
        return self._agent.snapshot()
