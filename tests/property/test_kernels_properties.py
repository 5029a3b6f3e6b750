"""What holds for every input of every implementation of the kernels, with NumPy in float64 as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from elex_browser.kernels.base import Kernels
from tests.support import EVERY_KERNELS

every_kernels = pytest.mark.parametrize("kernels", EVERY_KERNELS, ids=lambda one: one.name)
number = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e9, 1e9))
anything = st.one_of(number, st.floats(allow_nan=True, allow_infinity=True))


def table(cells: st.SearchStrategy[float], width: int) -> st.SearchStrategy[np.ndarray]:
    """Draw `width` columns of one length."""
    rows = st.lists(st.tuples(*[cells] * width), max_size=70)
    return rows.map(lambda drawn: np.array(drawn, np.float64).reshape(-1, width).T.copy())


@every_kernels
@given(columns=table(anything, 3))
def test_a_value_is_valid_exactly_when_it_is_finite_and_inside(
    kernels: Kernels, columns: np.ndarray
) -> None:
    check = kernels.check_ranges(*columns)
    expected = [
        bool(np.isfinite(value)) and bool(low <= value <= high)
        for value, low, high in columns.T.tolist()
    ]
    assert check.valid.tolist() == expected
    assert check.n_invalid == expected.count(False)


@every_kernels
@given(columns=table(number, 2), threshold=number)
def test_an_aggregate_does_not_depend_on_the_order(
    kernels: Kernels, columns: np.ndarray, threshold: float
) -> None:
    values, weights = columns
    forwards = kernels.aggregate(values, weights, threshold)
    backwards = kernels.aggregate(values[::-1].copy(), weights[::-1].copy(), threshold)
    magnitude = float(np.abs(values).sum())
    assert abs(forwards.total - backwards.total) <= 1e-12 * magnitude
    weighted = float(np.abs(values * weights).sum())
    assert abs(forwards.weighted_total - backwards.weighted_total) <= 1e-12 * weighted
    assert forwards.count_above == backwards.count_above
    np.testing.assert_equal(forwards.maximum, backwards.maximum)


@every_kernels
@given(columns=table(st.floats(-1e6, 1e6), 3), alpha=st.floats(0, 1), gamma=st.floats(0, 1))
def test_an_update_lies_between_the_old_value_and_the_target(
    kernels: Kernels, columns: np.ndarray, alpha: float, gamma: float
) -> None:
    q_values, rewards, next_max_q = columns.astype(np.float32)
    updated = kernels.q_update(q_values, rewards, next_max_q, alpha=alpha, gamma=gamma)
    target = rewards + np.float32(gamma) * next_max_q
    slack = 1e-5 * (np.abs(q_values) + np.abs(target) + 1e-30)
    assert (updated >= np.minimum(q_values, target) - slack).all()
    assert (updated <= np.maximum(q_values, target) + slack).all()


@every_kernels
@given(
    dimensions=st.integers(1, 20),
    n_rows=st.integers(0, 40),
    k=st.integers(1, 12),
    seed=st.integers(0, 2**32 - 1),
)
def test_top_k_is_sorted_and_no_left_out_row_is_better(
    kernels: Kernels, dimensions: int, n_rows: int, k: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.integers(-2, 3, (n_rows, dimensions)).astype(np.float32)
    query = rng.integers(-2, 3, dimensions).astype(np.float32)
    with kernels.matrix(rows) as matrix:
        indices, scores = matrix.top_k(query, k)
        all_indices, all_scores = matrix.top_k(query, max(n_rows, 1))
    assert len(indices) == min(k, n_rows)
    assert (np.diff(scores) <= 0).all()
    assert indices.tolist() == all_indices[: len(indices)].tolist()
    assert sorted(all_indices.tolist()) == list(range(n_rows))
    for before, after in zip(range(n_rows - 1), range(1, n_rows), strict=True):
        if all_scores[before] == all_scores[after]:
            assert all_indices[before] < all_indices[after]
