"""A store in the browser's IndexedDB, through the host's transactions (web/worker/storage.js)."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from elex_browser.storage.base import Changes, Damage, Loaded, Record, Usage
from elex_browser.storage.memory import damaged
from elex_browser.storage.seal import StoredRecord, open_all, open_sealed, seal


class StoredChanges(msgspec.Struct):
    """What a transaction changes in one object store."""

    kind: str
    put: list[StoredRecord]
    delete: list[str]


class StorageHost(Protocol):
    """The host's calls in Python types; each raises StorageError when the browser refuses."""

    async def get(self, kind: str, key: str) -> StoredRecord | None:
        """Return one stored record."""
        ...

    async def load(self, kind: str) -> list[StoredRecord]:
        """Return all stored records of a kind."""
        ...

    async def write(self, changes: list[StoredChanges]) -> None:
        """Make all changes in one transaction; return after its commit."""
        ...

    async def usage(self) -> tuple[int, int, bool]:
        """Return (records, payload bytes, whether the browser promised to keep them)."""
        ...

    async def close(self) -> None:
        """Close the database."""
        ...


class IndexedDbStore:
    """Seals records on the way in and checks them on the way out."""

    name = "indexeddb"

    def __init__(self, host: StorageHost) -> None:
        self._host = host

    async def get(self, kind: str, key: str) -> Record | None:
        """Return one record, or None where there is none."""
        stored = await self._host.get(kind, key)
        if stored is None:
            return None
        opened = open_sealed(stored)
        if isinstance(opened, Damage):
            raise damaged(kind, opened)
        return opened

    async def load(self, kind: str) -> Loaded:
        """Return every record of a kind."""
        return open_all(await self._host.load(kind))

    async def put(self, kind: str, records: list[Record]) -> None:
        """Write all records or none."""
        await self.write({kind: Changes(put=records)})

    async def delete(self, kind: str, keys: list[str]) -> None:
        """Remove the keys that exist."""
        await self.write({kind: Changes(delete=keys)})

    async def write(self, changes: Mapping[str, Changes]) -> None:
        """Make all changes in all kinds or none."""
        sealed = [
            StoredChanges(kind, [seal(record) for record in of.put], of.delete)
            for kind, of in changes.items()
        ]
        if sealed:  # IndexedDB refuses a transaction over nothing
            await self._host.write(sealed)

    async def usage(self) -> Usage:
        """Count what is stored."""
        records, payload_bytes, persistent = await self._host.usage()
        return Usage(self.name, records, payload_bytes, persistent)

    async def close(self) -> None:
        """Let go of the database."""
        await self._host.close()
