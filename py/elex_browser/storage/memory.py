"""A store that lasts as long as the page: for tests, and where nothing may be saved."""

from collections.abc import Mapping

from elex_browser.errors import SerializationError, StorageError
from elex_browser.storage.base import Changes, Damage, Loaded, Record, Usage
from elex_browser.storage.seal import StoredRecord, open_all, open_sealed, seal


class MemoryStore:
    """Keeps sealed records in a dictionary, so that it treats damage as a database does."""

    name = "memory"

    def __init__(self) -> None:
        self.kinds: dict[str, dict[str, StoredRecord]] = {}
        self._is_open = True

    async def get(self, kind: str, key: str) -> Record | None:
        """Return one record, or None where there is none."""
        stored = self._of(kind).get(key)
        if stored is None:
            return None
        opened = open_sealed(stored)
        if isinstance(opened, Damage):
            raise damaged(kind, opened)
        return opened

    async def load(self, kind: str) -> Loaded:
        """Return every record of a kind."""
        return open_all(list(self._of(kind).values()))

    async def put(self, kind: str, records: list[Record]) -> None:
        """Write all records or none."""
        await self.write({kind: Changes(put=records)})

    async def delete(self, kind: str, keys: list[str]) -> None:
        """Remove the keys that exist."""
        await self.write({kind: Changes(delete=keys)})

    async def write(self, changes: Mapping[str, Changes]) -> None:
        """Make all changes in all kinds or none."""
        sealed = {kind: [seal(record) for record in of.put] for kind, of in changes.items()}
        for kind, of in changes.items():
            kept = self._of(kind)
            kept.update({record.key: record for record in sealed[kind]})
            for key in of.delete:
                kept.pop(key, None)

    async def usage(self) -> Usage:
        """Count what is stored."""
        stored = [record for kind in self.kinds.values() for record in kind.values()]
        size = sum(len(record.payload) for record in stored)
        return Usage(kind=self.name, records=len(stored), payload_bytes=size, persistent=False)

    async def close(self) -> None:
        """Refuse later calls."""
        self._is_open = False

    def _of(self, kind: str) -> dict[str, StoredRecord]:
        if not self._is_open:
            raise StorageError("the store is closed", "Open the app again")
        return self.kinds.setdefault(kind, {})


def damaged(kind: str, damage: Damage) -> SerializationError:
    """Return the error for a record that cannot be trusted."""
    return SerializationError(
        f"the stored record {damage.key} in {kind} is damaged: {damage.reason}",
        "It is kept apart; import a table you exported earlier, or go on from a fresh one",
    )
