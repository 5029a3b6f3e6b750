"""Learning curves: simulated users with hidden preferences, the agents' own learner, 30 seeds.

A user prefers some ways of answering per type of question. Users of one category are alike but not
the same; ratings are noisy. Questions come in the mix of states that the project's own questions
have. The figure is the expected reward of what the agent holds to be best, as a share of the
optimum's.

`python3 build.py evaluate --learning [--json FILE] [--svg FILE]`.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from elex_browser.agents.initial_values import initial_values
from elex_browser.agents.learner import Learner
from elex_browser.answering.actions import ACTIONS
from elex_browser.asking.kind import complexity, query_type
from elex_browser.asking.state import State, confidence_bucket, levels
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ElexError
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.merge import merge
from elex_browser.learning.pool import Pool
from elex_browser.learning.reward import reward
from elex_browser.learning.transition import Transition
from studies.learning.chart import Curve, svg
from studies.questions import DEVELOPMENT, read_questions

N_SEEDS = 30
FIRST_SEED = 100
"""Worlds 0 to 9 were looked at while the learner's numbers were chosen; figures come from others."""
TARGET = 0.95
N_QUESTIONS = 200
MEASURE_EVERY = 10
N_TEACHERS = 8
"""Agents of the category that learnt before the one that is measured, for the pooled start."""
N_PEERS = 2
FAVOURITE_LIKED = 0.8
OTHERS_LIKED = (-0.6, 0.3)
RATING_NOISE = 0.3
BETWEEN_AGENTS = 0.15
LATENCY_MS = 20.0
ME, CATEGORY = "me", "category"
ALLOWED = tuple(i for i, action in enumerate(ACTIONS) if action != "ContextAnswer")
"""Without loaded data there is no context to answer from."""

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """The states of questions with their shares, and what users of a category like on average."""

    states: tuple[str, ...]
    shares: F64
    liking: dict[str, F64]


@dataclass(frozen=True)
class User:
    """One agent's user: expected rewards per state, and the ratings he gives."""

    expected: F64
    liking: F64
    generator: np.random.Generator

    def rate(self, state: int, action: int) -> float:
        """Return the reward of one noisy rating."""
        mean = self.liking[state, action]
        rating = float(np.clip(self.generator.normal(mean, RATING_NOISE), -1.0, 1.0))
        resolved = bool(self.generator.random() < _settles(mean))
        return _reward(rating, resolved, action)


def question_states() -> dict[str, int]:
    """How often each state occurs among the project's own questions."""
    router = QuestionRouter(Catalogue.load())
    found: dict[str, int] = {}
    for asked in read_questions(DEVELOPMENT):
        try:
            routes = router.route(asked.question, 1)
        except ElexError:
            continue
        if routes:
            text = asked.question
            bucket = confidence_bucket(routes[0].score)
            key = State(query_type(text), complexity(text), bucket, "none").key
            found[key] = found.get(key, 0) + 1
    return found


def make_world(counts: dict[str, int], generator: np.random.Generator) -> World:
    """Draw what the users of a category like."""
    states = tuple(sorted(counts))
    shares = np.array([counts[state] for state in states], np.float64)
    kinds = sorted({state.split("|")[0] for state in states})
    return World(states, shares / shares.sum(), {kind: _taste(generator) for kind in kinds})


def _taste(generator: np.random.Generator) -> F64:
    """One way of answering is liked, the others are not so much, and nobody knows which."""
    liking = generator.uniform(*OTHERS_LIKED, len(ACTIONS))
    liking[generator.choice(ALLOWED)] = FAVOURITE_LIKED
    return liking


def make_user(world: World, generator: np.random.Generator) -> User:
    """Draw one user of the category."""
    own = {kind: generator.normal(0.0, BETWEEN_AGENTS, len(ACTIONS)) for kind in world.liking}
    kinds = [state.split("|")[0] for state in world.states]
    liking = np.clip(np.array([world.liking[kind] + own[kind] for kind in kinds]), -1.0, 1.0)
    noise = np.random.default_rng(0).normal(0.0, RATING_NOISE, 4000)
    expected = np.empty_like(liking)
    for action in range(len(ACTIONS)):
        ratings = np.clip(liking[:, action, None] + noise, -1.0, 1.0).mean(axis=1)
        settled = 0.5 * _settles(liking[:, action])
        expected[:, action] = ratings + settled + _reward(0.0, False, action)
    return User(expected, liking, generator)


def _settles(liking: F64) -> F64:
    """The better an answer is liked, the more likely it settles the matter."""
    return 1.0 / (1.0 + np.exp(-3.0 * liking))


def _reward(rating: float, resolved: bool, action: int) -> float:
    peers = N_PEERS if ACTIONS[action] == "ConsultPeer" else 0
    config = LearningConfig()
    return reward(rating, resolved=resolved, latency_ms=LATENCY_MS, n_peers=peers, config=config)


def make_learner(seed: int, pool: Pool, name: str, config: LearningConfig) -> Learner:
    """Return the learner that the agents use, as a member of a pool."""
    return Learner(
        ACTIONS,
        contributor=name,
        view=pool.view(name, CATEGORY),
        generator=Random(seed),
        config=config,
        arena=Arena("trajectories", config.replay_capacity, 256),
    )


def live(
    world: World, user: User, learner: Learner, n_questions: int, *, shares: bool = True
) -> list[float]:
    """Let an agent live with a user; return the share of the optimum at each measurement."""
    curve = [share_of_optimum(world, user, learner)]
    for number in range(1, n_questions + 1):
        if number == 101:
            learner.policy.restart(learner.config.epsilon_warm)
        state = int(user.generator.choice(len(world.states), p=world.shares))
        choice = learner.select_action(world.states[state], ALLOWED)
        total = user.rate(state, choice.action)
        learner.update(Transition(world.states[state], choice.action, total, terminated=True))
        if shares:
            learner.share()
        if number % MEASURE_EVERY == 0:
            learner.catch_up()
            curve.append(share_of_optimum(world, user, learner))
    return curve


