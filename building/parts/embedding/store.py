"""What the encoder made of words, kept between builds: a change of a text costs only its new words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from building.parts.embedding.model import WIDTH, Array, MiniLm

Ids = tuple[int, ...]


class Store:
    """Vectors of id sequences, in one file that is replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._vectors: dict[Ids, Array] = {}
        if path.is_file():
            with np.load(path) as kept:
                flat, ends, vectors = kept["ids"].tolist(), kept["ends"].tolist(), kept["vectors"]
            starts = [0, *ends]
            keys = (tuple(flat[a:b]) for a, b in zip(starts, ends, strict=False))
            self._vectors = dict(zip(keys, vectors, strict=True))

    def vectors(self, model: MiniLm, sequences: Sequence[Ids]) -> Array:
        """The unit vector of each sequence; the encoder runs for those that are not kept yet."""
        new = sorted(set(sequences) - self._vectors.keys())
        if new:
            made = model.encode(new)
            # Kept as float32: that rounds the last places away, in which processors differ.
            made = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
            self._vectors |= dict(zip(new, made, strict=True))
            self._write()
        return np.array([self._vectors[ids] for ids in sequences], np.float64).reshape(-1, WIDTH)

    def _write(self) -> None:
        keys = list(self._vectors)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".unfinished.npz")
        np.savez(
            unfinished,
            ids=np.array([i for ids in keys for i in ids], np.int32),
            ends=np.cumsum([len(ids) for ids in keys]),
            vectors=np.array([self._vectors[ids] for ids in keys]),
        )
        unfinished.replace(self._path)
