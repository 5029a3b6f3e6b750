"""One opened instance: the catalogue's agents, asked, rated and kept."""

from collections.abc import Iterator, Sequence

from elex_browser import host
from elex_browser.agents.config import LifecycleConfig
from elex_browser.answering.activation import activation_steps, feature_conflicts
from elex_browser.asking.question import check_text, checked
from elex_browser.edge_agent import EdgeAgent
from elex_browser.episodes.config import EPISODIC
from elex_browser.errors import ClosedError, ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.knowledge.weights import KNOWLEDGE
from elex_browser.learning.config import LearningConfig
from elex_browser.network.source import Watch
from elex_browser.open import OpenOptions, Parts, open_parts
from elex_browser.protocol import (
    ActivationSteps,
    AgentEvent,
    AgentFilter,
    AgentSummary,
    ConfigurationReport,
    EpisodeStats,
    FeatureConflicts,
    Feedback,
    KpiOptions,
    KpiSeries,
    LearningState,
    LearningUpdate,
    MeasurementReport,
    MemoryStats,
    ModelReport,
    Query,
    QueryResponse,
    RegistryStats,
    Route,
    StorageStats,
)
from elex_browser.registry.events import AgentEvents
from elex_browser.registry.listing import list_agents
from elex_browser.session.held_agent import HeldAgent
from elex_browser.session.network import File
from elex_browser.storage.base import Store


