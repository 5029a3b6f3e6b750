"""Which columns of a table name the object of a line: its whole name, its node, or an id per step.

The header tells: FDN, DN or MO for a name, Node_ID or NodeId for the node that a relative name is of, and
`SubNetwork_id, MeContext_id, …` or `NodeId ENodeBFunctionId EUtranCellFDDId` for the ids of all steps.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from elex_browser.ran.dn import of_node, unquoted

_NAME = ("object", "fdn", "dn", "ldn", "mo", "moi", "distinguishedname", "moname", "moldn", "mofdn")
_NODE = (
    "node",
    "nodeid",
    "nodename",
    "ne",
    "neid",
    "nename",
    "networkelement",
    "mecontext",
    "managedelement",
    "managedelementid",
    "mecontextid",
)
_ABOVE = ("subnetwork", "subnetworkid", "subnetworkfdn")
_CLASS = ("moclass", "class", "motype")
# What tools write about the export itself.
_ABOUT_FILE = ("filename", "datetime", "timestamp", "exporttime")
_STEP = re.compile(r"(?:vsData)?([A-Z]\w*?[a-z]\w*?)_?[Ii]d", re.ASCII)
_MAX_NAME = 100
_FIRST_STEPS = ("SubNetwork", "MeContext", "ManagedElement")


class NoName(Exception):
    """A line whose object cannot be told, and why."""


class _Step(NamedTuple):
    column: int
    mo_class: str


class ObjectColumns:
    """How the lines of one table name their objects.

    Attributes:
        columns: all that say which object a line is about, or nothing about it; they hold no values.
    """

    def __init__(self, header: Sequence[str]) -> None:
        plain = [plain_name(name) for name in header]
        self._name = column(plain, _NAME)
        self._steps: list[_Step] = []
        if self._name is None:
            self._steps = _steps(header, plain)
        self._node = self._above = None
        if self._name is not None:
            self._node, self._above = column(plain, _NODE), column(plain, _ABOVE)
        about = (column(plain, _CLASS), *(i for i, name in enumerate(plain) if name in _ABOUT_FILE))
        named = (self._name, self._node, self._above, *(step.column for step in self._steps))
        self.columns = {i for i in (*named, *about) if i is not None}

    def __bool__(self) -> bool:
        return self._name is not None or bool(self._steps)

    def dn(self, cells: Sequence[str]) -> str:
        """Return the full name of the object of a line.

        Raises:
            NoName: it has none.
        """
        if self._name is None:
            return self._of_steps(cells)
        name = unquoted(cells[self._name])
        if "=" not in name:
            raise NoName(f"{cells[self._name][:80]!r} is no distinguished name")
        node = unquoted(cells[self._node]) if self._node is not None else ""
        above = unquoted(cells[self._above]) if self._above is not None else ""
        if above and "=" not in above:
            above = f"SubNetwork={above}"
        return of_node(node, name, above)

    def _of_steps(self, cells: Sequence[str]) -> str:
        ids = [(step.mo_class, unquoted(cells[step.column])) for step in self._steps]
        while ids and not ids[-1][1]:
            ids.pop()  # a line about an object higher up
        if not ids or not all(value for _, value in ids):
            raise NoName("an id is missing between others")
        return ",".join(f"{mo_class}={_escaped(value)}" for mo_class, value in ids)


def plain_name(name: str) -> str:
    """A column's name without case, blanks and punctuation."""
    return "".join(c for c in name.lower() if c.isalnum())


def column(plain: Sequence[str], names: Sequence[str]) -> int | None:
    """The place of the first of some names in a header of plain names."""
    return next((plain.index(name) for name in names if name in plain), None)


def _steps(header: Sequence[str], plain: Sequence[str]) -> list[_Step]:
    """The run of id columns that begins with a node; ids elsewhere in the table are attributes."""
    steps: list[_Step] = []
    for at, name in enumerate(header):
        match = _STEP.fullmatch(name.strip()[:_MAX_NAME])
        mo_class = match[1].rstrip("_") if match else ""
        if plain[at] in ("nodeid", "nodename", "node") and not steps:
            mo_class = "ManagedElement"
        if steps and not mo_class:
            break
        if mo_class and (steps or mo_class in _FIRST_STEPS):
            steps.append(_Step(at, mo_class))
    return steps


def _escaped(value: str) -> str:
    return re.sub(r"(?<!\\),", r"\\,", value)
