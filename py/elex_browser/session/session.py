"""Where questions are answered, remembered and rated: the way from a request to a stored lesson."""

import asyncio
import secrets
import time
from collections import Counter

from elex_browser.agents.feature_agent import Answered, FeatureAgent
from elex_browser.answering.actions import ACTIONS
from elex_browser.answering.declined import why_declined
from elex_browser.answering.other_features import OtherFeatures
from elex_browser.asking.finder import Finder
from elex_browser.asking.question import Question, read_question
from elex_browser.asking.state import parts_of
from elex_browser.episodes.episode import kept_text
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.errors import NotFoundError
from elex_browser.knowledge.found import Found
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import reward
from elex_browser.learning.transition import Transition
from elex_browser.network.network import Network
from elex_browser.protocol import (
    Action,
    Feedback,
    LearningUpdate,
    Query,
    QueryResponse,
    RouteCounts,
)
from elex_browser.ran.codes import FajCode, agent_id
from elex_browser.registry.budget import MemoryBudget
from elex_browser.registry.registry import Registry
from elex_browser.session.unrated import UnratedAnswer, UnratedAnswers
from elex_browser.storage.write_behind import WriteBehind

IDLE_AFTER_S = 0.2
ANSWERS: frozenset[Action] = frozenset(("DirectAnswer", "ContextAnswer", "ConsultPeer"))


class Session:
    """Brings questions to agents, and ratings back to the answers they are about.

    Attributes:
        unrated: the answers that wait for a rating.
    """

    def __init__(
        self,
        finder: Finder,
        registry: Registry,
        others: OtherFeatures,
        network: Network,
        past: EpisodicMemory,
        writer: WriteBehind,
        budget: MemoryBudget,
        learning: LearningConfig,
    ) -> None:
        self._finder = finder
        self._registry = registry
        self._others = others
        self._network = network
        self._past = past
        self._writer = writer
        self._budget = budget
        self._learning = learning
        self.unrated = UnratedAnswers()
        self._open_question_back: UnratedAnswer | None = None
        self._n_asked = 0
        self._routes: Counter[str] = Counter()
        self._idle_work: asyncio.Task[None] | None = None

    @property
    def route_counts(self) -> RouteCounts:
        """How often the asked agent was found in each way."""
        return RouteCounts(**self._routes)

    async def agent(self, own_id: str) -> FeatureAgent:
        """Return an agent in service, within the memory budget.

        Raises:
            NotFoundError: there is no such agent.
            ElexError: see `Registry.get` and `MemoryBudget.keep`.
        """
        was_cached = self._registry.is_cached(own_id)
        agent = await self._registry.get(own_id)
        if not was_cached:
            await self._budget.keep(own_id)
        return agent

    async def ask(self, query: Query) -> QueryResponse:
        """Let the best agent answer a checked question.

        Raises:
            NotFoundError: it names codes that no feature has, or nothing in it fits any feature.
        """
        since = time.perf_counter()
        await self._past.ready()
        found = self._finder.find(query.content)
        if not found.candidates:
            raise NotFoundError(
                f"no feature fits the question {query.content.strip()[:80]!r}. "
                + why_declined(query.content).rstrip("."),
                "Name a feature, parameter, counter or symptom, in English",
            )
        self._routes[found.first.via] += 1
        return await self.answer(agent_id(found.first.faj), query, found, since=since)

    async def ask_agent(self, faj: FajCode, query: Query) -> QueryResponse:
        """Let one agent answer a checked question that was put to it and nobody else.

        Raises:
            NotReadyError: the agent is not in service.
        """
        since = time.perf_counter()
        await self._past.ready()
        found = self._finder.find_for(faj, query.content)
        return await self.answer(agent_id(faj), query, found, since=since)

    async def answer(
        self, own_id: str, query: Query, found: Found, *, since: float
    ) -> QueryResponse:
        """Let an agent answer, and remember what a rating will need; `since` is when it was asked.

        Raises:
            NotReadyError: the agent is not in service.
        """
        agent = await self.agent(own_id)
        self._n_asked += 1
        question = read_question(
            query,
            found,
            query_id=query.query_id or f"q{self._n_asked}-{secrets.token_hex(4)}",
            has_network_data=self._network.is_loaded,
        )
        answered = await agent.answer(question, self._others, since=since)
        self._remember(question, answered)
        self._past.note_use(found.recalled)
        self._registry.mark(agent)
        return answered.response

    async def rate(self, query_id: str, feedback: Feedback) -> LearningUpdate:
        """Learn from a rating; on return it is on disk.

        Raises:
            NotFoundError: the answer is not known or was rated before.
            ValidationError: the rating is outside [-1, 1].
            StorageError: it was learnt but could not be written; the next batch tries again.
        """
        rated = self.unrated.find(query_id)
        total = reward(
            feedback.rating,
            resolved=feedback.resolved,
            latency_ms=rated.latency_ms,
            n_peers=rated.n_peers,
            config=self._learning,
        )
        agent = await self.agent(rated.agent_id)
        td_error = agent.update(_transition(rated, total, feedback.resolved))
        self.unrated.remove(query_id)
        update = _update(agent, rated, total, td_error)
        if tells_of_agent(rated, feedback):
            self._past.keep(
                rated.question,
                rated.vector,
                FajCode(agent.facts.profile.faj_code),
                query_id=query_id,
                feedback=feedback,
            )
        await self.keep(agent)
        return update

    async def keep(self, agent: FeatureAgent) -> None:
        """Bring what an agent learnt to disk, and to those that start after it.

        Raises:
            StorageError: it could not be written; the next batch tries again.
        """
        self._registry.mark(agent)
        agent.learner.share()
        if self._idle_work is None or self._idle_work.done():
            self._idle_work = asyncio.get_running_loop().create_task(self._replay_when_idle())
        await self._writer.settled()

    def catch_up(self) -> None:
        """Do the replay that is due in the agents in memory."""
        for agent in list(self._registry.cached):
            if agent.learner.catch_up():
                self._registry.mark(agent)

    async def _replay_when_idle(self) -> None:
        await asyncio.sleep(IDLE_AFTER_S)
        self.catch_up()

    def _remember(self, question: Question, answered: Answered) -> None:
        """Keep what a rating needs; a question back learns what its user asked next."""
        if self._open_question_back is not None:
            self._open_question_back.next_state = answered.state
        response, found = answered.response, question.found
        is_declined = found.decision == "decline"
        answer = UnratedAnswer(
            query_id=question.query_id,
            agent_id=response.agent_id,
            question=kept_text(question.text),
            vector=self._past.vector(question.text, found.vector),
            state=answered.state,
            action=answered.action,
            latency_ms=response.latency_ms,
            n_peers=answered.n_peers,
            # A question that was turned down is done with; only one that was asked back goes on.
            is_question_back=response.action_taken == "RequestClarification" and not is_declined,
            is_declined=is_declined,
        )
        self._open_question_back = answer if answer.is_question_back else None
        self.unrated.add(answer)


