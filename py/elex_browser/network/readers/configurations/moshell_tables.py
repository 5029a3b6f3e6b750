"""Tables of moshell: columns stand where their names begin, for values hold blanks ("1 (UNLOCKED)")."""

import re
from typing import NamedTuple

# Names of columns that hold blanks, and the attributes that they show.
_STATES = {"Adm State": "administrativeState", "Op. State": "operationalState"}
_MO, _PROXY = "MO", "Proxy"
_WORD = re.compile(r"\S+")
_WIDE_BLANK = re.compile(r"\s{2,}")
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


class Misaligned(Exception):
    """A line whose cells cannot be told apart."""


class Row(NamedTuple):
    """An object with the values of its line; an empty cell is no value."""

    object: str
    values: list[tuple[str, str]]


class Layout:
    """The columns of one table, in the order in which they stand.

    Attributes:
        n_attributes: how many values a line has.
    """

    def __init__(self, columns: list[tuple[int, str]], separator: str = "") -> None:
        self._starts = [start for start, _ in columns]
        self._names = [name for _, name in columns]
        self._separator = separator
        # A line is a value: the object, the attribute's name, and the rest of the line.
        self._is_long = self._names == [_MO, "Attribute", "Value"]
        named = [name for name in self._names if name not in (_MO, _PROXY)]
        self.n_attributes = 1 if self._is_long else len(named)

    def row(self, line: str) -> Row:
        """Take a line apart.

        Raises:
            Misaligned: its cells do not stand below the names of the columns.
        """
        cells = dict(zip(self._names, self._cells(line), strict=True))
        dn = cells.pop(_MO)
        cells.pop(_PROXY, "")
        if self._is_long:
            return Row(dn, [(cells["Attribute"], cells["Value"])])
        return Row(dn, [(name, text) for name, text in cells.items() if text])

    def _cells(self, line: str) -> list[str]:
        if self._separator:
            cells = line.split(self._separator)
        else:
            cells = self._at_starts(line) or _WIDE_BLANK.split(line.strip())
        if len(cells) != len(self._names):
            count = f"{len(cells)} cells stand below {len(self._names)} columns"
            raise Misaligned(f"the line cannot be taken apart: {count}")
        return [cell.strip() for cell in cells]

    def _at_starts(self, line: str) -> list[str]:
        """The cells where the columns begin; none where a cell reaches into the next column."""
        if any(line[start - 1 : start].strip() for start in self._starts[1:]):
            return []
        ends = [*self._starts[1:], len(line)]
        return [line[start:end] for start, end in zip([0, *self._starts[1:]], ends, strict=True)]


def layout_of(header: str) -> Layout | None:
    """Return the columns that a header names; None where it is none of a table of objects."""
    if header.startswith(f"{_MO};"):
        names = [name.strip() for name in header.split(";")]
        return _layout(list(enumerate(names)), ";")
    for shown, attribute in _STATES.items():
        header = header.replace(shown, attribute[: len(shown)].ljust(len(shown), "_"))
    columns = [(word.start(), _full(word[0])) for word in _WORD.finditer(header.rstrip())]
    return _layout(columns, "")


def _layout(columns: list[tuple[int, str]], separator: str) -> Layout | None:
    names = [name for _, name in columns]
    is_table = _MO in names and len(set(names)) == len(names)
    if not is_table or not all(_ATTRIBUTE.fullmatch(name) for name in names):
        return None
    return Layout(columns, separator)


def _full(name: str) -> str:
    """A name that was cut to the length of what the table shows."""
    cut = {attribute[: len(shown)]: attribute for shown, attribute in _STATES.items()}
    return cut.get(name, name)
