"""One opened instance: the catalogue's agents, asked, rated and kept."""

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from elex_browser.agents.lifecycle import LifecycleConfig
from elex_browser.answering.catalogue_others import Team, agent_id
from elex_browser.answering.declined import why_declined
from elex_browser.answering.relations_text import activation_steps, feature_conflicts
from elex_browser.asking.question import check_query
from elex_browser.catalogue.index import Catalogue
from elex_browser.edge_agent import EdgeAgent, as_query
from elex_browser.episodes.archive import EpisodeArchive
from elex_browser.episodes.likeness import Likeness
from elex_browser.episodes.memory import MAX_EPISODES, EpisodicMemory
from elex_browser.errors import NotFoundError, QueryError
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.learning.config import LearningConfig
from elex_browser.protocol import (
    ActivationSteps,
    AgentEvent,
    AgentFilter,
    AgentSummary,
    EpisodeStats,
    FeatureConflicts,
    Feedback,
    LearningState,
    LearningUpdate,
    MemoryStats,
    Query,
    QueryResponse,
    RegistryStats,
    Route,
    RouteCounts,
    StorageStats,
)
from elex_browser.registry.budget import MemoryBudget
from elex_browser.registry.deep_size import deep_size
from elex_browser.registry.events import Journal
from elex_browser.registry.listing import list_agents
from elex_browser.registry.registry import Registry
from elex_browser.registry.stored_agents import Shelf
from elex_browser.session.network import NetworkMethods
from elex_browser.session.session import N_ROUTES, Desk, Member
from elex_browser.storage.base import Store
from elex_browser.storage.memory import MemoryStore


