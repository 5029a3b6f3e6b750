"""BM25 with weighted fields: Robertson & Zaragoza, "The Probabilistic Relevance Framework", section 3.

A document is a bag of terms with weights: a term's frequency is the sum of its fields' weights (BM25F with
one length normalisation). What a term adds to a document's score does not depend on the query, so it is
computed once and kept in one byte; a query only adds columns.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

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


class Postings(NamedTuple):
    """An index in arrays: per term its idf and how many documents hold it, and these one after the other.

    Attributes:
        gains: per document and term what a question that is the term alone adds, without the idf.
    """

    terms: list[str]
    idf: NDArray[np.float32]
    counts: NDArray[np.intp]
    documents: NDArray[np.uint16]
    gains: NDArray[np.float32]


class Bm25Search:
    """Tells what the documents of an index hold; `JointSearch` scores them.

    Attributes:
        unknown_idf: the weight of a term that no document holds: as one that a single document holds.
    """

    def __init__(self, index: Bm25) -> None:
        self.n_documents = index.n_documents
        terms = index.terms.split("\n") if index.terms else []
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        self._offsets = np.frombuffer(index.offsets, "<u4").tolist()
        self._documents = _unpacked(index.documents)
        # bisect reads it item by item, which a memoryview answers several times as fast as an array.
        self._found = self._documents.data
        self._idf: list[float] = np.frombuffer(index.idf, "<f2").tolist()
        self._gains = np.frombuffer(index.impacts, "u1") * np.float32(index.unit)
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
        end = self._offsets[number + 1]
        at = bisect_left(self._found, document, self._offsets[number], end)
        return at < end and self._found[at] == document

    def postings(self) -> Postings:
        """All that stands under the terms, for `JointSearch`."""
        counts = np.diff(self._offsets)
        idf = np.array(self._idf, np.float32)
        return Postings(list(self._number), idf, counts, self._documents, self._gains)


class JointSearch:
    """Scores the documents of several indexes for the same query in one pass.

    What stands under a term in any of them lies side by side, so that a query needs one span per term and
    one sum over all: in Pyodide a fifth of the time of index after index, term after term.
    """

    def __init__(self, searches: Sequence[Bm25Search]) -> None:
        bounds = np.cumsum([0, *(search.n_documents for search in searches)]).tolist()
        self._spans = list(pairwise(bounds))
        self._n_documents = bounds[-1]
        self._unknown = [search.unknown_idf for search in searches]
        found = [search.postings() for search in searches]
        terms = sorted({term for postings in found for term in postings.terms})
        self._number = dict(zip(terms, range(len(terms)), strict=True))
        idf = np.tile(np.array(self._unknown, np.float32), (len(terms), 1))
        under, documents, gains = [], [], []
        for i, (one, (begin, _)) in enumerate(zip(found, self._spans, strict=True)):
            numbers = np.array([self._number[term] for term in one.terms], np.intp)
            idf[numbers, i] = one.idf
            under.append(np.repeat(numbers, one.counts))
            documents.append(one.documents.astype(np.intp) + begin)
            gains.append(one.gains * np.repeat(one.idf, one.counts))
        self._idf: list[list[float]] = idf.tolist()
        together = np.concatenate(under)
        # Numbers of 16 bits are sorted by counting, several times as fast.
        order = np.argsort(together.astype(np.min_scalar_type(len(terms))), kind="stable")
        self._documents = np.concatenate(documents)[order]
        self._gains = np.concatenate(gains)[order]
        places = np.cumsum([0, *np.bincount(together, minlength=len(terms))])
        self._offsets: list[int] = places.tolist()

    def scores(self, query: Mapping[str, float]) -> list[NDArray[np.float32]]:
        """Per index the score of every document for weighted terms, divided by the query's own idf mass.

        The division makes scores of long and short questions comparable; unknown terms count in it.
        """
        masses = [1e-9] * len(self._spans)
        places, weights = [], []
        for term, weight in query.items():
            number = self._number.get(term)
            idf = self._unknown if number is None else self._idf[number]
            masses = [mass + weight * one for mass, one in zip(masses, idf, strict=True)]
            if number is not None:
                places.append(slice(self._offsets[number], self._offsets[number + 1]))
                weights.append(weight)
        sums = self._sums(places, weights)
        return [
            sums[begin:end] / np.float32(mass)
            for (begin, end), mass in zip(self._spans, masses, strict=True)
        ]

    def _sums(self, places: list[slice], weights: list[float]) -> NDArray[np.float32]:
        """The sum of the postings of all places per document, each place with its weight."""
        if not places:
            return np.zeros(self._n_documents, np.float32)
        lengths = [place.stop - place.start for place in places]
        gains = np.concatenate([self._gains[place] for place in places])
        gains *= np.repeat(np.array(weights, np.float32), lengths)
        documents = np.concatenate([self._documents[place] for place in places])
        return np.bincount(documents, gains, self._n_documents).astype(np.float32)


def _packed(numbers: NDArray[np.uint16]) -> bytes:
    """Differences from one to the next, modulo 65,536, all low bytes before all high ones.

    Documents of a term lie close together, so this halves what a compressed file needs for them.
    """
    steps = np.diff(numbers, prepend=np.uint16(0))
    return (steps & 0xFF).astype("u1").tobytes() + (steps >> 8).astype("u1").tobytes()


def _unpacked(data: bytes) -> NDArray[np.uint16]:
    low, high = np.frombuffer(data, "u1").reshape(2, -1).astype(np.uint16)
    return np.cumsum(low | (high << 8), dtype=np.uint16)
