"""Finds the counters of formulas among those that are loaded, and reads each into a grid once.

Names match in any case inside a class, for one vendor writes 16qam and 16Qam; where two differ by nothing
else, the exact one is meant. A counter may come as one list or as one counter for each index
(`pmX_1`, `pmX_5`); a flexible counter (`pmFlex…`) comes once for each filter (`pmFlexX_FILTER`,
`pmFlexX[FILTER]`).
"""

import re
from collections import Counter as Multiset
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from elex_browser.kpi.grid import Column, CounterColumn, Grid, SeriesColumn, States
from elex_browser.kpi.results import ResultSource
from elex_browser.kpi.timeline import Timeline

Classes = frozenset[str]
KindOf = Callable[[str], str]
FLEXIBLE = "pmflex"
_NUMBERED = re.compile(r"(.+)_(\d+)")
_FILTERED = re.compile(rf"({FLEXIBLE}[^_\[]*)[_\[](.+?)\]?", re.IGNORECASE)


class CounterReader:
    """Columns of counters by name and classes; kept until no formula to come needs them.

    Attributes:
        timeline: the loaded periods.
        counters: the names of the loaded counters.
    """

    def __init__(self, source: ResultSource, kind_of: KindOf) -> None:
        self._source = source
        self._kind_of = kind_of
        self.timeline = Timeline(source.periods)
        self.counters = frozenset(source.counters)
        self._present = frozenset(source.classes)
        self._named: dict[str, list[str]] = {}
        self._numbered: dict[str, dict[int, str]] = {}
        self._filtered: dict[str, dict[str, str]] = {}
        self._grids: dict[Classes, Grid] = {}
        self._columns: dict[str, dict[tuple[str, Classes], Column | None]] = {}
        self._states: dict[bytes, States] = {}
        self._awaited: Multiset[str] = Multiset()
        for name in source.counters:
            self._note(name)

    def await_counters(self, counters: Iterable[str]) -> None:
        """Say once for each formula which counters it will need."""
        self._awaited.update(name.casefold() for name in counters)

    def release(self, counters: Iterable[str]) -> None:
        """Say that a formula is done with its counters: what no other awaits is let go."""
        for name in counters:
            folded = name.casefold()
            self._awaited[folded] -= 1
            if self._awaited[folded] <= 0:
                self._columns.pop(folded, None)

    def column(self, counter: str, classes: Classes, filter_name: str = "") -> Column | None:
        """Return a counter on the objects of these classes; None where they have none of it."""
        if not classes & self._present:
            return None
        kept = self._columns.setdefault(counter.casefold(), {})
        key = (f"{counter}\n{filter_name}", classes & self._present)
        if key not in kept:
            kept[key] = self._read(counter, key[1], filter_name)
        return kept[key]

    def filters(self, counter: str) -> Mapping[str, str]:
        """The filters of a flexible counter and what it is called with each; "" is the bare name."""
        folded = counter.casefold()
        found = dict(self._filtered.get(folded, {}))
        if folded in self._named:
            found[""] = counter
        return found

    def classes_of(self, counter: str) -> Classes:
        """The classes of the objects that have a counter."""
        folded = counter.casefold()
        apart = (self._filtered.get(folded, {}), self._numbered.get(folded, {}))
        found: set[str] = set()
        for name in (*self._names(counter), *(n for each in apart for n in each.values())):
            objects = np.unique(self._source.results(name).objects).tolist()
            found.update(self._source.classes[number] for number in objects)
        return frozenset(found)

    def shared(self, states: States) -> States:
        """Return the same array for equal states, so that they are told apart by identity."""
        return self._states.setdefault(states.tobytes() + str(states.shape).encode(), states)

    def _read(self, counter: str, classes: Classes, filter_name: str) -> Column | None:
        kind = self._kind_of(counter)
        if filter_name:
            stored = self._filtered[counter.casefold()][filter_name]
            return self._read_one(stored, classes, kind)
        found = []
        for name in self._names(counter):
            column = self._read_one(name, classes, kind)
            if column is not None and name == counter:
                return column
            if column is not None:
                found.append(column)
        if len(found) == 1:
            return found[0]
        return None if found else self._read_series(counter, classes, kind)

    def _read_one(self, name: str, classes: Classes, kind: str) -> CounterColumn | None:
        grid = self._grids.get(classes)
        if grid is None:
            grid = self._grids[classes] = Grid(self._source, self.timeline, classes)
        column = CounterColumn(grid, self._source.results(name), kind)
        return None if column.is_empty else column

    def _read_series(self, counter: str, classes: Classes, kind: str) -> Column | None:
        numbered = self._numbered.get(counter.casefold(), {})
        found = {
            index: column
            for index, name in sorted(numbered.items())
            if (column := self._read_one(name, classes, kind)) is not None
        }
        return SeriesColumn(list(found), list(found.values())) if found else None

    def _names(self, counter: str) -> list[str]:
        if counter in self.counters:
            return [counter, *(n for n in self._named[counter.casefold()] if n != counter)]
        return self._named.get(counter.casefold(), [])

    def _note(self, name: str) -> None:
        self._named.setdefault(name.casefold(), []).append(name)
        if match := _FILTERED.fullmatch(name):
            self._filtered.setdefault(match[1].casefold(), {})[match[2]] = name
        elif match := _NUMBERED.fullmatch(name):
            self._numbered.setdefault(match[1].casefold(), {})[int(match[2])] = name
