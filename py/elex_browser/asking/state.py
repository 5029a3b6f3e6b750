"""The state an agent learns by: few enough values to be revisited, readable as they are.

Six query types × three complexities × three confidence buckets × three contexts = 162 states; a
user meets a dozen of them. A hash of the question in the state would make almost every question a
new one, and nothing would ever be learnt.
"""

from dataclasses import dataclass
from math import prod
from typing import get_args

from elex_browser.asking.limits import ASKING
from elex_browser.protocol import Complexity, Confidence, Context, QueryType, StateParts

_KINDS = (QueryType, Complexity, Confidence, Context)


@dataclass(frozen=True, slots=True)
class State:
    """What an agent distinguishes when it chooses an action."""

    query_type: QueryType
    complexity: Complexity
    confidence: Confidence
    context: Context

    @property
    def key(self) -> str:
        """The state as text, e.g. "procedure|simple|high|none"."""
        return "|".join((self.query_type, self.complexity, self.confidence, self.context))

    @property
    def parts(self) -> StateParts:
        """The state as a message."""
        return StateParts(
            query_type=self.query_type,
            complexity=self.complexity,
            confidence=self.confidence,
            context=self.context,
        )


def parts_of(key: str) -> StateParts | None:
    """Return the parts of a state's key; None for a state that a caller named himself."""
    state = decode(key)
    return None if state is None else state.parts


def levels(key: str) -> tuple[str, ...]:
    """Return descriptions of a state from coarse to fine: its type, then with the confidence, then all.

    What a user likes depends most on what kind of thing he asks, then on how sure the answer is.
    """
    state = decode(key)
    if state is None:
        return (key,)
    return (state.query_type, f"{state.query_type}|{state.confidence}", key)


def confidence_bucket(confidence: float) -> Confidence:
    """Return the bucket of a probability."""
    if confidence < ASKING.medium_from:
        return "low"
    return "medium" if confidence < ASKING.high_from else "high"


def decode(key: str) -> State | None:
    """Return the state of a key, or None for a state that a caller named himself."""
    parts = key.split("|")
    if len(parts) != len(_KINDS):
        return None
    if any(part not in get_args(kind) for part, kind in zip(parts, _KINDS, strict=True)):
        return None
    return State(*parts)  # type: ignore[arg-type]  # checked just above


N_STATES = prod(len(get_args(kind)) for kind in _KINDS)
