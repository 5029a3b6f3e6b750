"""Whoever names a feature gets it, though the name be shortened, turned round, joined or mistyped."""

from collections import defaultdict
from itertools import islice

import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.routing import QuestionRouter
from studies.routing.named_questions import RULES, NamedQuestion, named_questions

ONE_OF = 5
"""Only every so many-th question is asked, which keeps the test short; the floors are of all of them."""

FIRST = 0.99
FIRST_OF_A_RULE = 0.97
FIRST_WITHOUT_A_WORD = 0.92
"""A name that lacks a word of its own is often nearer to a sibling."""


@pytest.fixture(scope="module")
def asked() -> list[NamedQuestion]:
    """A share of the questions."""
    return list(islice(named_questions(Catalogue.load()), 0, None, ONE_OF))


def test_rules_make_questions_for_most_features(asked: list[NamedQuestion]) -> None:
    assert {q.rule for q in asked} == RULES.keys()
    assert len({faj for q in asked for faj in q.right}) >= 0.99 * 593


def test_questions_are_the_same_in_every_run(asked: list[NamedQuestion]) -> None:
    assert asked == list(islice(named_questions(Catalogue.load()), 0, None, ONE_OF))


def test_named_feature_stands_first(asked: list[NamedQuestion]) -> None:
    router = QuestionRouter(Catalogue.load())
    hits: dict[str, list[bool]] = defaultdict(list)
    for question in asked:
        hits[question.rule].append(router.route(question.text, 1)[0].faj in question.right)
    shares = {rule: sum(found) / len(found) for rule, found in hits.items()}
    assert sum(map(sum, hits.values())) / len(asked) >= FIRST
    assert shares.pop("a word left out") >= FIRST_WITHOUT_A_WORD
    assert {rule: share for rule, share in shares.items() if share < FIRST_OF_A_RULE} == {}
