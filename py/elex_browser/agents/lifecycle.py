"""The life of an agent as one table: the six states and the triggers of the agents' specification.

One row is ours: an agent that went offline can be initialised again, else giving up would be for
ever.
"""

from collections.abc import Callable
from dataclasses import dataclass

from elex_browser.agents.config import HEALTH
from elex_browser.errors import NotReadyError
from elex_browser.protocol import AgentStatus, Trigger

TRANSITIONS: dict[tuple[AgentStatus, Trigger], AgentStatus] = {
    ("Initializing", "knowledge_loaded"): "ColdStart",
    ("ColdStart", "warmed_up"): "Ready",
    ("Ready", "query_in"): "Busy",
    ("Busy", "query_done"): "Ready",
    ("Ready", "health_low"): "Degraded",
    ("Degraded", "health_recovered"): "Ready",
    ("Degraded", "recovery_failed"): "Offline",
    ("Initializing", "shutdown"): "Offline",
    ("ColdStart", "shutdown"): "Offline",
    ("Ready", "shutdown"): "Offline",
    ("Busy", "shutdown"): "Offline",
    ("Degraded", "shutdown"): "Offline",
    ("Offline", "initialize"): "Initializing",
}
ANSWERING: frozenset[AgentStatus] = frozenset({"ColdStart", "Ready", "Busy", "Degraded"})


@dataclass(frozen=True, slots=True)
class Change:
    """One transition that happened."""

    before: AgentStatus
    after: AgentStatus
    trigger: Trigger
    health: float


class Lifecycle:
    """Walks the table, and tells whoever listens about every step."""

    def __init__(self, on_change: Callable[[Change], None]) -> None:
        self.status: AgentStatus = "Initializing"
        self._on_change = on_change

    @property
    def is_answering(self) -> bool:
        """Whether a question would be answered."""
        return self.status in ANSWERING

    def can(self, trigger: Trigger) -> bool:
        """Tell whether the table has a row for the trigger in the present state."""
        return (self.status, trigger) in TRANSITIONS

    def fire(self, trigger: Trigger, health: float) -> None:
        """Follow the table.

        Raises:
            NotReadyError: the table has no such row; the status stays.
        """
        after = TRANSITIONS.get((self.status, trigger))
        if after is None:
            raise NotReadyError(
                f"an agent that is {self.status} cannot take the step {trigger!r}",
                "Call initialize() first, or wait until the agent is ready",
            )
        before, self.status = self.status, after
        self._on_change(Change(before, after, trigger, health))


def health(*, success: float, latency_ms: float, confidence: float, queries: int) -> float:
    """Return an agent's health in [0, 1] from four of its figures.

    The specification leaves the last term open above 1,000 queries; it is capped, so that 1 is the
    top.
    """
    speed = 1.0 - min(latency_ms / HEALTH.slow_ms, 1.0)
    experience = min(queries / HEALTH.experienced_queries, 1.0)
    return (
        HEALTH.success * success
        + HEALTH.speed * speed
        + HEALTH.confidence * confidence
        + HEALTH.experience * experience
    )
