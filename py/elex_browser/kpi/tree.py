"""What a formula is made of, each part computed over whole columns at once.

A counter is a column of the shape that the caller chose (groups × periods, or anything else). One whose
results are lists has one axis before that, for the indexes of the lists. A part is computed in one of two
ways: `each` keeps that axis, otherwise a list without an index stands for its sum, so that a share of
lists becomes the sum of its numerators over that of its denominators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Sign = Literal["+", "-", "*", "/"]


@dataclass(slots=True)
class Columns:
    """Counters put together, to compute a formula from.

    Attributes:
        shape: of a column.
        numbers: columns (*shape) of counters; of one whose results are lists their sums.
        lists: columns (n_indexes, *shape) of counters whose results are lists.
        indexes: (n_indexes,), ascending, what the places in the lists are called.
        period_s: (*shape), the seconds in which the counters counted.
        absent: optional counters that no loaded file holds.
        denominators: filled while a formula is computed: what it divided by, where that is a column.
    """

    shape: tuple[int, ...]
    numbers: Mapping[str, F64]
    lists: Mapping[str, F64] = field(default_factory=dict)
    indexes: I64 = field(default_factory=lambda: np.zeros(1, np.int64))
    period_s: F64 = field(default_factory=lambda: np.array(np.nan))
    absent: frozenset[str] = frozenset()
    denominators: list[F64] = field(default_factory=list)


class Node(Protocol):
    """A part of a formula."""

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return its column; NaN where something was divided by 0."""
        ...


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return the number without an axis: it goes with every shape."""
        return np.asarray(self.value)


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter, whole (`index` None) or at one index of its lists; [i] is whole, too."""

    name: str
    index: int | None = None

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return its column; an index that no list has holds 0, as lists leave out what did not occur."""
        if self.name in columns.absent:
            return np.asarray(0.0)
        if self.index is None:
            is_listed = each and self.name in columns.lists
            return columns.lists[self.name] if is_listed else columns.numbers[self.name]
        (places,) = np.nonzero(columns.indexes == self.index)
        return columns.lists[self.name][places[0]] if len(places) else np.zeros(columns.shape)


@dataclass(frozen=True, slots=True)
class PeriodSeconds:
    """`period_s`: for how long the counters counted."""

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return the seconds."""
        return columns.period_s


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """`i` as a number, inside SUM."""

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return the indexes along their axis."""
        return columns.indexes.astype(np.float64).reshape(-1, *(1,) * len(columns.shape))


@dataclass(frozen=True, slots=True)
class Sum:
    """SUM over the indexes of lists."""

    body: Node

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return the sums."""
        value = self.body.compute(columns, True)
        return value.sum(axis=0) if value.ndim > len(columns.shape) else value


@dataclass(frozen=True, slots=True)
class Chain:
    """Operations of one rank, left to right; a loop, so that a long formula is not a deep one."""

    first: Node
    rest: Sequence[tuple[Sign, Node]]

    def compute(self, columns: Columns, each: bool) -> F64:
        """Return what the operations give."""
        value = self.first.compute(columns, each)
        for sign, node in self.rest:
            operand = node.compute(columns, each)
            if sign == "+":
                value = value + operand
            elif sign == "-":
                value = value - operand
            elif sign == "*":
                value = value * operand
            else:
                value = _quotient(value, operand)
                if operand.ndim and not each:
                    columns.denominators.append(operand)
        return value


def _quotient(a: F64, b: F64) -> F64:
    value = np.full(np.broadcast_shapes(a.shape, b.shape), np.nan)
    np.divide(a, b, out=value, where=b != 0.0)
    return value
