"""Rows of results on their way to the store: what follows an object's results may still change them."""

from array import array
from typing import NamedTuple, TypeAlias

from elex_browser.network.measurements import CounterColumn, Measurements
from elex_browser.network.readers.measurements.pm_periods import (
    WHOLE_FILE,
    NoPeriod,
    Span,
    whole_file,
)
from elex_browser.network.rejections import Reject
from elex_browser.network.times import Given

Result: TypeAlias = "float | array[float] | str | None"
OUTSIDE = "the result lies in no object"


class _Row(NamedTuple):
    object: int
    is_suspect: bool
    columns: list[CounterColumn]
    values: list[Result]


class Rows:
    """The row at hand, and those whose period the end of the file tells.

    Attributes:
        problem: why results are not taken now; empty if they are.
        columns, values: of the row at hand.
    """

    def __init__(self, store: Measurements, reject: Reject) -> None:
        self._store = store
        self._reject = reject
        self._object = self._period = 0
        self._is_open = self._is_waiting = self._is_suspect = False
        self._waiting: list[_Row] = []
        self.columns: list[CounterColumn] = []
        self.values: list[Result] = []
        self.problem = OUTSIDE

    def begin(self, dn: str, span: Span) -> None:
        """Begin the results of an object in a period."""
        self.end()
        self._object = self._store.object(dn)
        self._is_open, self._is_waiting = True, span == WHOLE_FILE
        if not self._is_waiting:
            self._period = self._store.period(*span)
        self.problem = ""

    def add(self, column: CounterColumn, value: Result) -> None:
        """Add a result; None is one that the file marks as missing."""
        self.columns.append(column)
        self.values.append(value)

    def doubt(self) -> None:
        """Mark the row as one that the node does not vouch for."""
        self._is_suspect = True

    def drop(self, line: int, reason: str) -> None:
        """Reject what the row has, and what it still gets."""
        self._reject(line, reason, len(self.values))
        self.columns, self.values = [], []
        if self._is_open:
            self.problem = reason

    def end(self) -> None:
        """End the row: its results are complete."""
        if self._is_open:
            row = _Row(self._object, self._is_suspect, self.columns, self.values)
            if self._is_waiting:
                self._waiting.append(row)
            else:
                self._keep(row, self._period)
            self.columns, self.values = [], []
        self._is_open = self._is_suspect = False
        self.problem = OUTSIDE

    def end_file(self, begin: Given, end: Given) -> None:
        """Give the rows that wait their period, or reject them."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        try:
            period = self._store.period(*whole_file(begin, end))
        except NoPeriod as exc:
            self._reject(0, str(exc), sum(len(row.values) for row in waiting))
            return
        for row in waiting:
            self._keep(row, period)

    def _keep(self, row: _Row, period: int) -> None:
        store = self._store
        number = store.row(row.object, period)
        if row.is_suspect:
            store.doubt(number)
        for column, value in zip(row.columns, row.values, strict=True):
            if type(value) is float:
                column.rows.append(number)
                column.values.append(value)
            elif value is None:
                store.n_missing += 1
            else:
                column.add(number, value)
