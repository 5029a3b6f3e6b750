"""The kernels in plain Python, as one would write them without NumPy."""

import math
from collections.abc import Sequence

Row = Sequence[float]


def top_k(rows: Sequence[Row], query: Row, k: int) -> list[int]:
    """Return the indices of the k rows of greatest cosine."""
    scores = [
        sum(map(float.__mul__, row, query)) / math.sqrt(sum(map(float.__mul__, row, row)))
        for row in rows
    ]
    return sorted(range(len(rows)), key=lambda i: -scores[i])[:k]


def check_ranges(values: Row, minima: Row, maxima: Row) -> list[bool]:
    """Tell which values lie in their range."""
    bounds = zip(values, minima, maxima, strict=True)
    return [low <= value <= high and math.isfinite(value) for value, low, high in bounds]


def check_members(values: Row, allowed: set[float]) -> list[bool]:
    """Tell which values are in the set."""
    return [value in allowed for value in values]


def q_update(q_values: Row, rewards: Row, next_max_q: Row) -> list[float]:
    """Return the updated values with alpha 0.1 and gamma 0.9."""
    steps = zip(q_values, rewards, next_max_q, strict=True)
    return [q + 0.1 * (reward + 0.9 * after - q) for q, reward, after in steps]


def aggregate_groups(
    values: Row, weights: Row, groups: Sequence[int], threshold: float
) -> dict[int, list[float]]:
    """Return of each group sum, weighted sum, minimum, maximum and count above the threshold."""
    found: dict[int, list[float]] = {}
    for value, weight, group in zip(values, weights, groups, strict=True):
        one = found.setdefault(group, [0.0, 0.0, math.inf, -math.inf, 0])
        one[0] += value
        one[1] += value * weight
        one[2] = min(one[2], value)
        one[3] = max(one[3], value)
        one[4] += value > threshold
    return found


def aggregate(values: Row, weights: Row, threshold: float) -> tuple[float, float, float, int]:
    """Return sum, weighted sum, maximum and count above the threshold."""
    weighted = sum(map(float.__mul__, values, weights))
    return sum(values), weighted, max(values), sum(value > threshold for value in values)


Table = dict[tuple[int, int], list[float]]


def update(table: Table, steps: list[tuple[int, int, float, int]], n_actions: int) -> None:
    """Learn from each step in turn with alpha 0.1 and gamma 0.9."""
    for state, action, reward, after in steps:
        future = max(table[after, other][0] for other in range(n_actions))
        entry = table[state, action]
        entry[0] += 0.1 * (reward + 0.9 * future - entry[0])
        entry[1] += 1
