"""All agents: made on first use, at most fifty awake, the others resting on disk.

An agent that is put to rest is on disk before it leaves memory, and comes back identical.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.agents.lifecycle import ANSWERING
from elex_browser.errors import NotFoundError
from elex_browser.protocol import AgentSnapshot, AgentStatus, RegistryStats, RouteCounts
from elex_browser.registry.agent_record import Glance, restore, to_record
from elex_browser.registry.stored_agents import Shelf
from elex_browser.storage.base import Record
from elex_browser.storage.schema import AGENTS

MAX_CACHED = 50
MakeAgent = Callable[[str], FeatureAgent]


@dataclass(frozen=True, slots=True)
class Identity:
    """How an agent is found."""

    agent_id: str
    faj_code: str
    category: str


@dataclass(slots=True)
class Figures:
    """How the agents came and went since the start."""

    created: int = 0
    restored: int = 0
    evicted: int = 0
    hits: int = 0
    misses: int = 0
    create_ms_sum: float = 0.0
    create_ms_max: float = 0.0


class Registry:
    """Hands out agents by id, keeps the latest used awake, and stores the others.

    Attributes:
        figures: counts and times.
    """

    def __init__(
        self,
        identities: list[Identity],
        make: MakeAgent,
        shelf: Shelf,
        *,
        max_cached: int = MAX_CACHED,
    ) -> None:
        self._by_id = {identity.agent_id: identity for identity in identities}
        self._id_by_faj = {identity.faj_code: identity.agent_id for identity in identities}
        self._ids_by_category: dict[str, list[str]] = {}
        for identity in identities:
            self._ids_by_category.setdefault(identity.category, []).append(identity.agent_id)
        self._make = make
        self._store = shelf.store
        self._writer = shelf.writer
        self._max_cached = max_cached
        self._awake: OrderedDict[str, FeatureAgent] = OrderedDict()
        self._resting: dict[str, tuple[AgentStatus, Glance]] = {}
        self._stored: set[str] = set()
        self.figures = Figures()

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def awake(self) -> Iterator[FeatureAgent]:
        """The agents in memory, the least recently used first."""
        return iter(self._awake.values())

    @property
    def n_awake(self) -> int:
        """How many agents are in memory."""
        return len(self._awake)

    @property
    def by_category(self) -> dict[str, list[str]]:
        """Agent ids by category."""
        return self._ids_by_category

    def adopt(self, glances: dict[str, Glance], cold_start_interactions: int) -> None:
        """Take note of agents found on disk at start."""
        for agent_id, seen in glances.items():
            is_warm = seen.interactions >= cold_start_interactions
            status: AgentStatus = "Ready" if is_warm else "ColdStart"
            self._resting[agent_id] = ("Degraded" if seen.is_degraded else status, seen)
        self._stored |= set(glances)

    def id_of(self, faj_code: str) -> str:
        """Return the agent's id for a FAJ code in its normal spelling.

        Raises:
            NotFoundError: no agent has it.
        """
        agent_id = self._id_by_faj.get(faj_code)
        if agent_id is None:
            raise NotFoundError(f"no agent has the code {faj_code}", "List them with agents()")
        return agent_id

    def status_of(self, agent_id: str) -> AgentStatus:
        """Return an agent's status; one that was never used is still initializing."""
        agent = self._awake.get(agent_id)
        if agent is not None:
            return agent.lifecycle.status
        resting = self._resting.get(agent_id)
        return resting[0] if resting else "Initializing"

    def glance_at(self, agent_id: str) -> tuple[int, float]:
        """Return (interactions, confidence) without waking the agent."""
        agent = self._awake.get(agent_id)
        if agent is not None:
            return agent.statistics.interactions, agent.statistics.confidence
        resting = self._resting.get(agent_id)
        return (resting[1].interactions, resting[1].confidence) if resting else (0, 0.5)

    def snapshot(self, agent_id: str) -> AgentSnapshot:
        """Return an agent's properties without waking it."""
        agent = self._awake.get(agent_id)
        if agent is not None:
            return agent.snapshot()
        status = self.status_of(agent_id)
        interactions, confidence = self.glance_at(agent_id)
        return AgentSnapshot(
            id=agent_id,
            faj_code=self._by_id[agent_id].faj_code,
            status=status,
            is_ready=status in ANSWERING,
            confidence=confidence,
            interaction_count=interactions,
        )

    def stats(self, routes: RouteCounts) -> RegistryStats:
        """Return how agents came and went; `routes` is how questions found them."""
        figures = self.figures
        return RegistryStats(
            total=len(self),
            cached=self.n_awake,
            created=figures.created,
            restored=figures.restored,
            evicted=figures.evicted,
            hits=figures.hits,
            misses=figures.misses,
            create_ms_mean=figures.create_ms_sum / max(1, figures.created),
            create_ms_max=figures.create_ms_max,
            by_status=dict(Counter(self.status_of(agent_id) for agent_id in self._by_id)),
            by_category={name: len(ids) for name, ids in sorted(self._ids_by_category.items())},
            routes=routes,
        )

    async def get(self, agent_id: str) -> FeatureAgent:
        """Return an agent in service, made or restored if need be; the oldest one may go to rest.

        Raises:
            NotFoundError: there is no such agent.
            SerializationError: its stored state is damaged.
            StorageError: it cannot be read, or a displaced agent cannot be written.
        """
        agent = self._awake.get(agent_id)
        if agent is not None:
            self.figures.hits += 1
            self._awake.move_to_end(agent_id)
            return agent
        if agent_id not in self._by_id:
            raise NotFoundError(
                f"there is no agent {agent_id[:60]!r}", "Take the id from agents() or agent()"
            )
        self.figures.misses += 1
        stored = await self._store.get(AGENTS, agent_id) if agent_id in self._stored else None
        agent = self._awake.get(agent_id)  # another call may have woken it meanwhile
        if agent is None:
            agent = self._wake(agent_id, stored)
            await self.shrink(self._max_cached, keep=agent_id)
        return agent

    def mark(self, agent: FeatureAgent) -> None:
        """Note that an agent learnt something."""
        self._stored.add(agent.id)
        self._writer.mark(agent.id, lambda generation: to_record(agent, generation))

    async def shrink(self, n_agents: int, *, keep: str = "") -> None:
        """Put the least recently used agents to rest until `n_agents` are awake; disk first.

        Raises:
            StorageError: their state could not be written; they stay awake.
        """
        idle = [a for a in self._awake.values() if a.id != keep and not a.is_engaged]
        surplus = idle[: max(0, self.n_awake - n_agents)]
        if not surplus:
            return
        for agent in surplus:
            if agent.learner.catch_up():
                self.mark(agent)
        if any(self._writer.is_pending(agent.id) for agent in surplus):
            await self._writer.flush()
        for agent in surplus:
            # While the disk was written, somebody may have come back for it.
            if not agent.is_engaged and not self._writer.is_pending(agent.id):
                self._rest(agent)

    def _wake(self, agent_id: str, stored: Record | None) -> FeatureAgent:
        began = time.perf_counter()
        agent = self._make(agent_id)
        agent.initialize()
        if stored is not None:
            restore(agent, stored)
            self.figures.restored += 1
        self._awake[agent_id] = agent
        resting = self._resting.pop(agent_id, None)
        if resting is not None and resting[0] == "Offline":
            agent.shutdown()  # it rested offline, and waits for initialize()
        elapsed_ms = (time.perf_counter() - began) * 1000.0
        self.figures.created += 1
        self.figures.create_ms_sum += elapsed_ms
        self.figures.create_ms_max = max(self.figures.create_ms_max, elapsed_ms)
        return agent

    def _rest(self, agent: FeatureAgent) -> None:
        if self._awake.pop(agent.id, None) is None:
            return
        self.figures.evicted += 1
        agent.learner.replay.clear()
        figures = agent.statistics
        if agent.id in self._stored:
            seen = Glance(figures.interactions, figures.confidence, "", {})
            self._resting[agent.id] = (agent.lifecycle.status, seen)
