"""One opened instance: the catalogue's agents, asked, rated and kept."""

import secrets
import time
from collections import Counter, deque
from collections.abc import Sequence
from functools import cached_property

from elex_browser.agents.actions import ACTIONS
from elex_browser.agents.asked import Asked, AskedQueries
from elex_browser.agents.counting import deep_size
from elex_browser.agents.feature_agent import Answered, FeatureAgent
from elex_browser.agents.lifecycle import Change, LifecycleConfig
from elex_browser.agents.memory import MemoryBudget
from elex_browser.agents.question import Question, check_query, read_question
from elex_browser.agents.registry import Registry
from elex_browser.agents.shelf import Shelf
from elex_browser.agents.team import Team, agent_id
from elex_browser.agents.written import WrittenKnowledge
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.edge_agent import EdgeAgent, as_query
from elex_browser.errors import NotFoundError, QueryError
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import reward
from elex_browser.learning.transition import Transition
from elex_browser.protocol import (
    AgentEvent,
    AgentFilter,
    AgentSnapshot,
    AgentSummary,
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
from elex_browser.storage.base import Store
from elex_browser.storage.memory import MemoryStore

N_ROUTES = 10
# [OWN] A caller who picked the agent himself is rarely wrong about it.
ADDRESSED_CONFIDENCE = 0.9
_MAX_EVENTS = 1000


class Elex:
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
        learning: LearningConfig,
        life: LifecycleConfig,
    ) -> None:
        self._catalogue = catalogue
        self._shelf = shelf
        self.budget = budget
        self._life = life
        self._learning = learning
        self._asked = AskedQueries()
        self._open_question_back: Asked | None = None
        self._events: deque[AgentEvent] = deque(maxlen=_MAX_EVENTS)
        self._n_events = 0
        self._n_asked = 0
        self._routes: Counter[str] = Counter()
        self._is_open = True
        self._team = Team(
            catalogue,
            router,
            kernels,
            written=WrittenKnowledge(),
            contributor=shelf.contributor or f"elex-{secrets.token_hex(8)}",
            seed=seed,
            on_change=self._note_change,
            learning=learning,
            life=life,
        )
        self._registry = Registry(self._team.identities, self._team.make, shelf)
        self._registry.adopt(shelf.glances, life.cold_start_interactions)
        self._team.registry = self._registry

    @classmethod
    async def open(
        cls,
        *,
        store: Store | None = None,
        kernels: Kernels | None = None,
        seed: int | None = None,
        budget_bytes: int | None = None,
        learning: LearningConfig | None = None,
        life: LifecycleConfig | None = None,
    ) -> "Elex":
        """Open an instance; without a store it forgets at the end.

        Raises:
            StorageError: the store cannot be read.
            ConfigError: the budget is no size.
        """
        catalogue = Catalogue.load()
        ids = {agent_id(feature.faj) for feature in catalogue.features}
        chosen = kernels or ReferenceKernels()
        return cls(
            catalogue,
            QuestionRouter(catalogue),
            chosen,
            await Shelf.open(store or MemoryStore(), ids),
            seed=seed,
            budget=MemoryBudget(chosen, budget_bytes),
            learning=learning or LearningConfig(),
            life=life or LifecycleConfig(),
        )

    @cached_property
    def _index_bytes(self) -> int:
        return deep_size(self._catalogue.features)

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
        routes = self._team.route(query.content, N_ROUTES)
        if not routes:
            raise NotFoundError(
                f"no feature fits the question {query.content.strip()[:80]!r}",
                "Name a feature, parameter, counter or symptom, in English",
            )
        self._routes[routes[0].via] += 1
        return await self._ask(routes[0].agent_id, query, routes, routes[0].score, began)

    async def route(self, text: str, k: int = N_ROUTES) -> list[Route]:
        """Return the agents that could answer, best first.

        Raises:
            ValidationError: the text is empty or too long, or k is below 1.
            NotFoundError: it names codes that no feature has.
        """
        self._check_open()
        return self._team.route(text, k)

    async def feedback(self, query_id: str, feedback: Feedback) -> LearningUpdate:
        """Rate an answer; on return what was learnt is on disk.

        Raises:
            NotFoundError: the answer is not known or was rated before.
            ValidationError: the rating is outside [-1, 1].
            StorageError: it could not be written; it is learnt and will be written with the next.
        """
        self._check_open()
        asked = self._asked.find(query_id)
        total = reward(
            feedback.rating,
            resolved=feedback.resolved,
            latency_ms=asked.latency_ms,
            n_peers=asked.n_peers,
            config=self._learning,
        )
        agent = await self._registry.get(asked.agent_id)
        td_error = agent.update(_transition(asked, total, feedback.resolved))
        self._asked.remove(query_id)
        await self._keep(agent)
        q_table = agent.learner.q_table
        return LearningUpdate(
            agent_id=agent.id,
            state=asked.state,
            action=ACTIONS[asked.action],
            reward=total,
            td_error=td_error,
            q_value=float(q_table.values(asked.state)[asked.action]),
            visits=int(q_table.visits(asked.state)[asked.action]),
            epsilon=agent.learner.policy.epsilon,
            interactions=agent.statistics.interactions,
        )

    async def agents(self, filter: AgentFilter | None = None) -> list[AgentSummary]:
        """List the agents, by code."""
        self._check_open()
        wanted = filter or AgentFilter()
        return [
            summary
            for feature in self._catalogue.features
            if _fits(feature, wanted)
            for summary in [self._summary(feature)]
            if wanted.status in (None, summary.status)
        ]

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
        member = _Member(self, wanted_id)
        await member.agent()
        return EdgeAgent.held(member)

    async def learning_state(self, wanted_id: str) -> LearningState:
        """Return what an agent has learnt, entry by entry."""
        return (await self._registry.get(wanted_id)).learning_state()

    async def memory_stats(self) -> MemoryStats:
        """Return the counted memory."""
        self._check_open()
        return self.budget.stats(self._registry, self._index_bytes)

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
        events = list(self._events)
        self._events.clear()
        return events

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
        await self._shelf.close()
        self._is_open = False

    async def _ask(
        self, wanted_id: str, query: Query, routes: Sequence[Route], confidence: float, began: float
    ) -> QueryResponse:
        agent = await self._awake(wanted_id)
        self._n_asked += 1
        question = read_question(
            query,
            query_id=query.query_id or f"q{self._n_asked}-{secrets.token_hex(4)}",
            routes=routes,
            confidence=confidence,
        )
        answered = await agent.answer(question, self._team, since=began)
        self._remember(question, answered)
        self._registry.mark(agent)
        return answered.response

    def _remember(self, question: Question, answered: Answered) -> None:
        """Keep what a rating needs; a question back learns what its user asked next."""
        if self._open_question_back is not None:
            self._open_question_back.next_state = answered.state
        response = answered.response
        asked = Asked(
            query_id=question.query_id,
            agent_id=response.agent_id,
            state=answered.state,
            action=answered.action,
            latency_ms=response.latency_ms,
            n_peers=len(response.consulted),
            is_question_back=response.action_taken == "RequestClarification",
        )
        self._open_question_back = asked if asked.is_question_back else None
        self._asked.add(asked)

    async def _awake(self, wanted_id: str) -> FeatureAgent:
        agent = await self._registry.get(wanted_id)
        await self.budget.keep(self._registry, agent.id)
        return agent

    async def _keep(self, agent: FeatureAgent) -> None:
        self._registry.mark(agent)
        await self._shelf.writer.settled()

    def _summary(self, feature: Feature) -> AgentSummary:
        wanted_id = agent_id(feature.faj)
        interactions, confidence = self._registry.glance_at(wanted_id)
        return AgentSummary(
            id=wanted_id,
            faj_code=feature.faj,
            name=feature.name,
            acronym=feature.acronym,
            category=feature.category,
            access=list(feature.access),
            status=self._registry.status_of(wanted_id),
            interactions=interactions,
            confidence=confidence,
        )

    def _note_change(self, wanted_id: str, faj_code: str, change: Change) -> None:
        self._n_events += 1
        self._events.append(
            AgentEvent(
                sequence=self._n_events,
                agent_id=wanted_id,
                faj_code=faj_code,
                before=change.before,
                after=change.after,
                trigger=change.trigger,
                health=change.health,
            )
        )

    def _check_open(self) -> None:
        if not self._is_open:
            raise QueryError("this instance is closed", "Open a new one")