class Elex:
    """The agents of the catalogue. Make one with `await Elex.open()`."""

    def __init__(self, parts: Parts) -> None:
        self._made = parts
        self._is_open = True

    @classmethod
    async def open(
        cls,
        *,
        store: Store | None = None,
        kernels: Kernels | None = None,
        seed: int | None = None,
        budget_bytes: int | None = None,
        max_episodes: int = EPISODIC.max_episodes,
        learning: LearningConfig | None = None,
        life: LifecycleConfig | None = None,
    ) -> "Elex":
        """Open an instance; without a store it forgets at the end.

        Raises:
            StorageError: the store cannot be read.
            ConfigError: the budget is no size, or no episode may be kept.
        """
        options = OpenOptions(
            store=store,
            kernels=kernels,
            seed=seed,
            budget_bytes=budget_bytes,
            max_episodes=max_episodes,
            learning=learning or LearningConfig(),
            life=life or LifecycleConfig(),
        )
        return cls(await open_parts(options))

    @property
    def n_agents(self) -> int:
        """How many agents the catalogue has."""
        return len(self._made.registry)

    @property
    def n_restored(self) -> int:
        """How many agents were found in the store at the start."""
        return len(self._made.stored.previews)

    @property
    def damaged(self) -> list[str]:
        """Records that were found unsound at the start; their bytes are kept apart."""
        return list(self._made.stored.damaged)

    @property
    def events(self) -> AgentEvents:
        """Where changes of agents' status are noted."""
        return self._made.events

    async def warm_up(self) -> None:
        """Read the indexes and past questions now, so that the first question need not wait for them."""
        self.parts.router.warm_up()
        await self.parts.past.ready()

    def idle_work(self) -> Iterator[None]:
        """What can wait for quiet moments, some milliseconds per step; nothing once this is closed.

        The first step is the replay of ratings that came in.
        """
        if self._is_open:
            self._made.session.catch_up()
            yield
            yield from self._made.router.idle_work()

    async def ask(self, query: Query | str) -> QueryResponse:
        """Route a question and let the best agent answer.

        Raises:
            ValidationError: it is empty, too long, or allows no action.
            NotFoundError: it names codes that no feature has, or nothing in it fits any feature.
        """
        return await self.parts.session.ask(checked(query))

    async def route(self, text: str, k: int = KNOWLEDGE.routing.n_candidates) -> list[Route]:
        """Return the agents that could answer, best first.

        Raises:
            ValidationError: the text is empty or too long, or k is below 1.
            NotFoundError: it names codes that no feature has.
        """
        parts = self.parts
        check_text(text)
        if k < 1:
            raise ValidationError(f"k is {k}", "Ask for at least one route")
        await parts.past.ready()
        return parts.finder.routes(parts.finder.candidates(text, k))

    async def feedback(self, query_id: str, feedback: Feedback) -> LearningUpdate:
        """Rate an answer; on return what was learnt is on disk.

        Raises:
            NotFoundError: the answer is not known or was rated before.
            ValidationError: the rating is outside [-1, 1].
            StorageError: it could not be written; it is learnt and will be written with the next.
        """
        return await self.parts.session.rate(query_id, feedback)

    async def activation_plan(
        self, faj_codes: Sequence[str], chosen: Sequence[str] = ()
    ) -> ActivationSteps:
        """Return what to activate for some features, prerequisites first.

        Raises:
            ValidationError: no code, or a text that is none.
            NotFoundError: no feature has one of the codes.
        """
        return activation_steps(self.parts.catalogue, faj_codes, chosen)

    async def conflicts(self, faj_codes: Sequence[str]) -> FeatureConflicts:
        """Return what must not be active together with some features, and which of them with each other.

        Raises:
            ValidationError, NotFoundError: as `activation_plan`.
        """
        return feature_conflicts(self.parts.catalogue, faj_codes)

    async def load_configuration(
        self, file: File, name: str | None = None, *, on_progress: Watch | None = None
    ) -> ConfigurationReport:
        """Load a configuration in any form of the desk, also in gzip, zip or tar: see docs/files.md.

        Its values are checked against the known ranges, and agents use them in their answers. A file
        that is damaged further down counts up to there; the rest is in `rejected`.

        Raises:
            UnsupportedError: another format; the problem names it.
            SerializationError: nothing could be read.
            ValidationError: a table without a column for the object, or too many unreadable values.
            StorageError: the file could not be read.
            StoppedError: `on_progress` stopped it.
            MemoryBudgetError: there is no room for it.
        """
        return await self.parts.files.configuration(file, name, on_progress)

    async def load_model(
        self, file: File, name: str | None = None, *, on_progress: Watch | None = None
    ) -> ModelReport:
        """Load a model: MOM XML, YANG, CSV or JSON, also in gzip, zip or tar.

        From now on its types, ranges, defaults and units go before those of the catalogue, in checks and
        in answers. Configurations that are loaded keep their reports; load them again to judge them anew.

        Raises:
            ElexError: as `load_configuration`.
        """
        return await self.parts.files.model(file, name, on_progress)

    async def load_measurements(
        self,
        files: File | Sequence[File],
        name: str | None = None,
        *,
        on_progress: Watch | None = None,
    ) -> MeasurementReport:
        """Load PM XML and VES events, also in gzip, zip or tar, beside those that are loaded.

        Raises:
            ElexError: as `load_configuration`; of many files one that cannot be read is only rejected.
        """
        return await self.parts.files.measurements(files, name, on_progress)

    async def kpis(self, options: KpiOptions | None = None) -> list[KpiSeries]:
        """Return the catalogue's KPIs over the loaded counters, per period.

        Raises:
            NotFoundError: a name that no formula has.
        """
        return await self.parts.network.kpis(options or KpiOptions())

    async def forget_network(self) -> None:
        """Let go of all loaded configurations and measurements."""
        self.parts.network.forget()

    async def episodes(self) -> EpisodeStats:
        """Return how many past questions are kept.

        Raises:
            StorageError: they cannot be read.
        """
        kept = await self.parts.past.kept()
        return EpisodeStats(count=kept.episodes, cap=kept.cap, bytes=kept.size_bytes)

    async def forget_episodes(self) -> int:
        """Delete all past questions and return how many there were; what agents learnt of them stays.

        Raises:
            StorageError: they cannot be read, and none is deleted; or the deletion could not be written, and
                the next batch tries again.
        """
        return await self.parts.past.forget()

    async def agents(self, filter: AgentFilter | None = None) -> list[AgentSummary]:
        """List the agents, by code."""
        return list_agents(self.parts.catalogue, self.parts.registry, filter or AgentFilter())

    async def agent(self, faj_code: str) -> EdgeAgent:
        """Return the agent of a FAJ code in any spelling, in memory.

        Raises:
            ValidationError: the text is no code.
            NotFoundError: no feature has it.
        """
        parts = self.parts
        held = HeldAgent(parts.session, parts.registry, parts.catalogue.feature(faj_code).faj)
        await held.agent()
        return EdgeAgent.held(held)

    async def agent_by_id(self, wanted_id: str) -> EdgeAgent:
        """Return the agent of an id, in memory.

        Raises:
            NotFoundError: there is no such agent.
        """
        return await self.agent(self.parts.registry.feature_of(wanted_id).faj)

    async def learning_state(self, wanted_id: str) -> LearningState:
        """Return what an agent has learnt, entry by entry.

        Raises:
            NotFoundError: there is no such agent.
        """
        return (await self.parts.session.agent(wanted_id)).learning_state()

    async def memory_stats(self) -> MemoryStats:
        """Return the counted memory."""
        parts = self.parts
        used = parts.budget.used_bytes()
        return MemoryStats(
            budget_bytes=parts.budget.budget_bytes,
            used_bytes=used,
            utilization_percent=100.0 * used / parts.budget.budget_bytes,
            cached_agents=parts.registry.n_cached,
            state_buffers_available=parts.session.unrated.n_available,
            trajectories_available=parts.trajectories.n_available,
            wasm_memory_bytes=parts.kernels.memory_bytes(),
            pyodide_memory_bytes=host.current().heap_bytes(),
            total_agents=len(parts.registry),
        )

    async def storage_stats(self) -> StorageStats:
        """Return what is stored."""
        return await self.parts.stored.stats()

    async def registry_stats(self) -> RegistryStats:
        """Return how agents came and went, and how questions found them."""
        return self.parts.registry.stats(self.parts.session.route_counts)

    def take_events(self) -> list[AgentEvent]:
        """Return the changes of status since the last call, in order."""
        return self.events.take()

    async def flush(self) -> None:
        """Write what is not on disk yet.

        Raises:
            StorageError: it could not be written and stays in memory.
        """
        await self.parts.stored.writer.flush()

    async def close(self) -> None:
        """Write everything and let go of the store; calling it again changes nothing.

        Raises:
            StorageError: it could not be written; the instance stays open.
        """
        if not self._is_open:
            return
        parts = self._made
        parts.session.catch_up()
        await parts.stored.close()
        parts.router.close()
        parts.past.close()
        self._is_open = False

    @property
    def parts(self) -> Parts:
        """The parts of an open instance.

        Raises:
            ClosedError: it is closed.
        """
        if not self._is_open:
            raise ClosedError("this instance is closed", "Open a new one")
        return self._made
