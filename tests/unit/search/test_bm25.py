"""BM25 against the formula of Robertson and Zaragoza, and what an index makes of odd queries."""

from collections import Counter
from math import log

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from elex_browser.errors import SerializationError
from elex_browser.search.bm25 import Bm25, Bm25Search, JointSearch

K1, B = 1.2, 0.5
TEXTS = [
    "sleep mode night power",
    "carrier aggregation carrier",
    "power control uplink",
    "",
    "sleep",
]
BAGS = [Counter(text.split()) for text in TEXTS]


@pytest.fixture
def search() -> Bm25Search:
    """An index over five little texts."""
    return Bm25Search(Bm25.build(BAGS, k1=K1, b=B))


def scores(search: Bm25Search, query: dict[str, float]) -> NDArray[np.float32]:
    """The scores of one index alone."""
    (found,) = JointSearch([search]).scores(query)
    return found


def by_hand(query: dict[str, float], number: int) -> float:
    """The formula, with the query's idf mass divided out."""
    n, mean = len(BAGS), sum(map(Counter.total, BAGS)) / len(BAGS)
    score = mass = 0.0
    for term, weight in query.items():
        holding = sum(term in bag for bag in BAGS)
        idf = log(1 + (n - max(holding, 1) + 0.5) / (max(holding, 1) + 0.5))
        frequency = BAGS[number][term]
        length = K1 * (1 - B + B * BAGS[number].total() / mean)
        score += weight * idf * frequency * (K1 + 1) / (frequency + length) if frequency else 0.0
        mass += weight * idf
    return score / mass


@pytest.mark.parametrize(
    "query", [{"sleep": 1.0}, {"carrier": 1.0, "power": 0.35}, {"sleep": 1.0, "unheard": 1.0}]
)
def test_scores_follow_the_formula(search: Bm25Search, query: dict[str, float]) -> None:
    expected = [by_hand(query, i) for i in range(len(BAGS))]
    assert scores(search, query) == pytest.approx(expected, abs=0.01)


def test_unknown_terms_lower_the_score_of_known_ones(search: Bm25Search) -> None:
    alone = scores(search, {"sleep": 1.0}).max()
    assert scores(search, {"sleep": 1.0, "unheard": 1.0}).max() < alone


@pytest.mark.parametrize("query", [{}, {"unheard": 1.0}])
def test_query_without_known_terms_scores_nothing(
    search: Bm25Search, query: dict[str, float]
) -> None:
    assert not scores(search, query).any()


def test_index_tells_which_document_holds_a_term(search: Bm25Search) -> None:
    assert search.holds("sleep", 0)
    assert search.holds("sleep", 4)
    assert not search.holds("sleep", 1)
    assert not search.holds("unheard", 0)
    assert "sleep" in search
    assert "unheard" not in search


def test_empty_index_answers_with_nothing() -> None:
    assert scores(Bm25Search(Bm25.build([], k1=K1, b=B)), {"sleep": 1.0}).shape == (0,)


def test_same_documents_make_the_same_index() -> None:
    assert Bm25.build(BAGS, k1=K1, b=B) == Bm25.build(
        [dict(reversed(list(b.items()))) for b in BAGS], k1=K1, b=B
    )


def test_damaged_index_is_refused() -> None:
    index = Bm25.build(BAGS, k1=K1, b=B)
    with pytest.raises(SerializationError):
        Bm25Search(msgspec.structs.replace(index, offsets=index.offsets[:-4]))


def test_impacts_keep_their_order_in_one_byte(search: Bm25Search) -> None:
    found = scores(search, {"power": 1.0})
    assert list(np.argsort(-found, kind="stable")[:2]) == [2, 0]


@pytest.mark.parametrize(
    "query", [{"sleep": 1.0}, {"carrier": 0.5, "cell": 1.0, "unheard": 1.0}, {"unheard": 1.0}, {}]
)
def test_several_indexes_at_once_score_as_each_alone(query: dict[str, float]) -> None:
    others = [Counter(text.split()) for text in ("cell sleep", "carrier cell cell", "unlike")]
    indexes = [Bm25Search(Bm25.build(bags, k1=K1, b=B)) for bags in (BAGS, [], others)]
    together = JointSearch(indexes).scores(query)
    for found, index in zip(together, indexes, strict=True):
        assert found == pytest.approx(scores(index, query), abs=1e-6)
