"""What past ratings do to the routes of a question: bounded, weighted by nearness, and never above a name."""

from itertools import pairwise

import pytest

from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.influence import (
    Vote,
    reweighed,
    shifted,
    shifts,
    value_of,
    weight_of,
)
from elex_browser.knowledge.found import Candidate
from elex_browser.ran.codes import FajCode

A, B, C = FajCode("FAJ 121 0001"), FajCode("FAJ 121 0002"), FajCode("FAJ 121 0003")


def shift_of(*votes: tuple[float, float]) -> float:
    return shifts([Vote(A, weight, value) for weight, value in votes]).get(A, 0.0)


def test_only_near_questions_count_and_the_same_one_counts_in_full() -> None:
    assert weight_of(EPISODIC.similar_from) == weight_of(-1.0) == 0.0
    assert weight_of(1.0) == weight_of(1.0000001) == 1.0
    assert 0 < weight_of(0.7) < weight_of(0.9) < 1


def test_a_settled_question_says_more_than_a_liked_answer() -> None:
    assert value_of(0.5, resolved=False) == 0.5
    assert value_of(0.5, resolved=True) == value_of(1.0, resolved=True) == 1.0
    assert value_of(-1.0, resolved=False) == -1.0


def test_one_rating_shifts_by_no_more_than_one_and_more_add_ever_less() -> None:
    assert shift_of((1.0, 1.0)) == pytest.approx(EPISODIC.most_for_one)
    assert shift_of((1.0, -1.0)) == pytest.approx(-EPISODIC.most_for_one)
    rises = [shift_of(*[(1.0, 1.0)] * n) for n in range(1, 6)]
    steps = [after - before for before, after in pairwise([0.0, *rises])]
    assert all(later < earlier for earlier, later in pairwise(steps))
    assert EPISODIC.most_up - 0.1 < shift_of(*[(1.0, 1.0)] * 1000) < EPISODIC.most_up
    assert -EPISODIC.most_down < shift_of(*[(1.0, -1.0)] * 1000) < -EPISODIC.most_down + 0.1


def test_a_far_vote_shifts_less_and_opposite_votes_meet_in_the_middle() -> None:
    assert 0 < shift_of((0.2, 1.0)) < shift_of((0.8, 1.0))
    assert shift_of((1.0, 1.0), (1.0, -1.0)) == 0.0
    assert shift_of((0.0, 1.0)) == 0.0


def test_a_shift_of_one_agent_is_bayes_rule_for_all() -> None:
    routes = [Candidate(A, 0.6, "semantic"), Candidate(B, 0.3, "semantic")]
    after = {c.faj: c for c in reweighed(routes, {B: 1.0}, ())}
    assert after[B].score == pytest.approx(shifted(0.3, 1.0))
    assert (after[A].via, after[B].via) == ("semantic", "memory")
    nobody = 1 - after[A].score - after[B].score
    assert after[A].score / nobody == pytest.approx(0.6 / 0.1)


def test_a_good_rating_lifts_over_a_close_one_and_a_bad_one_lets_it_fall_behind() -> None:
    routes = [Candidate(A, 0.4, "semantic"), Candidate(B, 0.35, "semantic")]
    lifted = reweighed(routes, {B: 1.0}, ())
    assert [(c.faj, c.via) for c in lifted] == [(B, "memory"), (A, "semantic")]
    lowered = reweighed(routes, {A: -1.0}, ())
    assert [(c.faj, c.via) for c in lowered] == [(B, "semantic"), (A, "semantic")]


def test_one_bad_rating_does_not_bury_the_only_right_agent() -> None:
    routes = [Candidate(A, 0.9, "semantic"), Candidate(B, 0.02, "semantic")]
    (first, _) = reweighed(routes, {A: -EPISODIC.most_for_one}, ())
    assert first.faj == A
    assert first.score > 0.7


def test_an_agent_that_the_words_do_not_find_comes_in_by_good_ratings_only() -> None:
    routes = [Candidate(A, 0.8, "semantic")]
    after = reweighed(routes, {C: 1.0, B: -1.0}, ())
    assert [(c.faj, c.via) for c in after] == [(A, "semantic"), (C, "memory")]
    assert after[1].score < 0.2
    (alone,) = reweighed([], {C: 3.0}, ())
    assert (alone.faj, alone.via) == (C, "memory")


def test_what_is_named_keeps_its_place_and_probability() -> None:
    routes = [
        Candidate(A, 0.5, "name"),
        Candidate(B, 0.45, "semantic"),
        Candidate(C, 0.04, "semantic"),
    ]
    after = reweighed(routes, {A: -2.0, B: 5.0, C: 5.0}, (A, B))
    assert after[:2] == routes[:2]
    assert after[2].faj == C
    assert after[2].score <= routes[1].score


def test_probabilities_of_agents_of_which_several_may_be_right_stay_within_one() -> None:
    routes = [Candidate(A, 0.9, "semantic"), Candidate(B, 0.8, "semantic")]
    after = reweighed(routes, {A: 5.0, B: -2.0}, ())
    assert all(0 <= c.score <= 1 for c in after)
    assert reweighed(routes, {A: 0.0}, ()) == routes
    sure = [Candidate(A, 1.0, "semantic")]
    assert reweighed(sure, {A: -1.0}, ()) == sure
