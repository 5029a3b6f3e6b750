"""The tables that ENM's `cmedit get … -t` prints: a block per class, its header begins with NodeId.

Cells are separated by tabs, or by two blanks and more where a terminal made blanks of them.
"""

import re

from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.cmedit import COUNT
from elex_browser.network.readers.syntax.object_columns import NoName, ObjectColumns
from elex_browser.network.readers.syntax.text_decoding import Lines
from elex_browser.network.readers.syntax.value_text import leaves

HEADER = re.compile(r"\s*NodeId(?:\t|  )")
_BLANKS = re.compile(r"\s{2,}|\t")


class CmeditTableReader:
    """Fills a configuration from the bytes of one text."""

    def __init__(self, intake: Intake, head: bytes) -> None:
        self._intake = intake
        self._lines = Lines(head)
        self._header: list[str] = []
        self._objects: ObjectColumns | None = None
        self._has_tabs = False

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: a line longer than any real one.
        """
        for line in self._lines.feed(data):
            self._take(line)

    def close(self) -> None:
        """Tell that the text ends here."""
        for line in self._lines.rest():
            self._take(line)

    def break_off(self) -> None:
        """Keep what is complete: the line at hand is not."""

    def _take(self, line: str) -> None:
        if HEADER.match(line):
            self._has_tabs = "\t" in line
            self._header = self._cells(line)
            self._objects = ObjectColumns(self._header)
        elif not line.strip():
            self._objects = None  # the block ends
        elif COUNT.fullmatch(line):
            return
        elif self._objects is not None:
            self._row(self._objects, self._cells(line))
        elif "\t" in line.strip():
            reason = f"{line.strip()[:80]!r} belongs to no header"
            self._intake.reject(self._lines.number, reason, len(line.split("\t")))

    def _cells(self, line: str) -> list[str]:
        cells = line.split("\t") if self._has_tabs else _BLANKS.split(line.strip())
        return [cell.strip() for cell in cells]

    def _row(self, objects: ObjectColumns, cells: list[str]) -> None:
        number = self._lines.number
        if self._has_tabs:  # which tools leave out at the end of a line
            cells += [""] * (len(self._header) - len(cells))
        given = [i for i, cell in enumerate(cells) if cell and i not in objects.columns]
        if len(cells) != len(self._header):
            reason = f"the line has {len(cells)} cells, the header {len(self._header)}"
            self._intake.reject(number, reason, len(given))
            return
        try:
            dn = objects.dn(cells)
        except NoName as exc:
            self._intake.reject(number, str(exc), len(given))
            return
        values = [leaf for i in given for leaf in leaves(self._header[i], cells[i])]
        known = self._intake.number_of(number, dn, len(values))
        if known is not None:
            self._intake.take(known, values)
