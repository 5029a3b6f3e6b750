"""The agents of the catalogue as a team: made, found by questions, able to consult."""

from collections.abc import Callable, Sequence
from functools import cached_property
from random import Random

from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.agents.lifecycle import Change, LifecycleConfig
from elex_browser.answering.actions import ACTIONS
from elex_browser.answering.catalogue_facts import CatalogueFacts
from elex_browser.answering.facts import Facts, Profile
from elex_browser.answering.other_features import Stated
from elex_browser.answering.relations_text import prerequisites_text, relation_text
from elex_browser.asking.question import Question, Routes
from elex_browser.asking.state import levels
from elex_browser.asking.subjects import SubjectFinder
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.kernels.base import Kernels
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.knowledge.routing import Candidate, QuestionRouter
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.pool import Pool, Summary
from elex_browser.network.network import Network
from elex_browser.protocol import AnswerSection, Route
from elex_browser.registry.registry import Identity, Registry
from elex_browser.text.words import FRAME, tokens

OnAgentChange = Callable[[str, str, Change], None]
"""Called with agent id, FAJ code and what changed."""


class Team:
    """What an agent of the catalogue can reach: the surroundings that it acts in.

    Attributes:
        registry: set by the owner once the store is open.
    """

    registry: Registry

    def __init__(
        self,
        catalogue: Catalogue,
        router: QuestionRouter,
        kernels: Kernels,
        *,
        written: WrittenKnowledge,
        network: Network,
        past: EpisodicMemory,
        contributor: str,
        seed: int | None,
        trajectories: Arena,
        on_change: OnAgentChange,
        learning: LearningConfig,
        life: LifecycleConfig,
    ) -> None:
        self.catalogue = catalogue
        self._router = router
        self._kernels = kernels
        self._written = written
        self._network = network
        self._past = past
        self._contributor = contributor
        self._seed = seed
        self._trajectories = trajectories
        self._on_change = on_change
        self._pool = Pool(initial_values, learning, levels)
        self._generators: dict[str, Random] = {}
        self._subjects = SubjectFinder(catalogue)
        self._learning = learning
        self._life = life

    @cached_property
    def identities(self) -> list[Identity]:
        """Every agent's id, code and category."""
        return [Identity(agent_id(f.faj), f.faj, f.category) for f in self.catalogue.features]

    @cached_property
    def _faj_of(self) -> dict[str, str]:
        return {identity.agent_id: identity.faj_code for identity in self.identities}

    def make(self, wanted_id: str) -> FeatureAgent:
        """Make the agent of an id that exists."""
        feature = self.catalogue.feature(self._faj_of[wanted_id])
        return FeatureAgent(
            wanted_id,
            self._facts(feature),
            self._kernels,
            self._learner(wanted_id, feature.category),
            on_change=lambda change: self._on_change(wanted_id, feature.faj, change),
            life=self._life,
        )

    def _learner(self, wanted_id: str, category: str) -> Learner:
        return Learner(
            ACTIONS,
            contributor=self._contributor,
            view=self._pool.view(wanted_id, category),
            generator=self._generator(wanted_id),
            config=self._learning,
            arena=self._trajectories,
        )

    def share(self, wanted_id: str, summary: Summary) -> None:
        """Let new agents of the same category start from what this one knows."""
        category = self.catalogue.feature(self._faj_of[wanted_id]).category
        self._pool.put(wanted_id, category, summary)

    def route(self, text: str, k: int) -> Routes:
        """Return the best agents for a text, at most k.

        Raises:
            ValidationError: the text is empty or too long, or k is below 1.
            NotFoundError: it names codes that no feature has.
        """
        found = self._router.assess(text, k, self._past.recall)
        return Routes(
            [self._route(candidate) for candidate in found.candidates],
            found.in_domain,
            found.named,
            found.verdict,
            vector=found.vector,
            recalled=found.recalled,
        )

    def _route(self, candidate: Candidate) -> Route:
        return Route(
            agent_id=agent_id(candidate.faj),
            faj_code=candidate.faj,
            name=self.catalogue.feature(candidate.faj).name,
            score=candidate.score,
            via=candidate.via,
        )

    def profile(self, faj_code: str) -> Profile | None:
        """Return a feature in a few words, or None outside the catalogue."""
        feature = self.catalogue.get(faj_code)
        return self._facts(feature).profile if feature else None

    def relatives(self, faj_code: str) -> Sequence[str]:
        """Prerequisites first, then what is built on the feature, related ones and conflicts."""
        feature = self.catalogue.feature(faj_code)
        graph, faj = self.catalogue.graph, feature.faj
        alternatives = [code for group in feature.requires_any for code in group]
        found = [
            *graph.requires(faj),
            *alternatives,
            *graph.related(faj),
            *graph.required_by(faj),
            *graph.conflicts(faj),
        ]
        return [code for code in dict.fromkeys(found) if code in self.catalogue]

    def relations(self, faj_codes: Sequence[str]) -> list[Stated]:
        """What the catalogue states between some of its features, conflicts first."""
        codes = [self.catalogue.feature(faj).faj for faj in faj_codes]
        name = self.catalogue.name_of
        return [
            Stated(
                relation.faj,
                name(relation.faj) or relation.faj,
                relation.kind,
                relation.other,
                name(relation.other) or relation.other,
                relation_text(self.catalogue, relation),
            )
            for relation in self.catalogue.graph.relations_among(codes)
        ]

    def activation_text(self, faj_codes: Sequence[str]) -> str:
        """What to activate before some features, in order, in words."""
        codes = [self.catalogue.feature(faj).faj for faj in faj_codes]
        return prerequisites_text(self.catalogue, codes)

    async def facts(self, faj_code: str) -> Facts:
        """Wake the agent of a feature and return what it knows."""
        return (await self.registry.get(self.registry.id_of(faj_code))).facts

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Wake the agent of a feature and let it tell what it knows of the question."""
        return (await self.facts(faj_code)).brief(question)

    @property
    def has_network_data(self) -> bool:
        """Whether a configuration or measurements are loaded."""
        return self._network.is_loaded

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """Return what the loaded files say about a feature."""
        return self._network.sections(self.catalogue.feature(faj_code).faj)

    def consider(self, text: str, k: int) -> Routes:
        """As `route`, with the subjects of a question that has several.

        Raises:
            ValidationError, NotFoundError: as `route`.
        """
        routes = self.route(text, k)
        return self._subjects.consider(text, routes, lambda part: self.route(part, k))

    def addressed(self, wanted_id: str, text: str, routes: Routes) -> Routes:
        """The routes of a question whose asker chose the agent himself: nothing is asked back.

        A follow-up ("which parameters are there?") has no subject of its own and belongs here.
        """
        is_follow_up = not set(tokens(text)) - FRAME
        in_domain = 1.0 if is_follow_up else routes.in_domain
        chosen = routes._replace(verdict="answer", in_domain=in_domain)
        return self._subjects.beside(self._faj_of[wanted_id], text, chosen)

    def _facts(self, feature: Feature) -> CatalogueFacts:
        gist, record = self._written.gist(feature), self._written.record(feature)
        return CatalogueFacts(self.catalogue, feature, gist, record)

    def _generator(self, wanted_id: str) -> Random:
        """Each agent has its own stream, which goes on when it comes back from rest."""
        if wanted_id not in self._generators:
            seed = None if self._seed is None else f"{self._seed} {wanted_id}"
            self._generators[wanted_id] = Random(seed)
        return self._generators[wanted_id]


def agent_id(faj_code: str) -> str:
    """Return the id of a feature's agent: "faj-121-3094"."""
    return faj_code.lower().replace(" ", "-")
