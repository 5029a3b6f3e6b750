"""Merging tables as a join: Shapiro et al., Conflict-free Replicated Data Types, SSS 2011.

Each contributor's rows are joined by their own logical clock, so merging is idempotent, commutative
and associative: the same file twice changes nothing, and the order of files never matters.
"""

import math
from typing import NamedTuple

import numpy as np

from elex_browser.errors import ValidationError
from elex_browser.learning.q_table import QTable
from elex_browser.learning.rows import Rows


class MergeResult(NamedTuple):
    """What a merge changed, in entries."""

    entries_added: int
    entries_merged: int
    entries_unchanged: int


class Lineage(NamedTuple):
    """One contributor's part in a table."""

    contributor: str
    clock: int
    n_entries: int
    n_visits: int
    weight: float


class Conflict(NamedTuple):
    """An entry on which two experienced contributors disagree."""

    state: str
    action: int
    low: float
    low_contributor: str
    high: float
    high_contributor: str


def merge(table: QTable, other: QTable, *, weight: float | None = None) -> MergeResult:
    """Join the experience of `other` into `table`, in place; `other` is not changed.

    `weight` scales how much the contributor of `other` counts in `table` from now on; it is a
    setting of this table and travels with no merge.

    Raises:
        ValidationError: a table with itself, with other actions, or a weight outside [0, 1];
            nothing was changed.
        MemoryBudgetError: the joined table would hold too many states; nothing was changed.
    """
    _check(table, other, weight)
    joined = {name: rows.copy() for name, rows in table.rows.items()}
    added = replaced = 0
    for name, rows in other.rows.items():
        if len(rows):
            more = joined.setdefault(name, table.new_rows()).join(rows)
            added, replaced = added + more[0], replaced + more[1]
    table.replace_rows(joined)
    if weight is not None:
        table.weights[other.contributor] = weight
    total = sum(_n_entries(rows) for rows in other.rows.values())
    return MergeResult(added, replaced, total - added - replaced)


def lineage(table: QTable) -> list[Lineage]:
    """Return who contributed what, by name."""
    return [
        Lineage(
            name,
            rows.clock,
            _n_entries(rows),
            int(rows.columns.visits.sum()),
            table.weights.get(name, 1.0),
        )
        for name, rows in sorted(table.rows.items())
        if len(rows)
    ]


def conflicts(table: QTable) -> list[Conflict]:
    """Return the entries where contributors with enough visits lie far apart, widest first."""
    found: list[Conflict] = []
    states = dict.fromkeys(state for rows in table.rows.values() for state in rows.states)
    for state in states:
        for action in range(len(table.actions)):
            sure = _sure_values(table, state, action)
            if len(sure) > 1:
                (low, low_name), (high, high_name) = min(sure), max(sure)
                if high - low > table.config.conflict_distance:
                    found.append(Conflict(state, action, low, low_name, high, high_name))
    return sorted(found, key=lambda conflict: conflict.low - conflict.high)


def _sure_values(table: QTable, state: str, action: int) -> list[tuple[float, str]]:
    sure: list[tuple[float, str]] = []
    for name, rows in table.rows.items():
        row = rows.find(state)
        if row is not None and rows.columns.visits[row, action] >= table.config.conflict_visits:
            sure.append((float(rows.columns.q_value[row, action]), name))
    return sure


def _n_entries(rows: Rows) -> int:
    return int(np.count_nonzero(rows.columns.visits))


def _check(table: QTable, other: QTable, weight: float | None) -> None:
    if other.contributor == table.contributor:
        raise ValidationError(
            f"contributor {other.contributor} would merge with itself",
            "Merge a table of somebody else; to restore your own, import it",
        )
    if other.actions != table.actions:
        raise ValidationError(
            f"the tables differ in their actions: {table.actions} and {other.actions}",
            "Merge tables of the same kind of agent",
        )
    if weight is not None and not (math.isfinite(weight) and 0.0 <= weight <= 1.0):
        raise ValidationError(f"weight {weight} is outside [0, 1]", "Give a weight from 0 to 1")
