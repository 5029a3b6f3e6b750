"""The vectors of past questions in an index: which of them are near a new one."""

import numpy as np

from elex_browser.kernels.base import F32, IndexParameters, Kernels
from elex_browser.kernels.resident import Resident
from elex_browser.search.embed import DIMENSION
from elex_browser.search.hnsw import Hnsw

_PARAMETERS = IndexParameters(dimensions=DIMENSION)


class NearestQuestions:
    """Vectors by key, where the kernels run; kept here, too, for a kernel that was restarted lost its own."""

    def __init__(self, kernels: Kernels) -> None:
        self._kernels = kernels
        self._vectors: dict[str, F32] = {}
        self._index = Resident(self._make_index)

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, key: str, vector: F32) -> None:
        """Add a question."""
        self._vectors[key] = vector
        if self._index.held is not None:
            self._index.use(lambda index: index.add([key], vector[np.newaxis].copy()))

    def remove(self, key: str) -> None:
        """Forget a question, if it is there."""
        if self._vectors.pop(key, None) is not None and self._index.held is not None:
            self._index.use(lambda index: index.remove(key))

    def near(self, vector: F32, k: int) -> list[tuple[str, float]]:
        """The k most similar questions with their cosines, the most similar first."""
        if not self._vectors:
            return []
        found = self._index.use(lambda index: index.search(vector, k))
        return [(neighbour.name, 1.0 - neighbour.distance) for neighbour in found]

    def close(self) -> None:
        """Free the vectors in the kernels' memory; the next search makes them again."""
        self._index.close()

    def _make_index(self) -> Hnsw:
        index = Hnsw(self._kernels, _PARAMETERS)
        if self._vectors:
            index.add(list(self._vectors), np.stack(list(self._vectors.values())))
        return index
