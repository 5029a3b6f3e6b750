"""Which objects are taken together: all, those of one node, cell or neighbour relation, or own groups."""

import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import translate
from typing import NamedTuple

import numpy as np

from elex_browser.errors import ConfigError
from elex_browser.kpi.results import I64
from elex_browser.protocol import KpiScope
from elex_browser.ran.dn import cell_of, joined, node_of, split_dn

NETWORK = "network"
_RELATION = "CellRelation"
MAX_PATTERN = 200


class Grouping(NamedTuple):
    """Objects put together; one may belong to several groups or to none.

    Attributes:
        names: of the groups.
        members: numbers of the objects, those of the first group first.
        begins: (n_groups,), where the members of each begin.
    """

    names: list[str]
    members: I64
    begins: I64


class OwnGroup(NamedTuple):
    """A group that somebody made.

    Attributes:
        patterns: with * and ?; one with "=" is matched against whole names of objects, cells and
            nodes, any other against the ids of cells and nodes.
        objects: whole names, or ids of cells and nodes.
    """

    name: str
    patterns: Sequence[str] = ()
    objects: Sequence[str] = ()


def group(dns: Sequence[str], scope: KpiScope) -> Grouping:
    """Put objects together by what they are or lie below."""
    return _grouping(_PLACES[scope](dn) for dn in dns)


def key_of(dn: str, scope: KpiScope) -> str:
    """Return what tells the network, node, cell or relation of an object; "" where it has none."""
    return _PLACES[scope](dn)[0]


def group_own(dns: Sequence[str], groups: Sequence[OwnGroup]) -> Grouping:
    """Put objects together by own groups; a group without objects is there and empty.

    Raises:
        ConfigError: two groups of one name, or one that says nothing of its objects.
    """
    names = [each.name for each in groups]
    _check(groups)
    named = [_names_of(dn) for dn in dns]
    members: list[list[int]] = []
    for each in groups:
        is_member = _matcher(each)
        members.append([i for i, known in enumerate(named) if any(map(is_member, known))])
    return Grouping(names, *_flat(members))


def _check(groups: Sequence[OwnGroup]) -> None:
    names = [each.name for each in groups]
    for each in groups:
        if names.count(each.name) > 1:
            raise ConfigError(f"two groups are named {each.name!r}", "Give each its own name")
        if not each.patterns and not each.objects:
            problem = f"the group {each.name!r} has no pattern and no object"
            raise ConfigError(problem, "Give it patterns, objects or both")
        if any(len(pattern) > MAX_PATTERN for pattern in each.patterns):
            problem = f"a pattern of the group {each.name!r} is longer than {MAX_PATTERN}"
            raise ConfigError(problem, "Use several shorter patterns")


def _matcher(each: OwnGroup) -> Callable[[str], bool]:
    listed = frozenset(each.objects)
    of_names = _pattern(pattern for pattern in each.patterns if "=" in pattern)
    of_ids = _pattern(pattern for pattern in each.patterns if "=" not in pattern)

    def is_member(name: str) -> bool:
        pattern = of_names if "=" in name else of_ids
        return name in listed or pattern.match(name) is not None

    return is_member


def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that matches what any pattern matches, and nothing where there is none."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")


def _names_of(dn: str) -> tuple[str, ...]:
    """What an object may be called by: its whole name, and name and id of its cell and node."""
    places = [place for place in (cell_of(dn), node_of(dn)) if place]
    return (dn, *places, *(split_dn(place)[-1].value for place in places))


def _network(dn: str) -> tuple[str, str]:
    return NETWORK, NETWORK


def _node(dn: str) -> tuple[str, str]:
    node = node_of(dn) or dn.partition(",")[0]
    return node, node


def _cell(dn: str) -> tuple[str, str]:
    cell = cell_of(dn)
    if not cell:
        return "", ""
    # A cell's objects at CU and DU have different names and the same id.
    mo_class, value = split_dn(cell)[-1]
    return f"{node_of(dn)} {mo_class.removesuffix('CU').removesuffix('DU')} {value}", cell


def _relation(dn: str) -> tuple[str, str]:
    steps = split_dn(dn)
    for i, step in enumerate(steps):
        if step.mo_class.endswith(_RELATION):
            relation = joined(steps[: i + 1])
            return relation, relation
    return "", ""


_PLACES: dict[KpiScope, Callable[[str], tuple[str, str]]] = {
    "network": _network,
    "node": _node,
    "cell": _cell,
    "relation": _relation,
}


def _grouping(places: Iterable[tuple[str, str]]) -> Grouping:
    names: list[str] = []
    members: list[list[int]] = []
    numbers: dict[str, int] = {}
    for i, (key, name) in enumerate(places):
        if not key:
            continue
        number = numbers.setdefault(key, len(names))
        if number == len(names):
            names.append(name)
            members.append([])
        members[number].append(i)
    return Grouping(names, *_flat(members))


def _flat(members: list[list[int]]) -> tuple[I64, I64]:
    lengths = np.array([len(each) for each in members], np.int64)
    flat = np.array([i for each in members for i in each], np.int64)
    return flat, np.cumsum(lengths) - lengths
