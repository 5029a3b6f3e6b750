"""Texts, features or states by vector: names in, names out, over a vector index of the kernels.

The index is that of Malkov & Yashunin 2018 where Rust runs, and an exact scan elsewhere; see
`kernels.base.VectorIndex` for what both promise.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.errors import ValidationError
from elex_browser.kernels.base import F32, IndexParameters, Kernels


class Neighbour(NamedTuple):
    """What a search found; `distance` is 1 - cosine, in [0, 2]."""

    name: str
    distance: float


class Hnsw:
    """Vectors by name. The owner closes it; `with` does."""

    def __init__(self, kernels: Kernels, parameters: IndexParameters) -> None:
        self._index = kernels.index(parameters)
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._next_id = 0

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def add(self, names: Sequence[str], vectors: F32) -> None:
        """Copy vectors (n, dimensions) in; one replaces the vector that has its name.

        Raises:
            ValidationError: a name twice, or vectors that do not fit; nothing is added then.
        """
        if len(set(names)) != len(names):
            twice = next(name for name in names if list(names).count(name) > 1)
            raise ValidationError(f"the name {twice!r} is there twice", "Give each vector one name")
        new = [name for name in names if name not in self._ids]
        fresh = dict(zip(new, range(self._next_id, self._next_id + len(new)), strict=True))
        ids = [fresh[name] if name in fresh else self._ids[name] for name in names]
        self._index.add(np.array(ids, np.uint32), vectors)
        # Only now: a refused vector leaves no name behind.
        self._ids |= fresh
        self._names |= {number: name for name, number in fresh.items()}
        self._next_id += len(new)

    def remove(self, name: str) -> bool:
        """Remove a vector; False when there is none of this name."""
        number = self._ids.pop(name, None)
        if number is None:
            return False
        del self._names[number]
        return self._index.remove(number)

    def search(
        self, query: F32, k: int, *, ef: int = 0, among: Collection[str] | None = None
    ) -> list[Neighbour]:
        """Return the k nearest, nearest first; only names in `among`, where given, are found.

        Raises:
            ValidationError: the query does not fit or is not finite, or k < 1.
        """
        allowed = None
        if among is not None:
            known = [self._ids[name] for name in among if name in self._ids]
            allowed = np.array(known, np.uint32)
        ids, distances = self._index.search(query, k, ef=ef, allowed=allowed)
        pairs = zip(ids.tolist(), distances.tolist(), strict=True)
        return [Neighbour(self._names[number], distance) for number, distance in pairs]

    def memory_bytes(self) -> int:
        """Bytes that the vectors and the graph hold, counted; the names are not among them."""
        return self._index.memory_bytes()

    def close(self) -> None:
        """Free the vectors; closing twice is harmless."""
        self._index.close()

    def __enter__(self) -> "Hnsw":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
