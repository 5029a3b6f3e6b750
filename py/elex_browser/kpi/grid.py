"""The objects of some MO classes against the periods: where a counter's results lie, and in what state.

Counters of one class are mostly there for the same objects and periods, so a full table of both is small
and needs no search; rows are objects, columns periods.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from elex_browser.kpi.lists import Coding, begins_of, coding_of, expand, lengths_of
from elex_browser.kpi.results import F64, I64, CounterResults, Flags, Lists, Places, ResultSource
from elex_browser.kpi.timeline import Timeline

States = NDArray[np.uint8]
# No result; one that can be used; one that the node does not vouch for; blank; of a counter that fell.
ABSENT, USABLE, SUSPECT, BLANK, RESET = range(5)
# Kinds of which a result below 0 says that the counter was set back.
COUNTED = ("event-count", "samples", "volume", "distribution")
CUMULATIVE = "cumulative"
PAIRS: Final = "pairs"
MEAN = "ratio"
_ENDS = {"maximum": np.maximum, "minimum": np.minimum}


class Placed(NamedTuple):
    """Where results of a counter lie in a grid.

    Attributes:
        inside: which of them lie there.
        places: row · n_periods + column of each.
        is_whole: they fill the grid, in its order.
    """

    inside: Places
    places: I64
    is_whole: bool


class Grid:
    """The table of the objects of some classes.

    Attributes:
        objects: (n_objects,), their numbers in the source.
        row_of: (n_all,), the row of each object of the source; -1 for one of another class.
        all_usable: the states of a counter that has all its results in order.
    """

    def __init__(self, source: ResultSource, timeline: Timeline, classes: frozenset[str]) -> None:
        wanted = np.array([known in classes for known in source.classes], np.bool_)
        self.timeline = timeline
        self.objects: I64 = np.flatnonzero(wanted)
        self.shape = (len(self.objects), len(timeline))
        self.row_of: I64 = np.full(len(wanted), -1, np.int64)
        self.row_of[self.objects] = np.arange(len(self.objects))
        self.all_usable: States = np.full(self.shape, USABLE, np.uint8)
        none = np.zeros(0, np.int64)
        self._last = (none, none, Placed(np.zeros(0, np.intp), none, False))

    def place(self, results: CounterResults) -> Placed:
        """Return which results lie in this grid, and where."""
        objects, periods, placed = self._last
        # Counters of one class mostly have results of the same objects and periods.
        if np.array_equal(objects, results.objects) and np.array_equal(periods, results.periods):
            return placed
        rows = self.row_of[results.objects]
        inside = np.flatnonzero(rows >= 0)
        columns = self.timeline.column_of[results.periods[inside]]
        places = rows[inside] * self.shape[1] + columns
        size = self.all_usable.size
        is_whole = len(places) == len(rows) == size and bool((places == np.arange(size)).all())
        placed = Placed(inside, places, is_whole)
        self._last = (results.objects, results.periods, placed)
        return placed


class Listed(NamedTuple):
    """A counter's lists in a grid: values (n_indexes, n_objects, n_periods)."""

    indexes: I64
    values: F64
    states: States


class Column(Protocol):
    """A counter in a grid; values are 0 where the state is not USABLE.

    Attributes:
        grid, kind: where it lies, and what it counts.
        has_lists: whether any result is a list.
        coding: how its lists are written; `None` where nothing has to be told.
        lengths: the lengths that its lists have.
    """

    grid: Grid
    kind: str
    has_lists: bool
    coding: Coding | None
    lengths: frozenset[int]

    def numbers(self, coding: Coding) -> tuple[F64, States]:
        """Return numbers and states, (n_objects, n_periods) each; a list counts as its sum.

        Of a greatest or least value it counts as its greatest or least, of a mean as its mean.
        """
        ...

    def listed(self, coding: Coding) -> Listed:
        """Return the counter as lists that are written like this; a number is a list of one bin."""
        ...


