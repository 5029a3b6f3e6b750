"""The simulated users of the memory's experiment do what their report says of them."""

import random

import numpy as np

from elex_browser.knowledge.found import Candidate, Found
from elex_browser.ran.codes import FajCode
from studies.episodes.effect import Asked, halves, in_other_words, rated
from studies.questions import AskedQuestion

A, B, C = FajCode("FAJ 121 0001"), FajCode("FAJ 121 0002"), FajCode("FAJ 121 0003")


def asked(right: str, *candidates: FajCode) -> Asked:
    found = tuple(Candidate(faj, 0.5, "semantic") for faj in candidates)
    return Asked(AskedQuestion("q", right), Found(found, 1.0, vector=np.ones(1, np.float32)))


def test_a_user_rates_the_first_answer_and_the_right_one_that_he_finds_behind_it() -> None:
    found = rated([asked(A, A, B), asked(B, A, C, B), asked(C, A)], 0.0, random.Random(1))
    assert [(faj, value) for _, faj, value in found] == [(A, 1.0), (A, -1.0), (B, 1.0), (A, -1.0)]


def test_wrong_ratings_say_the_opposite() -> None:
    found = rated([asked(A, A)] * 3, 1.0, random.Random(1))
    assert [value for _, _, value in found] == [-1.0] * 3


def test_halves_share_features_and_no_question() -> None:
    group = [asked(A, A) for _ in range(4)]
    first, second = halves([*group, asked(B, B)])
    assert len(first) == len(second) == 2
    assert {id(one) for one in first} & {id(one) for one in second} == set()


def test_other_words_are_some_of_the_same_words() -> None:
    text = "why does the radio burn so much power at night"
    said = in_other_words(AskedQuestion(text, A), random.Random(1))
    assert said.faj == A
    assert said.question != text
    assert set(said.question.split()) < set(text.split())
    assert in_other_words(AskedQuestion("why", A), random.Random(1)).question == "why"
