"""A question on its way through an agent: checked where it enters, read once, with what was found for it."""

from dataclasses import dataclass, replace

import msgspec

from elex_browser.asking.intent import Intent, intent
from elex_browser.asking.kind import complexity, query_type
from elex_browser.asking.limits import ASKING
from elex_browser.asking.state import State, confidence_bucket
from elex_browser.errors import ValidationError
from elex_browser.knowledge.found import Found
from elex_browser.protocol import Action, Complexity, Context, Query, QueryType


@dataclass(frozen=True, slots=True)
class Question:
    """What an agent works on.

    Attributes:
        found: who could answer, what it is about, and what to do with it.
        told: what the caller says about his situation.
        allowed: the actions that the caller allows; None allows all.
        has_network_data: whether a configuration or measurements are loaded.
    """

    query_id: str
    text: str
    query_type: QueryType
    complexity: Complexity
    found: Found
    told: str = ""
    allowed: tuple[Action, ...] | None = None
    has_network_data: bool = False

    @property
    def confidence(self) -> float:
        """The probability that the asked agent is the right one."""
        return self.found.confidence

    @property
    def intent(self) -> Intent:
        """What it wants of the graph of features."""
        return intent(self.text)

    @property
    def state(self) -> State:
        """The state that the agent learns by."""
        context: Context = "told" if self.told else "none"
        if self.has_network_data:
            context = "network"
        return State(self.query_type, self.complexity, confidence_bucket(self.confidence), context)

    def about(self, part: str) -> "Question":
        """One part of it as a question of its own, for the agent whom it concerns."""
        found = msgspec.structs.replace(self.found, subjects=(), unclear=(), chosen=self.confidence)
        return replace(self, text=part, query_type=query_type(part), found=found)


def read_question(
    query: Query, found: Found, *, query_id: str, has_network_data: bool = False
) -> Question:
    """Return a checked query as a question."""
    return Question(
        query_id=query_id,
        text=query.content.strip(),
        query_type=query_type(query.content),
        complexity=complexity(query.content),
        found=found,
        told=(query.state or "").strip(),
        allowed=None if query.available_actions is None else tuple(query.available_actions),
        has_network_data=has_network_data,
    )


def checked(query: Query | str) -> Query:
    """Return a question as a message, or refuse what cannot be asked.

    Raises:
        ValidationError: empty or too long, a state over 1 kB, an id too long, or an empty list of actions.
    """
    if isinstance(query, str):
        query = Query(content=query)
    check_text(query.content)
    if len((query.state or "").encode("utf-8", "surrogatepass")) > ASKING.max_told_bytes:
        raise ValidationError(
            "the question's state is larger than 1 kB", "Describe the situation more briefly"
        )
    if query.query_id is not None and not 0 < len(query.query_id) <= ASKING.max_id_characters:
        raise ValidationError(
            f"a queryId of {len(query.query_id)} characters",
            f"Use 1 to {ASKING.max_id_characters} characters, or leave it out",
        )
    if query.available_actions is not None and not query.available_actions:
        raise ValidationError("availableActions is empty", "Leave it out or name an action")
    return query


def check_text(text: str) -> None:
    """Refuse a text that is no question.

    Raises:
        ValidationError: it is empty or too long.
    """
    if not text.strip():
        raise ValidationError("the question is empty", "Write what you want to know")
    if len(text) > ASKING.max_characters:
        raise ValidationError(
            f"the question has {len(text)} characters",
            f"Shorten it to at most {ASKING.max_characters} characters",
        )
