"""Episodic memory: the questions that were answered and rated, kept on this device.

A question like an earlier one finds the agent that was rated well then, and not the one that was rated
badly; `influence` says how far. The name is Tulving's ("Episodic and Semantic Memory", 1972): the
catalogue's knowledge is the same for everybody, an episode happened here.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Container
from typing import NamedTuple

import msgspec

from elex_browser.episodes.archive import EpisodeArchive
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.episode import (
    Episode,
    from_bytes,
    kept_text,
    new_key,
    to_bytes,
    to_record,
)
from elex_browser.episodes.influence import Vote, reweighed, shifted, shifts, value_of, weight_of
from elex_browser.episodes.likeness import Likeness
from elex_browser.episodes.nearest import NearestQuestions
from elex_browser.errors import ConfigError, ElexError
from elex_browser.kernels.base import F32, Kernels
from elex_browser.knowledge.found import Found
from elex_browser.protocol import Feedback
from elex_browser.ran.codes import FajCode
from elex_browser.text.words import FRAME, tokens

logger = logging.getLogger(__name__)


class Kept(NamedTuple):
    """How many episodes there are, how many there can be, and the bytes of their records."""

    episodes: int
    cap: int
    size_bytes: int


class EpisodicMemory:
    """The episodes of one instance.

    Args:
        fajs: the codes that have an agent; episodes of others are kept and count for nothing.
        cap: the most episodes that are kept.
        clock: seconds since 1970.

    Raises:
        ConfigError: the cap is below 1.
    """

    def __init__(
        self,
        archive: EpisodeArchive,
        kernels: Kernels,
        likeness: Likeness,
        fajs: Container[FajCode],
        *,
        cap: int = EPISODIC.max_episodes,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if cap < 1:
            raise ConfigError(f"a cap of {cap} episodes", "Keep at least one")
        self._archive = archive
        self._likeness = likeness
        self._fajs = fajs
        self._cap = cap
        self._clock = clock
        self._episodes: dict[str, Episode] = {}
        self._sizes: dict[str, int] = {}
        self._nearest = NearestQuestions(kernels)
        self._without_vector: list[str] = []
        self._is_loaded = False
        self._loading = asyncio.Lock()

    async def load(self) -> None:
        """Read what is stored, once; what was kept meanwhile stays.

        Raises:
            StorageError: the store cannot be read; the next call tries again.
        """
        async with self._loading:
            if self._is_loaded:
                return
            for episode in await self._archive.read():
                if episode.key not in self._episodes:
                    self._place(episode)
            self._is_loaded = True
            self._make_room(0)

    async def ready(self) -> None:
        """As `load`, for those who can do without the past: a question is answered in any case."""
        if self._is_loaded:
            return
        try:
            await self.load()
        except ElexError as error:
            logger.warning("past questions are not at hand: %s", error)

    def recall(self, text: str, found: Found) -> Found:
        """What was found for a question, after the ratings of questions like it."""
        vector = self.vector(text, found.vector) if self._episodes else None
        if vector is None:
            return found
        near = self._near(vector)
        shift = shifts(vote for vote, _ in near)
        if not any(shift.values()):
            return found
        return msgspec.structs.replace(
            found,
            candidates=tuple(reweighed(found.candidates, shift, found.named)),
            in_domain=shifted(found.in_domain, max(0.0, *shift.values())),
            recalled=tuple(key for _, key in near[: EPISODIC.noted_uses]),
        )

    def vector(self, text: str, known: F32 | None) -> F32 | None:
        """The vector by which a question is remembered: the known one, or one made of its text.

        None for a question without a subject, such as "which parameters are there?": it is like all others
        of its kind, whatever they are about.
        """
        if not set(tokens(text)) - FRAME:
            return None
        return known if known is not None else self._likeness.vector(text)

    def keep(
        self,
        question: str,
        vector: F32 | None,
        faj: FajCode,
        *,
        query_id: str,
        feedback: Feedback,
    ) -> None:
        """Remember a rated question; it is written with the queue's next batch, and the least worth goes.

        Without a vector it could not be found again, and is not kept.
        """
        if vector is None:
            return
        now_ms = self._now_ms()
        episode = Episode(
            key=new_key(now_ms),
            query_id=kept_text(query_id),
            question=kept_text(question),
            faj=faj,
            rating=feedback.rating,
            resolved=feedback.resolved,
            created_ms=now_ms,
            last_used_ms=now_ms,
            uses=0,
            space=self._likeness.space,
            vector=to_bytes(vector),
        )
        self._make_room(1)
        self._place(episode)
        self._write(episode.key)

    def note_use(self, keys: tuple[str, ...]) -> None:
        """Note that episodes helped to find an agent; nobody waits for the disk."""
        now_ms = self._now_ms()
        for key in keys:
            if key in self._episodes:
                self._put(self._episodes[key].used(now_ms))
                self._write(key)

    @property
    def size_bytes(self) -> int:
        """The bytes of the episodes in memory, as they are written; the vectors' index comes on top."""
        return sum(self._sizes.values())

    async def kept(self) -> Kept:
        """Count what is kept.

        Raises:
            StorageError: the store cannot be read.
        """
        await self.load()
        return Kept(len(self._episodes), self._cap, self.size_bytes)

    async def forget(self) -> int:
        """Delete every episode, with damaged ones and their copies; return how many there were.

        Raises:
            StorageError: the store cannot be read, and nothing is forgotten; or it cannot be written,
                and what is forgotten is deleted with the next batch.
        """
        await self.load()
        stored, copies = await self._archive.keys()
        keys = stored | self._episodes.keys()
        for key in keys:
            self._archive.remove(key)
        for key in copies:
            self._archive.remove_copy(key)
        for key in list(self._episodes):
            self._drop(key)
        await self._archive.flush()
        return len(keys)

    def close(self) -> None:
        """Free what the kernels hold; the next question makes it again."""
        self._nearest.close()

    def _near(self, vector: F32) -> list[tuple[Vote, str]]:
        """The votes of the questions near a vector, with their keys."""
        self._give_vectors()
        near = []
        for key, cosine in self._nearest.near(vector, EPISODIC.nearest):
            episode, weight = self._episodes[key], weight_of(cosine)
            if weight > 0 and episode.faj in self._fajs:
                value = value_of(episode.rating, resolved=episode.resolved)
                near.append((Vote(episode.faj, weight, value), key))
        return near

    def _give_vectors(self) -> None:
        """Bring new ones into the index; here, because at a question the table is there anyway."""
        for key in self._without_vector:
            episode = self._episodes.get(key)
            if episode is None:
                continue
            # Another table makes other vectors of the same text.
            is_ours = episode.space == self._likeness.space
            vector = (
                from_bytes(episode.vector) if is_ours else self._likeness.vector(episode.question)
            )
            if vector is not None:
                self._nearest.add(key, vector)
        self._without_vector.clear()

    def _place(self, episode: Episode) -> None:
        self._put(episode)
        self._without_vector.append(episode.key)

    def _put(self, episode: Episode) -> None:
        self._episodes[episode.key] = episode
        self._sizes[episode.key] = len(to_record(episode, 0).payload)

    def _write(self, key: str) -> None:
        episode = self._episodes[key]
        self._archive.write(key, lambda: self._episodes.get(key, episode))

    def _make_room(self, n_new: int) -> None:
        """Let the least worth go, on disk too, until there is room."""
        surplus = len(self._episodes) + n_new - self._cap
        if surplus <= 0:
            return
        by_worth = sorted(self._episodes.values(), key=lambda e: (e.worth, e.key))
        for episode in by_worth[:surplus]:
            self._drop(episode.key)
            self._archive.remove(episode.key)

    def _drop(self, key: str) -> None:
        del self._episodes[key], self._sizes[key]
        self._nearest.remove(key)

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)
