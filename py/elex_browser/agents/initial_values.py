"""What an agent expects of each action before anybody has rated one, in rating points.

The order is our own judgement: a sure agent answers, an unsure one asks back, loaded context is
worth using. Without it the first question of every agent would be answered by a throw of five. The
height is optimistic (Sutton & Barto, section 2.6): every way is expected to be liked almost as much
as a rating of 1 says, so an answer that was liked is given again, and one that was not makes the
agent try the next.
"""

import numpy as np
from numpy.typing import NDArray

from elex_browser.asking.state import decode
from elex_browser.protocol import Confidence, Context

# Columns: DirectAnswer, ContextAnswer, ConsultPeer, RequestClarification, Escalate
EXPECTED: dict[Confidence, tuple[float, float, float, float, float]] = {
    "high": (1.0, 0.8, 0.9, 0.75, 0.7),
    "medium": (0.95, 0.75, 0.85, 0.85, 0.7),
    "low": (0.8, 0.7, 0.8, 0.9, 0.8),
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
