"""One conformance suite for every vector index: the scan in NumPy, and in Pyodide the graph in Rust."""

from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest

from elex_browser.kernels.base import IndexParameters, Kernels
from elex_browser.kernels.index_bytes import Saved, encode
from elex_browser.kernels.reference import ReferenceKernels
from tests.support import EVERY_KERNELS, IN_RUST, refused

if TYPE_CHECKING:
    from elex_browser.kernels.wasm import WasmKernels

# Without the scan of small indexes, so that the graph itself is tested.
GRAPH = IndexParameters(dimensions=32, exact_up_to=0, seed=7)


def clustered(n: int, seed: int, dimensions: int = 32) -> np.ndarray:
    """Points around 40 centres, as embeddings of texts about 40 subjects lie."""
    rng = np.random.default_rng(99)
    centres = rng.normal(size=(40, dimensions))
    rng = np.random.default_rng(seed)
    noise = 0.4 * rng.normal(size=(n, dimensions))
    return (centres[rng.integers(0, 40, n)] + noise).astype(np.float32)


def numbers(n: int) -> np.ndarray:
    return np.arange(n, dtype=np.uint32)


@pytest.mark.parametrize("int8", [False, True])
def test_search_finds_what_an_exact_scan_finds(kernels: Kernels, int8: bool) -> None:
    rows, queries = clustered(1500, 1), clustered(60, 2)
    parameters = IndexParameters(dimensions=32, exact_up_to=0, int8=int8)
    exact = ReferenceKernels().matrix(rows)
    hits = 0
    with kernels.index(parameters) as index:
        index.add(numbers(1500), rows)
        for query in queries:
            ids, distances = index.search(query, 10)
            best, scores = exact.top_k(query, 10)
            hits += len(set(ids.tolist()) & set(best.tolist()))
            np.testing.assert_allclose(distances[0], 1 - scores[0], atol=0.02 if int8 else 1e-6)
            assert (np.diff(distances) >= 0).all()
    assert hits >= 0.98 * 600


def test_ids_are_removed_and_replaced(kernels: Kernels) -> None:
    rows = clustered(400, 3)
    with kernels.index(GRAPH) as index:
        index.add(numbers(400) * 10, rows)
        assert index.search(rows[7], 1)[0].tolist() == [70]
        assert index.remove(70)
        assert not index.remove(70)
        assert 70 not in index
        assert index.search(rows[7], 1)[0].tolist() != [70]
        index.add(np.array([80], np.uint32), rows[7:8])
        assert index.search(rows[7], 1)[0].tolist() == [80]
        assert len(index) == 399


def test_only_allowed_ids_are_found(kernels: Kernels) -> None:
    rows = clustered(600, 4)
    with kernels.index(GRAPH) as index:
        index.add(numbers(600), rows)
        allowed = np.array([3, 5, 599, 1_000_000], np.uint32)
        assert sorted(index.search(rows[0], 10, allowed=allowed)[0].tolist()) == [3, 5, 599]
        assert index.search(rows[0], 10, allowed=numbers(0))[0].tolist() == []


def test_ids_of_every_kind_are_told_apart(kernels: Kernels) -> None:
    # Whose upper or lower bits alone differ, and the last one there is.
    ids = np.array([*range(0, 100), *(i << 16 for i in range(1, 100)), 2**32 - 1], np.uint32)
    rows = clustered(len(ids), 13)
    with kernels.index(GRAPH) as index:
        index.add(ids, rows)
        assert len(index) == 200
        for place in (0, 1, 99, 100, 198, 199):
            item = int(ids[place])
            assert item in index
            assert index.search(rows[place], 1)[0].tolist() == [item]
            assert index.remove(item)
            assert item not in index
        assert 100 not in index
        assert 2**32 - 2 not in index


def test_ids_that_come_and_go_take_no_more_room(kernels: Kernels) -> None:
    rows = clustered(50, 14)
    with kernels.index(GRAPH) as index:
        index.add(numbers(50), rows)
        for item in range(50, 2000):
            index.remove(item - 50)
            index.add(np.array([item], np.uint32), rows[item % 50][None])
            if item == 200:
                before = index.memory_bytes()
        assert index.memory_bytes() <= 1.1 * before
        assert [item for item in range(2100) if item in index] == list(range(1950, 2000))


