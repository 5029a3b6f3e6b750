"""The policy explores as configured and repeatably; the reward follows its documented rule."""

from random import Random

import numpy as np
import pytest

from elex_browser.learning.config import LearningConfig
from elex_browser.learning.policy import Choice, EpsilonGreedy
from elex_browser.learning.reward import latency_penalty, reward
from tests.support import refused

CONFIG = LearningConfig()
Q_VALUES = np.array([0.0, 1.0, 0.5, -1.0, 0.0], np.float32)


def policy(seed: int = 7, config: LearningConfig = CONFIG) -> EpsilonGreedy:
    return EpsilonGreedy(config, Random(seed))


def test_policy_is_repeatable_with_a_seed() -> None:
    first, second = policy(), policy()

    choices = [first.select(Q_VALUES, range(5)) for _ in range(200)]

    assert choices == [second.select(Q_VALUES, range(5)) for _ in range(200)]


def test_epsilon_decays_per_selection_to_its_floor() -> None:
    chooser = policy()
    assert chooser.epsilon == 0.3

    chooser.select(Q_VALUES, [0])
    assert chooser.epsilon == pytest.approx(0.3 * 0.995)

    for _ in range(2000):
        chooser.select(Q_VALUES, [0])
    assert chooser.epsilon == 0.01


def test_share_of_exploration_is_epsilon() -> None:
    chooser = policy(config=LearningConfig(epsilon_decay=1.0))

    explored = sum(chooser.select(Q_VALUES, range(5)).explored for _ in range(20_000))

    # Binomial with p 0.3: five standard deviations are 0.016
    assert explored / 20_000 == pytest.approx(0.3, abs=0.017)


def test_exploration_goes_round_among_the_least_tried() -> None:
    chooser = policy(config=LearningConfig(epsilon_cold=1.0, epsilon_decay=1.0))
    tried = np.array([5.0, 2.0, 9.0, 2.0, 2.0])

    drawn = {chooser.select(Q_VALUES, [0, 1, 2, 3], tried).action for _ in range(50)}

    assert drawn == {1, 3}


def test_greedy_choice_stays_within_the_allowed_actions() -> None:
    chooser = policy(config=LearningConfig(epsilon_cold=0.0, epsilon_floor=0.0))

    assert chooser.select(Q_VALUES, [0, 3]).action == 0
    assert chooser.select(Q_VALUES, range(5)).action == 1


def test_single_allowed_action_is_taken_and_not_explored() -> None:
    chooser = policy(config=LearningConfig(epsilon_cold=1.0, epsilon_decay=1.0))

    choices = {chooser.select(Q_VALUES, [3]) for _ in range(20)}

    assert choices == {Choice(3, explored=False)}


def test_no_allowed_action_is_an_error() -> None:
    with refused("VALIDATION_ERROR"):
        policy().select(Q_VALUES, [])


@pytest.mark.parametrize(
    ("latency_ms", "penalty"),
    [(0, 0.0), (500, 0.0), (1500, -0.1), (5500, -0.5), (60_000, -0.5)],
)
def test_latency_costs_nothing_at_first_and_never_more_than_its_floor(
    latency_ms: float, penalty: float
) -> None:
    assert latency_penalty(latency_ms, CONFIG) == pytest.approx(penalty)


def test_reward_adds_its_four_parts() -> None:
    total = reward(0.8, resolved=True, latency_ms=1500, n_peers=3, config=CONFIG)

    assert total == pytest.approx(0.8 + 0.5 - 0.1 - 0.3)


@pytest.mark.parametrize(
    ("rating", "latency_ms"),
    [(1.01, 0.0), (-1.01, 0.0), (float("nan"), 0.0), (0.0, float("nan")), (0.0, -1.0)],
)
def test_reward_refuses_what_is_no_rating_or_time(rating: float, latency_ms: float) -> None:
    with refused("VALIDATION_ERROR"):
        reward(rating, resolved=False, latency_ms=latency_ms, n_peers=0, config=CONFIG)


@pytest.mark.parametrize("field", ["alpha", "gamma", "epsilon_cold", "epsilon_floor"])
def test_config_refuses_shares_outside_their_range(field: str) -> None:
    for value in (-0.1, 1.1, float("nan")):
        with refused("INVALID_CONFIG"):
            LearningConfig(**{field: value})
