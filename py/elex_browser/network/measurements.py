"""Loaded measurements: one column of results per counter, with the object and period of each.

A counter that is loaded twice for the same object and period (once per job, or a file loaded again)
counts once, the later result.
"""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.network.times import utc_text
from elex_browser.protocol import Period
from elex_browser.ran.dn import mo_class_of


class Results(NamedTuple):
    """Results of one counter, each (object, period) once; a vector has NaN in `values`."""

    objects: NDArray[np.int64]
    periods: NDArray[np.int64]
    values: NDArray[np.float64]
    suspect: NDArray[np.bool_]
    vectors: dict[int, NDArray[np.float64]]


class Column:
    """The results of one counter in the order of loading; vectors and texts have NaN and stand aside."""

    def __init__(self) -> None:
        self.rows = array("l")
        self.values = array("d")
        self.vectors: dict[int, array[float]] = {}
        self.texts: dict[int, str] = {}

    def add(self, row: int, value: "float | array[float] | str") -> None:
        """Keep one result: a number, the bins of a vector, or a text, which TS 28.532 allows."""
        if isinstance(value, array):
            self.vectors[len(self.values)] = value
            value = np.nan
        elif isinstance(value, str):
            self.texts[len(self.values)] = value
            value = np.nan
        self.rows.append(row)
        self.values.append(value)


class Measurements:
    """Counters by object and period.

    Attributes:
        dns: the objects' full names.
        classes: their MO classes.
        periods: (begin, end) in seconds since 1970, UTC.
        files: names of the files that results came from.
    """

    def __init__(self) -> None:
        self.dns: list[str] = []
        self.classes: list[str] = []
        self.periods: list[tuple[int, int]] = []
        self.files: list[str] = []
        self.n_missing = 0
        self._objects: dict[str, int] = {}
        self._period_numbers: dict[tuple[int, int], int] = {}
        self._columns: dict[str, Column] = {}
        # A row is what a file says of one object in one period at one place.
        self._row_objects = array("l")
        self._row_periods = array("l")
        self._row_suspect = bytearray()

    @property
    def counters(self) -> Sequence[str]:
        """The counters that have results."""
        return [counter for counter, column in self._columns.items() if column.values]

    @property
    def n_values(self) -> int:
        """How many results were loaded."""
        return sum(len(column.values) for column in self._columns.values())

    @property
    def n_suspect(self) -> int:
        """How many of them the node does not vouch for."""
        if not any(self._row_suspect):
            return 0
        flags = np.frombuffer(bytes(self._row_suspect), np.uint8)
        columns = self._columns.values()
        return int(sum(flags[np.array(column.rows, np.int64)].sum() for column in columns))

    def object(self, dn: str) -> int:
        """Return the number of an object, a new one if it was not known."""
        number = self._objects.get(dn)
        if number is None:
            number = self._objects[dn] = len(self.dns)
            self.dns.append(dn)
            self.classes.append(mo_class_of(dn))
        return number

    def period(self, begin: int, end: int) -> int:
        """Return the number of a period."""
        number = self._period_numbers.setdefault((begin, end), len(self.periods))
        if number == len(self.periods):
            self.periods.append((begin, end))
        return number

    def row(self, number: int, period: int) -> int:
        """Begin a row of results of an object in a period."""
        self._row_objects.append(number)
        self._row_periods.append(period)
        self._row_suspect.append(0)
        return len(self._row_suspect) - 1

    def doubt(self, row: int) -> None:
        """Mark a row as suspect."""
        self._row_suspect[row] = 1

    def column(self, counter: str) -> Column:
        """Return the column of a counter to add results to."""
        return self._columns.setdefault(counter, Column())

    def absorb(self, other: "Measurements") -> None:
        """Take over all results of another store; its results replace those of the same place."""
        objects = [self.object(dn) for dn in other.dns]
        periods = [self.period(*period) for period in other.periods]
        first = len(self._row_suspect)
        self._row_objects.extend(objects[number] for number in other._row_objects)
        self._row_periods.extend(periods[number] for number in other._row_periods)
        self._row_suspect.extend(other._row_suspect)
        for counter, column in other._columns.items():
            own = self.column(counter)
            offset = len(own.values)
            own.rows.extend(first + row for row in column.rows)
            own.values.extend(column.values)
            own.vectors.update({offset + at: bins for at, bins in column.vectors.items()})
            own.texts.update({offset + at: text for at, text in column.texts.items()})
        self.files = list(dict.fromkeys([*self.files, *other.files]))
        self.n_missing += other.n_missing

    def results(self, counter: str) -> Results | None:
        """Return the results of a counter, or None where there are none; copies."""
        column = self._columns.get(counter)
        if column is None or not column.values:
            return None
        rows = np.array(column.rows, np.int64)
        objects = np.array(self._row_objects, np.int64)[rows]
        periods = np.array(self._row_periods, np.int64)[rows]
        keys = objects * len(self.periods) + periods
        # Of equal keys the last one: np.unique gives the first place in the reversed order.
        _, places = np.unique(keys[::-1], return_index=True)
        kept = len(keys) - 1 - places
        vectors = {
            new: np.array(column.vectors[old], np.float64)
            for new, old in enumerate(kept.tolist())
            if old in column.vectors
        }
        suspect = np.frombuffer(bytes(self._row_suspect), np.uint8)[rows].astype(np.bool_)
        return Results(
            objects[kept], periods[kept], np.array(column.values)[kept], suspect[kept], vectors
        )

    def size_bytes(self) -> int:
        """Bytes held, estimated from the numbers of results, rows and objects."""
        columns = self._columns.values()
        bins = sum(64 + 8 * len(v) for column in columns for v in column.vectors.values())
        return 16 * self.n_values + bins + 17 * len(self._row_suspect) + 300 * len(self.dns)


def period_message(begin: int, end: int) -> Period:
    """Return a period as it crosses."""
    return Period(begin=utc_text(begin), end=utc_text(end), seconds=end - begin)
