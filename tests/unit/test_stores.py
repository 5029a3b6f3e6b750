"""One conformance suite over every store, and the promises of the queue before it."""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from elex_browser import ElexError
from elex_browser.errors import StorageError
from elex_browser.storage.base import Record, Store
from elex_browser.storage.memory import MemoryStore
from elex_browser.storage.seal import StoredRecord
from elex_browser.storage.write_behind import WriteBehind

KIND = "agents"


def store_makers() -> list[Any]:
    """The memory store everywhere; IndexedDB where a browser's host offers it."""
    makers: list[Any] = [pytest.param(MemoryStore, id="memory")]
    if sys.platform == "emscripten":
        from elex_browser import ffi
        from elex_browser.storage.indexeddb import IndexedDbStore

        host = ffi.host()
        if getattr(host, "storage", None):
            bridge = ffi.StorageBridge(host.storage)
            makers.append(pytest.param(lambda: IndexedDbStore(bridge), id="indexeddb"))
    return makers


@pytest.fixture(params=store_makers())
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = request.param()
    return made


def record(key: str, payload: bytes = b"payload", generation: int = 1) -> Record:
    return Record(key, generation, 1, payload)


def unique() -> str:
    """A key of this test alone: a browser's database outlives a test."""
    return f"test-{secrets.token_hex(6)}"


def test_store_returns_what_was_put(store: Store, run: Any) -> None:
    key, other = unique(), unique()
    wanted = [record(key, bytes(range(256))), record(other, b"")]
    run(store.put(KIND, wanted))

    loaded = run(store.load(KIND))
    assert {one.key: one for one in loaded.records}.items() >= {r.key: r for r in wanted}.items()
    assert run(store.get(KIND, key)) == wanted[0]

    run(store.delete(KIND, [key, other, "never there"]))
    assert run(store.get(KIND, key)) is None


def test_store_replaces_a_key_and_keeps_kinds_apart(store: Store, run: Any) -> None:
    key = unique()
    run(store.put(KIND, [record(key, b"old")]))
    run(store.put(KIND, [record(key, b"new", 2)]))

    found = run(store.get(KIND, key))
    assert (found.payload, found.generation) == (b"new", 2)
    assert run(store.get("damaged", key)) is None
    run(store.delete(KIND, [key]))


def test_store_counts_what_it_holds(store: Store, run: Any) -> None:
    before = run(store.usage())
    key = unique()
    run(store.put(KIND, [record(key, b"12345")]))
    after = run(store.usage())

    assert after.records == before.records + 1
    assert after.payload_bytes == before.payload_bytes + 5
    assert after.kind == store.name
    run(store.delete(KIND, [key]))


def test_damaged_record_is_reported_and_left(run: Any) -> None:
    store = MemoryStore()
    run(store.put(KIND, [record("a"), record("b")]))
    sound = store.kinds[KIND]["a"]
    flipped = StoredRecord("a", 1, 1, b"pAyload", sound.sha256)
    store.kinds[KIND]["a"] = flipped

    loaded = run(store.load(KIND))
    assert [one.key for one in loaded.records] == ["b"]
    assert [one.key for one in loaded.damaged] == ["a"]
    assert loaded.damaged[0].record.payload == b"pAyload"
    with pytest.raises(ElexError) as error:
        run(store.get(KIND, "a"))
    assert error.value.code == "SERIALIZATION_ERROR"
    assert store.kinds[KIND]["a"] is flipped


def test_record_under_another_key_or_version_is_damaged(run: Any) -> None:
    store = MemoryStore()
    run(store.put(KIND, [record("a")]))
    sound = store.kinds[KIND]["a"]
    store.kinds[KIND]["b"] = StoredRecord("b", 1, 1, sound.payload, sound.sha256)
    store.kinds[KIND]["c"] = StoredRecord("a", 2, 1, sound.payload, sound.sha256)

    assert len(run(store.load(KIND)).damaged) == 2


