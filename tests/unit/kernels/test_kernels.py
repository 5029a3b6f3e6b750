"""One conformance suite for every implementation of the kernels.

On CPython that is the NumPy reference; inside Pyodide also the Rust module, scalar and simd.
"""

import numpy as np
import pytest

from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from tests.support import refused


def rng() -> np.random.Generator:
    return np.random.default_rng(20_260)


def columns(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return tuple(rng().normal(0, 100, (3, n)))


# --- similarity ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dimensions", [1, 3, 4, 5, 16, 17, 20, 127, 128])
def test_top_k_finds_what_an_exact_scan_finds(kernels: Kernels, dimensions: int) -> None:
    rows = rng().normal(size=(200, dimensions)).astype(np.float32)
    query = rng().normal(size=dimensions).astype(np.float32)
    wide, q = rows.astype(np.float64), query.astype(np.float64)
    exact = wide @ q / np.linalg.norm(wide, axis=1) / np.linalg.norm(q)

    with kernels.matrix(rows) as matrix:
        indices, scores = matrix.top_k(query, 10)

    np.testing.assert_allclose(scores, np.sort(exact)[::-1][:10], atol=1e-6)
    np.testing.assert_allclose(scores, exact[indices], atol=1e-6)
    assert indices.dtype == np.uint32
    assert scores.dtype == np.float32


def test_equal_similarities_are_ordered_by_row_index(kernels: Kernels) -> None:
    rows = np.tile(np.array([[1, 2, 3, 4, 5]], np.float32), (40, 1))
    with kernels.matrix(rows) as matrix:
        indices, _ = matrix.top_k(np.array([5, 4, 3, 2, 1], np.float32), 7)
    assert indices.tolist() == list(range(7))


def test_a_zero_vector_is_similar_to_nothing(kernels: Kernels) -> None:
    rows = np.array([[0, 0], [-1, 0], [1, 0]], np.float32)
    with kernels.matrix(rows) as matrix:
        indices, scores = matrix.top_k(np.array([2, 0], np.float32), 3)
        assert indices.tolist() == [2, 0, 1]
        assert scores.tolist() == [1, 0, -1]
        _, scores = matrix.top_k(np.zeros(2, np.float32), 3)
        assert scores.tolist() == [0, 0, 0]


def test_a_matrix_without_rows_finds_nothing(kernels: Kernels) -> None:
    with kernels.matrix(np.zeros((0, 4), np.float32)) as matrix:
        indices, scores = matrix.top_k(np.ones(4, np.float32), 5)
    assert len(indices) == len(scores) == 0


def test_the_rows_are_copied(kernels: Kernels) -> None:
    rows = np.eye(4, dtype=np.float32)
    with kernels.matrix(rows) as matrix:
        rows[:] = 7
        assert matrix.top_k(np.array([0, 0, 1, 0], np.float32), 1)[0].tolist() == [2]
    assert rows.min() == 7


def test_top_k_refuses_what_does_not_fit(kernels: Kernels) -> None:
    query = np.ones(4, np.float32)
    with kernels.matrix(np.eye(4, dtype=np.float32)) as matrix:
        for wrong in (
            query[:3],
            query.astype(np.float64),
            query[None],
            np.ones(8, np.float32)[::2],
        ):
            with refused("VALIDATION_ERROR"):
                matrix.top_k(wrong, 1)
        for value in (np.nan, np.inf):
            with refused("VALIDATION_ERROR"):
                matrix.top_k(np.full(4, value, np.float32), 1)
        for k in (0, -1):
            with refused("VALIDATION_ERROR"):
                matrix.top_k(query, k)
        assert matrix.top_k(query, 100)[0].tolist() == [0, 1, 2, 3]


def test_a_matrix_refuses_rows_that_do_not_fit(kernels: Kernels) -> None:
    bad = np.eye(4, dtype=np.float32)
    bad[2, 1] = np.nan
    for rows in (bad, bad[0], np.eye(4), np.zeros((4, 0), np.float32), bad[:, ::2]):
        with refused("VALIDATION_ERROR"):
            kernels.matrix(rows)


def test_a_closed_matrix_answers_with_an_error(kernels: Kernels) -> None:
    matrix = kernels.matrix(np.eye(4, dtype=np.float32))
    matrix.close()
    matrix.close()
    with refused("QUERY_FAILED"):
        matrix.top_k(np.ones(4, np.float32), 1)


def test_size_bytes_covers_the_rows(kernels: Kernels) -> None:
    with kernels.matrix(np.ones((1000, 128), np.float32)) as matrix:
        assert matrix.size_bytes >= 1000 * 128 * 4
        assert kernels.memory_bytes() >= matrix.size_bytes


# --- Q-update ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 3, 4, 5, 127, 4095, 4096, 4097, 10_000])
def test_q_update_gives_the_bits_of_the_reference(kernels: Kernels, n: int) -> None:
    q_values, rewards, next_max_q = (column.astype(np.float32) for column in columns(n))
    before = q_values.copy()
    updated = kernels.q_update(q_values, rewards, next_max_q, alpha=0.1, gamma=0.9)
    expected = ReferenceKernels().q_update(q_values, rewards, next_max_q, alpha=0.1, gamma=0.9)
    assert updated.dtype == np.float32
    assert updated.tobytes() == expected.tobytes()
    assert q_values.tobytes() == before.tobytes()


def test_q_update_with_alpha_one_is_the_target_and_with_zero_nothing(kernels: Kernels) -> None:
    one = np.ones(5, np.float32)
    assert kernels.q_update(one, 2 * one, 4 * one, alpha=1.0, gamma=0.5).tolist() == [4] * 5
    assert kernels.q_update(one, 2 * one, 4 * one, alpha=0.0, gamma=0.5).tolist() == [1] * 5


def test_q_update_refuses_what_does_not_fit(kernels: Kernels) -> None:
    one = np.ones(5, np.float32)
    for rates in ((-0.1, 0.5), (1.1, 0.5), (0.5, 2.0), (float("nan"), 0.5)):
        with refused("VALIDATION_ERROR"):
            kernels.q_update(one, one, one, alpha=rates[0], gamma=rates[1])
    for wrong in (one[:4], np.ones(5), np.ones((5, 1), np.float32), np.ones(10, np.float32)[::2]):
        with refused("VALIDATION_ERROR"):
            kernels.q_update(one, wrong, one, alpha=0.1, gamma=0.9)


# --- ranges --------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 4095, 4096, 4097, 10_000])
def test_check_ranges_agrees_with_the_definition(kernels: Kernels, n: int) -> None:
    values, minima, spread = columns(n)
    values[::7] = minima[::7]  # a bound belongs to its range
    maxima = minima + np.abs(spread)
    check = kernels.check_ranges(values, minima, maxima)
    expected = [bool(low <= v <= high) for v, low, high in zip(values, minima, maxima, strict=True)]
    assert check.valid.tolist() == expected
    assert (check.n_values, check.n_invalid) == (n, n - sum(expected))


def test_nan_and_infinities_are_never_valid(kernels: Kernels) -> None:
    inf, nan = float("inf"), float("nan")
    values = np.array([nan, inf, -inf, 1.0, 1.0, 1.0, 1e308, -0.0])
    minima = np.array([-inf, -inf, -inf, nan, 0.0, -inf, -inf, 0.0])
    maxima = np.array([inf, inf, inf, 2.0, nan, inf, inf, 0.0])
    check = kernels.check_ranges(values, minima, maxima)
    assert check.valid.tolist() == [False, False, False, False, False, True, True, True]
    assert check.n_invalid == 5


def test_integers_past_two_to_the_thirty_two_are_compared_exactly(kernels: Kernels) -> None:
    limit = np.array([2.0**53 - 1] * 2)
    check = kernels.check_ranges(np.array([2.0**53 - 1, 2.0**53]), np.zeros(2), limit)
    assert check.valid.tolist() == [True, False]


def test_check_ranges_refuses_what_does_not_fit(kernels: Kernels) -> None:
    one = np.ones(5)
    for wrong in (one[:4], np.ones(5, np.float32), np.ones((5, 1)), np.ones(10)[::2]):
        with refused("VALIDATION_ERROR"):
            kernels.check_ranges(one, one, wrong)


# --- aggregation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 7, 8, 9, 4095, 4096, 4097, 10_000])
def test_aggregate_agrees_with_plain_sums(kernels: Kernels, n: int) -> None:
    values, weights, _ = columns(n)
    found = kernels.aggregate(values, weights, 50.0)
    assert found.total == pytest.approx(sum(values), rel=1e-9, abs=1e-9)
    assert found.weighted_total == pytest.approx(sum(values * weights), rel=1e-9, abs=1e-6)
    assert found.maximum == max(values)
    assert found.count_above == sum(values > 50)


def test_an_empty_column_has_no_maximum(kernels: Kernels) -> None:
    found = kernels.aggregate(np.zeros(0), np.zeros(0), 0.0)
    assert (found.total, found.weighted_total, found.count_above) == (0, 0, 0)
    assert np.isnan(found.maximum)


@pytest.mark.parametrize("place", [0, 5, 9, 5000])
def test_a_missing_value_shows_in_every_figure_but_the_count(kernels: Kernels, place: int) -> None:
    values = np.ones(5001)
    values[place] = np.nan
    found = kernels.aggregate(values, np.ones(5001), 0.5)
    assert np.isnan([found.total, found.weighted_total, found.maximum]).all()
    assert found.count_above == 5000


def test_a_counter_keeps_its_units(kernels: Kernels) -> None:
    values = np.full(100_000, 2.0**31)
    values[1::2] = 1.0
    assert kernels.aggregate(values, np.ones(100_000), 2.0).total == 50_000 * (2.0**31 + 1)


def test_aggregate_refuses_what_does_not_fit(kernels: Kernels) -> None:
    one = np.ones(5)
    for wrong in (one[:4], np.ones(5, np.float32), np.ones((5, 1)), np.ones(10)[::2]):
        with refused("VALIDATION_ERROR"):
            kernels.aggregate(one, wrong, 0.0)


def test_aggregate_finds_the_minimum(kernels: Kernels) -> None:
    values, weights, _ = columns(4099)
    assert kernels.aggregate(values, weights, 0.0).minimum == min(values)
    assert np.isnan(kernels.aggregate(np.zeros(0), np.zeros(0), 0.0).minimum)


@pytest.mark.parametrize("n", [0, 1, 4096, 10_001])
def test_each_group_is_the_aggregate_of_its_rows(kernels: Kernels, n: int) -> None:
    values, weights, _ = columns(n)
    groups = rng().integers(0, 7, n).astype(np.uint32)
    found = kernels.aggregate_groups(values, weights, groups, 8, 50.0)
    for group in range(8):
        own, own_weights = values[groups == group], weights[groups == group]
        assert found.n_rows[group] == len(own)
        assert found.count_above[group] == np.count_nonzero(own > 50)
        np.testing.assert_allclose(found.total[group], own.sum(), atol=1e-8)
        np.testing.assert_allclose(found.weighted_total[group], own @ own_weights, atol=1e-6)
        np.testing.assert_equal(found.minimum[group], own.min() if len(own) else np.nan)
        np.testing.assert_equal(found.maximum[group], own.max() if len(own) else np.nan)


def test_a_group_that_does_not_exist_is_refused(kernels: Kernels) -> None:
    one, groups = np.ones(3), np.array([0, 5, 1], np.uint32)
    with refused("VALIDATION_ERROR"):
        kernels.aggregate_groups(one, one, groups, 5, 0.0)


# --- membership -----------------------------------------------------------------------------------


@pytest.mark.parametrize("n_members", [0, 1, 16, 17, 300])
def test_check_members_agrees_with_the_definition(kernels: Kernels, n_members: int) -> None:
    allowed = rng().integers(0, 500, n_members).astype(np.float64)
    values = rng().integers(0, 500, 5003).astype(np.float64)
    values[:3] = [np.nan, np.inf, -np.inf]
    check = kernels.check_members(values, allowed)
    expected = [value in set(allowed.tolist()) for value in values.tolist()]
    assert check.valid.tolist() == expected
    assert check.n_invalid == expected.count(False)


def test_a_set_of_what_no_value_equals_is_refused(kernels: Kernels) -> None:
    with refused("VALIDATION_ERROR"):
        kernels.check_members(np.ones(3), np.array([1.0, np.nan]))


# --- many queries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("dimensions", [3, 128])
def test_many_queries_find_what_each_alone_finds(kernels: Kernels, dimensions: int) -> None:
    rows = rng().normal(size=(300, dimensions)).astype(np.float32)
    queries = rng().normal(size=(9, dimensions)).astype(np.float32)
    with kernels.matrix(rows) as matrix:
        indices, scores = matrix.top_k_many(queries, 5)
        assert indices.shape == scores.shape == (9, 5)
        for i, query in enumerate(queries):
            alone = matrix.top_k(query, 5)
            assert indices[i].tolist() == alone[0].tolist()
            assert scores[i].tolist() == alone[1].tolist()
