"""Where episodes lie between two visits: read once, written with the other changes of their moment."""

from collections.abc import Awaitable, Callable

from elex_browser.episodes.episode import KEY_PREFIX, Episode, from_record, to_record
from elex_browser.errors import SerializationError
from elex_browser.storage.base import Damage, Record, Store
from elex_browser.storage.schema import DAMAGED, EPISODE_SCHEMA_VERSION, EPISODES
from elex_browser.storage.write_behind import WriteBehind

SetAside = Callable[[list[Damage], str], Awaitable[None]]
"""Keeps damaged records of a kind apart and tells of them."""


class EpisodeArchive:
    """The episodes on disk.

    Args:
        writer: the queue before the store; an episode is written with the lesson that its rating was.
    """

    def __init__(self, store: Store, writer: WriteBehind, set_aside: SetAside) -> None:
        self._store = store
        self._writer = writer
        self._set_aside = set_aside

    async def read(self) -> list[Episode]:
        """Every sound episode whose change does not wait to be written; unsound ones are set aside.

        Raises:
            StorageError: the store cannot be read.
        """
        loaded = await self._store.load(EPISODES)
        damages = list(loaded.damaged)
        found = []
        for record in loaded.records:
            if self._writer.is_pending(record.key, EPISODES):
                continue
            self._writer.found(record.key, record.generation, EPISODES)
            try:
                found.append(_opened(record))
            except SerializationError as exc:
                damages.append(Damage(record.key, exc.problem, record))
        if damages:
            await self._set_aside(damages, EPISODES)
        return found

    def write(self, key: str, latest: Callable[[], Episode]) -> None:
        """Write an episode with the next batch, as it is then."""
        self._writer.mark(key, lambda generation: to_record(latest(), generation), EPISODES)

    def remove(self, key: str) -> None:
        """Delete an episode with the next batch."""
        self._writer.remove(key, EPISODES)

    async def keys(self) -> tuple[set[str], set[str]]:
        """The keys of all that is stored, sound or not, and those of the copies of unsound ones.

        Raises:
            StorageError: the store cannot be read.
        """
        stored = await _keys(self._store, EPISODES)
        return stored, {
            key for key in await _keys(self._store, DAMAGED) if key.startswith(KEY_PREFIX)
        }

    def remove_copy(self, key: str) -> None:
        """Delete the copy of an unsound episode with the next batch."""
        self._writer.remove(key, DAMAGED)

    async def flush(self) -> None:
        """Write what waits, now.

        Raises:
            StorageError: it could not be written; the next batch tries again.
        """
        await self._writer.flush()


async def _keys(store: Store, kind: str) -> set[str]:
    loaded = await store.load(kind)
    return {record.key for record in loaded.records} | {damage.key for damage in loaded.damaged}


def _opened(record: Record) -> Episode:
    if record.schema_version != EPISODE_SCHEMA_VERSION:
        problem = f"it has schema version {record.schema_version}"
        fix = f"This build reads version {EPISODE_SCHEMA_VERSION}; use the newer app"
        raise SerializationError(problem, fix)
    return from_record(record)
