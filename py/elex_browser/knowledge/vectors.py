"""How near a question is in meaning to what is written about each feature.

Every written text and question is a vector; a feature is as near as its nearest one. The vectors are made
from the pack's token ids when they are first needed: ids are a fifth of the vectors' size.
"""

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import QueryError, SerializationError
from elex_browser.kernels.base import Kernels, Matrix
from elex_browser.knowledge.pack import Pack
from elex_browser.search.embed import Embedder

_NEAREST = 400
"""Vectors looked at for a question; a feature with none of them counts as just beyond the last."""


class FeatureVectors:
    """The vectors of all features, resident where the kernels run.

    Attributes:
        fingerprint: of the table; vectors of tables with the same one can be compared.
    """

    def __init__(self, pack: Pack, embedder: Embedder, kernels: Kernels) -> None:
        if embedder.fingerprint != pack.vector_words:
            problem = f"the knowledge pack needs table {pack.vector_words}, here is {embedder.fingerprint}"
            raise SerializationError(problem, "Build the wheel again")
        self.fingerprint = embedder.fingerprint
        self._pack = pack
        self._embedder = embedder
        self._kernels = kernels
        starts = np.frombuffer(pack.vector_starts, "<u4").astype(np.intp)
        self._n_features = len(starts) - 1
        self._feature_of = np.repeat(np.arange(self._n_features), np.diff(starts))
        self._matrix: Matrix | None = None

    def embed(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question; zeros where none of its words is known."""
        return self._embedder.embed(text)

    def nearness(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Per feature the cosine of its nearest text; zeros where the question's vector is zero."""
        if not query.any():
            return np.zeros(self._n_features, np.float32)
        try:
            rows, cosines = self._resident().top_k(query, _NEAREST)
        except QueryError:
            # The kernel was restarted after a trap and lost what lay in its memory.
            self.close()
            rows, cosines = self._resident().top_k(query, _NEAREST)
        nearest = np.full(self._n_features, cosines[-1], np.float32)
        np.maximum.at(nearest, self._feature_of[rows], cosines)
        return nearest

    def close(self) -> None:
        """Free the vectors; the next question makes them again."""
        if self._matrix is not None:
            self._matrix.close()
            self._matrix = None

    def _resident(self) -> Matrix:
        if self._matrix is None:
            ids = np.frombuffer(self._pack.vector_ids, "<u2")
            lengths = np.frombuffer(self._pack.vector_lengths, "<u2")
            offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
            self._matrix = self._kernels.matrix(self._embedder.embed_ids(ids, offsets))
        return self._matrix
