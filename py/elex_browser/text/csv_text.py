"""Tables as CSV (RFC 4180) that a spreadsheet may open: no cell of it is run as a formula.

Spreadsheets run cells that begin with a sign of a formula, whatever separator they take the file apart by,
and also behind blanks or in full-width form. An apostrophe before it makes it text; numbers stay numbers.
"""

import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_QUOTED = re.compile('[",;|\\s]')


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """Return a table with its header; None is an empty cell."""
    lines = (",".join(map(csv_cell, row)) for row in (header, *rows))
    return "".join(f"{line}\r\n" for line in lines)


def csv_cell(value: str | float | None) -> str:
    """Return one cell, quoted where a reader of any usual separator would take it apart."""
    text = "" if value is None else str(value)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
