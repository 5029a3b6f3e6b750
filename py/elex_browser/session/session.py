"""Where questions are answered, remembered and rated: the way from a request to a stored lesson."""

import asyncio
import secrets
import time
from collections.abc import Sequence

from elex_browser.agents.feature_agent import Answered, FeatureAgent
from elex_browser.answering.actions import ACTIONS
from elex_browser.answering.catalogue_others import Team
from elex_browser.asking.question import Question, Routes, check_query, read_question
from elex_browser.episodes.episode import kept_text
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.reward import reward
from elex_browser.learning.transition import Transition
from elex_browser.protocol import (
    AgentSnapshot,
    Feedback,
    LearningUpdate,
    Query,
    QueryResponse,
    Route,
)
from elex_browser.ran.codes import FajCode
from elex_browser.registry.budget import MemoryBudget
from elex_browser.registry.registry import Registry
from elex_browser.session.unrated import Asked, AskedQueries
from elex_browser.storage.write_behind import WriteBehind

N_ROUTES = 10
# [OWN] A caller who picked the agent himself is rarely wrong about it.
ADDRESSED_CONFIDENCE = 0.9
IDLE_AFTER_S = 0.2
ANSWERS = frozenset(("DirectAnswer", "ContextAnswer", "ConsultPeer"))


class Desk:
    """Brings questions to agents, and ratings back to the answers they are about."""

    def __init__(
        self,
        team: Team,
        registry: Registry,
        past: EpisodicMemory,
        writer: WriteBehind,
        budget: MemoryBudget,
        learning: LearningConfig,
    ) -> None:
        self._team = team
        self._registry = registry
        self._past = past
        self._writer = writer
        self._budget = budget
        self._learning = learning
        self._asked = AskedQueries(budget.states)
        self._open_question_back: Asked | None = None
        self._n_asked = 0
        self._idle_work: asyncio.Task[None] | None = None

    async def awake(self, agent_id: str) -> FeatureAgent:
        """Return an agent in service, within the memory budget."""
        n_misses = self._registry.figures.misses
        agent = await self._registry.get(agent_id)
        if self._registry.figures.misses > n_misses:
            await self._budget.keep(self._registry, agent.id)
        return agent

    async def ask(
        self,
        agent_id: str,
        query: Query,
        routes: Routes,
        confidence: float,
        *,
        since: float,
    ) -> QueryResponse:
        """Let an agent answer, and remember what a rating will need."""
        agent = await self.awake(agent_id)
        self._n_asked += 1
        question = read_question(
            query,
            query_id=query.query_id or f"q{self._n_asked}-{secrets.token_hex(4)}",
            routes=routes,
            confidence=confidence,
            has_network_data=self._team.has_network_data,
        )
        answered = await agent.answer(question, self._team, since=since)
        self._remember(question, answered, routes)
        self._past.note_use(routes.recalled)
        self._registry.mark(agent)
        return answered.response

    async def rate(self, query_id: str, feedback: Feedback) -> LearningUpdate:
        """Learn from a rating; on return it is on disk.

        Raises:
            NotFoundError: the answer is not known or was rated before.
            ValidationError: the rating is outside [-1, 1].
            StorageError: it was learnt but could not be written; the next batch tries again.
        """
        asked = self._asked.find(query_id)
        total = reward(
            feedback.rating,
            resolved=feedback.resolved,
            latency_ms=asked.latency_ms,
            n_peers=asked.n_peers,
            config=self._learning,
        )
        agent = await self.awake(asked.agent_id)
        state = self._asked.state_of(asked)
        td_error = agent.update(_transition(asked, state, total, feedback.resolved))
        self._asked.remove(query_id)
        q_table = agent.learner.q_table
        update = LearningUpdate(
            agent_id=agent.id,
            state=state,
            action=ACTIONS[asked.action],
            reward=total,
            td_error=td_error,
            q_value=float(q_table.values(state)[asked.action]),
            visits=int(q_table.visits(state)[asked.action]),
            epsilon=agent.learner.policy.epsilon,
            interactions=agent.statistics.interactions,
        )
        if tells_of_agent(asked, feedback):
            self._past.keep(
                asked.question,
                asked.vector,
                FajCode(agent.facts.profile.faj_code),
                query_id=query_id,
                feedback=feedback,
            )
        await self.keep(agent)
        return update

    async def keep(self, agent: FeatureAgent) -> None:
        """Bring what an agent learnt to disk, and to those that start after it."""
        self._registry.mark(agent)
        agent.learner.share()
        if self._idle_work is None or self._idle_work.done():
            self._idle_work = asyncio.get_running_loop().create_task(self._replay_when_idle())
        await self._writer.settled()

    def touch(self, agent: FeatureAgent) -> None:
        """Note that an agent's figures changed; nobody waits for the disk."""
        self._registry.mark(agent)

    def catch_up(self) -> None:
        """Do the replay that is due in agents that are awake."""
        for agent in list(self._registry.awake):
            if agent.learner.catch_up():
                self._registry.mark(agent)

    async def _replay_when_idle(self) -> None:
        await asyncio.sleep(IDLE_AFTER_S)
        self.catch_up()

    def snapshot(self, agent_id: str) -> AgentSnapshot:
        """Return an agent's properties without waking it."""
        return self._registry.snapshot(agent_id)

    async def route(self, text: str, k: int = N_ROUTES) -> Routes:
        """Return the agents that could answer, best first."""
        await self._past.ready()
        return self._team.route(text, k)

    def addressed(self, agent_id: str, text: str, routes: Routes) -> Routes:
        """Return the routes of a question that was put to one agent and nobody else."""
        return self._team.addressed(agent_id, text, routes)

    def _remember(self, question: Question, answered: Answered, routes: Routes) -> None:
        """Keep what a rating needs; a question back learns what its user asked next."""
        if self._open_question_back is not None:
            self._open_question_back.next_state = answered.state
        response = answered.response
        is_declined = routes.verdict == "decline"
        asked = Asked(
            query_id=question.query_id,
            agent_id=response.agent_id,
            question=kept_text(question.text),
            vector=self._past.vector(question.text, routes.vector),
            buffer=self._asked.keep_state(answered.state),
            action=answered.action,
            latency_ms=response.latency_ms,
            n_peers=answered.n_peers,
            # A question that was turned down is done with; only one that was asked back goes on.
            is_question_back=response.action_taken == "RequestClarification" and not is_declined,
            is_declined=is_declined,
        )
        self._open_question_back = asked if asked.is_question_back else None
        self._asked.add(asked)


