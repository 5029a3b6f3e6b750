"""CSV tables of a configuration (RFC 4180, with any usual separator), in one of two forms.

Long: a line per value, with columns for the object, the attribute and the value. Wide: a line per object,
with a column for the object and one per attribute; an empty cell there is no value.
"""

import codecs
import csv
import io

from elex_browser.errors import ValidationError
from elex_browser.network.configuration import Configuration
from elex_browser.network.readers.bulk_cm import Taker
from elex_browser.network.source import DamagedFileError

_OBJECT = ("object", "fdn", "dn", "ldn", "mo", "distinguishedname")
_ATTRIBUTE = ("attribute", "parameter", "attributename")
_VALUE = ("value", "currentvalue")
_CLASS = ("moclass", "class")
_SEPARATORS = (",", ";", "\t", "|")
_MAX_RECORD = 1 << 22


def separator_of(line: str) -> str | None:
    """Return what separates the cells of a header line that names the object; else None."""
    for separator in sorted(_SEPARATORS, key=line.count, reverse=True):
        if _column(_cells(line, separator), _OBJECT) is not None:
            return separator
    return None


def encoding_of(head: bytes) -> str:
    """Return the encoding: by its mark, else UTF-8 where it is that, else Windows-1252."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class _Columns:
    """What each column of a table is, read off its header."""

    def __init__(self, header: list[str]) -> None:
        at = _column(header, _OBJECT)
        if at is None:
            raise ValidationError(
                f"the table's header {','.join(header)[:80]!r} names no column for the object",
                "Name that column FDN and give names such as ManagedElement=N1,EUtranCellFDD=1",
            )
        self.header = header
        self.object = at
        attribute, value = _column(header, _ATTRIBUTE), _column(header, _VALUE)
        self.pair = None if attribute is None or value is None else (attribute, value)
        skipped = {at, _column(header, _CLASS)}
        self.attributes = [i for i in range(len(header)) if i not in skipped]

    def values(self, cells: list[str]) -> list[tuple[str, str]]:
        """The attributes with their values that a line holds."""
        if self.pair:
            return [(cells[self.pair[0]], cells[self.pair[1]])]
        return [(self.header[i], cells[i]) for i in self.attributes if cells[i]]

    def problem(self, cells: list[str]) -> str:
        """Why a line cannot be taken; "" if it can."""
        if len(cells) != len(self.header):
            return f"the line has {len(cells)} cells, the header {len(self.header)}"
        if "=" not in cells[self.object]:
            return f"{cells[self.object][:80]!r} is no distinguished name"
        if self.pair and not cells[self.pair[0]]:
            return "the attribute has no name"
        return ""

    def n_lost(self, cells: list[str]) -> int:
        """How many values are lost with a line that cannot be taken."""
        if self.pair:
            return 1
        return sum(1 for i, cell in enumerate(cells) if cell and i != self.object)


class CsvReader:
    """Fills a configuration from the bytes of one table."""

    def __init__(self, configuration: Configuration, check: Taker, head: bytes) -> None:
        self._configuration = configuration
        self._check = check
        self._decode = codecs.getincrementaldecoder(encoding_of(head))("replace")
        self._rest = ""
        self._line = 0
        self._separator = ""
        self._columns: _Columns | None = None

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            ValidationError: the header does not name the object.
            DamagedFileError: a quoted cell that does not end.
        """
        text = self._rest + self._decode.decode(data)
        # Whole records only: up to the last line end outside quotes.
        cut = text.rfind("\n") + 1
        while cut and text.count('"', 0, cut) % 2:
            cut = text.rfind("\n", 0, cut - 1) + 1
        self._rest = text[cut:]
        if len(self._rest) > _MAX_RECORD:
            raise DamagedFileError(self._line + 1, "a line or quoted cell does not end")
        self._records(text[:cut])

    def close(self) -> None:
        """Tell that the table ends here; raises as `feed`."""
        rest = self._rest + self._decode.decode(b"", True)
        self._rest = ""
        if rest.count('"') % 2:
            raise DamagedFileError(self._line + 1, "a quoted cell does not end")
        self._records(rest)

    def _records(self, text: str) -> None:
        if not self._separator:
            first = next((line for line in text.split("\n") if line.strip()), "")
            self._separator = separator_of(first) or ""
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=self._separator or ",")
        begin = 0
        try:
            for cells in rows:
                self._row(self._line + begin + 1, [cell.strip() for cell in cells])
                begin = rows.line_num
        except csv.Error as exc:
            raise DamagedFileError(self._line + begin + 1, f"the table is damaged: {exc}") from exc
        self._line += text.count("\n")

    def _row(self, line: int, cells: list[str]) -> None:
        if not any(cells):
            return
        if self._columns is None:
            self._columns = _Columns(cells)
            return
        reason = self._columns.problem(cells)
        if reason:
            for _ in range(self._columns.n_lost(cells)):
                self._configuration.reject(line, reason)
            return
        values = self._columns.values(cells)
        number = self._configuration.object_of(cells[self._columns.object])
        self._configuration.put(number, values)
        self._check.take(number, values)


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    plain = ["".join(c for c in name.lower() if c.isalnum()) for name in header]
    return next((plain.index(name) for name in names if name in plain), None)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
