"""A loaded configuration: objects as a tree, attributes as columns by MO class.

Real networks repeat values, so a cell is a reference to a shared text; a name is kept as its steps.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from elex_browser.network.planned import Planned
from elex_browser.network.rejections import Rejections
from elex_browser.network.rules import SEVERAL
from elex_browser.ran.dn import split_dn

ROOT = -1
_MAX_NAMED = 20_000
_MAX_SHARED_TEXTS = 200_000


class _Table:
    """The objects of one class with their attributes; a column may be shorter than the table."""

    def __init__(self) -> None:
        self.objects = array("l")
        self.columns: dict[str, list[str | None]] = {}


class Setting(NamedTuple):
    """A value of an attribute on an object."""

    object: int
    text: str


class Configuration:
    """What one loaded file holds, counted.

    Attributes:
        name: of the file.
        n_objects: objects that the file describes; those only named as parents do not count.
        n_values: leaf values, list items and members of structs counted one by one.
        rejections: what could not be taken.
        planned: what the file wants changed, apart from what is there.
        vendor: as the file names it; empty where it does not.
        is_judged: whether the known ranges are about its values; those of other vendors are not.
        notes: what a reader should know about the file, each once.
        labels: the words that a file shows beside numbers, by class and attribute ("1 (UNLOCKED)").
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.n_objects = 0
        self.n_values = 0
        self.rejections = Rejections()
        self.planned = Planned()
        self.vendor = ""
        self.is_judged = True
        self.notes: dict[str, None] = {}
        self.labels: dict[tuple[str, str], dict[str, str]] = {}
        self._parents = array("l")
        self._classes: list[str] = []
        self._ids: list[str] = []
        self._rows = array("l")
        self._index: dict[tuple[int, str, str], int] = {}
        self._named: dict[str, int] = {}
        self._tables: dict[str, _Table] = {}
        self._texts: dict[str, str] = {}

    def object(self, parent: int, mo_class: str, value: str) -> int:
        """Return the number of an object, a new one if it was not known."""
        key = (parent, mo_class, value)
        known = self._index.get(key)
        if known is not None:
            return known
        number = self._index[key] = len(self._ids)
        self._parents.append(parent)
        self._classes.append(mo_class)
        self._ids.append(value)
        self._rows.append(-1)
        return number

    def object_of(self, dn: str) -> int:
        """Return the number of the object of a name; ROOT for an empty one."""
        number = self._named.get(dn)
        if number is not None:
            return number
        # Most names have the parent of one that came before.
        parent, _, last = dn.rpartition(",")
        has_parent = bool(last.strip()) and not parent.endswith("\\")
        number = self._named.get(parent) if has_parent else None
        above, steps = (ROOT, dn) if number is None else (number, last)
        number = above
        for step in split_dn(steps):
            above, number = number, self.object(number, step.mo_class, step.value)
        if len(self._named) >= _MAX_NAMED:
            self._named.clear()
        if has_parent:
            self._named[parent] = above
        self._named[dn] = number
        return number

    def mention(self, number: int) -> None:
        """Count an object that the file describes, even one without attributes."""
        if self._rows[number] < 0:
            table = self._tables.setdefault(self._classes[number], _Table())
            self._rows[number] = len(table.objects)
            table.objects.append(number)
            self.n_objects += 1

    def put(self, number: int, values: Sequence[tuple[str, str]]) -> None:
        """Describe an object; later values replace earlier ones, items of one list come together."""
        self.mention(number)
        row, columns = self._rows[number], self._tables[self._classes[number]].columns
        self.n_values += len(values)
        merged = dict(values)
        if len(merged) < len(values):
            merged = _listed(values)
        share = self._texts.setdefault if len(self._texts) < _MAX_SHARED_TEXTS else self._texts.get
        for attribute, text in merged.items():
            column = columns.get(attribute)
            if column is None:
                column = columns[attribute] = []
            if row == len(column):
                column.append(share(text, text))
                continue
            column.extend([None] * (row + 1 - len(column)))
            column[row] = share(text, text)

    def dn(self, number: int) -> str:
        """Return the full name of an object."""
        steps: list[str] = []
        while number != ROOT:
            steps.append(f"{self._classes[number]}={self._ids[number]}")
            number = self._parents[number]
        return ",".join(reversed(steps))

    def mo_class(self, number: int) -> str:
        """Return the class of an object."""
        return self._classes[number]

    @property
    def mo_classes(self) -> list[str]:
        """The classes of the objects that the file describes."""
        return list(self._tables)

    def settings(self, mo_class: str, attribute: str) -> Iterator[Setting]:
        """Return the values of an attribute over all objects of a class that have it."""
        table = self._tables.get(mo_class)
        column = table.columns.get(attribute, ()) if table else ()
        for row, text in enumerate(column):
            if text is not None:
                assert table is not None
                yield Setting(table.objects[row], text)

    def text(self, number: int, attribute: str) -> str | None:
        """Return the value of an attribute of an object, the items of a list together."""
        column = self._tables[self._classes[number]].columns.get(attribute, [])
        row = self._rows[number]
        return column[row] if row < len(column) else None

    def attributes(self, mo_class: str) -> list[str]:
        """Return the attributes that objects of a class have; members of structs as "struct.member"."""
        table = self._tables.get(mo_class)
        return list(table.columns) if table else []

    def size_bytes(self) -> int:
        """Bytes held, estimated from the numbers of objects and cells."""
        cells = sum(len(c) for table in self._tables.values() for c in table.columns.values())
        held = 8 * cells + 200 * len(self._ids) + 80 * len(self._texts)
        return held + self.planned.size_bytes()


def _listed(values: Sequence[tuple[str, str]]) -> dict[str, str]:
    items: dict[str, list[str]] = {}
    for attribute, text in values:
        items.setdefault(attribute, []).append(text)
    return {attribute: SEVERAL.join(texts) for attribute, texts in items.items()}