def test_closed_store_refuses(run: Any) -> None:
    store = MemoryStore()
    run(store.close())

    with pytest.raises(ElexError) as error:
        run(store.load(KIND))
    assert error.value.code == "IO_ERROR"


# --- the queue before the store


class CountingStore(MemoryStore):
    """Counts transactions, and fails as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.n_puts = 0
        self.is_full = False
        self.gate: Callable[[], Awaitable[None]] | None = None

    async def put(self, kind: str, records: list[Record]) -> None:
        if self.gate is not None:
            await self.gate()
        if self.is_full:
            raise StorageError("the disk is full", "Free some space")
        self.n_puts += 1
        await super().put(kind, records)


def writer(store: Store) -> WriteBehind:
    return WriteBehind(store, KIND, delay_s=0.005)


def make(key: str, payload: bytes = b"x") -> Callable[[int], Record]:
    return lambda generation: record(key, payload, generation)


def test_many_changes_become_one_transaction(run: Any) -> None:
    async def scenario() -> CountingStore:
        store = CountingStore()
        queue = writer(store)
        for number in range(10):
            queue.mark("a", make("a", bytes([number])))
            queue.mark("b", make("b"))
        assert queue.n_pending == 2
        await queue.settled()
        assert queue.n_pending == 0
        return store

    store = run(scenario())
    assert store.n_puts == 1
    assert store.kinds[KIND]["a"].payload == bytes([9])
    assert store.kinds[KIND]["a"].generation == 1


def test_generation_grows_with_every_write(run: Any) -> None:
    async def scenario() -> list[int]:
        store = CountingStore()
        queue = writer(store)
        queue.generations["a"] = 7
        seen = []
        for _ in range(2):
            queue.mark("a", make("a"))
            await queue.flush()
            seen.append(store.kinds[KIND]["a"].generation)
        return seen

    assert run(scenario()) == [8, 9]


def test_settled_waits_for_the_write_that_is_under_way(run: Any) -> None:
    async def scenario() -> None:
        store = CountingStore()
        opened = asyncio.Event()
        store.gate = opened.wait  # type: ignore[assignment]  # its result does not matter
        queue = writer(store)
        queue.mark("a", make("a", b"1"))
        flushing = asyncio.ensure_future(queue.flush())
        await asyncio.sleep(0.001)
        waiting = asyncio.ensure_future(queue.settled())
        queue.mark("a", make("a", b"2"))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        opened.set()
        await flushing
        await waiting
        await queue.settled()
        assert store.kinds[KIND]["a"].payload == b"2"
        assert store.n_puts == 2

    run(scenario())


def test_failed_write_reaches_every_waiter_and_stays_dirty(run: Any) -> None:
    async def scenario() -> None:
        store = CountingStore()
        store.is_full = True
        queue = writer(store)
        queue.mark("a", make("a"))
        results = await asyncio.gather(queue.settled(), queue.settled(), return_exceptions=True)
        assert [getattr(result, "code", None) for result in results] == ["IO_ERROR", "IO_ERROR"]
        assert queue.is_pending("a")

        store.is_full = False
        queue.mark("b", make("b"))
        await queue.settled()
        assert set(store.kinds[KIND]) == {"a", "b"}
        assert store.kinds[KIND]["a"].generation == 1

    run(scenario())


def test_record_that_cannot_be_made_fails_the_wait_instead_of_hanging(run: Any) -> None:
    def broken(generation: int) -> Record:
        raise RuntimeError("no bytes")

    async def scenario() -> None:
        queue = writer(CountingStore())
        queue.mark("a", broken)
        with pytest.raises(ElexError) as error:
            await queue.settled()
        assert error.value.code == "IO_ERROR"
        assert "no bytes" in error.value.problem

    run(scenario())


def test_close_writes_what_waits(run: Any) -> None:
    async def scenario() -> CountingStore:
        store = CountingStore()
        queue = WriteBehind(store, KIND, delay_s=60)
        queue.mark("a", make("a"))
        await queue.close()
        return store

    assert "a" in run(scenario()).kinds[KIND]