def test_after_many_changes_an_index_finds_what_is_left(kernels: Kernels) -> None:
    rows = clustered(600, 15)
    left = numbers(600)[numbers(600) % 3 > 0]
    allowed = numbers(600)[numbers(600) % 2 > 0]
    with kernels.index(GRAPH) as index:
        index.add(numbers(600), rows)
        for item in range(0, 600, 3):
            assert index.remove(item)
        index.compact()
        with kernels.load_index(index.to_bytes()) as copy:
            for among, expected in ((None, left), (allowed, np.intersect1d(left, allowed))):
                with ReferenceKernels().matrix(rows[expected]) as exact:
                    best = [set(expected[exact.top_k(q, 5)[0]].tolist()) for q in rows[:60]]
                for one in (index, copy):
                    found = [set(one.search(q, 5, allowed=among)[0].tolist()) for q in rows[:60]]
                    assert set().union(*found) <= set(expected.tolist())
                    hits = sum(len(a & b) for a, b in zip(found, best, strict=True))
                    assert hits >= 0.97 * 5 * 60


@pytest.mark.parametrize("n", [0, 1])
def test_an_index_of_none_or_one_answers(kernels: Kernels, n: int) -> None:
    with kernels.index(GRAPH) as index:
        index.add(numbers(n), np.ones((n, 32), np.float32))
        ids, distances = index.search(np.ones(32, np.float32), 5)
        assert (len(index), ids.tolist()) == (n, list(range(n)))
        assert distances == pytest.approx([0] * n, abs=1e-6)


def test_duplicates_and_zero_vectors_are_found(kernels: Kernels) -> None:
    rows = np.zeros((60, 32), np.float32)
    rows[:40] = 1
    with kernels.index(GRAPH) as index:
        index.add(numbers(60), rows)
        _, distances = index.search(np.ones(32, np.float32), 30)
        assert distances == pytest.approx([0] * 30, abs=1e-6)
        assert index.search(np.zeros(32, np.float32), 5)[1].tolist() == [1] * 5


def test_an_index_refuses_what_does_not_fit_and_stays_as_it_was(kernels: Kernels) -> None:
    rows = clustered(300, 5)
    with kernels.index(GRAPH) as index:
        index.add(numbers(300), rows)
        bad = rows.copy()
        bad[290, 3] = np.nan
        for ids, wrong in ((numbers(300), bad), (numbers(299), rows), (numbers(300), rows[:, :28])):
            with refused("VALIDATION_ERROR"):
                index.add(ids + 500, wrong)
        for query, k in ((rows[0, :28], 1), (bad[290], 1), (rows[0], 0)):
            with refused("VALIDATION_ERROR"):
                index.search(query, k)
        assert len(index) == 300


@pytest.mark.parametrize(
    ("name", "fitting", "wrong"),
    [
        ("dimensions", (4, 65_536), (0, 2, 6, 65_540)),
        ("m", (2, 32), (0, 1, 33, 129)),
        ("m_max0", (16, 255), (0, 15, 256)),
        ("ef_construction", (1, 65_535), (0, 65_536)),
        ("ef_search", (1, 65_535), (0, 65_536)),
        ("seed", (0, 2**32 - 1), (-1, 2**32)),
        ("exact_up_to", (0, 2**32 - 1), (-1, 2**32)),
    ],
)
def test_every_implementation_has_the_same_limits(
    kernels: Kernels, name: str, fitting: tuple[int, ...], wrong: tuple[int, ...]
) -> None:
    settings = IndexParameters(dimensions=4)
    for value in fitting:
        kernels.index(msgspec.structs.replace(settings, **{name: value})).close()
    for value in wrong:
        with refused("VALIDATION_ERROR"):
            kernels.index(msgspec.structs.replace(settings, **{name: value}))


def test_a_closed_index_answers_with_an_error(kernels: Kernels) -> None:
    index = kernels.index(GRAPH)
    index.close()
    index.close()
    with refused("QUERY_FAILED"):
        index.search(np.ones(32, np.float32), 1)


