"""Any history of an index or a Q-table ends where a plain dict ends."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from elex_browser.kernels.base import TERMINAL, IndexParameters
from tests.support import EVERY_KERNELS

cell = st.integers(-3, 3).map(float)
vector = st.lists(cell, min_size=4, max_size=4)
changes = st.lists(st.tuples(st.integers(0, 30), st.none() | vector), max_size=60)
# (state, action, reward, next state or none)
steps = st.lists(
    st.tuples(
        st.integers(0, 9), st.integers(0, 2), st.floats(-10, 10, width=32), st.integers(-1, 9)
    ),
    max_size=60,
)


def cosine_distance(a: list[float], b: list[float]) -> float:
    scale = np.linalg.norm(a) * np.linalg.norm(b)
    return 1.0 if scale == 0 else float(1 - np.dot(a, b) / scale)


History = list[tuple[int, list[float] | None]]


def around_the_first(third: float, replacement: list[float] | None) -> History:
    """Return a history after which only the vector that goes would link to the last one.

    The last is nearer to the first than the second and the third are, and they are on its other side.
    """
    rows = [[1.0, 0, 0, 0], [1.0, -1, 0, 0], [0, -1.0, 0, third], [0, 1.0, 0, 0]]
    return [*enumerate(rows), (0, replacement)]


@given(changes, vector, st.sampled_from([0, 10, 100]), st.booleans())
@example(around_the_first(2, None), [1.0, 0, 0, 0], 0, False)
@example(around_the_first(-2, None), [0, 1.0, 0, 0], 0, True)
@example(around_the_first(2, [1.0, 3, 0, 0]), [1.0, 0, 0, 0], 0, False)
@example(around_the_first(-2, [0.0] * 4), [0, 1.0, 0, 0], 0, True)
def test_an_index_finds_all_that_its_history_left(
    history: History, query: list[float], exact_up_to: int, int8: bool
) -> None:
    parameters = IndexParameters(dimensions=4, exact_up_to=exact_up_to, int8=int8)
    for kernels in EVERY_KERNELS:
        plain: dict[int, list[float]] = {}
        with kernels.index(parameters) as index:
            for item, given_vector in history:
                if given_vector is None:
                    assert index.remove(item) == (plain.pop(item, None) is not None)
                else:
                    index.add(np.array([item], np.uint32), np.array([given_vector], np.float32))
                    plain[item] = given_vector
            assert len(index) == len(plain)
            ids, distances = index.search(np.array(query, np.float32), max(1, len(plain)), ef=60)
            assert sorted(ids.tolist()) == sorted(plain)
            assert (np.diff(distances) >= 0).all()
            expected = [cosine_distance(plain[item], query) for item in ids.tolist()]
            np.testing.assert_allclose(distances, expected, atol=0.02 if int8 else 1e-6)


@given(steps, st.floats(0, 1), st.floats(0, 1))
def test_a_q_table_learns_what_a_dict_learns(
    history: list[tuple[int, int, float, int]], alpha: float, gamma: float
) -> None:
    plain: dict[tuple[int, int], float] = {}
    for state, action, reward, after in history:
        future = 0.0 if after < 0 else max(plain.get((after, a), 0.0) for a in range(3))
        old = plain.get((state, action), 0.0)
        plain[state, action] = old + alpha * (reward + gamma * future - old)
    columns = np.array([step[:2] for step in history], np.uint32).reshape(-1, 2).T.copy()
    rewards = np.array([step[2] for step in history], np.float32)
    after = np.array([TERMINAL if step[3] < 0 else step[3] for step in history], np.uint32)
    for kernels in EVERY_KERNELS:
        with kernels.q_store(3) as table:
            table.intern([str(state) for state in range(10)])
            table.update(*columns, rewards, after, alpha=alpha, gamma=gamma, now=1)
            found = table.columns()
        learnt = dict(
            zip(
                zip(found.states.tolist(), found.actions.tolist(), strict=True),
                found.q_values.tolist(),
                strict=True,
            )
        )
        assert learnt.keys() == plain.keys()
        for key, value in plain.items():
            assert abs(learnt[key] - value) < 1e-3