def share_of_optimum(world: World, user: User, learner: Learner) -> float:
    """Expected reward of the greedy choice over that of the best choice."""
    allowed = np.array(ALLOWED)
    values = np.array([learner.q_table.values(state) for state in world.states])[:, allowed]
    rewards = user.expected[:, allowed]
    chosen = np.take_along_axis(rewards, values.argmax(axis=1)[:, None], axis=1)[:, 0]
    return float(world.shares @ chosen / (world.shares @ rewards.max(axis=1)))


Strategy = Callable[[World, int], list[float]]


def strategies() -> dict[str, Strategy]:
    """The compared ways, by name."""
    plain, full = LearningConfig(replay_steps=0), LearningConfig()
    return {
        "random": lambda world, seed: _fixed(world, seed, np.full(len(ALLOWED), 1 / len(ALLOWED))),
        "always DirectAnswer": lambda world, seed: _fixed(world, seed, np.eye(len(ALLOWED))[0]),
        "Q-learning": lambda world, seed: _learning(world, seed, plain, shares=False),
        "+ replay": lambda world, seed: _learning(world, seed, full, shares=False),
        "+ coarse states": lambda world, seed: _learning(world, seed, full),
        "+ pooled start": _pooled,
        "+ federation": _federated,
    }


def _fixed(world: World, seed: int, shares: F64) -> list[float]:
    user = make_user(world, np.random.default_rng([seed, 1]))
    rewards = user.expected[:, np.array(ALLOWED)]
    share = float(world.shares @ (rewards @ shares) / (world.shares @ rewards.max(axis=1)))
    return [share] * (N_QUESTIONS // MEASURE_EVERY + 1)


def _learning(
    world: World, seed: int, config: LearningConfig, *, shares: bool = True
) -> list[float]:
    learner = make_learner(seed, Pool(initial_values, config, levels), ME, config)
    return live(world, _me(world, seed), learner, N_QUESTIONS, shares=shares)


def _pooled(world: World, seed: int) -> list[float]:
    """Other agents of the category have learnt from their users before."""
    config = LearningConfig()
    pool = Pool(initial_values, config, levels)
    for number in range(N_TEACHERS):
        teacher = make_learner(seed + 1000 + number, pool, f"teacher {number}", config)
        user = make_user(world, np.random.default_rng([seed, 10 + number]))
        live(world, user, teacher, 100)
    learner = make_learner(seed, pool, ME, config)
    return live(world, _me(world, seed), learner, N_QUESTIONS)


def _federated(world: World, seed: int) -> list[float]:
    """Two colleagues have learnt on their own machines; their tables are merged in at the start."""
    config = LearningConfig()
    learner = make_learner(seed, Pool(initial_values, config, levels), ME, config)
    for number in range(2):
        own_pool = Pool(initial_values, config, levels)
        colleague = make_learner(seed + 2000 + number, own_pool, f"colleague {number}", config)
        user = make_user(world, np.random.default_rng([seed, 20 + number]))
        live(world, user, colleague, 100)
        merge(learner.q_table, colleague.q_table)
    learner.share()
    return live(world, _me(world, seed), learner, N_QUESTIONS)


def _me(world: World, seed: int) -> User:
    return make_user(world, np.random.default_rng([seed, 1]))


def curves(n_seeds: int = N_SEEDS) -> list[Curve]:
    """Return a curve per strategy; the worlds are the same for all of them."""
    counts = question_states()
    seeds = range(FIRST_SEED, FIRST_SEED + n_seeds)
    worlds = {seed: make_world(counts, np.random.default_rng([seed, 0])) for seed in seeds}
    questions = list(range(0, N_QUESTIONS + 1, MEASURE_EVERY))
    found = []
    for name, strategy in strategies().items():
        runs = np.array([strategy(world, seed) for seed, world in worlds.items()])
        mean = runs.mean(axis=0)
        half = 1.96 * runs.std(axis=0, ddof=1) / np.sqrt(n_seeds)
        found.append(
            Curve(name, questions, mean.tolist(), (mean - half).tolist(), (mean + half).tolist())
        )
    return found


def table(found: Sequence[Curve]) -> str:
    """The curves as text."""
    columns = (0, 20, 60, 100, 200)
    head = (
        f"{'share of the optimum after':<26}" + "".join(f"{n:>14}" for n in columns) + "  95 % from"
    )
    lines = []
    for curve in found:
        cells = ""
        for n in columns:
            i = n // MEASURE_EVERY
            half = curve.high[i] - curve.mean[i]
            cells += f"{f'{curve.mean[i]:.3f} ±{half:.3f}':>14}"
        first = curve.first_at(TARGET)
        lines.append(f"{curve.strategy:<26}{cells}  {'never' if first is None else first}")
    return "\n".join([head, *lines])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and write the curves where asked."""
    parser = argparse.ArgumentParser(
        prog="build.py evaluate --learning", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--json", type=Path, help="also write the curves to this file")
    parser.add_argument("--svg", type=Path, help="also draw the curves into this file")
    parser.add_argument("--seeds", type=int, default=N_SEEDS, help="default %(default)s")
    options = parser.parse_args(arguments)
    found = curves(options.seeds)
    print(table(found))
    if options.svg is not None:
        options.svg.write_text(svg(found, TARGET))
    if options.json is not None:
        options.json.write_text(json.dumps([vars(curve) for curve in found], indent=1) + "\n")


if __name__ == "__main__":
    main()
