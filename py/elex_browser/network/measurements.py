"""Loaded measurements: one column of results per counter, with the object and period of each.

A counter that is loaded twice for the same object and period (once per job, or a file loaded again)
counts once, the later result.
"""

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from elex_browser.kpi.results import CounterResults, Lists
from elex_browser.network.times import utc_text
from elex_browser.protocol import Period
from elex_browser.ran.dn import mo_class_of


class CounterColumn:
    """The results of one counter in the order of loading; lists and texts have NaN and stand aside."""

    def __init__(self) -> None:
        self.rows = array("l")
        self.values = array("d")
        self.list_places = array("l")
        self.list_lengths = array("l")
        self.list_items = array("d")
        self.texts: dict[int, str] = {}

    def add(self, row: int, value: "float | array[float] | str") -> None:
        """Keep one result: a number, the bins of a vector, or a text, which TS 28.532 allows."""
        if isinstance(value, array):
            self.list_places.append(len(self.values))
            self.list_lengths.append(len(value))
            self.list_items.extend(value)
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
        self._columns: dict[str, CounterColumn] = {}
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

    def column(self, counter: str) -> CounterColumn:
        """Return the column of a counter to add results to."""
        return self._columns.setdefault(counter, CounterColumn())

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
            own.list_places.extend(offset + place for place in column.list_places)
            own.list_lengths.extend(column.list_lengths)
            own.list_items.extend(column.list_items)
            own.texts.update({offset + at: text for at, text in column.texts.items()})
        self.files = list(dict.fromkeys([*self.files, *other.files]))
        self.n_missing += other.n_missing

    def results(self, counter: str) -> CounterResults | None:
        """Return the results of a counter, or None where there are none; copies."""
        column = self._columns.get(counter)
        if column is None or not column.values:
            return None
        # Views, gone when this returns: an array that is looked at cannot grow.
        rows = np.frombuffer(column.rows, "l")
        objects = np.frombuffer(self._row_objects, "l")[rows].astype(np.int64)
        periods = np.frombuffer(self._row_periods, "l")[rows].astype(np.int64)
        keys = objects * len(self.periods) + periods
        # Of equal keys the last one: np.unique gives the first place in the reversed order.
        _, places = np.unique(keys[::-1], return_index=True)
        kept = len(keys) - 1 - places
        suspect = np.frombuffer(bytes(self._row_suspect), np.uint8)[rows].astype(np.bool_)
        return CounterResults(
            objects[kept],
            periods[kept],
            np.frombuffer(column.values)[kept],
            suspect[kept],
            _kept_lists(column, kept),
        )

    def size_bytes(self) -> int:
        """Bytes held, estimated from the numbers of results, rows and objects."""
        columns = self._columns.values()
        bins = sum(16 * len(c.list_lengths) + 8 * len(c.list_items) for c in columns)
        return 16 * self.n_values + bins + 17 * len(self._row_suspect) + 300 * len(self.dns)


def _kept_lists(column: CounterColumn, kept: NDArray[np.int64]) -> Lists:
    """The lists among the results that are kept, numbered as those are."""
    if not column.list_places:
        return Lists(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))
    new_place = np.full(len(column.values), -1, np.intp)
    new_place[kept] = np.arange(len(kept))
    rows = new_place[np.array(column.list_places, np.int64)]
    lengths, items = np.array(column.list_lengths, np.intp), np.array(column.list_items)
    is_kept = rows >= 0
    if is_kept.all():
        return Lists(rows, lengths, items)
    return Lists(rows[is_kept], lengths[is_kept], items[np.repeat(is_kept, lengths)])


def period_message(begin: int, end: int) -> Period:
    """Return a period as it crosses."""
    return Period(begin=utc_text(begin), end=utc_text(end), seconds=end - begin)
