"""How near a question is in meaning to what is written about each feature.

Every written text and question is a vector in an index of the kernels; a feature is as near as its nearest
one. The vectors are made from the pack's token ids when they are first needed: ids are a fifth of the
vectors' size. An index that scans answers the first questions, and `link` builds the graph of Malkov &
Yashunin 2018 in its place.
"""

import logging
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import KernelLostError, SerializationError
from elex_browser.kernels.base import F32, U32, IndexParameters, Kernels, VectorIndex
from elex_browser.kernels.resident import Resident
from elex_browser.knowledge.pack import Pack
from elex_browser.knowledge.weights import KNOWLEDGE, VectorLimits
from elex_browser.search.embed import DIMENSION, Embedder

logger = logging.getLogger(__name__)

_SCAN = IndexParameters(dimensions=DIMENSION, int8=True, exact_up_to=2**32 - 1)


class FeatureVectors:
    """The vectors of all features, resident where the kernels run.

    Attributes:
        fingerprint: of the table; vectors of tables with the same one can be compared.
        is_linked: whether searches walk the graph.
    """

    def __init__(
        self,
        pack: Pack,
        embedder: Embedder,
        kernels: Kernels,
        limits: VectorLimits = KNOWLEDGE.vectors,
    ) -> None:
        if embedder.fingerprint != pack.vector_words:
            problem = f"the knowledge pack needs table {pack.vector_words}, here is {embedder.fingerprint}"
            raise SerializationError(problem, "Build the wheel again")
        self.fingerprint = embedder.fingerprint
        self.is_linked = False
        self._pack = pack
        self._embedder = embedder
        self._kernels = kernels
        self._limits = limits
        starts = np.frombuffer(pack.vector_starts, "<u4").astype(np.intp)
        self._n_features = len(starts) - 1
        self._feature_of = np.repeat(np.arange(self._n_features), np.diff(starts))
        self._index = Resident(self._make_scan)
        self._unfinished: VectorIndex | None = None

    def embed(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question; zeros where none of its words is known."""
        return self._embedder.embed(text)

    def nearness(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Per feature the cosine of its nearest text; zeros where the question's vector is zero."""
        if not query.any():
            return np.zeros(self._n_features, np.float32)
        k = self._limits.nearest
        found, distances = self._index.use(lambda index: index.search(query, k))
        cosines = 1 - distances
        nearest = np.full(self._n_features, cosines[-1], np.float32)
        # Of several assignments to one place the last one holds: the nearest comes last.
        nearest[self._feature_of[found[::-1]]] = cosines[::-1]
        return nearest

    def link(self) -> Iterator[None]:
        """Build the graph, a piece per step; with the last piece it takes the place of the scan.

        It ends early when the vectors are freed meanwhile, or the kernel lost them.
        """
        if self.is_linked or self._unfinished is not None:
            return
        graph = self._unfinished = self._kernels.index(_graph(self._limits))
        try:
            for ids, rows in self._vectors(self._limits.linked_at_once):
                graph.add(ids, rows)
                yield
                if self._unfinished is not graph:
                    return
            graph.compact()
        except KernelLostError:
            logger.warning("the graph of the vectors was lost while it was built; they are scanned")
            self._free_unfinished()
            return
        self._unfinished = None
        self._index.replace(graph)
        self.is_linked = True

    def memory_bytes(self) -> int:
        """Bytes that the vectors and the graph hold at present."""
        held = (index for index in (self._index.held, self._unfinished) if index is not None)
        return sum(index.memory_bytes() for index in held)

    def close(self) -> None:
        """Free the vectors; the next question makes them again."""
        self._free_unfinished()
        self._index.close()
        self.is_linked = False

    def _free_unfinished(self) -> None:
        if self._unfinished is not None:
            self._unfinished.close()
            self._unfinished = None

    def _make_scan(self) -> VectorIndex:
        self.is_linked = False
        scan = self._kernels.index(_SCAN)
        for ids, rows in self._vectors(self._limits.scanned_at_once):
            scan.add(ids, rows)
        return scan

    def _vectors(self, at_once: int) -> Iterator[tuple[U32, F32]]:
        """Numbers and vectors of all texts, in their order."""
        ids = np.frombuffer(self._pack.vector_ids, "<u2")
        lengths = np.frombuffer(self._pack.vector_lengths, "<u2")
        offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        for begin, end in pairwise([*range(0, len(lengths), at_once), len(lengths)]):
            among = offsets[begin : end + 1]
            rows = self._embedder.embed_ids(ids[among[0] : among[-1]], among - among[0])
            yield np.arange(begin, end, dtype=np.uint32), rows


def _graph(limits: VectorLimits) -> IndexParameters:
    return IndexParameters(
        dimensions=DIMENSION,
        int8=True,
        ef_construction=limits.ef_construction,
        ef_search=limits.nearest,
        exact_up_to=0,
    )