@pytest.mark.parametrize("int8", [False, True])
def test_a_saved_index_gives_the_same_answers(kernels: Kernels, int8: bool) -> None:
    rows = clustered(500, 6)
    parameters = IndexParameters(dimensions=32, exact_up_to=0, seed=7, int8=int8)
    with kernels.index(parameters) as index:
        index.add(numbers(500) * 3, rows)
        index.remove(51)
        saved = index.to_bytes()
        with kernels.load_index(saved) as copy:
            assert copy.to_bytes() == saved
            assert (len(copy), copy.dimensions, 51 in copy, 54 in copy) == (499, 32, False, True)
            for query in rows[:30]:
                found, again = index.search(query, 5), copy.search(query, 5)
                assert found[0].tolist() == again[0].tolist()
                assert found[1].tolist() == again[1].tolist()
            copy.add(np.array([51], np.uint32), rows[17:18])
            assert copy.search(rows[17], 1)[0].tolist() == [51]


@pytest.mark.parametrize("n", [0, 1, 60])
@pytest.mark.parametrize("int8", [False, True])
def test_files_carry_over_between_implementations(kernels: Kernels, n: int, int8: bool) -> None:
    rows = clustered(max(n, 1), 12)
    for other in EVERY_KERNELS:
        with other.index(IndexParameters(dimensions=32, exact_up_to=10, int8=int8)) as index:
            index.add(numbers(n), rows[:n])
            saved = index.to_bytes()
        with other.load_index(saved) as source, kernels.load_index(saved) as index:
            assert len(index) == n
            for query in rows[:10]:
                found, expected = index.search(query, 60, ef=60), source.search(query, 60, ef=60)
                assert sorted(found[0].tolist()) == sorted(expected[0].tolist())
                np.testing.assert_allclose(found[1], expected[1], atol=1e-6)


def test_damaged_bytes_are_refused(kernels: Kernels) -> None:
    with kernels.index(GRAPH) as index:
        index.add(numbers(50), clustered(50, 8))
        saved = index.to_bytes()
    middle = len(saved) // 2
    flipped = saved[:middle] + bytes([saved[middle] ^ 1]) + saved[middle + 1 :]
    version = saved[:8] + (1).to_bytes(4, "little") + saved[12:]
    for damaged in (flipped, version, saved[:-1], saved[:10], b"", b"something else" * 10):
        with refused("SERIALIZATION_ERROR"):
            kernels.load_index(damaged)


def test_sound_checksums_do_not_make_bytes_sound(kernels: Kernels) -> None:
    rows = np.eye(4, dtype=np.float32)
    sound = Saved(IndexParameters(dimensions=4), numbers(4), rows, np.ones(4, np.float32))
    with kernels.load_index(encode(sound)) as index:
        assert index.search(rows[2], 1)[0].tolist() == [2]
    nan = rows.copy()
    nan[3, 3] = np.nan
    for wrong in (
        sound._replace(ids=numbers(4) // 2),
        sound._replace(ids=numbers(3)),
        sound._replace(numbers=rows[:3]),
        sound._replace(numbers=nan),
        sound._replace(parameters=IndexParameters(dimensions=6)),
        sound._replace(parameters=IndexParameters(dimensions=4, ef_search=0)),
    ):
        with refused("SERIALIZATION_ERROR"):
            kernels.load_index(encode(wrong))


class TestTheGraphInRust:
    """What the scan in NumPy does not have; there is nothing to test where the module does not run."""

    __test__ = bool(IN_RUST)

    @pytest.fixture(params=IN_RUST, ids=lambda kernels: kernels.name)
    def wasm(self, request: pytest.FixtureRequest) -> "WasmKernels":
        return request.param

    def test_the_graph_begins_where_the_scan_ends(self, wasm: "WasmKernels") -> None:
        rows = clustered(120, 9)
        with wasm.index(IndexParameters(dimensions=32, exact_up_to=100)) as index:
            index.add(numbers(100), rows[:100])
            assert not index.has_graph
            index.add(numbers(20) + 100, rows[100:])
            assert index.has_graph
            assert index.search(rows[5], 1)[0].tolist() == [5]

    def test_two_thousand_indexes_leave_no_memory_behind(self, wasm: "WasmKernels") -> None:
        rows = clustered(8, 10)

        def make_and_close(n: int) -> None:
            for _ in range(n):
                with wasm.index(GRAPH) as index:
                    index.add(numbers(8), rows)

        make_and_close(100)
        before = wasm.memory_bytes()
        make_and_close(2000)
        assert wasm.memory_bytes() == before

    def test_all_builds_make_the_same_bytes(self) -> None:
        saved = set()
        for build in IN_RUST:
            with build.index(GRAPH) as index:
                index.add(numbers(700), clustered(700, 11))
                saved.add(index.to_bytes())
        assert len(saved) == 1
