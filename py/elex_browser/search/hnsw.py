"""Texts, features or states by vector: names in, names out, over a vector index of the kernels.

The index is that of Malkov & Yashunin 2018 where Rust runs, and an exact scan elsewhere; see
`kernels.base.VectorIndex` for what both promise.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import NamedTuple, NoReturn

import msgspec
import numpy as np

from elex_browser.errors import SerializationError, ValidationError
from elex_browser.kernels.base import F32, IndexParameters, Kernels
from elex_browser.text.json_depth import check_depth

MAGIC = b"ELEXNAME"
VERSION = 1
# Magic, version, SHA-256 of what follows, and the length of the names.
HEADER_BYTES = len(MAGIC) + 4 + 32 + 4


class _Names(msgspec.Struct, forbid_unknown_fields=True):
    """Names and the numbers that the index knows them by."""

    names: list[str]
    ids: list[int]
    next_id: int


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

    @classmethod
    def load(cls, kernels: Kernels, data: bytes) -> "Hnsw":
        """Make an index from what `save` gave, with these or other kernels.

        Raises:
            SerializationError: bytes that are damaged, cut off or of another version.
        """
        names, index = _open(data)
        loaded = cls.__new__(cls)
        loaded._index = kernels.load_index(index)
        loaded._ids = dict(zip(names.names, names.ids, strict=True))
        loaded._names = dict(zip(names.ids, names.names, strict=True))
        loaded._next_id = names.next_id
        if len(loaded._index) != len(names.ids) or any(i not in loaded._index for i in names.ids):
            loaded.close()
            _refuse("its names are not those of its vectors")
        return loaded

    def save(self) -> bytes:
        """Return names and vectors, with version and checksum; see `load`."""
        held = _Names(list(self._ids), list(self._ids.values()), self._next_id)
        names = msgspec.json.encode(held)
        body = len(names).to_bytes(4, "little") + names + self._index.to_bytes()
        return MAGIC + VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest() + body

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


def _open(data: bytes) -> tuple[_Names, bytes]:
    """Check all around the index and return its names and its bytes."""
    if len(data) < HEADER_BYTES or not data.startswith(MAGIC):
        _refuse("the bytes begin with something else")
    version = int.from_bytes(data[8:12], "little")
    if version != VERSION:
        _refuse(f"version {version}, this build reads {VERSION}")
    if hashlib.sha256(data[44:]).digest() != data[12:44]:
        _refuse("the checksum does not fit the bytes")
    end = HEADER_BYTES + int.from_bytes(data[44:48], "little")
    text = data[HEADER_BYTES:end]
    try:
        check_depth(text)
        held = msgspec.json.decode(text, type=_Names)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValidationError) as exc:
        raise SerializationError(f"the names are damaged: {exc}", "Build it again") from exc
    n = len(held.names)
    if not len(set(held.names)) == len(set(held.ids)) == len(held.ids) == n:
        _refuse("a name is there twice")
    if not all(0 <= number < held.next_id <= 1 << 32 for number in held.ids):
        _refuse("a name has a number that was never given")
    return held, data[end:]


def _refuse(problem: str) -> NoReturn:
    raise SerializationError(f"the names are damaged: {problem}", "Build it again from its source")
