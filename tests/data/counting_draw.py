"""Random numbers for counters: counts, parts of them, and physical rates.

One value is one world: every fourth is hostile, with what is allowed and unpleasant, such as nothing at all
or all of one kind.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
N_WORLDS = 60
N_INDEXES = 6
PERIOD_S = 900.0


class Worlds(NamedTuple):
    """Counters by their names in formulas: numbers (n_worlds,) and lists (n_indexes, n_worlds)."""

    numbers: dict[str, F64]
    lists: dict[str, F64]
    period_s: F64
    is_hostile: NDArray[np.bool_]


class Draw:
    """Draws the counters of worlds; the same seed gives the same."""

    def __init__(self, seed: int, n: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.n = n
        self.worlds = Worlds({}, {}, np.full(n, PERIOD_S), np.arange(n) % 4 == 3)

    def put(self, mo_class: str, **counters: F64) -> None:
        """Keep counters; those with an axis more are lists."""
        for counter, values in counters.items():
            name = f"{mo_class}.{counter}" if mo_class else counter
            (self.worlds.lists if values.ndim > 1 else self.worlds.numbers)[name] = values

    def share(self, low: float = 0.0, high: float = 1.0, *, indexes: int = 0) -> F64:
        """Numbers between `low` and `high`; in hostile worlds often one of the two."""
        shape = (indexes, self.n) if indexes else (self.n,)
        drawn = self.rng.uniform(low, high, shape)
        ends = self.rng.choice([low, high], shape)
        at_end = self.worlds.is_hostile & (self.rng.random(shape) < 0.5)
        return np.where(at_end, ends, drawn)

    def count(self, most: float = 1e5, *, indexes: int = 0) -> F64:
        """Whole numbers from 0 up."""
        return np.floor(self.share(indexes=indexes) * most)

    def part(self, whole: F64) -> F64:
        """A whole number of what was counted."""
        return np.floor(whole * self.share(indexes=len(whole) if whole.ndim > 1 else 0))

    def rate(self, low: float, high: float, *, indexes: int = 0) -> F64:
        """A physical rate of a healthy to sick network, evenly on a scale of logarithms."""
        shape = (indexes, self.n) if indexes else (self.n,)
        return np.exp(self.rng.uniform(np.log(low), np.log(high), shape))
