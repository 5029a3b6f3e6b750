"""Vectors by name: what the wrapper adds to a vector index."""

import hashlib

import numpy as np
import pytest

from elex_browser.errors import ElexError
from elex_browser.kernels.base import IndexParameters
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.search.hnsw import Hnsw


def index() -> Hnsw:
    return Hnsw(ReferenceKernels(), IndexParameters(dimensions=4))


def axis(number: int) -> np.ndarray:
    return np.eye(4, dtype=np.float32)[number]


def test_names_come_back_nearest_first() -> None:
    with index() as names:
        names.add(["east", "north", "up"], np.eye(4, dtype=np.float32)[:3])
        found = names.search(np.array([0, 3, 1, 0], np.float32), 2)
        assert [one.name for one in found] == ["north", "up"]
        assert found[0].distance < found[1].distance
        assert names.memory_bytes() > 0


def test_a_name_is_replaced_and_removed() -> None:
    with index() as names:
        names.add(["a", "b"], np.stack([axis(0), axis(1)]))
        names.add(["c", "a"], np.stack([axis(0), axis(2)]))
        assert [one.name for one in names.search(axis(0), 1)] == ["c"]
        assert [one.name for one in names.search(axis(2), 1)] == ["a"]
        assert names.remove("a")
        assert not names.remove("a")
        assert ("a" in names, "b" in names, len(names)) == (False, True, 2)


def test_only_names_that_are_asked_for_are_found() -> None:
    with index() as names:
        names.add(["a", "b", "c"], np.eye(4, dtype=np.float32)[:3])
        found = names.search(axis(0), 5, among=["b", "c", "unknown"])
        assert [one.name for one in found] == ["b", "c"]
        assert names.search(axis(0), 5, among=[]) == []


def test_what_is_refused_leaves_no_name_behind() -> None:
    with index() as names:
        for given, vectors in (
            (["a", "a"], np.ones((2, 4), np.float32)),
            (["a"], np.full((1, 4), np.nan, np.float32)),
            (["a"], np.ones((2, 4), np.float32)),
        ):
            with pytest.raises(ElexError, match="VALIDATION_ERROR"):
                names.add(given, vectors)
        assert len(names) == 0
        assert "a" not in names


def test_what_was_saved_gives_the_same_answers_and_takes_new_names() -> None:
    with index() as names:
        names.add(["east", "north", 'süd/up "2"'], np.eye(4, dtype=np.float32)[:3])
        names.remove("north")
        saved = names.save()
        query = np.array([2, 0, 1, 0], np.float32)
        with Hnsw.load(ReferenceKernels(), saved) as again:
            assert again.save() == saved
            assert again.search(query, 5) == names.search(query, 5)
            again.add(["new"], axis(3)[None])
            assert [one.name for one in again.search(axis(3), 1)] == ["new"]
            assert len(again) == 3


def test_damaged_names_are_refused() -> None:
    with index() as names:
        names.add(["a", "b"], np.eye(4, dtype=np.float32)[:2])
        saved = names.save()
    half = len(saved) // 2
    other = saved[:8] + (9).to_bytes(4, "little") + saved[12:]
    flipped = saved[:half] + bytes([saved[half] ^ 4]) + saved[half + 1 :]
    for damaged in (b"", saved[:20], saved[:-1], flipped, other, b"something else" * 9):
        with pytest.raises(ElexError, match="SERIALIZATION_ERROR"):
            Hnsw.load(ReferenceKernels(), damaged)


def test_names_that_do_not_fit_their_vectors_are_refused() -> None:
    def sealed(text: bytes, vectors: bytes) -> bytes:
        body = len(text).to_bytes(4, "little") + text + vectors
        return b"ELEXNAME" + (1).to_bytes(4, "little") + hashlib.sha256(body).digest() + body

    with index() as names:
        names.add(["a", "b"], np.eye(4, dtype=np.float32)[:2])
        saved = names.save()
    vectors = saved[saved.index(b"ELEXHNSW") :]
    good = b'{"names":["a","b"],"ids":[0,1],"next_id":2}'
    assert sealed(good, vectors) == saved
    for text in (
        good.replace(b'"b"', b'"a"'),
        good.replace(b"[0,1]", b"[0,0]"),
        good.replace(b"[0,1]", b"[0,5]"),
        b'{"names":["a"],"ids":[0],"next_id":2}',
        b'{"names":["a","c"],"ids":[0,2],"next_id":3}',
        b"[" * 50_000,
        b"not JSON",
    ):
        with pytest.raises(ElexError, match="SERIALIZATION_ERROR"):
            Hnsw.load(ReferenceKernels(), sealed(text, vectors))
