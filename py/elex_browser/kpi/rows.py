"""Which rows of a grid a formula may use: pairs of object and period that hold all of its counters.

A row counts as a whole: where one counter is missing, suspect or was set back, none of that row is used,
so that numerator and denominator belong together. Where a formula reads objects of several classes, that
holds for all objects of a cell, or of a node, in a period.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.kpi.grid import ABSENT, RESET, SUSPECT, USABLE, States
from elex_browser.kpi.results import I64, Flags
from elex_browser.kpi.timeline import Timeline


class Rows(NamedTuple):
    """Rows (n_objects, n_periods) of one grid, by what is the matter with them.

    Attributes:
        seen: some counter of the formula is there; rows beside overlapping used ones are not seen.
        used: seen and in order. Those that are neither used, suspect nor reset lack a counter.
        n_overlapping: rows that were in order and overlap used ones.
    """

    seen: Flags
    used: Flags
    suspect: Flags
    reset: Flags
    n_overlapping: int


def rows_of(states: Sequence[States], timeline: Timeline) -> Rows:
    """Judge the rows by the states of all counters that a formula reads in this grid."""
    distinct = list({id(each): each for each in states}.values())
    used = distinct[0] == USABLE
    seen, suspect = distinct[0] != ABSENT, distinct[0] == SUSPECT
    reset = distinct[0] == RESET
    for each in distinct[1:]:
        used &= each == USABLE
        seen |= each != ABSENT
        suspect |= each == SUSPECT
        reset |= each == RESET
    return _without_overlaps(Rows(seen, used, suspect, reset & ~suspect, 0), timeline)


def joined_rows(parts: Sequence[Rows], units: Sequence[I64], timeline: Timeline) -> list[Rows]:
    """Keep of several grids what belongs together.

    `units` numbers what the rows of each grid belong to: all rows of a unit are used, or none.
    """
    n_units = 1 + max((int(each.max(initial=-1)) for each in units), default=-1)
    is_whole = np.ones((n_units, len(timeline)), np.bool_)
    for rows, unit in zip(parts, units, strict=True):
        seen = np.zeros(is_whole.shape, np.bool_)
        np.logical_or.at(seen, unit, rows.seen)
        bad = np.zeros(is_whole.shape, np.bool_)
        np.logical_or.at(bad, unit, rows.seen & ~rows.used)
        is_whole &= seen & ~bad
    return [
        rows._replace(used=rows.used & is_whole[unit])
        for rows, unit in zip(parts, units, strict=True)
    ]


def _without_overlaps(rows: Rows, timeline: Timeline) -> Rows:
    """Of overlapping periods of an object the shorter is used; the other is as if it were not there."""
    if not timeline.has_overlaps:
        return rows
    used = timeline.without_overlaps(rows.used)
    seen = rows.seen & ~(timeline.beside(used) & ~used)
    n_overlapping = int(np.count_nonzero(rows.used & ~used))
    return Rows(seen, used, rows.suspect & seen, rows.reset & seen, n_overlapping)
