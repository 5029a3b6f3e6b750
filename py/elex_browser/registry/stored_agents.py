"""Where the agents' states lie: the store, its write queue, and what was found there at start."""

import logging

from elex_browser.errors import SerializationError
from elex_browser.protocol import StorageStats
from elex_browser.registry.agent_record import Preview, preview
from elex_browser.storage.base import Damage, Record, Store
from elex_browser.storage.schema import AGENTS, DAMAGED
from elex_browser.storage.write_behind import WriteBehind

logger = logging.getLogger(__name__)


class StoredAgents:
    """The stored states. Make one with `await StoredAgents.open()`.

    Attributes:
        store: where records lie.
        writer: the queue before it.
        previews: agent id → what a list shows of it.
        damaged: what could not be trusted; its bytes are kept apart.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.writer = WriteBehind(store, AGENTS)
        self.previews: dict[str, Preview] = {}
        self.damaged: list[str] = []

    @classmethod
    async def open(cls, store: Store, known_ids: set[str]) -> "StoredAgents":
        """Read what is stored; unsound records are copied aside before anything can replace them.

        Raises:
            StorageError: the store cannot be read.
        """
        stored = cls(store)
        loaded = await store.load(AGENTS)
        damages = list(loaded.damaged)
        for record in loaded.records:
            stored.writer.found(record.key, record.generation)
            if record.key not in known_ids:
                continue  # an agent of another catalogue: left as it is
            try:
                stored.previews[record.key] = preview(record)
            except SerializationError as exc:
                damages.append(Damage(record.key, exc.problem, record))
        await stored.set_aside(damages, AGENTS)
        return stored

    @property
    def contributor(self) -> str:
        """The identity under which the stored experience was made; empty at the first start."""
        return next((seen.contributor for seen in self.previews.values()), "")

    async def stats(self) -> StorageStats:
        """Return what is stored."""
        usage = await self.store.usage()
        return StorageStats(
            kind=usage.kind,
            persistent=usage.persistent,
            records=usage.records,
            payload_bytes=usage.payload_bytes,
            pending_writes=self.writer.n_pending,
            damaged=list(self.damaged),
        )

    async def close(self) -> None:
        """Write what waits and let go of the store.

        Raises:
            StorageError: it could not be written; the store stays open.
        """
        await self.writer.close()
        await self.store.close()

    async def set_aside(self, damages: list[Damage], kind: str) -> None:
        """Copy what cannot be trusted, and remember it for the list of damages.

        Raises:
            StorageError: there is no room for the copies.
        """
        copies = []
        for damage in damages:
            record = damage.record
            logger.warning("stored state of %s is unsound: %s", damage.key, damage.reason)
            # Who starts fresh under this key starts above the generation that was found.
            self.writer.found(damage.key, record.generation, kind)
            key = f"{damage.key}#{record.generation}"
            copies.append(Record(key, record.generation, record.schema_version, record.payload))
        if copies:
            await self.store.put(DAMAGED, copies)
        # Only now: what could not be copied is found, and told, once more.
        self.damaged += [f"{damage.key}: {damage.reason}" for damage in damages]
