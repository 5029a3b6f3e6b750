"""Simulated users: who always chooses best has the whole optimum, and learning comes near it."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from studies.learning.curves import (
    ALLOWED,
    N_QUESTIONS,
    User,
    World,
    make_user,
    make_world,
    share_of_optimum,
    strategies,
)

COUNTS = {"goal|simple|high|none": 5, "procedure|simple|high|none": 3, "goal|simple|low|none": 2}


def world(seed: int) -> World:
    return make_world(COUNTS, np.random.default_rng([seed, 0]))


def user(of: World, seed: int) -> User:
    return make_user(of, np.random.default_rng([seed, 1]))


def holding(values: NDArray[np.float64], of: World) -> Any:
    """A learner that holds these values of actions, one row per state."""
    rows = dict(zip(of.states, values, strict=True))
    return SimpleNamespace(q_table=SimpleNamespace(values=rows.__getitem__))


def test_who_knows_the_user_has_the_whole_optimum_and_who_errs_has_less() -> None:
    of = world(1)
    asking = user(of, 1)
    assert share_of_optimum(of, asking, holding(asking.expected, of)) == pytest.approx(1.0)
    assert share_of_optimum(of, asking, holding(-asking.expected, of)) < 0.5


def test_ratings_are_rewards_around_what_is_expected() -> None:
    of = world(2)
    asking = user(of, 2)
    for action in ALLOWED:
        given = [asking.rate(0, action) for _ in range(2000)]
        assert np.mean(given) == pytest.approx(asking.expected[0, action], abs=0.05)


def test_learning_ends_far_above_chance() -> None:
    ways = strategies()
    last = {
        name: np.mean([ways[name](world(seed), seed)[-1] for seed in range(4)])
        for name in ("random", "Q-learning", "+ coarse states")
    }
    assert last["random"] < 0.5
    assert last["Q-learning"] > 0.8
    assert last["+ coarse states"] > 0.9


def test_same_seed_gives_the_same_curve() -> None:
    way = strategies()["+ replay"]
    curve = way(world(3), 3)
    assert curve == way(world(3), 3)
    assert len(curve) == N_QUESTIONS // 10 + 1
