"""Models as CSV: a line per attribute, with columns for class and attribute and for what is said of it."""

from elex_browser.network.readers.models.model_columns import (
    ATTRIBUTE,
    CLASS,
    BadFact,
    attribute_of,
    header_of,
)
from elex_browser.network.readers.models.raw_model import RawModel, RawOwner
from elex_browser.network.readers.syntax.csv_records import Record, Records, cells_of
from elex_browser.network.readers.syntax.object_columns import column, plain_name
from elex_browser.network.readers.syntax.text_decoding import Lines
from elex_browser.network.rejections import Reject


class ModelTableReader:
    """Fills a raw model from the bytes of one table."""

    def __init__(self, raw: RawModel, reject: Reject, head: bytes) -> None:
        self._raw = raw
        self._reject = reject
        self._lines = Lines(head)
        self._records: Records | None = None
        self._header: list[str] = []
        self._class = self._attribute = 0
        self._owners: dict[str, RawOwner] = {}

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: a line longer than any real one.
        """
        for line in self._lines.feed(data):
            self._take(line)

    def close(self) -> None:
        """Tell that the table ends here."""
        for line in self._lines.rest():
            self._take(line)
        self.break_off()

    def break_off(self) -> None:
        """Keep what is complete."""
        if self._records is not None:
            for record in self._records.rest():
                self._row(record)

    def _take(self, line: str) -> None:
        if self._records is not None:
            for record in self._records.feed([(self._lines.number, line)]):
                self._row(record)
            return
        found = header_of([line])
        if found is not None:
            self._records = Records(found[1])
            self._header = [plain_name(cell) for cell in cells_of(line, found[1])]
            self._class = column(self._header, CLASS) or 0
            self._attribute = column(self._header, ATTRIBUTE) or 0

    def _row(self, record: Record) -> None:
        cells = [cell.strip() for cell in record.cells]
        if not any(cells):
            return
        cells += [""] * (len(self._header) - len(cells))
        mo_class, name = cells[self._class], cells[self._attribute]
        reason = "" if record.is_complete else "a quoted cell does not end"
        if not mo_class or not name:
            reason = reason or "the line names no class or no attribute"
        if not reason:
            try:
                raw = attribute_of(name, dict(zip(self._header, cells, strict=False)))
                self._owner(mo_class).attributes.append(raw)
            except BadFact as exc:
                reason = f"{mo_class}.{name}: {exc}"
        if reason:
            self._reject(record.line, reason)

    def _owner(self, mo_class: str) -> RawOwner:
        owner = self._owners.get(mo_class)
        if owner is None:
            owner = self._owners[mo_class] = RawOwner(mo_class)
            self._raw.classes.append(owner)
        return owner
