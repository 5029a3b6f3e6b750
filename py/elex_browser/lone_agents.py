"""The agents that stand alone in a worker, under the names by which JavaScript holds them."""

from elex_browser.edge_agent import EdgeAgent
from elex_browser.errors import QueryError
from elex_browser.kernels.base import Kernels
from elex_browser.protocol import AgentConfig
from elex_browser.registry.events import AgentEvents

MAX_LONE_AGENTS = 1000


class LoneAgents:
    """Agents by handle, made from configurations; their changes of status are noted."""

    def __init__(self, kernels: Kernels, events: AgentEvents) -> None:
        self._kernels = kernels
        self._events = events
        self._agents: dict[str, EdgeAgent] = {}
        self._n_made = 0

    def find(self, handle: str) -> EdgeAgent | None:
        """Return an agent; None where the handle is none of these."""
        return self._agents.get(handle)

    def create(self, config: AgentConfig) -> str:
        """Make an agent and return its handle.

        Raises:
            ConfigError: the config contradicts itself.
            QueryError: there are too many already.
        """
        if len(self._agents) >= MAX_LONE_AGENTS:
            raise QueryError(
                f"{MAX_LONE_AGENTS} agents stand alone already", "Forget some that you do not need"
            )
        note = self._events.note
        agent = EdgeAgent(
            config,
            kernels=self._kernels,
            on_change=lambda change: note(config.id, config.faj_code, change),
        )
        self._n_made += 1
        handle = f"edge:{self._n_made}"
        self._agents[handle] = agent
        return handle

    def forget(self, handle: str) -> None:
        """Let go of an agent, if it is there."""
        self._agents.pop(handle, None)
