"""A short queue before the store: many small changes become one transaction.

A change is only noted; its bytes are made when the batch is written, so ten changes of one agent
within 50 ms are one record. Who needs the promise that a change is on disk waits for `settled()`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from elex_browser.errors import ElexError, StorageError
from elex_browser.storage.base import Record, Store

BATCH_DELAY_S = 0.05
MakeRecord = Callable[[int], Record]
"""Makes the record of a key for a generation."""
_Waiter = asyncio.Future[ElexError | None]


@dataclass(slots=True)
class _Batch:
    changes: dict[str, MakeRecord] = field(default_factory=dict)
    waiters: list[_Waiter] = field(default_factory=list)


class WriteBehind:
    """Collects dirty keys of one kind and writes them together.

    Attributes:
        generations: the generation last committed per key.
    """

    def __init__(self, store: Store, kind: str, *, delay_s: float = BATCH_DELAY_S) -> None:
        self._store = store
        self._kind = kind
        self._delay_s = delay_s
        self.generations: dict[str, int] = {}
        self._open = _Batch()
        self._in_flight = _Batch()
        self._timer: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()

    @property
    def n_pending(self) -> int:
        """Keys that are not on disk yet."""
        return len(self._open.changes.keys() | self._in_flight.changes.keys())

    def is_pending(self, key: str) -> bool:
        """Whether a change of this key is not on disk yet."""
        return key in self._open.changes or key in self._in_flight.changes

    def mark(self, key: str, make: MakeRecord) -> None:
        """Note that a key changed; it is written within the delay."""
        self._open.changes[key] = make
        if self._timer is None or self._timer.done():
            self._timer = asyncio.get_running_loop().create_task(self._write_later())

    async def settled(self) -> None:
        """Return once everything marked before this call is committed.

        Raises:
            ElexError: it could not be written; it stays dirty and is tried again with the next
            batch.
        """
        waiters: list[_Waiter] = []
        for batch in (self._in_flight, self._open):
            if batch.changes:
                waiters.append(asyncio.get_running_loop().create_future())
                batch.waiters.append(waiters[-1])
        for waiter in waiters:
            error = await waiter
            if error is not None:
                raise error

    async def flush(self) -> None:
        """Write what is dirty now.

        Raises:
            ElexError: it could not be written and stays dirty.
        """
        error = await self._write()
        if error is not None:
            raise error

    async def close(self) -> None:
        """Flush and stop the timer."""
        try:
            await self.flush()
        finally:
            if self._timer is not None:
                self._timer.cancel()

    async def _write_later(self) -> None:
        await asyncio.sleep(self._delay_s)
        self._timer = None  # what is marked from here on belongs to the next batch
        await self._write()

    async def _write(self) -> ElexError | None:
        """Write one batch, and tell those who wait for it how it went."""
        async with self._writing:
            batch = self._in_flight = self._open
            self._open = _Batch()
            error = await self._put(batch.changes)
            self._in_flight = _Batch()
            if error is not None:
                # A newer change of a key holds the older one, so it wins.
                self._open.changes = {**batch.changes, **self._open.changes}
        for waiter in batch.waiters:
            if not waiter.done():
                waiter.set_result(error)
        return error

    async def _put(self, changes: dict[str, MakeRecord]) -> ElexError | None:
        if not changes:
            return None
        try:
            records = [make(self.generations.get(key, 0) + 1) for key, make in changes.items()]
            await self._store.put(self._kind, records)
        except ElexError as error:
            return error
        except Exception as exc:  # whatever it is, those who wait must hear of it
            return StorageError(f"writing failed: {exc!r}", "Export the tables and reload the page")
        self.generations.update({record.key: record.generation for record in records})
        return None
