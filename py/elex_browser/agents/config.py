"""Every number of an agent's life, in one place, with its source; those of its learning are in `learning/`.

Sources: [AGENT] the agent specification this product follows; [SB] Sutton & Barto, Reinforcement Learning,
2nd ed., 2018; [OWN] chosen here, with what it does.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LifecycleConfig:
    """The limits of the lifecycle's table (`lifecycle.py`, `recovery.py`)."""

    # Cold start, [AGENT]: answers until an agent is ready
    cold_start_interactions: int = 100

    # Degradation and recovery, [AGENT]: health, answers, and the share of the entries that is forgotten
    degraded_below: float = 0.5
    recovered_above: float = 0.8
    recovery_check_every: int = 10
    recovery_explores_for: int = 50
    recovery_gives_up_after: int = 200
    recovery_drops_share: float = 0.1


@dataclass(frozen=True, slots=True)
class HealthWeights:
    """What an agent's health is made of (`lifecycle.py`); the four weights add up to 1."""

    # [AGENT]
    success: float = 0.4
    speed: float = 0.3
    confidence: float = 0.2
    experience: float = 0.1
    # [AGENT] A mean latency at which nothing is left for speed, and the answers that make full experience.
    slow_ms: float = 1000.0
    experienced_queries: float = 1000.0


@dataclass(frozen=True, slots=True)
class AgentLimits:
    """How far an agent looks back on its ratings, and which texts name a state."""

    # [AGENT] Ratings that the success rate looks back on; the mean confidence forgets as fast.
    rating_window: int = 50
    # [OWN] A longer text is a situation that is told, not the name of a state.
    max_named_state_bytes: int = 256


@dataclass(frozen=True, slots=True)
class ExpectedValues:
    """What is expected of each action before anybody has rated one (`initial_values.py`), in rating points.

    The five columns are DirectAnswer, ContextAnswer, ConsultPeer, RequestClarification, Escalate.
    """

    # [OWN] The order, by how sure an agent is: a sure one answers, an unsure one asks back. The height is
    # optimistic, [SB] section 2.6: every way is expected to be liked almost as much as a rating of 1 says.
    high: tuple[float, ...] = (1.0, 0.8, 0.9, 0.75, 0.7)
    medium: tuple[float, ...] = (0.95, 0.75, 0.85, 0.85, 0.7)
    low: tuple[float, ...] = (0.8, 0.7, 0.8, 0.9, 0.8)
    # [OWN] What ContextAnswer is expected to gain by the context: loaded files and told situations are worth
    # using, and without either there is nothing to use.
    without_context: float = -0.3
    with_told: float = 0.25
    with_network: float = 0.3


HEALTH = HealthWeights()
LIMITS = AgentLimits()
EXPECTED = ExpectedValues()