def tells_of_agent(rated: UnratedAnswer, feedback: Feedback) -> bool:
    """Whether a rating says something about who should answer such a question.

    Not when the question was turned down. A question back or an escalation that is not liked was the wrong
    thing to do, perhaps by the right agent.
    """
    if rated.is_declined:
        return False
    return ACTIONS[rated.action] in ANSWERS or feedback.rating > 0


def _update(
    agent: FeatureAgent, rated: UnratedAnswer, total: float, td_error: float
) -> LearningUpdate:
    q_table = agent.learner.q_table
    return LearningUpdate(
        agent_id=agent.id,
        state=rated.state,
        parts=parts_of(rated.state),
        action=ACTIONS[rated.action],
        reward=total,
        td_error=td_error,
        q_value=float(q_table.values(rated.state)[rated.action]),
        visits=int(q_table.visits(rated.state)[rated.action]),
        epsilon=agent.learner.policy.epsilon,
        interactions=agent.statistics.interactions,
        learning=agent.learning_state(),
    )


def _transition(rated: UnratedAnswer, total: float, is_resolved: bool) -> Transition:
    """What a rating says about the course of things.

    An answer ends its episode when it is rated. A question back does not: the user's next question
    is the next state. Where none came yet, the episode is cut off there.
    """
    goes_on = rated.is_question_back and not is_resolved
    return Transition(
        rated.state,
        rated.action,
        total,
        next_state=rated.next_state if goes_on else None,
        terminated=not goes_on,
        truncated=goes_on and rated.next_state is None,
    )
