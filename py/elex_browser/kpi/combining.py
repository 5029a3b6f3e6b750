"""Puts the counters of a formula together over groups and windows, from the rows that hold all of them."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from elex_browser.kpi.binding import Binding
from elex_browser.kpi.formula import Formula
from elex_browser.kpi.grid import USABLE, Column, Grid, States
from elex_browser.kpi.grouping import Grouping, key_of
from elex_browser.kpi.lists import Coding, coding_together
from elex_browser.kpi.reader import CounterReader
from elex_browser.kpi.results import F64, I64, ResultSource
from elex_browser.kpi.rows import Rows, joined_rows, rows_of
from elex_browser.kpi.totals import Totals
from elex_browser.kpi.tree import Columns
from elex_browser.protocol import KpiScope

# Formulas of one class mostly find the same rows in order: so many different sets of rows are kept.
MAX_PARTS = 16


class Combined(NamedTuple):
    """The counters of a formula for the groups that have results.

    Attributes:
        groups: their numbers.
        columns: to compute the formula's values from.
        columns_each: the same, with all lists, to compute its values for each index from.
        counts: (4, n_groups, n_windows): rows seen, used, left out as suspect and as set back.
        n_overlapping: see Rows.
        problem: why the counters cannot be read.
    """

    groups: I64
    columns: Columns
    columns_each: Callable[[], Columns]
    counts: I64
    n_overlapping: int = 0
    problem: str = ""


class _Part(NamedTuple):
    """What a formula uses of one grid, and how it goes into groups and windows."""

    number: int
    rows: Rows
    totals: Totals
    counts: I64
    seconds: F64

    def picked(self, values: NDArray[Any], groups: I64) -> NDArray[Any]:
        """Return values (..., own groups, n_windows) for these groups; 0 for those that are not here."""
        own = self.totals.groups
        if len(own) == len(groups) and (own == groups).all():
            return values
        out = np.zeros((*values.shape[:-2], len(groups), values.shape[-1]), values.dtype)
        is_here = np.isin(groups, own)
        out[..., is_here, :] = values[..., np.searchsorted(own, groups[is_here]), :]
        return out


class Combining:
    """Combines counters for one grouping and one choice of windows.

    Attributes:
        begins, ends: of the windows.
    """

    def __init__(
        self,
        source: ResultSource,
        reader: CounterReader,
        grouping: Grouping,
        windows: Sequence[tuple[int, int]] | None,
    ) -> None:
        self._dns, self._reader, self._grouping = source.dns, reader, grouping
        timeline = reader.timeline
        self._windows = timeline.columns_within(windows)
        spans = np.array([] if windows is None else windows, np.int64).reshape(-1, 2)
        self.begins: I64 = timeline.begins if windows is None else spans[:, 0]
        self.ends: I64 = timeline.ends if windows is None else spans[:, 1]
        self._totals: dict[Grid, Totals] = {}
        self._parts: OrderedDict[tuple[Grid, frozenset[int]], _Part] = OrderedDict()
        self._n_parts = 0
        # A counter over one set of rows, for as long as the counter is needed.
        self._sums: WeakKeyDictionary[Column, dict[tuple[int, str], F64]] = WeakKeyDictionary()

    def combined(self, formula: Formula, binding: Binding) -> Combined:
        """Return the counters that a formula is computed from."""
        if not binding.columns or binding.lacking:
            return self._without_values(formula, np.zeros(0, np.int64))
        codings, problem = _codings(formula, binding.columns)
        parts = self._parts_of(binding.columns, codings)
        groups = np.unique(np.concatenate([part.totals.groups for part in parts.values()]))
        counts = np.sum([part.picked(part.counts, groups) for part in parts.values()], axis=0)
        is_seen = counts[0].any(axis=1)
        groups, counts = groups[is_seen], counts[:, is_seen]
        if problem:
            found = self._without_values(formula, groups)
            return found._replace(counts=counts, problem=problem)
        columns_of = partial(self._columns, binding, codings, parts, groups)
        needed = [] if formula.is_per_index else list(formula.indexes)
        listed = [name for name, column in binding.columns.items() if column.has_lists]
        n_overlapping = sum(part.rows.n_overlapping for part in parts.values())
        every = list(dict.fromkeys([*formula.indexes, *listed]))
        return Combined(
            groups, columns_of(needed), partial(columns_of, every), counts, n_overlapping
        )

    def _without_values(self, formula: Formula, groups: I64) -> Combined:
        shape = (len(groups), len(self._windows))
        zeros = np.zeros(shape)
        lists = dict.fromkeys(formula.indexes, np.zeros((1, *shape)))
        columns = Columns(shape, dict.fromkeys(formula.counters, zeros), lists, period_s=zeros)
        counts = np.zeros((4, *shape), np.int64)
        return Combined(groups, columns, lambda: columns, counts)

    def _columns(
        self,
        binding: Binding,
        codings: Mapping[str, Coding],
        parts: Mapping[Grid, _Part],
        groups: I64,
        listed: Sequence[str],
    ) -> Columns:
        """The columns for these groups, with the lists of these names."""
        numbers: dict[str, F64] = {}
        for name, column in binding.columns.items():
            part = parts[column.grid]
            values = self._sum(column, part, codings[name], *column.numbers(codings[name]))
            numbers[name] = part.picked(values, groups)
        read = {
            name: binding.columns[name].listed(codings[name])
            for name in listed
            if name in binding.columns
        }
        all_indexes = [each.indexes for each in read.values()] or [np.zeros(1, np.int64)]
        indexes = np.unique(np.concatenate(all_indexes))
        lists: dict[str, F64] = {}
        for name, each in read.items():
            column, part = binding.columns[name], parts[binding.columns[name].grid]
            key = f"lists of {codings[name]}"
            found = part.picked(self._sum(column, part, key, each.values, each.states), groups)
            lists[name] = _aligned(found, each.indexes, indexes)
        # Where a formula reads several classes, those of its first counter say how long was counted.
        first = parts[next(iter(binding.columns.values())).grid]
        seconds = first.picked(first.seconds, groups)
        return Columns(seconds.shape, numbers, lists, indexes, seconds, binding.absent)

    def _sum(self, column: Column, part: _Part, key: str, values: F64, states: States) -> F64:
        kept = self._sums.setdefault(column, {})
        found = kept.get((part.number, key))
        if found is None:
            is_whole = np.array_equal(states == USABLE, part.rows.used)
            found = part.totals.of(values, part.rows.used, column.kind, is_whole=is_whole)
            kept[part.number, key] = found
        return found

    def _parts_of(
        self, columns: Mapping[str, Column], codings: Mapping[str, Coding]
    ) -> dict[Grid, _Part]:
        by_grid: dict[Grid, list[States]] = {}
        for name, column in columns.items():
            states = self._reader.shared(column.numbers(codings[name])[1])
            by_grid.setdefault(column.grid, []).append(states)
        if len(by_grid) == 1:
            ((grid, found),) = by_grid.items()
            return {grid: self._kept_part(grid, found)}
        timeline = self._reader.timeline
        rows = [rows_of(found, timeline) for found in by_grid.values()]
        joined = joined_rows(rows, self._units(list(by_grid)), timeline)
        return {grid: self._part(grid, each) for grid, each in zip(by_grid, joined, strict=True)}

    def _kept_part(self, grid: Grid, states: Sequence[States]) -> _Part:
        key = (grid, frozenset(map(id, states)))
        part = self._parts.pop(key, None)
        if part is None:
            part = self._part(grid, rows_of(states, self._reader.timeline))
        self._parts[key] = part
        if len(self._parts) > MAX_PARTS:
            self._parts.popitem(last=False)
        return part

    def _part(self, grid: Grid, rows: Rows) -> _Part:
        totals = self._totals.get(grid)
        if totals is None:
            totals = self._totals[grid] = Totals(grid, self._grouping, self._windows)
        flags = (rows.seen, rows.used, rows.suspect, rows.reset)
        counts = np.stack([totals.count(each) for each in flags])
        self._n_parts += 1
        return _Part(self._n_parts, rows, totals, counts, totals.seconds(rows.used))

    def _units(self, grids: Sequence[Grid]) -> list[I64]:
        """Number what the objects of several grids have in common: their cells, their nodes, or all."""
        scopes: tuple[KpiScope, ...] = ("cell", "node", "network")
        for scope in scopes:
            keys = [[key_of(self._dns[i], scope) for i in grid.objects] for grid in grids]
            if all(map(all, keys)) and frozenset.intersection(*map(frozenset, keys)):
                break
        numbers: dict[str, int] = {}
        return [
            np.array([numbers.setdefault(key, len(numbers)) for key in each], np.int64)
            for each in keys
        ]


def _codings(formula: Formula, columns: Mapping[str, Column]) -> tuple[dict[str, Coding], str]:
    """How the lists of each counter are written; and why some cannot be read, if so."""
    told = [(each.coding, each.lengths) for each in columns.values() if each.coding is not None]
    together = coding_together(told)
    found: dict[str, Coding] = {}
    problem = ""
    for name, column in columns.items():
        coding = column.coding or "bins"
        found[name] = together if coding == "unclear" else coding
        picked = formula.indexes.get(name, frozenset())
        if not column.has_lists and picked - {0}:
            problem = f"{name} is one number in the loaded files, so that it has no [{max(picked)}]"
        elif found[name] == "unclear":
            found[name] = "bins"
            problem = f"the lists of {name} can be bins or pairs of index and value"
    return found, problem


def _aligned(lists: F64, own: I64, indexes: I64) -> F64:
    """Lists with all these indexes; those that they lack hold 0."""
    if len(own) == len(indexes):
        return lists
    out = np.zeros((len(indexes), *lists.shape[1:]))
    out[np.searchsorted(indexes, own)] = lists
    return out
