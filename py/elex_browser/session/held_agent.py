"""An agent of the catalogue as its holder sees it: found anew at every call, for it may be evicted."""

from elex_browser.agents.feature_agent import FeatureAgent
from elex_browser.protocol import AgentSnapshot, Query, QueryResponse
from elex_browser.ran.codes import FajCode, agent_id
from elex_browser.registry.registry import Registry
from elex_browser.session.session import Session


class HeldAgent:
    """One agent behind an `EdgeAgent`; see `edge_agent.AgentSource`."""

    def __init__(self, session: Session, registry: Registry, faj: FajCode) -> None:
        self._session = session
        self._registry = registry
        self._faj = faj

    async def agent(self) -> FeatureAgent:
        """Return the agent, in memory."""
        return await self._session.agent(agent_id(self._faj))

    async def process(self, query: Query) -> QueryResponse:
        """Let it answer a question that was put to it and nobody else."""
        return await self._session.ask_agent(self._faj, query)

    def touched(self, agent: FeatureAgent) -> None:
        """Note that its figures changed; nobody waits for the disk."""
        self._registry.mark(agent)

    async def learnt(self, agent: FeatureAgent) -> None:
        """Bring what it learnt to disk."""
        await self._session.keep(agent)

    def snapshot(self) -> AgentSnapshot:
        """Return its properties without making it."""
        return self._registry.snapshot(agent_id(self._faj))
