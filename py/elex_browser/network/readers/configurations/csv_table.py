"""CSV tables of a configuration (RFC 4180, with any usual separator), in one of two forms.

Long: a line per value, with columns for the object, the attribute and the value. Wide: a line per object,
with columns for the object and one per attribute; an empty cell there is no value. A line "sep=;" before
the header names the separator, as spreadsheets write it; titles before the header hold no values.
"""

from collections.abc import Iterator, Sequence

from elex_browser.errors import ValidationError
from elex_browser.network.intake import Intake
from elex_browser.network.readers.syntax.csv_records import Record, Records, cells_of, ends_open
from elex_browser.network.readers.syntax.object_columns import (
    NoName,
    ObjectColumns,
    column,
    plain_name,
)
from elex_browser.network.readers.syntax.text_decoding import Lines
from elex_browser.network.readers.syntax.value_text import forms

_ATTRIBUTE = ("attribute", "parameter", "attributename", "parametername")
_VALUE = ("value", "currentvalue", "attributevalue", "parametervalue")
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_LINE = "sep="
MAX_TITLE_LINES = 20


def header_of(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the place of the header among a table's first lines and its separator, if there is one."""
    told = ""
    for at, line in enumerate(lines[:MAX_TITLE_LINES]):
        if line.strip().lower().startswith(_SEPARATOR_LINE):
            told = line.strip()[len(_SEPARATOR_LINE) :][:1] or "\t"
            continue
        for separator in [told] if told else sorted(_SEPARATORS, key=line.count, reverse=True):
            # A header of one column is no table.
            if separator in line and is_header(_cells(line, separator)):
                return at, separator
    return None


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether a line names the columns of a configuration."""
    objects = ObjectColumns(cells)
    return bool(objects) and len(objects.columns) < len([cell for cell in cells if cell.strip()])


class _Columns:
    """What each column of a table is, read off its header."""

    def __init__(self, header: list[str]) -> None:
        self.header = header
        self.objects = ObjectColumns(header)
        plain = [plain_name(name) for name in header]
        attribute, value = column(plain, _ATTRIBUTE), column(plain, _VALUE)
        self.pair = None if attribute is None or value is None else (attribute, value)
        self._attributes = [i for i in range(len(header)) if i not in self.objects.columns]

    def values(self, cells: list[str]) -> list[tuple[str, str]]:
        """The attributes with their values that a line holds."""
        if self.pair:
            return [(cells[self.pair[0]], cells[self.pair[1]])]
        return [(self.header[i], cells[i]) for i in self._attributes if cells[i]]

    def problem(self, cells: list[str]) -> str:
        """Why a line cannot be taken; "" if it can."""
        if len(cells) != len(self.header):
            return f"the line has {len(cells)} cells, the header {len(self.header)}"
        if self.pair and not cells[self.pair[0]]:
            return "the attribute has no name"
        return ""

    def n_lost(self, cells: list[str]) -> int:
        """How many values are lost with a line that cannot be taken."""
        if self.pair:
            return 1
        return sum(1 for i, cell in enumerate(cells) if cell and i not in self.objects.columns)


class CsvReader:
    """Fills a configuration from the bytes of one table."""

    def __init__(self, intake: Intake, head: bytes) -> None:
        self._intake = intake
        self._lines = Lines(head)
        self._records: Records | None = None
        self._columns: _Columns | None = None
        self._first_lines: list[str] = []

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            ValidationError: no header names the object.
            DamagedFileError: a line longer than any real one.
        """
        self._take(self._lines.feed(data))

    def close(self) -> None:
        """Tell that the table ends here; raises as `feed`."""
        self._take(self._lines.rest())
        if self._records is None and any(line.strip() for line in self._first_lines):
            raise self._no_header()
        self._end()

    def break_off(self) -> None:
        """Keep what is complete: the line at hand is not."""
        self._end()

    def _end(self) -> None:
        if self._records is not None:
            for record in self._records.rest():
                self._row(record)

    def _take(self, lines: Iterator[str]) -> None:
        while self._records is None:
            line = next(lines, None)
            if line is None:
                return
            self._look_for_header(line)
        first = self._lines.number + 1
        for record in self._records.feed(enumerate(lines, first)):
            self._row(record)

    def _look_for_header(self, line: str) -> None:
        self._first_lines.append(line)
        found = header_of(self._first_lines)
        if found is not None:
            self._records = Records(found[1])
            self._columns = _Columns([cell.strip() for cell in _cells(line, found[1])])
        elif len(self._first_lines) > MAX_TITLE_LINES:
            raise self._no_header()

    def _no_header(self) -> ValidationError:
        first = next((line for line in self._first_lines if line.strip()), "")
        return ValidationError(
            f"the table's header {first[:80]!r} names no column for the object",
            "Name that column FDN and give names such as ManagedElement=N1,EUtranCellFDD=1",
        )

    def _row(self, record: Record) -> None:
        columns = self._columns
        assert columns is not None
        cells = [cell.strip() for cell in record.cells]
        if not any(cells):
            return
        while len(cells) > len(columns.header) and not cells[-1]:
            cells.pop()
        reason = columns.problem(cells) if record.is_complete else "a quoted cell does not end"
        dn = ""
        if not reason:
            try:
                dn = columns.objects.dn(cells)
            except NoName as exc:
                reason = str(exc)
        if reason:
            self._intake.reject(record.line, reason, columns.n_lost(cells))
            return
        given = [each for each in columns.values(cells) if each[0] or self._unnamed(record.line)]
        values = [form for name, text in given for form in forms(name, text)]
        number = self._intake.number_of(record.line, dn, len(values))
        if number is not None:
            self._intake.take_forms(number, values)

    def _unnamed(self, line: int) -> bool:
        self._intake.reject(line, "the column of a value has no name")
        return False


def _cells(line: str, separator: str) -> list[str]:
    return [] if ends_open(line, separator, False) else cells_of(line, separator)
