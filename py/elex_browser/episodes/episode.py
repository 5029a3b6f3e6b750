"""One rated question: the record of it, and how long it is worth keeping."""

import math
import secrets

import msgspec
import numpy as np

from elex_browser.episodes.config import EPISODIC
from elex_browser.errors import SerializationError
from elex_browser.kernels.base import F32
from elex_browser.ran.codes import FajCode
from elex_browser.search.embed import DIMENSION
from elex_browser.storage.base import Record
from elex_browser.storage.schema import EPISODE_SCHEMA_VERSION

KEY_PREFIX = "episode-"


class Episode(msgspec.Struct, frozen=True):
    """A question that was answered and rated.

    Attributes:
        key: of its record.
        question: its beginning, at most as long as is kept.
        faj: the code of the agent that answered.
        rating: in [-1, 1].
        created_ms: when it was rated, since 1970.
        last_used_ms: when it last helped to find an agent; at first, when it was rated.
        uses: how often it helped.
        space: which vectors `vector` can be compared with.
        vector: float32, little-endian, DIMENSION of them, of unit length.
    """

    key: str
    query_id: str
    question: str
    faj: FajCode
    rating: float
    resolved: bool
    created_ms: int
    last_used_ms: int
    uses: int
    space: str
    vector: bytes

    @property
    def worth(self) -> float:
        """Which of two to keep when there are too many: the later used one, or the oftener used one."""
        return self.last_used_ms / EPISODIC.double_use_ms + math.log2(1 + self.uses)

    def used(self, now_ms: int) -> "Episode":
        """The episode after it helped once more."""
        return msgspec.structs.replace(
            self, uses=self.uses + 1, last_used_ms=max(self.last_used_ms, now_ms)
        )


def new_key(now_ms: int) -> str:
    """A key that no other episode has."""
    return f"{KEY_PREFIX}{now_ms:013d}-{secrets.token_hex(4)}"


def kept_text(text: str) -> str:
    """What of a question is kept; lone surrogates, which no record can hold, become question marks."""
    return text.strip()[: EPISODIC.max_question_characters].encode("utf-8", "replace").decode()


def to_bytes(vector: F32) -> bytes:
    """A vector as it is stored."""
    return vector.astype("<f4").tobytes()


def from_bytes(data: bytes) -> F32:
    """A stored vector; a view."""
    return np.frombuffer(data, "<f4")


def to_record(episode: Episode, generation: int) -> Record:
    """The record of an episode."""
    payload = msgspec.msgpack.encode(episode)
    return Record(episode.key, generation, EPISODE_SCHEMA_VERSION, payload)


def from_record(record: Record) -> Episode:
    """The episode of a record of this build's version.

    Raises:
        SerializationError: its payload is not sound.
    """
    try:
        episode = msgspec.msgpack.decode(record.payload, type=Episode)
    except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise _unsound(f"it cannot be read ({exc})") from exc
    if episode.key != record.key:
        raise _unsound(f"it says that its key is {episode.key[:60]!r}")
    if not -1.0 <= episode.rating <= 1.0:
        raise _unsound(f"its rating is {episode.rating}")
    if len(episode.vector) != 4 * DIMENSION or not np.isfinite(from_bytes(episode.vector)).all():
        raise _unsound(f"its vector of {len(episode.vector)} bytes is none")
    return episode


def _unsound(problem: str) -> SerializationError:
    return SerializationError(problem, "Rate the question again when you ask it again")