class _Member:
    """An agent of the catalogue, found anew at every call, because it may have gone to rest."""

    def __init__(self, elex: Elex, wanted_id: str) -> None:
        self._elex = elex
        self._id = wanted_id

    async def agent(self) -> FeatureAgent:
        return await self._elex._awake(self._id)

    async def process(self, query: Query) -> QueryResponse:
        began = time.perf_counter()
        check_query(query)
        routes = self._elex._team.route(query.content, N_ROUTES)
        own = next((route for route in routes if route.agent_id == self._id), None)
        sure_of_other = routes and routes[0].via == "code" and routes[0].agent_id != self._id
        addressed = 0.0 if sure_of_other else ADDRESSED_CONFIDENCE
        confidence = max(own.score if own else 0.0, addressed)
        return await self._elex._ask(self._id, query, routes, confidence, began)

    async def learnt(self, agent: FeatureAgent) -> None:
        await self._elex._keep(agent)

    def snapshot(self) -> AgentSnapshot:
        return self._elex._registry.snapshot(self._id)


def _transition(asked: Asked, total: float, is_resolved: bool) -> Transition:
    """What a rating says about the course of things.

    An answer ends its episode when it is rated. A question back does not: the user's next question
    is the next state. Where none came yet, the episode is cut off there.
    """
    goes_on = asked.is_question_back and not is_resolved
    return Transition(
        asked.state,
        asked.action,
        total,
        next_state=asked.next_state if goes_on else None,
        terminated=not goes_on,
        truncated=goes_on and asked.next_state is None,
    )


def _fits(feature: Feature, wanted: AgentFilter) -> bool:
    if wanted.category is not None and feature.category.casefold() != wanted.category.casefold():
        return False
    accesses = {access.casefold() for access in feature.access}
    if wanted.access is not None and wanted.access.casefold() not in accesses:
        return False
    words = (wanted.text or "").casefold().split()
    names = [feature.name, feature.faj, feature.faj.replace(" ", ""), *feature.acronyms]
    haystack = " ".join([*names, *feature.aliases, *feature.cxc]).casefold()
    return all(word in haystack for word in words)
