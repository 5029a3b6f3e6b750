"""The answers that wait for a rating: bounded, the oldest forgotten first."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from elex_browser.errors import NotFoundError
from elex_browser.kernels.base import F32
from elex_browser.learning.arena import Arena

STATE_BUFFER_BYTES = 256


@dataclass(slots=True)
class Asked:
    """What a rating needs to know about the answer that it rates.

    Attributes:
        buffer: the state buffer that holds the state's key.
        is_question_back: the answer was a question, so the matter goes on with the user's next one.
        next_state: the state of that next question, once it came.
        question: the beginning of the question's text; `vector` is of all of it.
        is_declined: the question was turned down.
    """

    query_id: str
    agent_id: str
    buffer: int
    action: int
    latency_ms: float
    n_peers: int
    is_question_back: bool = False
    next_state: str | None = None
    question: str = ""
    vector: F32 | None = None
    is_declined: bool = False


class AskedQueries:
    """Remembers answers until they are rated; their states lie in the arena, one buffer each."""

    def __init__(self, states: Arena) -> None:
        self._states = states
        self._asked: OrderedDict[str, Asked] = OrderedDict()

    def __len__(self) -> int:
        return len(self._asked)

    def add(self, asked: Asked) -> None:
        """Remember an answer; a second one under the same id replaces the first."""
        self.remove(asked.query_id)
        self._asked[asked.query_id] = asked

    def keep_state(self, state: str) -> int:
        """Write a state's key into a buffer and return its number; the oldest answer makes room.

        Raises:
            MemoryBudgetError: the buffers are all lent to others.
        """
        if self._states.n_available == 0 and self._asked:
            self.remove(next(iter(self._asked)))
        number = self._states.acquire()
        data = state.encode()
        self._states.view(number)[: len(data)] = np.frombuffer(data, np.uint8)
        return number

    def state_of(self, asked: Asked) -> str:
        """Return the state in which an answer was given."""
        return self._states.view(asked.buffer).tobytes().rstrip(b"\0").decode()

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
                f"and the latest {self._states.n_buffers} are remembered",
            )
        return asked

    def remove(self, query_id: str) -> None:
        """Forget an answer, once it is rated."""
        asked = self._asked.pop(query_id, None)
        if asked is not None:
            self._states.release(asked.buffer)
