"""What an agent expects of each action before anybody has rated one, in rating points.

The numbers are our own judgement and are meant to fade: they say that a sure agent answers, that an
unsure one asks back or passes the case on, and that loaded context is worth using. Without them the
first question of every agent would be answered by a throw of five.
"""

import numpy as np
from numpy.typing import NDArray

from elex_browser.agents.encoding import Confidence, Context, decode

# Columns: DirectAnswer, ContextAnswer, ConsultPeer, RequestClarification, Escalate
EXPECTED: dict[Confidence, tuple[float, float, float, float, float]] = {
    "high": (0.6, 0.4, 0.3, -0.3, -0.4),
    "medium": (0.4, 0.3, 0.2, 0.1, -0.2),
    "low": (0.1, 0.1, 0.05, 0.2, 0.0),
}
CONTEXT_BONUS: dict[Context, float] = {"none": -0.3, "told": 0.25, "network": 0.3}
_CONTEXT_ANSWER = 1


def initial_values(state: str) -> NDArray[np.float32]:
    """Return the expected values of the five actions; zeros for a state that a caller named."""
    known = decode(state)
    if known is None:
        return np.zeros(5, np.float32)
    values = np.array(EXPECTED[known.confidence], np.float32)
    values[_CONTEXT_ANSWER] += CONTEXT_BONUS[known.context]
    return values
