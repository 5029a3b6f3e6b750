"""Rows of the four kernels and the Q-table: answers are compared before anything is timed."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from elex_browser.kernels.base import F32, TERMINAL, U32, Kernels, QStore
from elex_browser.kernels.reference import ReferenceKernels
from tests.bench import pure
from tests.bench.measure import medians_ms, row

Builds = dict[str, Kernels]
K = 10
N_ACTIONS = 5
ALLOWED = np.arange(-8.0, 8.0)
# 64 queries in pure Python take 64 times as long as one.
PURE_QUERIES_UP_TO = 1000


def unit_rows(n: int, seed: int) -> F32:
    """Return n vectors of 128 numbers and length 1."""
    rows = np.random.default_rng(seed).normal(size=(n, 128)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def numpy_top_k(rows: F32, query: F32) -> U32:
    """Return the best rows as one would with NumPy: BLAS, then a partition."""
    scores = rows @ query
    best = np.argpartition(-scores, K)[:K] if len(rows) > K else np.arange(len(rows))
    return best[np.argsort(-scores[best])]


def similarity(builds: Builds, host: Any, n: int) -> Iterator[dict[str, Any]]:
    """Top 10 of n × 128, one query and 64 at a time."""
    rows, queries = unit_rows(n, 1), unit_rows(64, 2)
    query = queries[0]
    matrices = {name: build.matrix(rows) for name, build in builds.items()}
    work = {name: (lambda m=m: m.top_k(query, K)) for name, m in matrices.items()}
    work["numpy"] = lambda: numpy_top_k(rows, query)
    work["naive loop"] = lambda: host.naiveTopK(rows, query, K)
    lists, as_lists = rows.astype(float).tolist(), queries.astype(float).tolist()
    work["pure Python"] = lambda: pure.top_k(lists, as_lists[0], K)
    expected = numpy_top_k(rows, query).tolist()
    assert all(m.top_k(query, K)[0].tolist() == expected for m in matrices.values())
    assert host.naiveTopK(rows, query, K).to_py().tolist() == expected
    yield row("similarity: top 10", n, medians_ms(work), bytes=matrices["simd"].size_bytes)

    def numpy_many() -> Any:
        return np.argpartition(-(queries @ rows.T), K, axis=1)[:, :K]

    many = {name: (lambda m=m: m.top_k_many(queries, K)) for name, m in matrices.items()}
    found = matrices["simd"].top_k_many(queries, K)[0]
    pairs = zip(found.tolist(), numpy_many().tolist(), strict=True)
    assert all(set(mine) == set(expected) for mine, expected in pairs)
    work = {**many, "numpy": numpy_many}
    if n <= PURE_QUERIES_UP_TO:
        work["pure Python"] = lambda: [pure.top_k(lists, one, K) for one in as_lists]
    yield row("similarity: top 10 of 64 queries", n, medians_ms(work))
    for matrix in matrices.values():
        matrix.close()


def columns(builds: Builds, n: int) -> Iterator[dict[str, Any]]:
    """Q-updates, ranges, sets and aggregation of columns of n."""
    rng = np.random.default_rng(3)
    q, rewards, after = rng.normal(size=(3, n)).astype(np.float32)
    values, weights, spread = rng.normal(0, 100, (3, n))
    low, high = values - spread, values + np.abs(spread)
    groups = rng.integers(0, 100, n).astype(np.uint32)
    codes = np.round(values)
    plain = ReferenceKernels()
    every = {**builds, "numpy": plain}
    calls = {
        "Q-update of columns": lambda k: k.q_update(q, rewards, after, alpha=0.1, gamma=0.9),
        "validation: ranges": lambda k: k.check_ranges(values, low, high),
        "validation: set of 16": lambda k: k.check_members(codes, ALLOWED),
        "aggregation": lambda k: k.aggregate(values, weights, 50.0),
        "aggregation by 100 groups": lambda k: k.aggregate_groups(
            values, weights, groups, 100, 50.0
        ),
    }
    in_python = _columns_in_python(q, rewards, after, values, low, high, weights, codes, groups)
    for operation, call in calls.items():
        _check_same(call(builds["simd"]), call(builds["scalar"]), call(plain))
        work = {name: (lambda k=k, call=call: call(k)) for name, k in every.items()}
        work["pure Python"] = in_python[operation]
        yield row(operation, n, medians_ms(work))


def _columns_in_python(*columns: Any) -> dict[str, Callable[[], Any]]:
    """The same work over lists."""
    q, rewards, after, values, low, high, weights, codes, groups = (c.tolist() for c in columns)
    members = set(ALLOWED.tolist())
    return {
        "Q-update of columns": lambda: pure.q_update(q, rewards, after),
        "validation: ranges": lambda: pure.check_ranges(values, low, high),
        "validation: set of 16": lambda: pure.check_members(codes, members),
        "aggregation": lambda: pure.aggregate(values, weights, 50.0),
        "aggregation by 100 groups": lambda: pure.aggregate_groups(values, weights, groups, 50.0),
    }


def q_table(builds: Builds, n: int) -> Iterator[dict[str, Any]]:
    """A batch of a tenth of n entries on a table of n entries."""
    rng = np.random.default_rng(4)
    n_states, n_steps = n // N_ACTIONS, max(1, n // 10)
    states, after = rng.integers(0, n_states, (2, n_steps)).astype(np.uint32)
    actions = rng.integers(0, N_ACTIONS, n_steps).astype(np.uint32)
    rewards = rng.normal(size=n_steps).astype(np.float32)
    steps = (states, actions, rewards, after)
    tables = {name: _filled(build, n_states) for name, build in builds.items()}
    entry: pure.Table = {
        (state, action): [0.0, 1] for state in range(n_states) for action in range(N_ACTIONS)
    }
    listed = list(zip(*(column.tolist() for column in steps), strict=True))
    rates = {"alpha": 0.1, "gamma": 0.9, "now": 2}
    errors = {name: table.update(*steps, **rates) for name, table in tables.items()}
    assert errors["simd"].tobytes() == errors["scalar"].tobytes()
    pure.update(entry, listed, N_ACTIONS)
    mine = tables["simd"].columns()
    place = int(np.flatnonzero((mine.states == states[0]) & (mine.actions == actions[0]))[0])
    assert abs(entry[int(states[0]), int(actions[0])][0] - float(mine.q_values[place])) < 1e-5
    work = {name: (lambda t=t: t.update(*steps, **rates)) for name, t in tables.items()}
    work["Python dict"] = lambda: pure.update(entry, listed, N_ACTIONS)
    values = np.zeros((n_states, N_ACTIONS), np.float32)
    work["numpy, all at once"] = lambda: _update_at_once(values, *steps)
    memory = tables["simd"].memory_bytes()
    yield row(f"Q-table: batch of {n_steps}", n, medians_ms(work, rounds=3), bytes=memory)
    best = {name: (lambda t=t: t.best(states)) for name, t in tables.items()}
    best["Python dict"] = lambda: [
        max(range(N_ACTIONS), key=lambda a: entry[s, a][0]) for s in listed_states
    ]
    best["numpy"] = lambda: (values[states].argmax(axis=1), values[states].max(axis=1))
    listed_states = states.tolist()
    yield row(f"Q-table: best of {n_steps} states", n, medians_ms(best, rounds=3))
    for table in tables.values():
        table.close()


def _update_at_once(values: F32, states: U32, actions: U32, rewards: F32, after: U32) -> None:
    """Update with NumPy: steps do not see each other, and of two in one place the last one counts."""
    old = values[states, actions]
    td_target = rewards + np.float32(0.9) * values[after].max(axis=1)
    values[states, actions] = old + np.float32(0.1) * (td_target - old)


def _filled(build: Kernels, n_states: int) -> QStore:
    """Return a table in which every entry was visited once, with value 0."""
    table = build.q_store(N_ACTIONS)
    table.intern([f"agent/state {i}" for i in range(n_states)])
    states = np.repeat(np.arange(n_states, dtype=np.uint32), N_ACTIONS)
    actions = np.tile(np.arange(N_ACTIONS, dtype=np.uint32), n_states)
    nothing = np.zeros(len(states), np.float32)
    ends = np.full(len(states), TERMINAL, np.uint32)
    table.update(states, actions, nothing, ends, alpha=0.1, gamma=0.9, now=1)
    return table


def _check_same(simd: Any, scalar: Any, numpy: Any) -> None:
    """Both builds give the same bits, and NumPy the same within rounding."""
    for mine, other, expected in zip(*map(_parts, (simd, scalar, numpy)), strict=True):
        assert np.asarray(mine).tobytes() == np.asarray(other).tobytes()
        np.testing.assert_allclose(mine, expected, rtol=1e-5, atol=1e-5)


def _parts(answer: Any) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else (answer,)
