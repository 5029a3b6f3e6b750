"""What an agent expects of each action before anybody has rated one, in rating points.

The order is our own judgement: a sure agent answers, an unsure one asks back, loaded context is
worth using. Without it the first question of every agent would be answered by a throw of five. The
height is optimistic (Sutton & Barto, section 2.6): every way is expected to be liked almost as much
as a rating of 1 says, so an answer that was liked is given again, and one that was not makes the
agent try the next.
"""

import numpy as np
from numpy.typing import NDArray

from elex_browser.agents.config import EXPECTED
from elex_browser.asking.state import decode
from elex_browser.protocol import Confidence, Context

_EXPECTED: dict[Confidence, tuple[float, ...]] = {
    "high": EXPECTED.high,
    "medium": EXPECTED.medium,
    "low": EXPECTED.low,
}
_CONTEXT_BONUS: dict[Context, float] = {
    "none": EXPECTED.without_context,
    "told": EXPECTED.with_told,
    "network": EXPECTED.with_network,
}
_CONTEXT_ANSWER = 1


def initial_values(state: str) -> NDArray[np.float32]:
    """Return the expected values of the five actions; zeros for a state that a caller named."""
    known = decode(state)
    if known is None:
        return np.zeros(5, np.float32)
    values = np.array(_EXPECTED[known.confidence], np.float32)
    values[_CONTEXT_ANSWER] += _CONTEXT_BONUS[known.context]
    return values
