"""The answers that wait for a rating: bounded, the oldest forgotten first."""

from collections import OrderedDict
from dataclasses import dataclass

from elex_browser.errors import NotFoundError
from elex_browser.kernels.base import F32

N_UNRATED = 1000
"""So many answers wait at most: the agents' specification's pool of state buffers."""


@dataclass(slots=True)
class UnratedAnswer:
    """What a rating needs to know about the answer that it rates.

    Attributes:
        state: the state in which it was given; `action` is the column of what was done.
        is_question_back: the answer was a question, so the matter goes on with the user's next one.
        next_state: the state of that next question, once it came.
        question: the beginning of the question's text; `vector` is of all of it.
        is_declined: the question was turned down.
    """

    query_id: str
    agent_id: str
    state: str
    action: int
    latency_ms: float
    n_peers: int
    is_question_back: bool = False
    next_state: str | None = None
    question: str = ""
    vector: F32 | None = None
    is_declined: bool = False


class UnratedAnswers:
    """Remembers the latest answers until they are rated."""

    def __init__(self, n_most: int = N_UNRATED) -> None:
        self._n_most = n_most
        self._answers: OrderedDict[str, UnratedAnswer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def n_available(self) -> int:
        """How many more can be remembered before the oldest is forgotten."""
        return self._n_most - len(self._answers)

    def add(self, answer: UnratedAnswer) -> None:
        """Remember an answer; a second one under the same id replaces the first, the oldest makes room."""
        self.remove(answer.query_id)
        self._answers[answer.query_id] = answer
        if len(self._answers) > self._n_most:
            self._answers.popitem(last=False)

    def find(self, query_id: str) -> UnratedAnswer:
        """Return what is remembered.

        Raises:
            NotFoundError: never asked, already rated, or forgotten.
        """
        answer = self._answers.get(query_id)
        if answer is None:
            raise NotFoundError(
                f"no answer with queryId {query_id[:128]!r} waits for a rating",
                f"Ask again and rate the new answer; each can be rated once, "
                f"and the latest {self._n_most} are remembered",
            )
        return answer

    def remove(self, query_id: str) -> None:
        """Forget an answer, once it is rated."""
        self._answers.pop(query_id, None)