class CounterColumn:
    """One counter of the files in a grid; see Column.

    Attributes:
        is_empty: no result lies in the grid.
    """

    def __init__(self, grid: Grid, results: CounterResults, kind: str) -> None:
        placed = grid.place(results)
        self.grid, self.kind = grid, kind
        self.is_empty = not len(placed.places)
        self._lists = _inside(results.lists, placed, len(results.values))
        self.has_lists = bool(len(self._lists.rows))
        self.coding: Coding | None = None
        self.lengths = frozenset[int]()
        if self.has_lists:
            values = results.values[placed.inside]
            is_told = kind == PAIRS
            self.coding = PAIRS if is_told else coding_of(self._lists, values[~np.isnan(values)])
            self.lengths = lengths_of(self._lists)
        self._numbers, self._states = self._read(results, placed)
        self._summed: dict[Coding, tuple[F64, States]] = {}
        self._listed: dict[Coding, Listed] = {}

    def numbers(self, coding: Coding) -> tuple[F64, States]:
        """See Column."""
        if not self.has_lists:
            return self._numbers, self._states
        if coding not in self._summed:
            self._summed[coding] = self._sum(coding)
        return self._summed[coding]

    def listed(self, coding: Coding) -> Listed:
        """See Column."""
        if not self.has_lists:
            return Listed(np.zeros(1, np.int64), self._numbers[np.newaxis], self._states)
        if coding not in self._listed:
            self._listed[coding] = self._expand(coding)
        return self._listed[coding]

    def _read(self, results: CounterResults, placed: Placed) -> tuple[F64, States]:
        """The numbers and their states; lists are 0, and judged when they are read."""
        if (
            placed.is_whole
            and not (self.has_lists or self.kind == CUMULATIVE or results.suspect.any())
            and results.values.min() >= 0.0
        ):
            return results.values.reshape(self.grid.shape), self.grid.all_usable
        states = np.full(self.grid.shape, ABSENT, np.uint8)
        is_suspect = results.suspect[placed.inside]
        states.reshape(-1)[placed.places] = np.where(is_suspect, SUSPECT, USABLE)
        numbers = np.zeros(self.grid.shape)
        numbers.reshape(-1)[placed.places] = results.values[placed.inside]
        numbers.reshape(-1)[self._lists.rows] = 0.0
        states[np.isnan(numbers) & (states == USABLE)] = BLANK
        if self.kind == CUMULATIVE:
            numbers, states = _added(self.grid, numbers, states)
        if self.kind == CUMULATIVE or self.kind in COUNTED:
            states[(numbers < 0.0) & (states == USABLE)] = RESET
        return np.where(states == USABLE, numbers, 0.0), states

    def _sum(self, coding: Coding) -> tuple[F64, States]:
        if coding != "bins":
            listed = self.listed(coding)
            return _put_together(listed.values, self.kind), listed.states
        begins = begins_of(self._lists)
        sums = np.add.reduceat(self._lists.items, begins)
        if self.kind in _ENDS:
            told = _ENDS[self.kind].reduceat(self._lists.items, begins)
        else:
            told = sums / self._lists.lengths if self.kind == MEAN else sums
        is_reset = np.zeros(len(sums), np.bool_)
        if self.kind in COUNTED:
            is_reset = np.minimum.reduceat(self._lists.items, begins) < 0.0
        states = self._judged(~np.isnan(sums), is_reset)
        numbers = self._numbers.copy()
        at = self._lists.rows
        numbers.reshape(-1)[at] = np.where(states.reshape(-1)[at] == USABLE, told, 0.0)
        return numbers, states

    def _expand(self, coding: Coding) -> Listed:
        indexes, lists, is_readable = expand(self._lists, coding)
        is_reset = np.zeros(len(is_readable), np.bool_)
        if self.kind in COUNTED and len(lists):
            is_reset = lists.min(axis=0) < 0.0
        states, at = self._judged(is_readable, is_reset), self._lists.rows
        values = np.zeros((len(indexes), states.size))
        values[:, at] = np.where(states.reshape(-1)[at] == USABLE, lists, 0.0)
        if coding == "bins":
            values[0] += self._numbers.reshape(-1)
        else:
            # A lone number tells no index; only 0 can stand alone, for a list without pairs.
            states[(self._numbers != 0.0) & (states == USABLE)] = BLANK
        return Listed(indexes, values.reshape(-1, *states.shape), states)

    def _judged(self, is_readable: Flags, is_reset: Flags) -> States:
        """The states with what is known of the lists only when they are read."""
        states, at = self._states.copy(), self._lists.rows
        is_usable = states.reshape(-1)[at] == USABLE
        states.reshape(-1)[at[is_usable & is_reset]] = RESET
        states.reshape(-1)[at[is_usable & ~is_readable]] = BLANK
        return states


class SeriesColumn:
    """A counter of which each index has a counter of its own in the files; see Column."""

    def __init__(self, indexes: Sequence[int], columns: Sequence[CounterColumn]) -> None:
        self.grid, self.kind = columns[0].grid, columns[0].kind
        self.has_lists, self.lengths = True, frozenset[int]()
        self.coding: Coding | None = None
        numbers, states = zip(*(column.numbers("bins") for column in columns), strict=True)
        # An index that is left out while others are there had nothing to count.
        worst: States = np.maximum.reduce(states)
        values = np.where(worst == USABLE, np.stack(numbers), 0.0)
        self._listed = Listed(np.array(indexes, np.int64), values, worst)

    def numbers(self, coding: Coding) -> tuple[F64, States]:
        """See Column."""
        return _put_together(self._listed.values, self.kind), self._listed.states

    def listed(self, coding: Coding) -> Listed:
        """See Column; nothing about a series has to be told."""
        return self._listed


def _put_together(lists: F64, kind: str) -> F64:
    """What lists (n_indexes, ...) stand for without an index."""
    if kind in _ENDS and len(lists):
        ends: F64 = _ENDS[kind].reduce(lists, axis=0)
        return ends
    total: F64 = lists.sum(axis=0)
    return total / len(lists) if kind == MEAN and len(lists) else total


def _inside(lists: Lists, placed: Placed, n_results: int) -> Lists:
    """The lists that lie in a grid, with their places there."""
    if not len(lists.rows):
        return lists
    place_of = np.full(n_results, -1, np.intp)
    place_of[placed.inside] = placed.places
    rows = place_of[lists.rows]
    kept = rows >= 0
    if kept.all():
        return lists._replace(rows=rows)
    items = lists.items[np.repeat(kept, lists.lengths)]
    return Lists(rows[kept], lists.lengths[kept], items)


def _added(grid: Grid, readings: F64, states: States) -> tuple[F64, States]:
    """What each period added to readings that run on; blank where there is no reading before it."""
    before = grid.timeline.predecessors()
    has_both = (states == USABLE) & (states[:, before] == USABLE) & (before >= 0)
    states = np.where((states == USABLE) & ~has_both, BLANK, states).astype(np.uint8)
    return readings - readings[:, before], states
