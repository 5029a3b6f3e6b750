"""Records of CSV (RFC 4180) out of lines: a quote means something only by its place.

A quote at the beginning of a cell opens it, and within it two quotes are one; anywhere else a quote is
text, as in 19" rack. Line ends within quotes belong to the cell. Each line is looked at once.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_CHARACTERS = 1 << 20
"""Of one record; no real one comes near."""


class Record(NamedTuple):
    """One record and the line that it begins in; without an end its cells are as the quotes are text."""

    line: int
    cells: list[str]
    is_complete: bool = True


class Records:
    """Puts lines together to records.

    Attributes:
        separator: what stands between cells.
    """

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self._open: list[str] = []
        self._n_open = 0
        self._begin = 0

    def feed(self, lines: Iterable[tuple[int, str]]) -> Iterator[Record]:
        """Yield the records that these numbered lines complete."""
        separator = self.separator
        for number, line in lines:
            if not self._open and '"' not in line:
                yield Record(number, line.split(separator))
            else:
                yield from self._take(number, line)

    def rest(self) -> Iterator[Record]:
        """Yield what is left at the end of the file."""
        while self._open:
            yield from self._give_up()

    def _take(self, number: int, line: str) -> Iterator[Record]:
        is_open = ends_open(line, self.separator, bool(self._open))
        if not self._open:
            self._begin = number
        self._open.append(line)
        self._n_open += len(line)
        if not is_open:
            text = "\n".join(self._open)
            self._open, self._n_open = [], 0
            yield Record(self._begin, cells_of(text, self.separator))
        elif self._n_open > MAX_CHARACTERS:
            yield from self._give_up()

    def _give_up(self) -> Iterator[Record]:
        """A quoted cell does not end: only its first line is damaged, the others are read anew."""
        first, *others = self._open
        self._open, self._n_open = [], 0
        yield Record(self._begin, first.split(self.separator), False)
        yield from self.feed(list(enumerate(others, self._begin + 1)))


def ends_open(line: str, separator: str, is_open: bool) -> bool:
    """Tell whether a quoted cell is open behind a line, from whether one was before it."""
    at = 0
    while True:
        if not is_open and line.startswith('"', at):
            is_open = True
            at += 1
        if is_open:
            at = _closing(line, at)
            if at < 0:
                return True
            is_open = False
        at = line.find(separator, at)
        if at < 0:
            return False
        at += len(separator)


def cells_of(text: str, separator: str) -> list[str]:
    """Return the cells of a record whose quoted cells all end."""
    cells: list[str] = []
    at = 0
    while True:
        quoted = ""
        if text.startswith('"', at):
            end = _closing(text, at + 1)
            quoted = text[at + 1 : end - 1].replace('""', '"') if end >= 0 else text[at:]
            at = end if end >= 0 else len(text)
        end = text.find(separator, at)
        if end < 0:
            return [*cells, quoted + text[at:]]
        cells.append(quoted + text[at:end])
        at = end + len(separator)


def _closing(text: str, at: int) -> int:
    """The place behind the quote that closes a cell; -1 where there is none."""
    while True:
        at = text.find('"', at)
        if at < 0:
            return -1
        if not text.startswith('""', at):
            return at + 1
        at += 2
