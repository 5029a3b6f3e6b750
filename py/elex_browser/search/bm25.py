"""BM25 with weighted fields: Robertson & Zaragoza, "The Probabilistic Relevance Framework", section 3.

A document is a bag of terms with weights: a term's frequency is the sum of its fields' weights (BM25F with
one length normalisation). What a term adds to a document's score does not depend on the query, so it is
computed once and kept in one byte; a query only adds columns.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import SerializationError


class Bm25(msgspec.Struct, frozen=True):
    """An inverted index whose arrays are little-endian bytes, so that it is stored as it is.

    Attributes:
        terms: separated by line breaks, in alphabetical order.
        offsets: uint32, one more than there are terms: where a term's documents begin.
        documents: uint16, the documents of each term in ascending order, as differences (see `_packed`).
        impacts: uint8, what the term adds to the document's score, in units of `unit`.
        idf: float16 per term.
    """

    n_documents: int
    terms: str
    offsets: bytes
    documents: bytes
    impacts: bytes
    idf: bytes
    unit: float

    @classmethod
    def build(cls, documents: Sequence[Mapping[str, float]], *, k1: float, b: float) -> Self:
        """Index bags of terms; `k1` bends repeated terms, `b` discounts long documents."""
        n = len(documents)
        lengths = [sum(bag.values()) for bag in documents]
        mean_length = sum(lengths) / max(n, 1) or 1.0
        frequency = Counter(term for bag in documents for term in bag)
        terms = sorted(frequency)
        postings: dict[str, list[tuple[int, float]]] = {term: [] for term in terms}
        for number, bag in enumerate(documents):
            scale = k1 * (1 - b + b * lengths[number] / mean_length)
            for term, weight in bag.items():
                postings[term].append((number, weight * (k1 + 1) / (weight + scale)))
        unit = (
            max((impact for found in postings.values() for _, impact in found), default=1.0) / 255
        )
        flat = [pair for term in terms for pair in postings[term]]
        counts = [len(postings[term]) for term in terms]
        idf = [np.log(1 + (n - frequency[t] + 0.5) / (frequency[t] + 0.5)) for t in terms]
        return cls(
            n_documents=n,
            terms="\n".join(terms),
            offsets=np.concatenate([[0], np.cumsum(counts)]).astype("<u4").tobytes(),
            documents=_packed(np.array([number for number, _ in flat], np.uint16)),
            impacts=np.maximum(np.rint([impact / unit for _, impact in flat]), 1)
            .astype("u1")
            .tobytes(),
            idf=np.array(idf, "<f2").tobytes(),
            unit=float(unit),
        )


class Bm25Search:
    """Scores the documents of an index.

    Attributes:
        unknown_idf: the weight of a term that no document holds: as one that a single document holds.
    """

    def __init__(self, index: Bm25) -> None:
        self.n_documents = index.n_documents
        terms = index.terms.split("\n") if index.terms else []
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        self._offsets = np.frombuffer(index.offsets, "<u4").tolist()
        self._documents = _unpacked(index.documents)
        self._impacts = np.frombuffer(index.impacts, "u1")
        self._idf: list[float] = np.frombuffer(index.idf, "<f2").tolist()
        self._unit = index.unit
        self.unknown_idf = float(np.log(1 + (index.n_documents - 0.5) / 1.5))
        if len(self._offsets) != len(terms) + 1 or self._offsets[-1] != len(self._documents):
            problem = f"the search index holds {len(terms)} terms and {len(self._offsets)} offsets"
            raise SerializationError(problem, "Build the wheel again")

    def __contains__(self, term: object) -> bool:
        return term in self._number

    def idf(self, term: str) -> float:
        """How much a term tells apart."""
        number = self._number.get(term)
        return self.unknown_idf if number is None else self._idf[number]

    def holds(self, term: str, document: int) -> bool:
        """Whether a document has a term."""
        number = self._number.get(term)
        if number is None:
            return False
        found = self._documents[self._offsets[number] : self._offsets[number + 1]]
        at = int(np.searchsorted(found, document))
        return at < len(found) and int(found[at]) == document

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every document for weighted terms, divided by the query's own idf mass.

        The division makes scores of long and short questions comparable; unknown terms count in it.
        """
        scores = np.zeros(self.n_documents, np.float32)
        mass = 1e-9
        for term, weight in query.items():
            number = self._number.get(term)
            if number is None:
                mass += weight * self.unknown_idf
                continue
            gain = weight * self._idf[number]
            mass += gain
            span = slice(self._offsets[number], self._offsets[number + 1])
            scores[self._documents[span]] += self._impacts[span] * np.float32(gain * self._unit)
        return scores / np.float32(mass)


def _packed(numbers: NDArray[np.uint16]) -> bytes:
    """Differences from one to the next, modulo 65,536, all low bytes before all high ones.

    Documents of a term lie close together, so this halves what a compressed file needs for them.
    """
    steps = np.diff(numbers, prepend=np.uint16(0))
    return (steps & 0xFF).astype("u1").tobytes() + (steps >> 8).astype("u1").tobytes()


def _unpacked(data: bytes) -> NDArray[np.uint16]:
    low, high = np.frombuffer(data, "u1").reshape(2, -1).astype(np.uint16)
    return np.cumsum(low | (high << 8), dtype=np.uint16)
