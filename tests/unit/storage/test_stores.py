"""One conformance suite over every store, and the promises of the queue before it."""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from elex_browser import ElexError
from elex_browser.errors import StorageError
from elex_browser.storage.base import Changes, Record, Store
from elex_browser.storage.memory import MemoryStore
from elex_browser.storage.seal import StoredRecord
from elex_browser.storage.write_behind import WriteBehind
from tests.support import refused

KIND = "agents"
# Where a browser is, there is IndexedDB, and the same suite runs over both.
STORES = ["memory", "indexeddb"] if sys.platform == "emscripten" else ["memory"]


@dataclass(frozen=True)
class Opened:
    """An empty store, and the way to its bytes that damage takes, around the seal."""

    store: Store
    read: Callable[[str], StoredRecord]
    write: Callable[[StoredRecord], None]


@pytest.fixture(params=STORES)
def opened(request: pytest.FixtureRequest, run: Any) -> Iterator[Opened]:
    """One of the stores, empty, with a database of its own."""
    made = memory_store() if request.param == "memory" else indexeddb_store(run)
    assert made.store.name == request.param
    yield made
    run(made.store.close())


@pytest.fixture
def store(opened: Opened) -> Store:
    """One of the stores, empty."""
    return opened.store


def memory_store() -> Opened:
    store = MemoryStore()
    kept = store.kinds.setdefault(KIND, {})
    return Opened(store, kept.__getitem__, lambda stored: kept.update({stored.key: stored}))


def indexeddb_store(run: Any) -> Opened:
    from elex_browser import ffi
    from elex_browser.storage.indexeddb import IndexedDbStore, StoredChanges

    bridge = ffi.StorageBridge(run(ffi.host().openStorage(f"test-{secrets.token_hex(6)}")))
    return Opened(
        IndexedDbStore(bridge),
        lambda key: run(bridge.get(KIND, key)),
        lambda stored: run(bridge.write([StoredChanges(KIND, [stored], [])])),
    )


def record(key: str, payload: bytes = b"payload", generation: int = 1) -> Record:
    return Record(key, generation, 1, payload)


def test_store_returns_what_was_put(store: Store, run: Any) -> None:
    wanted = [record("a", bytes(range(256))), record("b", b""), record("é 電", b"x")]
    run(store.put(KIND, wanted))

    loaded = run(store.load(KIND))
    assert {one.key: one for one in loaded.records} == {one.key: one for one in wanted}
    assert loaded.damaged == []
    assert run(store.get(KIND, "a")) == wanted[0]

    run(store.delete(KIND, ["a", "b", "never there"]))
    assert run(store.get(KIND, "a")) is None
    assert run(store.load(KIND)).records == wanted[2:]


def test_store_replaces_a_key_and_keeps_kinds_apart(store: Store, run: Any) -> None:
    run(store.put(KIND, [record("a", b"old")]))
    run(store.put(KIND, [record("a", b"new", 2)]))

    found = run(store.get(KIND, "a"))
    assert (found.payload, found.generation) == (b"new", 2)
    assert run(store.get("damaged", "a")) is None


def test_store_counts_what_it_holds(store: Store, run: Any) -> None:
    before = run(store.usage())
    run(store.put(KIND, [record("a", b"12345")]))
    run(store.put("damaged", [record("a", b"678")]))
    after = run(store.usage())

    assert (before.records, before.payload_bytes) == (0, 0)
    assert (after.records, after.payload_bytes) == (2, 8)
    assert after.kind == store.name


def test_writes_at_the_same_time_all_arrive(store: Store, run: Any) -> None:
    async def scenario() -> None:
        batches = [[record(f"{batch} {n}") for n in range(5)] for batch in range(8)]
        await asyncio.gather(*(store.put(KIND, batch) for batch in batches))

    run(scenario())
    assert len(run(store.load(KIND)).records) == 40


