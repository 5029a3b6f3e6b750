"""What the engine asks of loaded measurements: results of one counter at a time, as columns."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
# NumPy repeats and cuts by numbers of the machine's own size only: 32 bits inside Pyodide.
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]


class Lists(NamedTuple):
    """Results that are lists, end to end.

    Attributes:
        rows: (m,), which results of the counter they are.
        lengths: (m,), the items of each, at least 1.
        items: their items one after the other; NaN where one is blank.
    """

    rows: Places
    lengths: Places
    items: F64


class CounterResults(NamedTuple):
    """Results of one counter, each pair of object and period once.

    Attributes:
        objects, periods: (n,), their numbers in the source.
        values: (n,), NaN where the result is a list.
        suspect: (n,), whether the node does not vouch for it.
    """

    objects: I64
    periods: I64
    values: F64
    suspect: Flags
    lists: Lists


class ResultSource(Protocol):
    """Loaded measurements.

    Attributes:
        dns: the full names of the objects.
        classes: their MO classes.
        periods: (begin, end) in seconds since 1970, UTC.
    """

    dns: Sequence[str]
    classes: Sequence[str]
    periods: Sequence[tuple[int, int]]

    @property
    def counters(self) -> Collection[str]:
        """The counters that have results."""
        ...

    def results(self, counter: str) -> CounterResults:
        """Return the results of one of these counters; the arrays are kept and not changed."""
        ...
