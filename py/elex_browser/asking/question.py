"""A question on its way through an agent: parsed once, with the routes that led here."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from elex_browser.asking.intent import Intent, intent
from elex_browser.asking.kind import Complexity, QueryType, complexity, query_type
from elex_browser.asking.state import Context, State, confidence_bucket
from elex_browser.errors import ValidationError
from elex_browser.kernels.base import F32
from elex_browser.knowledge.confidence import Verdict
from elex_browser.protocol import Action, Query, Route

MAX_CONTENT_CHARACTERS = 10_000
MAX_STATE_BYTES = 1024
MAX_ID_CHARACTERS = 128


class Subject(NamedTuple):
    """One of several features that a question is about, with the part of the question about it."""

    route: Route
    text: str


class Routes(NamedTuple):
    """Who could answer a question, and what to do with it.

    Attributes:
        best: candidates, best first.
        in_domain: the probability that anybody here could answer.
        named: codes of the features that the question names beyond doubt.
        verdict: whether to answer, ask back or turn the question down.
        subjects: where there are several, whom the question is about; the first one leads.
        unclear: parts of the question for which no feature was sure enough.
        vector: the question's unit vector, where there is one.
        recalled: keys of the past questions whose ratings changed the candidates.
    """

    best: list[Route]
    in_domain: float
    named: tuple[str, ...] = ()
    verdict: Verdict = "answer"
    subjects: tuple[Subject, ...] = ()
    unclear: tuple[str, ...] = ()
    vector: F32 | None = None
    recalled: tuple[str, ...] = ()

    @property
    def first(self) -> Route:
        """Who is to answer."""
        return self.subjects[0].route if self.subjects else self.best[0]

    @property
    def confidence(self) -> float:
        """The probability that the first is the right one; of several subjects the least sure counts."""
        if not self.subjects:
            return self.best[0].score
        return min(subject.route.score for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Question:
    """What an agent works on.

    Attributes:
        routes: candidates best first; empty for an agent that stands alone.
        confidence: probability that the asked agent is the right one.
        in_domain: probability that the question is about the catalogue's subject at all.
        told: what the caller says about his situation.
        has_network_data: whether a configuration or measurements are loaded.
        verdict: whether to answer it, ask back, or turn it down.
        subjects: where it is about several features, all of them; the asked agent's comes first.
        unclear: parts of it for which nobody was found.
    """

    query_id: str
    text: str
    query_type: QueryType
    complexity: Complexity
    routes: tuple[Route, ...]
    confidence: float
    told: str = ""
    allowed: tuple[Action, ...] | None = None
    has_network_data: bool = False
    in_domain: float = 1.0
    verdict: Verdict = "answer"
    subjects: tuple[Subject, ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def intent(self) -> Intent:
        """What it wants of the graph of features."""
        return intent(self.text)

    def about(self, part: str) -> "Question":
        """One part of it as a question of its own, for the agent whom it concerns."""
        return replace(self, text=part, query_type=query_type(part), subjects=(), unclear=())

    @property
    def state(self) -> State:
        """The state that the agent learns by."""
        context: Context = "told" if self.told else "none"
        if self.has_network_data:
            context = "network"
        return State(self.query_type, self.complexity, confidence_bucket(self.confidence), context)


def read_question(
    query: Query,
    *,
    query_id: str,
    routes: Routes,
    confidence: float,
    has_network_data: bool = False,
) -> Question:
    """Turn a request into a question.

    Raises:
        ValidationError: empty or too long, a state over 1 kB, or an empty list of actions.
    """
    check_query(query)
    allowed = None if query.available_actions is None else tuple(query.available_actions)
    return Question(
        query_id=query_id,
        text=query.content.strip(),
        query_type=query_type(query.content),
        complexity=complexity(query.content),
        routes=tuple(routes.best),
        confidence=confidence,
        told=(query.state or "").strip(),
        allowed=allowed,
        has_network_data=has_network_data,
        in_domain=routes.in_domain,
        verdict=routes.verdict,
        subjects=routes.subjects,
        unclear=routes.unclear,
    )


def check_query(query: Query) -> None:
    """Refuse what cannot be asked.

    Raises:
        ValidationError: see `read_question`.
    """
    if not query.content.strip():
        raise ValidationError("the question is empty", "Write what you want to know")
    if len(query.content) > MAX_CONTENT_CHARACTERS:
        raise ValidationError(
            f"the question has {len(query.content)} characters",
            f"Shorten it to at most {MAX_CONTENT_CHARACTERS} characters",
        )
    if len((query.state or "").encode("utf-8", "surrogatepass")) > MAX_STATE_BYTES:
        raise ValidationError(
            "the question's state is larger than 1 kB", "Describe the situation more briefly"
        )
    if query.query_id is not None and not 0 < len(query.query_id) <= MAX_ID_CHARACTERS:
        raise ValidationError(
            f"a queryId of {len(query.query_id)} characters",
            f"Use 1 to {MAX_ID_CHARACTERS} characters, or leave it out",
        )
    if query.available_actions is not None and not query.available_actions:
        raise ValidationError("availableActions is empty", "Leave it out or name an action")
