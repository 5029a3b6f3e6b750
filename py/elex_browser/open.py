"""The composition root: makes the parts of an instance from the bottom up, each handed to those above it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from elex_browser import host
from elex_browser.agents.config import LifecycleConfig
from elex_browser.answering.catalogue_others import CatalogueOthers
from elex_browser.answering.facts import Facts
from elex_browser.asking.finder import Finder
from elex_browser.catalogue.index import Catalogue
from elex_browser.episodes.archive import EpisodeArchive
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.likeness import Likeness
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.kernels.base import Kernels
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.network.network import Network
from elex_browser.ran.codes import agent_id
from elex_browser.registry.budget import Counted, MemoryBudget
from elex_browser.registry.deep_size import deep_size
from elex_browser.registry.events import AgentEvents
from elex_browser.registry.factory import AgentFactory
from elex_browser.registry.registry import Registry
from elex_browser.registry.stored_agents import StoredAgents
from elex_browser.session.network import FileLoader
from elex_browser.session.session import Session
from elex_browser.storage.base import Store
from elex_browser.storage.memory import MemoryStore

# The agents' specification's pool of trajectories.
N_TRAJECTORIES, TRAJECTORY_BYTES = 5000, 1024


@dataclass(frozen=True, kw_only=True)
class OpenOptions:
    """What an instance is made from; every part has a default.

    Attributes:
        store: where learning is kept; without one it is forgotten at the end.
        kernels: the hot loops; the host's if not given.
        seed: makes exploration reproducible.
        budget_bytes: the memory budget.
    """

    store: Store | None = None
    kernels: Kernels | None = None
    seed: int | None = None
    budget_bytes: int | None = None
    max_episodes: int = EPISODIC.max_episodes
    learning: LearningConfig = field(default_factory=LearningConfig)
    life: LifecycleConfig = field(default_factory=LifecycleConfig)


@dataclass(frozen=True)
class Parts:
    """The parts of an opened instance, from the bottom up."""

    kernels: Kernels
    catalogue: Catalogue
    router: QuestionRouter
    stored: StoredAgents
    past: EpisodicMemory
    finder: Finder
    network: Network
    trajectories: Arena
    events: AgentEvents
    registry: Registry
    budget: MemoryBudget
    files: FileLoader
    session: Session


async def open_parts(options: OpenOptions) -> Parts:
    """Make the parts of an instance.

    Raises:
        StorageError: the store cannot be read.
        ConfigError: the budget is no size, or no episode may be kept.
    """
    kernels = options.kernels or host.current().kernels()
    catalogue = Catalogue.load()
    router = QuestionRouter(catalogue, kernels=kernels)
    ids = {agent_id(feature.faj) for feature in catalogue.features}
    stored = await StoredAgents.open(options.store or MemoryStore(), ids)
    archive = EpisodeArchive(stored.store, stored.writer, stored.set_aside)
    likeness = Likeness(router)
    past = EpisodicMemory(archive, kernels, likeness, catalogue, cap=options.max_episodes)
    finder = Finder(catalogue, router, past)
    network = Network(catalogue, kernels)
    written = WrittenKnowledge()
    trajectories = Arena("trajectories", N_TRAJECTORIES, TRAJECTORY_BYTES)
    events = AgentEvents()
    factory = AgentFactory(
        catalogue,
        written,
        kernels,
        contributor=stored.contributor or f"elex-{secrets.token_hex(8)}",
        seed=options.seed,
        trajectories=trajectories,
        on_change=events.note,
        learning=options.learning,
        life=options.life,
    )
    for feature in catalogue.features:
        if seen := stored.previews.get(agent_id(feature.faj)):
            factory.share(feature, seen.summary)
    cold_start = options.life.cold_start_interactions
    registry = Registry(catalogue.features, factory.make, stored, cold_start)

    async def facts_of(faj_code: str) -> Facts:
        return (await registry.get(agent_id(catalogue.feature(faj_code).faj))).facts

    others = CatalogueOthers(catalogue, written, finder, network, facts_of)
    counted = Counted(
        kernels=kernels.memory_bytes,
        network=network.size_bytes,
        pools=lambda: trajectories.size_bytes,
        indexes=_indexes_counter(catalogue, router, past),
    )
    budget = MemoryBudget(registry, counted, options.budget_bytes)
    session = Session(
        finder, registry, others, network, past, stored.writer, budget, options.learning
    )
    return Parts(
        kernels,
        catalogue,
        router,
        stored,
        past,
        finder,
        network,
        trajectories,
        events,
        registry,
        budget,
        FileLoader(network, budget),
        session,
    )


def _indexes_counter(
    catalogue: Catalogue, router: QuestionRouter, past: EpisodicMemory
) -> Callable[[], int]:
    """Return what counts the bytes read once for all agents: anew once the router has read its indexes."""
    counted: dict[bool, int] = {}

    def count() -> int:
        if router.is_warm not in counted:
            counted[router.is_warm] = deep_size((catalogue, router))
        return counted[router.is_warm] + past.size_bytes

    return count
