"""Where learning is kept: the interface that the memory and the IndexedDB store both fulfil."""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Record(msgspec.Struct, frozen=True):
    """One stored value. The store seals it with a SHA-256 and checks the seal on reading.

    Attributes:
        key: unique within its kind.
        generation: grows by one with every write of the key.
        schema_version: which layout the payload has.
        payload: the bytes.
    """

    key: str
    generation: int
    schema_version: int
    payload: bytes


class Damage(msgspec.Struct, frozen=True):
    """A record that was found but cannot be trusted; its bytes are kept apart, never dropped.

    Attributes:
        record: what was read, as it is.
    """

    key: str
    reason: str
    record: Record


class Changes(msgspec.Struct, frozen=True):
    """What a transaction changes in one kind: records to write, keys to remove."""

    put: list[Record] = []
    delete: list[str] = []


class Loaded(msgspec.Struct, frozen=True):
    """What reading a kind gave: the sound records and what was damaged."""

    records: list[Record]
    damaged: list[Damage]


class Usage(msgspec.Struct, frozen=True):
    """What the store holds."""

    kind: str
    records: int
    payload_bytes: int
    persistent: bool


class Store(Protocol):
    """Keeps records by kind ("agents", …). A call that returns has committed.

    Attributes:
        name: "memory" or "indexeddb".
    """

    name: str

    async def get(self, kind: str, key: str) -> Record | None:
        """Return one record, or None where there is none.

        Raises:
            StorageError: the store cannot be read.
            SerializationError: the record is damaged; it is still there.
        """
        ...

    async def load(self, kind: str) -> Loaded:
        """Return every record of a kind.

        Raises:
            StorageError: the store cannot be read.
        """
        ...

    async def put(self, kind: str, records: list[Record]) -> None:
        """Write all records or none, as `write`."""
        ...

    async def write(self, changes: Mapping[str, Changes]) -> None:
        """Make all changes in all kinds or none, in one transaction; on return they survive a crash.

        Raises:
            StorageError: nothing was changed (disk full, refused).
        """
        ...

    async def delete(self, kind: str, keys: list[str]) -> None:
        """Remove the keys that exist, as `write`."""
        ...

    async def usage(self) -> Usage:
        """Count what is stored."""
        ...

    async def close(self) -> None:
        """Let go of the database; later calls raise StorageError."""
        ...
