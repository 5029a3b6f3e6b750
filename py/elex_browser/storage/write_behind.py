"""A short queue before the store: many small changes become one transaction.

A change is only noted; its bytes are made when the batch is written, so ten changes of one agent
within 50 ms are one record. Who needs the promise that a change is on disk waits for `settled()`.
A batch may span kinds: what belongs together is on disk together or not at all.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from elex_browser.errors import ElexError, StorageError
from elex_browser.storage.base import Changes, Record, Store

BATCH_DELAY_S = 0.05
MakeRecord = Callable[[int], Record]
"""Makes the record of a key for a generation."""
_Waiter = asyncio.Future[ElexError | None]
_Place = tuple[str, str]
"""Kind and key."""


@dataclass(slots=True)
class _Batch:
    """What is written together; a place without a way to make its record is emptied."""

    changes: dict[_Place, MakeRecord | None] = field(default_factory=dict)
    waiters: list[_Waiter] = field(default_factory=list)


class WriteBehind:
    """Collects dirty keys and writes them together; a key is of the queue's kind unless told otherwise."""

    def __init__(self, store: Store, kind: str, *, delay_s: float = BATCH_DELAY_S) -> None:
        self._store = store
        self._kind = kind
        self._delay_s = delay_s
        self._generations: dict[_Place, int] = {}
        self._open = _Batch()
        self._in_flight = _Batch()
        self._timer: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()

    @property
    def n_pending(self) -> int:
        """Keys that are not on disk yet."""
        return len(self._open.changes.keys() | self._in_flight.changes.keys())

    def is_pending(self, key: str, kind: str | None = None) -> bool:
        """Whether a change of this key is not on disk yet."""
        place = self._place(key, kind)
        return place in self._open.changes or place in self._in_flight.changes

    def found(self, key: str, generation: int, kind: str | None = None) -> None:
        """Note the generation of a record that lies in the store; the next one is above it."""
        self._generations[self._place(key, kind)] = generation

    def mark(self, key: str, make: MakeRecord, kind: str | None = None) -> None:
        """Note that a key changed; it is written within the delay."""
        self._change(self._place(key, kind), make)

    def remove(self, key: str, kind: str | None = None) -> None:
        """Note that a key is to go; it is removed within the delay, whatever was marked before."""
        self._change(self._place(key, kind), None)

    def _place(self, key: str, kind: str | None) -> _Place:
        return (kind or self._kind, key)

    def _change(self, place: _Place, make: MakeRecord | None) -> None:
        self._open.changes[place] = make
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

    async def _put(self, changes: dict[_Place, MakeRecord | None]) -> ElexError | None:
        if not changes:
            return None
        together: dict[str, Changes] = {}
        try:
            for (kind, key), make in changes.items():
                of = together.setdefault(kind, Changes(put=[], delete=[]))
                if make is None:
                    of.delete.append(key)
                else:
                    of.put.append(make(self._generations.get((kind, key), 0) + 1))
            await self._store.write(together)
        except ElexError as error:
            return error
        except Exception as exc:  # whatever it is, those who wait must hear of it
            return StorageError(f"writing failed: {exc!r}", "Export the tables and reload the page")
        for kind, of in together.items():
            self._generations.update({(kind, r.key): r.generation for r in of.put})
            for key in of.delete:
                self._generations.pop((kind, key), None)
        return None
