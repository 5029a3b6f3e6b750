"""All agents: made on first use, at most fifty cached in memory, the others on disk.

An agent that is evicted is on disk before it leaves memory, and comes back identical.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.agents.lifecycle import ANSWERING
from elex_browser.catalogue.feature import Feature
from elex_browser.errors import NotFoundError
from elex_browser.protocol import AgentSnapshot, AgentStatus, RegistryStats, RouteCounts
from elex_browser.ran.codes import agent_id
from elex_browser.registry.agent_record import Preview, restore, to_record
from elex_browser.registry.stored_agents import StoredAgents
from elex_browser.storage.base import Record
from elex_browser.storage.schema import AGENTS

MAX_CACHED = 50
MakeAgent = Callable[[Feature], FeatureAgent]


@dataclass(slots=True)
class Counts:
    """How the agents came and went since the start."""

    created: int = 0
    restored: int = 0
    evicted: int = 0
    hits: int = 0
    misses: int = 0
    create_ms_sum: float = 0.0
    create_ms_max: float = 0.0


class Registry:
    """Hands out agents by id, keeps the latest used in memory, and stores the others.

    Attributes:
        counts: how they came and went, with times.
    """

    def __init__(
        self,
        features: Iterable[Feature],
        make: MakeAgent,
        stored: StoredAgents,
        cold_start_interactions: int,
        *,
        max_cached: int = MAX_CACHED,
    ) -> None:
        self._features = {agent_id(feature.faj): feature for feature in features}
        self._make = make
        self._store = stored.store
        self._writer = stored.writer
        self._max_cached = max_cached
        self._cached: OrderedDict[str, FeatureAgent] = OrderedDict()
        self._previews = {
            own_id: (_status_on_disk(seen, cold_start_interactions), seen)
            for own_id, seen in stored.previews.items()
        }
        self._stored = set(stored.previews)
        self.counts = Counts()

    def __len__(self) -> int:
        return len(self._features)

    @property
    def cached(self) -> Iterator[FeatureAgent]:
        """The agents in memory, the least recently used first."""
        return iter(self._cached.values())

    @property
    def n_cached(self) -> int:
        """How many agents are in memory."""
        return len(self._cached)

    def feature_of(self, own_id: str) -> Feature:
        """Return the feature of an agent's id.

        Raises:
            NotFoundError: there is no such agent.
        """
        feature = self._features.get(own_id)
        if feature is None:
            raise NotFoundError(
                f"there is no agent {own_id[:60]!r}", "Take the id from agents() or agent()"
            )
        return feature

    def is_cached(self, own_id: str) -> bool:
        """Whether an agent is in memory."""
        return own_id in self._cached

    def status_of(self, own_id: str) -> AgentStatus:
        """Return an agent's status; one that was never used is still initializing."""
        agent = self._cached.get(own_id)
        if agent is not None:
            return agent.lifecycle.status
        preview = self._previews.get(own_id)
        return preview[0] if preview else "Initializing"

    def experience_of(self, own_id: str) -> tuple[int, float]:
        """Return (interactions, confidence) without making the agent."""
        agent = self._cached.get(own_id)
        if agent is not None:
            return agent.statistics.interactions, agent.statistics.confidence
        preview = self._previews.get(own_id)
        return (preview[1].interactions, preview[1].confidence) if preview else (0, 0.5)

    def snapshot(self, own_id: str) -> AgentSnapshot:
        """Return an agent's properties without making it."""
        agent = self._cached.get(own_id)
        if agent is not None:
            return agent.snapshot()
        status = self.status_of(own_id)
        interactions, confidence = self.experience_of(own_id)
        return AgentSnapshot(
            id=own_id,
            faj_code=self._features[own_id].faj,
            status=status,
            is_ready=status in ANSWERING,
            confidence=confidence,
            interaction_count=interactions,
        )

    def stats(self, routes: RouteCounts) -> RegistryStats:
        """Return how agents came and went; `routes` is how questions found them."""
        counts = self.counts
        return RegistryStats(
            total=len(self),
            cached=self.n_cached,
            created=counts.created,
            restored=counts.restored,
            evicted=counts.evicted,
            hits=counts.hits,
            misses=counts.misses,
            create_ms_mean=counts.create_ms_sum / max(1, counts.created),
            create_ms_max=counts.create_ms_max,
            by_status=dict(Counter(self.status_of(own_id) for own_id in self._features)),
            by_category=dict(sorted(Counter(f.category for f in self._features.values()).items())),
            routes=routes,
        )

    async def get(self, own_id: str) -> FeatureAgent:
        """Return an agent in service, made or restored if need be; the oldest one may be evicted.

        Raises:
            NotFoundError: there is no such agent.
            SerializationError: its stored state is damaged.
            StorageError: it cannot be read, or a displaced agent cannot be written.
        """
        agent = self._cached.get(own_id)
        if agent is not None:
            self.counts.hits += 1
            self._cached.move_to_end(own_id)
            return agent
        feature = self.feature_of(own_id)
        self.counts.misses += 1
        stored = await self._store.get(AGENTS, own_id) if own_id in self._stored else None
        agent = self._cached.get(own_id)  # another call may have made it meanwhile
        if agent is None:
            agent = self._restored(feature, stored)
            await self.shrink(self._max_cached, keep=own_id)
        return agent

    def mark(self, agent: FeatureAgent) -> None:
        """Note that an agent learnt something."""
        self._stored.add(agent.id)
        self._writer.mark(agent.id, lambda generation: to_record(agent, generation))

    async def shrink(self, n_agents: int, *, keep: str = "") -> None:
        """Evict the least recently used agents until `n_agents` are cached; disk first.

        Raises:
            StorageError: their state could not be written; they stay in memory.
        """
        idle = [a for a in self._cached.values() if a.id != keep and not a.is_engaged]
        surplus = idle[: max(0, self.n_cached - n_agents)]
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
                self._evict(agent)

    def _restored(self, feature: Feature, stored: Record | None) -> FeatureAgent:
        began = time.perf_counter()
        agent = self._make(feature)
        agent.initialize()
        if stored is not None:
            restore(agent, stored)
            self.counts.restored += 1
        self._cached[agent.id] = agent
        preview = self._previews.pop(agent.id, None)
        if preview is not None and preview[0] == "Offline":
            agent.shutdown()  # it was offline when it was evicted, and waits for initialize()
        elapsed_ms = (time.perf_counter() - began) * 1000.0
        self.counts.created += 1
        self.counts.create_ms_sum += elapsed_ms
        self.counts.create_ms_max = max(self.counts.create_ms_max, elapsed_ms)
        return agent

    def _evict(self, agent: FeatureAgent) -> None:
        if self._cached.pop(agent.id, None) is None:
            return
        self.counts.evicted += 1
        agent.learner.replay.clear()
        statistics = agent.statistics
        if agent.id in self._stored:
            seen = Preview(statistics.interactions, statistics.confidence, "", {})
            self._previews[agent.id] = (agent.lifecycle.status, seen)


def _status_on_disk(seen: Preview, cold_start_interactions: int) -> AgentStatus:
    """The status of an agent that was found on disk at start."""
    if seen.is_degraded:
        return "Degraded"
    return "Ready" if seen.interactions >= cold_start_interactions else "ColdStart"
