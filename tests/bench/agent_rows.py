"""Rows of an agent's learning: its own table beside the kernels' Q-table, one step and a replay."""

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Any

import numpy as np

from elex_browser.kernels.base import TERMINAL, Kernels
from elex_browser.learning.policy import best_action
from elex_browser.learning.q_table import QTable
from elex_browser.learning.transition import Transition
from tests.bench.measure import medians_ms, row

ACTIONS = ("DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate")
RATES = {"alpha": 0.1, "gamma": 0.95}
N_STEPS, REPLAYED = 400, 8


def agent(kernels: Kernels, n_states: int) -> Iterator[dict[str, Any]]:
    """A choice with its update, and eight updates, on tables of `n_states`; ours is the agent's own."""
    rng = Random(2)
    states = [f"procedure|simple|high|{number}" for number in range(n_states)]
    steps = [
        Transition(rng.choice(states), rng.randrange(5), rng.random(), terminated=True)
        for _ in range(N_STEPS)
    ]
    table, store = QTable(ACTIONS), kernels.q_store(len(ACTIONS))
    numbers = {state: store.intern([state]) for state in states}
    columns = (
        np.concatenate([numbers[step.state] for step in steps]),
        np.array([step.action for step in steps], np.uint32),
        np.array([step.reward for step in steps], np.float32),
        np.full(N_STEPS, TERMINAL, np.uint32),
    )
    turns = cycle(range(N_STEPS - REPLAYED))

    def own() -> None:
        step = steps[next(turns)]
        best_action(table.values(step.state), range(len(ACTIONS)), rng)
        table.update(step, **RATES)

    def kept_by_kernels() -> None:
        at = next(turns)
        store.best(columns[0][at : at + 1])
        store.update(*(column[at : at + 1] for column in columns), **RATES, now=1)

    def own_replay() -> None:
        at = next(turns)
        for step in steps[at : at + REPLAYED]:
            table.update(step, **RATES, is_replay=True)

    def replay_by_kernels() -> None:
        at = next(turns)
        store.update(*(column[at : at + REPLAYED] for column in columns), **RATES, now=1)

    for name, ours, theirs in (
        ("Agent: a choice and its update", own, kept_by_kernels),
        (f"Agent: {REPLAYED} replayed updates", own_replay, replay_by_kernels),
    ):
        times = medians_ms({"agent's table": ours, "kernels' Q-table": theirs})
        yield row(name, n_states, times, "agent's table")
    store.close()
