"""Makes the agents of the catalogue, each with its facts, its learner and its own stream of chance."""

from collections.abc import Callable
from random import Random

from elex_browser.agents.config import LifecycleConfig
from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.agents.lifecycle import Change
from elex_browser.answering.actions import ACTIONS
from elex_browser.answering.catalogue_facts import CatalogueFacts
from elex_browser.asking.state import levels
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.kernels.base import Kernels
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.pool import Pool, Summary
from elex_browser.ran.codes import agent_id

OnAgentChange = Callable[[str, str, Change], None]
"""Called with agent id, FAJ code and what changed."""


class AgentFactory:
    """Makes agents; those of one category start from what the others learnt.

    Args:
        contributor: the identity under which experience is made.
        seed: makes the choices of every agent reproducible; None takes true chance.
        trajectories: where steps lie that are replayed.
        on_change: hears of every change of status.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        written: WrittenKnowledge,
        kernels: Kernels,
        *,
        contributor: str,
        seed: int | None,
        trajectories: Arena,
        on_change: OnAgentChange,
        learning: LearningConfig,
        life: LifecycleConfig,
    ) -> None:
        self._catalogue = catalogue
        self._written = written
        self._kernels = kernels
        self._contributor = contributor
        self._seed = seed
        self._trajectories = trajectories
        self._on_change = on_change
        self._learning = learning
        self._life = life
        self._pool = Pool(initial_values, learning, levels)
        self._generators: dict[str, Random] = {}

    def make(self, feature: Feature) -> FeatureAgent:
        """Return a new agent of a feature."""
        return FeatureAgent(
            agent_id(feature.faj),
            CatalogueFacts(self._catalogue, self._written, feature),
            self._kernels,
            self._learner(feature),
            on_change=lambda change: self._on_change(agent_id(feature.faj), feature.faj, change),
            life=self._life,
        )

    def share(self, feature: Feature, summary: Summary) -> None:
        """Let new agents of the same category start from what this feature's agent knows."""
        self._pool.put(agent_id(feature.faj), feature.category, summary)

    def _learner(self, feature: Feature) -> Learner:
        own_id = agent_id(feature.faj)
        return Learner(
            ACTIONS,
            contributor=self._contributor,
            view=self._pool.view(own_id, feature.category),
            generator=self._generator(own_id),
            config=self._learning,
            arena=self._trajectories,
        )

    def _generator(self, own_id: str) -> Random:
        """Each agent has its own stream, which goes on when it is made again."""
        if own_id not in self._generators:
            seed = None if self._seed is None else f"{self._seed} {own_id}"
            self._generators[own_id] = Random(seed)
        return self._generators[own_id]
