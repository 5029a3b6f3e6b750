"""Vectors by name: what the wrapper adds to a vector index."""

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