class Member:
    """An agent of the catalogue as its holder sees it: found anew at every call, for it may rest."""

    def __init__(self, desk: Desk, agent_id: str) -> None:
        self._desk = desk
        self._id = agent_id

    async def agent(self) -> FeatureAgent:
        """Return the agent, awake."""
        return await self._desk.awake(self._id)

    async def process(self, query: Query) -> QueryResponse:
        """Let it answer a question that was put to it and nobody else."""
        since = time.perf_counter()
        check_query(query)
        found = await self._desk.route(query.content)
        confidence = self._confidence(found.best)
        routes = self._desk.addressed(self._id, query.content, found)
        return await self._desk.ask(self._id, query, routes, confidence, since=since)

    def touched(self, agent: FeatureAgent) -> None:
        """Note that its figures changed."""
        self._desk.touch(agent)

    async def learnt(self, agent: FeatureAgent) -> None:
        """Bring what it learnt to disk."""
        await self._desk.keep(agent)

    def snapshot(self) -> AgentSnapshot:
        """Return its properties without waking it."""
        return self._desk.snapshot(self._id)

    def _confidence(self, routes: Sequence[Route]) -> float:
        own = next((route.score for route in routes if route.agent_id == self._id), 0.0)
        names_another = bool(routes) and routes[0].via == "code" and own < routes[0].score
        return own if names_another else max(own, ADDRESSED_CONFIDENCE)


def tells_of_agent(asked: Asked, feedback: Feedback) -> bool:
    """Whether a rating says something about who should answer such a question.

    Not when the question was turned down. A question back or an escalation that is not liked was the wrong
    thing to do, perhaps by the right agent.
    """
    if asked.is_declined:
        return False
    return ACTIONS[asked.action] in ANSWERS or feedback.rating > 0


def _transition(asked: Asked, state: str, total: float, is_resolved: bool) -> Transition:
    """What a rating says about the course of things.

    An answer ends its episode when it is rated. A question back does not: the user's next question
    is the next state. Where none came yet, the episode is cut off there.
    """
    goes_on = asked.is_question_back and not is_resolved
    return Transition(
        state,
        asked.action,
        total,
        next_state=asked.next_state if goes_on else None,
        terminated=not goes_on,
        truncated=goes_on and asked.next_state is None,
    )
