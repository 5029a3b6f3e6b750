"""Counters whose results are lists: the items are bins, or pairs of index and value behind their number.

A file does not tell which ("1,1,20" is three bins, or 20 at index 1), but all lists of a counter together
mostly do: bins come in lists of one length, and some list begins with a number that does not fit.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np

from elex_browser.kpi.results import F64, I64, Flags, Lists

Coding = Literal["bins", "pairs", "unclear"]


class Expanded(NamedTuple):
    """Lists as columns of one table.

    Attributes:
        indexes: (n,), ascending, what the rows are called.
        values: (n, m), 0 where a list lacks the index.
        is_readable: (m,), false where items are blank or the list is not of its kind.
    """

    indexes: I64
    values: F64
    is_readable: Flags


def lengths_of(lists: Lists) -> frozenset[int]:
    """The lengths that occur."""
    return frozenset(np.flatnonzero(np.bincount(lists.lengths)).tolist())


def coding_of(lists: Lists, numbers: F64) -> Coding:
    """Tell how lists are written from all results of their counter: the lists and lone numbers."""
    if not (_first(lists) * 2 + 1 == lists.lengths).all():
        return "bins"
    if np.any(numbers != 0.0) or not _are_pairs(lists).all():
        return "bins"
    has_two_lengths = len(lengths_of(lists)) + bool(len(numbers)) > 1
    return "pairs" if has_two_lengths else "unclear"


def coding_together(counters: Iterable[tuple[Coding, frozenset[int]]]) -> Coding:
    """Tell it from counters that belong together, by coding and lengths of the lists of each.

    The lists that one formula reads are written alike.
    """
    found = list(counters)
    known = {coding for coding, _ in found} - {"unclear"}
    if len(known) == 1:
        return known.pop()
    has_two_lengths = len(frozenset[int]().union(*(lengths for _, lengths in found))) > 1
    return "pairs" if has_two_lengths and not known else "unclear"


def expand(lists: Lists, coding: Coding) -> Expanded:
    """Return lists as columns; their coding is known."""
    column = np.repeat(np.arange(len(lists.lengths)), lists.lengths)
    place = _places(lists)
    if coding == "pairs":
        return _expand_pairs(lists, column, place)
    values = np.zeros((int(lists.lengths.max()), len(lists.lengths)))
    values[place, column] = lists.items
    is_blank = np.isnan(values.sum(axis=0))
    values[:, is_blank] = 0.0
    return Expanded(np.arange(len(values)), values, ~is_blank)


def _expand_pairs(lists: Lists, column: I64, place: I64) -> Expanded:
    is_readable = _are_pairs(lists)
    at = np.flatnonzero((place % 2 == 1) & is_readable[column])
    indexes, row = np.unique(lists.items[at].astype(np.int64), return_inverse=True)
    values = np.zeros((len(indexes), len(lists.lengths)))
    values[row, column[at]] = lists.items[at + 1]
    return Expanded(indexes, values, is_readable)


def _are_pairs(lists: Lists) -> Flags:
    """Which lists can be a number of pairs and then that many, indexes ascending: "2,1,980,9,500"."""
    fits: Flags = _first(lists) * 2 + 1 == lists.lengths
    place = _places(lists)
    at = np.flatnonzero(place % 2 == 1)
    index = lists.items[at]
    is_index = (index >= 0) & (index == np.floor(index))
    is_index[1:] &= (np.diff(index) > 0) | (place[at[1:]] == 1)
    column = np.repeat(np.arange(len(lists.lengths)), lists.lengths)
    fits[column[at[~is_index]]] = False
    fits[column[np.isnan(lists.items)]] = False
    return fits


def begins_of(lists: Lists) -> I64:
    """Where each list begins among the items."""
    return np.cumsum(lists.lengths) - lists.lengths


def _first(lists: Lists) -> F64:
    return lists.items[begins_of(lists)]


def _places(lists: Lists) -> I64:
    """The place of each item in its own list."""
    return np.arange(len(lists.items)) - np.repeat(begins_of(lists), lists.lengths)