class Elex(NetworkMethods):
    """The agents of the catalogue. Make one with `await Elex.open()`."""

    def __init__(
        self,
        catalogue: Catalogue,
        router: QuestionRouter,
        kernels: Kernels,
        shelf: Shelf,
        *,
        seed: int | None,
        budget: MemoryBudget,
        max_episodes: int,
        learning: LearningConfig,
        life: LifecycleConfig,
    ) -> None:
        self._catalogue = catalogue
        self._router = router
        self._shelf = shelf
        self.budget = budget
        self.budget.index_bytes = self._count_indexes
        self._indexes: tuple[bool, int] | None = None
        self.journal = Journal()
        self._routes: Counter[str] = Counter()
        self._is_open = True
        self._network = self._new_network(catalogue, kernels, budget)
        archive = EpisodeArchive(shelf.store, shelf.writer, shelf.set_aside)
        self._past = EpisodicMemory(archive, kernels, Likeness(router), catalogue, cap=max_episodes)
        self._team = Team(
            catalogue,
            router,
            kernels,
            written=WrittenKnowledge(),
            network=self._network,
            past=self._past,
            contributor=shelf.contributor or f"elex-{secrets.token_hex(8)}",
            seed=seed,
            trajectories=budget.trajectories,
            on_change=self.journal.note,
            learning=learning,
            life=life,
        )
        self._registry = Registry(self._team.identities, self._team.make, shelf)
        self._registry.adopt(shelf.glances, life.cold_start_interactions)
        for stored_id, seen in shelf.glances.items():
            self._team.share(stored_id, seen.summary)
        self._team.registry = self._registry
        self._desk = Desk(self._team, self._registry, self._past, shelf.writer, budget, learning)

    @classmethod
    async def open(
        cls,
        *,
        store: Store | None = None,
        kernels: Kernels | None = None,
        seed: int | None = None,
        budget_bytes: int | None = None,
        max_episodes: int = MAX_EPISODES,
        learning: LearningConfig | None = None,
        life: LifecycleConfig | None = None,
    ) -> "Elex":
        """Open an instance; without a store it forgets at the end.

        Raises:
            StorageError: the store cannot be read.
            ConfigError: the budget is no size, or no episode may be kept.
        """
        catalogue = Catalogue.load()
        ids = {agent_id(feature.faj) for feature in catalogue.features}
        chosen = kernels or ReferenceKernels()
        return cls(
            catalogue,
            QuestionRouter(catalogue, kernels=chosen),
            chosen,
            await Shelf.open(store or MemoryStore(), ids),
            seed=seed,
            budget=MemoryBudget(chosen, budget_bytes),
            max_episodes=max_episodes,
            learning=learning or LearningConfig(),
            life=life or LifecycleConfig(),
        )

    @property
    def n_agents(self) -> int:
        """How many agents the catalogue has."""
        return len(self._registry)

    @property
    def n_restored(self) -> int:
        """How many agents were found in the store at the start."""
        return len(self._shelf.glances)

    @property
    def damaged(self) -> list[str]:
        """Records that were found unsound at the start; their bytes are kept apart."""
        return list(self._shelf.damaged)

    async def warm_up(self) -> None:
        """Read the indexes and past questions now, so that the first question need not wait for them."""
        self._router.warm_up()
        await self._past.ready()

    def idle_work(self) -> Iterator[None]:
        """What can wait for quiet moments, some milliseconds per step; nothing once this is closed."""
        yield from self._router.idle_work() if self._is_open else ()

    async def ask(self, query: Query | str) -> QueryResponse:
        """Route a question and let the best agent answer.

        Raises:
            ValidationError: it is empty, too long, or allows no action.
            NotFoundError: it names codes that no feature has, or nothing in it fits any feature.
        """
        began = time.perf_counter()
        self._check_open()
        query = as_query(query)
        check_query(query)
        await self._past.ready()
        routes = self._team.consider(query.content, N_ROUTES)
        if not routes.best:
            raise NotFoundError(
                f"no feature fits the question {query.content.strip()[:80]!r}. "
                + why_declined(query.content).rstrip("."),
                "Name a feature, parameter, counter or symptom, in English",
            )
        first = routes.first
        self._routes[first.via] += 1
        return await self._desk.ask(first.agent_id, query, routes, routes.confidence, since=began)

    async def route(self, text: str, k: int = N_ROUTES) -> list[Route]:
        """Return the agents that could answer, best first.

        Raises:
            ValidationError: the text is empty or too long, or k is below 1.
            NotFoundError: it names codes that no feature has.
        """
        self._check_open()
        await self._past.ready()
        return self._team.route(text, k).best

    async def feedback(self, query_id: str, feedback: Feedback) -> LearningUpdate:
        """Rate an answer; on return what was learnt is on disk.

        Raises:
            NotFoundError: the answer is not known or was rated before.
            ValidationError: the rating is outside [-1, 1].
            StorageError: it could not be written; it is learnt and will be written with the next.
        """
        self._check_open()
        return await self._desk.rate(query_id, feedback)

    async def activation_plan(
        self, faj_codes: Sequence[str], chosen: Sequence[str] = ()
    ) -> ActivationSteps:
        """Return what to activate for some features, prerequisites first.

        Raises:
            ValidationError: no code, or a text that is none.
            NotFoundError: no feature has one of the codes.
        """
        self._check_open()
        return activation_steps(self._catalogue, faj_codes, chosen)

    async def conflicts(self, faj_codes: Sequence[str]) -> FeatureConflicts:
        """Return what must not be active together with some features, and which of them with each other.

        Raises:
            ValidationError, NotFoundError: as `activation_plan`.
        """
        self._check_open()
        return feature_conflicts(self._catalogue, faj_codes)

    async def episodes(self) -> EpisodeStats:
        """Return how many past questions are kept.

        Raises:
            StorageError: they cannot be read.
        """
        self._check_open()
        kept = await self._past.kept()
        return EpisodeStats(count=kept.episodes, cap=kept.cap, bytes=kept.size_bytes)

    async def forget_episodes(self) -> int:
        """Delete all past questions and return how many there were; what agents learnt of them stays.

        Raises:
            StorageError: they cannot be read, and none is deleted; or the deletion could not be written, and
                the next batch tries again.
        """
        self._check_open()
        return await self._past.forget()

    async def agents(self, filter: AgentFilter | None = None) -> list[AgentSummary]:
        """List the agents, by code."""
        self._check_open()
        return list_agents(self._catalogue, self._registry, filter or AgentFilter())

    async def agent(self, faj_code: str) -> EdgeAgent:
        """Return the agent of a FAJ code in any spelling, awake.

        Raises:
            ValidationError: the text is no code.
            NotFoundError: no feature has it.
        """
        self._check_open()
        feature = self._catalogue.feature(faj_code)
        return await self.agent_by_id(agent_id(feature.faj))

    async def agent_by_id(self, wanted_id: str) -> EdgeAgent:
        """Return the agent of an id, awake.

        Raises:
            NotFoundError: there is no such agent.
        """
        self._check_open()
        member = Member(self._desk, wanted_id)
        await member.agent()
        return EdgeAgent.held(member)

    async def learning_state(self, wanted_id: str) -> LearningState:
        """Return what an agent has learnt, entry by entry."""
        return (await self._desk.awake(wanted_id)).learning_state()

    async def memory_stats(self) -> MemoryStats:
        """Return the counted memory."""
        self._check_open()
        return self.budget.stats(self._registry)

    async def storage_stats(self) -> StorageStats:
        """Return what is stored."""
        self._check_open()
        return await self._shelf.stats()

    async def registry_stats(self) -> RegistryStats:
        """Return how agents came and went, and how questions found them."""
        self._check_open()
        return self._registry.stats(RouteCounts(**self._routes))

    def take_events(self) -> list[AgentEvent]:
        """Return the changes of status since the last call, in order."""
        return self.journal.take()

    async def flush(self) -> None:
        """Write what is not on disk yet.

        Raises:
            StorageError: it could not be written and stays in memory.
        """
        self._check_open()
        await self._shelf.writer.flush()

    async def close(self) -> None:
        """Write everything and let go of the store; calling it again changes nothing.

        Raises:
            StorageError: it could not be written; the instance stays open.
        """
        if not self._is_open:
            return
        self._desk.catch_up()
        await self._shelf.close()
        self._router.close()
        self._past.close()
        self._is_open = False

    def _count_indexes(self) -> int:
        """Bytes of what is read once for all agents; counted anew once the router has read its indexes."""
        is_warm = "finder" in vars(self._router)
        if self._indexes is None or self._indexes[0] != is_warm:
            self._indexes = (is_warm, deep_size((self._catalogue, self._router)))
        return self._indexes[1] + self._past.size_bytes

    def _check_open(self) -> None:
        if not self._is_open:
            raise QueryError("this instance is closed", "Open a new one")