def test_one_write_changes_several_kinds(store: Store, run: Any) -> None:
    run(store.put(KIND, [record("old")]))
    changes = {
        KIND: Changes(put=[record("a")], delete=["old", "never there"]),
        "episodes": Changes(put=[record("a", b"other")]),
    }
    run(store.write(changes))

    assert run(store.load(KIND)).records == [record("a")]
    assert run(store.load("episodes")).records == [record("a", b"other")]
    run(store.write({}))
    assert run(store.usage()).records == 2


def test_damaged_record_is_reported_and_left(opened: Opened, run: Any) -> None:
    store = opened.store
    run(store.put(KIND, [record("a"), record("b")]))
    flipped = replace(opened.read("a"), payload=b"pAyload")
    opened.write(flipped)

    loaded = run(store.load(KIND))
    assert [one.key for one in loaded.records] == ["b"]
    assert [one.key for one in loaded.damaged] == ["a"]
    assert loaded.damaged[0].record.payload == b"pAyload"
    with refused("SERIALIZATION_ERROR"):
        run(store.get(KIND, "a"))
    assert opened.read("a") == flipped


def test_record_under_another_key_or_version_is_damaged(opened: Opened, run: Any) -> None:
    run(opened.store.put(KIND, [record("a")]))
    sound = opened.read("a")
    opened.write(replace(sound, key="b"))
    opened.write(replace(sound, key="c", schema_version=2))
    opened.write(replace(sound, key="d", generation=2))

    loaded = run(opened.store.load(KIND))
    assert sorted(one.key for one in loaded.damaged) == ["b", "c", "d"]
    assert [one.key for one in loaded.records] == ["a"]


def test_closed_store_refuses(store: Store, run: Any) -> None:
    run(store.close())

    with refused("IO_ERROR"):
        run(store.load(KIND))


# --- the queue before the store


class CountingStore(MemoryStore):
    """Counts transactions, and fails as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.n_puts = 0
        self.is_full = False
        self.gate: Callable[[], Awaitable[None]] | None = None

    async def write(self, changes: Mapping[str, Changes]) -> None:
        if self.gate is not None:
            await self.gate()
        if self.is_full:
            raise StorageError("the disk is full", "Free some space")
        self.n_puts += 1
        await super().write(changes)


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
        queue.found("a", 7)
        seen = []
        for _ in range(2):
            queue.mark("a", make("a"))
            await queue.flush()
            seen.append(store.kinds[KIND]["a"].generation)
        return seen

    assert run(scenario()) == [8, 9]


def test_kinds_that_are_marked_together_are_written_together(run: Any) -> None:
    async def scenario() -> CountingStore:
        store = CountingStore()
        await store.put("episodes", [record("gone"), record("kept", generation=4)])
        store.n_puts = 0
        queue = writer(store)
        queue.found("kept", 4, "episodes")
        queue.mark("a", make("a"))
        queue.mark("gone", make("gone"), "episodes")
        queue.remove("gone", "episodes")
        queue.mark("kept", make("kept", b"new"), "episodes")
        assert queue.n_pending == 3
        assert queue.is_pending("gone", "episodes")
        assert not queue.is_pending("gone")
        await queue.settled()
        return store

    store = run(scenario())
    assert store.n_puts == 1
    assert set(store.kinds[KIND]) == {"a"}
    assert set(store.kinds["episodes"]) == {"kept"}
    assert store.kinds["episodes"]["kept"].generation == 5


def test_failed_write_leaves_every_kind_as_it_was(run: Any) -> None:
    async def scenario() -> None:
        store = CountingStore()
        await store.put("episodes", [record("gone")])
        store.is_full = True
        queue = writer(store)
        queue.mark("a", make("a"))
        queue.remove("gone", "episodes")
        with pytest.raises(ElexError):
            await queue.settled()
        assert store.kinds.get(KIND, {}) == {}
        assert set(store.kinds["episodes"]) == {"gone"}

        store.is_full = False
        await queue.flush()
        assert set(store.kinds[KIND]) == {"a"}
        assert store.kinds["episodes"] == {}

    run(scenario())


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
        with refused("IO_ERROR") as error:
            await queue.settled()
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
