"""Thresholds of the decision: as high as the budgets of needless refusals allow, and no higher."""

import pytest

from elex_browser.knowledge.confidence import Thresholds
from studies.routing.thresholds import ASKED_BACK, TURNED_DOWN, Judged, thresholds


def clear(score: float, in_domain: float = 1.0, counts: float = 1.0) -> Judged:
    """A question whose first feature is right."""
    return Judged(score, in_domain, right=True, about=True, counts=counts)


def strange(in_domain: float) -> Judged:
    """A question about something else."""
    return Judged(0.0, in_domain, right=False, about=False, counts=1.0)


def test_thresholds_keep_their_budgets() -> None:
    judged = [clear(i / 1000, i / 1000) for i in range(1000)]
    found = thresholds(judged)
    assert sum(j.score < found.clarify_below for j in judged) == 1000 * ASKED_BACK
    assert sum(j.in_domain < found.decline_below for j in judged) == 1000 * TURNED_DOWN


def test_questions_about_something_else_set_no_threshold() -> None:
    judged = [clear(0.9, 0.8)] * 10
    assert thresholds([*judged, strange(0.1), strange(0.99)]) == thresholds(judged)


def test_questions_count_by_their_weight() -> None:
    light = [*[clear(0.9)] * 90, *[clear(0.2, counts=0.1)] * 10]
    assert thresholds(light).clarify_below == pytest.approx(0.9)
    heavy = [*[clear(0.9)] * 90, *[clear(0.2)] * 10]
    assert thresholds(heavy).clarify_below == pytest.approx(0.2)


def test_sure_first_feature_is_never_turned_down() -> None:
    found = Thresholds(decline_below=0.4, clarify_below=0.6)
    assert found.decide(score=0.7, in_domain=0.1) == "answer"
    assert found.decide(score=0.5, in_domain=0.9) == "clarify"
    assert found.decide(score=0.5, in_domain=0.1) == "decline"
