"""Every number of the learning, in one place, with its source.

Sources: [SB] Sutton & Barto, Reinforcement Learning, 2nd ed., 2018; [PER] Schaul et al.,
Prioritized Experience Replay, ICLR 2016; [AGENT] the agent specification this product follows;
[OWN] chosen here, with the reason beside it.
"""

from dataclasses import dataclass

from elex_browser.errors import ConfigError


@dataclass(frozen=True, slots=True)
class LearningConfig:
    """The constants of learning; unit of rewards and Q-values is one rating point.

    Raises:
        ConfigError: a number lies outside what its formula allows.
    """

    # Update, [AGENT], symbols of [SB] equation 6.8
    alpha: float = 0.1
    gamma: float = 0.95

    # Exploration, [AGENT]
    epsilon_cold: float = 0.3
    epsilon_warm: float = 0.1
    epsilon_recovery: float = 0.3
    epsilon_decay: float = 0.995
    epsilon_floor: float = 0.01

    # Reward, [AGENT]
    resolved_bonus: float = 0.5
    latency_free_ms: float = 500.0
    latency_divisor_ms: float = 10_000.0
    latency_floor: float = -0.5
    consultation_cost: float = 0.1

    # Table, [OWN]: a state is a label, not a document; 4,096 rows are far above the 162 encoded
    # states
    max_state_bytes: int = 1024
    max_states: int = 4096

    # Replay: capacity [AGENT], exponents and offset [PER] section 3.3 and 3.4 (proportional
    # variant)
    replay_capacity: int = 1000
    priority_exponent: float = 0.6
    priority_offset: float = 1e-6
    importance_start: float = 0.4
    importance_end: float = 1.0
    # [OWN]: steps replayed per rating; eight cost about three milliseconds in the browser, when idle
    replay_steps: int = 8

    # Pooled start, [OWN]: so many ratings weigh as much as the wider belief; ratings of one kind of
    # answer vary about as much as users differ in how they like it. A member counts for so many at
    # most.
    pool_strength: float = 1.0
    pool_member_cap: float = 20.0

    # Merge, [OWN]: two contributors disagree visibly when both are sure and this far apart
    conflict_visits: int = 5
    conflict_distance: float = 0.5

    def __post_init__(self) -> None:
        shares = {
            "alpha": self.alpha,
            "gamma": self.gamma,
            "epsilon_cold": self.epsilon_cold,
            "epsilon_warm": self.epsilon_warm,
            "epsilon_recovery": self.epsilon_recovery,
            "epsilon_decay": self.epsilon_decay,
            "epsilon_floor": self.epsilon_floor,
        }
        for name, value in shares.items():
            if not 0.0 <= value <= 1.0:  # NaN fails this too
                raise ConfigError(f"{name} is {value}", f"Give {name} a value from 0 to 1")
