"""PM XML: measCollecFile of 3GPP TS 32.435 and measDataFile of TS 28.532.

Real files differ from their schema, so none is enforced: results may be vectors ("0,5,1"), blank instead
of NIL, in any order, or absent; `p` counts within its measInfo; a measInfoId may come back once per job.
"""

import contextlib
import math
import re
from array import array
from datetime import UTC, datetime
from typing import Protocol

from elex_browser.network.measurements import CounterColumn, Measurements
from elex_browser.network.readers.xml_stream import LocalNames, XmlStream
from elex_browser.ran.dn import below

_MISSING = {"", "nil", "null"}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NUMBERS = re.compile(r"[0-9,.eE+ -]+")
_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)(?:\.\d*)?S)?)?"
)


class Reject(Protocol):
    """Counts a result that cannot be taken."""

    def __call__(self, line: int, reason: str) -> None: ...


class PmXmlReader(XmlStream):
    """Fills measurements from the bytes of one file."""

    def __init__(self, store: Measurements, reject: Reject) -> None:
        super().__init__()
        self._store = store
        self._reject = reject
        self._local = LocalNames()
        self._in_header = False
        self._prefix = self._sender = ""
        self._element: str | None = None
        self._file_begin: int | None = None
        self._end: int | None = None
        self._duration: int | None = None
        self._names: list[str] = []
        self._columns: dict[str, CounterColumn] = {}  # of the present measInfo, by position
        self._position = ""
        self._row: int | None = None
        self._problem = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element: what is said in attributes is noted."""
        self.text = ""
        local = self._local[name]
        if local in ("r", "measType"):
            self._position = attributes.get("p", "")
        elif local == "measValue":
            self._begin_row(attributes.get("measObjLdn", ""))
        else:
            self._note(local, attributes)

    def end(self, name: str) -> None:
        """End an element: what is said in its text is noted, results are stored."""
        local = self._local[name]
        if local == "r":
            column = self._columns.get(self._position)
            text = self.text
            if (
                column is None
                or self._row is None
                or not (text.isdigit() and text.isascii() and len(text) < 16)
            ):
                self._take(column, text)
                return
            column.rows.append(self._row)
            column.values.append(float(text))
        elif local == "measType":
            self._columns[self._position] = self._store.column(self.text.strip())
        elif local == "measTypes":
            self._names = self.text.split()
        elif local == "measResults":
            self._positioned(self.text.split())
        elif local == "suspect" and self._row is not None:
            if self.text.strip().lower() in ("true", "1"):
                self._store.doubt(self._row)
        elif local == "fileHeader":
            self._in_header = False

    def _note(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fileHeader":
            self._in_header = True
            self._prefix = attributes.get("dnPrefix", "").strip()
        elif local == "fileSender":
            self._sender = attributes.get("localDn") or attributes.get("senderName", "")
        elif local in ("measCollec", "measData") and "beginTime" in attributes:
            self._file_begin = moment(attributes["beginTime"])
        elif local == "measData" and not self._in_header:
            self._element = None
        elif local in ("managedElement", "measEntity"):
            self._element = attributes.get("localDn", "").strip()
        elif local == "measInfo":
            self._names, self._columns = [], {}
            self._end = self._duration = None
        elif local == "granPeriod":
            self._end = moment(attributes.get("endTime", ""))
            self._duration = duration(attributes.get("duration", ""))

    def _begin_row(self, ldn: str) -> None:
        """Find out what the results that follow belong to."""
        # Without a managed element the sender is the node; one that is named empty has its objects in full.
        element = self._sender if self._element is None else self._element
        dn = below(below(self._prefix, element), ldn.strip())
        span = self._period()
        self._row = None
        self._problem = "" if dn else "measValue names no object"
        if span is None:
            self._problem = "the time of this measInfo is not given"
        elif dn:
            self._row = self._store.row(self._store.object(dn), self._store.period(*span))

    def _positioned(self, results: list[str]) -> None:
        """Give results without positions those of the list of names, where there are as many."""
        if len(results) != len(self._names):
            for _ in results:
                reason = f"{len(results)} results stand for {len(self._names)} counters"
                self._reject(self.line, reason)
            return
        for name, text in zip(self._names, results, strict=True):
            self._take(self._store.column(name), text)

    def _take(self, column: CounterColumn | None, text: str) -> None:
        """Store one result of any form, or say why not."""
        value = result(text)
        if self._row is None:
            self._reject(self.line, self._problem)
        elif column is None:
            self._reject(self.line, f"no measType has p={self._position!r}")
        elif value is None:
            self._store.n_missing += 1
        elif isinstance(value, str):
            self._reject(self.line, f"{value[:40]!r} is no number")
        else:
            column.add(self._row, value)

    def _period(self) -> tuple[int, int] | None:
        """Begin and end; what is not given follows from the file's own begin."""
        end, length, begin = self._end, self._duration, self._file_begin
        if end is not None:
            if length is None:
                length = end - begin if begin is not None and begin <= end else 0
            return end - length, end
        if begin is not None and length is not None:
            return begin, begin + length
        return None


def result(text: str) -> "float | array[float] | str | None":
    """Return a number, the bins of a vector (NaN where blank), None if missing, else the text."""
    text = text.strip()
    if "," in text:
        return _vector(text)
    if text.lower() in _MISSING:
        return None
    return float(text) if _NUMBER.fullmatch(text) and math.isfinite(float(text)) else text


def _vector(text: str) -> "array[float] | str | None":
    items = text.split(",")
    if _NUMBERS.fullmatch(text):
        # Most vectors have no blank item, and a loop in C takes a tenth of the time.
        with contextlib.suppress(ValueError):
            bins = array("d", map(float, items))
            return bins if math.isfinite(sum(bins)) else text
    results = [result(item) for item in items]
    if any(isinstance(item, str) for item in results):
        return text
    if all(item is None for item in results):
        return None
    return array("d", (item if isinstance(item, float) else math.nan for item in results))


def moment(text: str) -> int | None:
    """Return seconds since 1970 of an ISO 8601 time; without a zone it counts as UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp())


def duration(text: str) -> int | None:
    """Return the seconds of an ISO 8601 duration such as PT900S, PT15M or P1D."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
