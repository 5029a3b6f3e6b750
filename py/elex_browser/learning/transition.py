"""One step of experience: Sutton & Barto, 2nd ed., section 3.1, and how an episode ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """What was seen, done and earned.

    Attributes:
        state: key of the state the action was taken in.
        action: index of the action.
        reward: in rating points.
        next_state: key of the state it led to; None where nobody knows.
        terminated: the matter is closed, so there is no future to count.
        truncated: the episode was cut off; its future counts where `next_state` is known.
    """

    state: str
    action: int
    reward: float
    next_state: str | None = None
    terminated: bool = False
    truncated: bool = False
