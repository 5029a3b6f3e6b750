"""The answers that wait for a rating: bounded, the oldest forgotten first."""

from collections import OrderedDict
from dataclasses import dataclass

from elex_browser.errors import NotFoundError

MAX_REMEMBERED = 1000


@dataclass(slots=True)
class Asked:
    """What a rating needs to know about the answer that it rates.

    Attributes:
        is_question_back: the answer was a question, so the matter goes on with the user's next one.
        next_state: the state of that next question, once it came.
    """

    query_id: str
    agent_id: str
    state: str
    action: int
    latency_ms: float
    n_peers: int
    is_question_back: bool = False
    next_state: str | None = None


class AskedQueries:
    """Remembers answers until they are rated."""

    def __init__(self, limit: int = MAX_REMEMBERED) -> None:
        self._limit = limit
        self._asked: OrderedDict[str, Asked] = OrderedDict()

    def __len__(self) -> int:
        return len(self._asked)

    def add(self, asked: Asked) -> None:
        """Remember an answer; a second one under the same id replaces the first."""
        self._asked.pop(asked.query_id, None)
        self._asked[asked.query_id] = asked
        while len(self._asked) > self._limit:
            self._asked.popitem(last=False)

    def find(self, query_id: str) -> Asked:
        """Return what is remembered.

        Raises:
            NotFoundError: never asked, already rated, or forgotten.
        """
        asked = self._asked.get(query_id)
        if asked is None:
            raise NotFoundError(
                f"no answer with queryId {query_id[:128]!r} waits for a rating",
                f"Ask again and rate the new answer; each can be rated once, "
                f"and the latest {self._limit} are remembered",
            )
        return asked

    def remove(self, query_id: str) -> None:
        """Forget an answer, once it is rated."""
        self._asked.pop(query_id, None)
