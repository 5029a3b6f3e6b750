"""Measurements of 3GPP in VES events (ONAP's and O-RAN's `perf3gpp`), as JSON.

One event, a list of events, an `eventList`, or one a line. Values are texts; `p` counts within its measInfo.
"""

from elex_browser.network.measurements import CounterColumn, Measurements
from elex_browser.network.readers.measurements.pm_periods import Span
from elex_browser.network.readers.measurements.pm_positions import Positions, Unpaired
from elex_browser.network.readers.measurements.pm_results import result
from elex_browser.network.readers.measurements.pm_rows import Rows
from elex_browser.network.readers.syntax.json_text import Json, JsonText
from elex_browser.network.rejections import Reject
from elex_browser.network.times import plain_seconds
from elex_browser.ran.dn import has_controls, of_node

_MAX_DEPTH = 32
_MICROSECONDS = 1_000_000
_VALUES = ("sValue", "iValue", "rValue")
Members = dict[str, Json]


class VesJsonReader(JsonText):
    """Fills measurements from the bytes of one file."""

    def __init__(self, store: Measurements, reject: Reject) -> None:
        super().__init__(_MAX_DEPTH)
        self._store = store
        self._reject = reject
        self._n_seen = 0

    def take(self, document: Json, line: int) -> None:
        """Take the events of a document."""
        self._n_seen = 0
        self._take(document, line)
        n_elsewhere = _n_results(document) - self._n_seen
        if n_elsewhere > 0:
            self._reject(line, "measResults stand where an event has none", n_elsewhere)

    def _take(self, document: Json, line: int) -> None:
        if isinstance(document, list):
            for each in document:
                self._take(each, line)
            return
        members = _members(document)
        if "eventList" in members:
            for each in self._list(members["eventList"], line):
                self._event(_members(each), line)
        else:
            self._event(_members(members.get("event", document)), line)

    def _event(self, event: Members, line: int) -> None:
        fields = _members(event.get("perf3gppFields"))
        if not fields:
            self._reject(line, "an event holds no perf3gppFields", 0)
            return
        collection = _members(fields.get("measDataCollection"))
        header = _members(event.get("commonEventHeader"))
        period = _period(header, _text(collection.get("granularityPeriod")))
        node = _text(collection.get("measuredEntityDn")) or _text(header.get("sourceName"))
        for info in self._list(collection.get("measInfoList"), line):
            self._info(_members(info), node, period, line)

    def _info(self, info: Members, node: str, period: Span | None, line: int) -> None:
        positions: Positions[CounterColumn] = Positions()
        types = _members(info.get("measTypes"))
        names = types.get("sMeasTypesList", types.get("iMeasTypesList"))
        for name in self._list(names, line):
            text = _text(name)
            positions.add(None, self._store.column(text) if text else None)
        for value in self._list(info.get("measValuesList"), line):
            self._object(_members(value), positions, node, period, line)

    def _object(
        self,
        value: Members,
        positions: Positions[CounterColumn],
        node: str,
        period: Span | None,
        line: int,
    ) -> None:
        rows = Rows(self._store, self._reject)
        positions.begin_row()
        given = _text(value.get("measObjInstId"))
        dn = of_node(node, given) if given else ""
        if not dn:
            rows.problem = "measObjInstId names no object"
        elif has_controls(dn):
            rows.problem = f"the name {dn[:80]!r} holds control characters"
        elif period is None:
            rows.problem = "the time of the event is not given"
        else:
            rows.begin(dn, period)
        results = self._list(value.get("measResults"), line)
        self._n_seen += len(results)
        for each in results:
            self._result(_members(each), positions, rows, line)
        mark = _text(value.get("suspectFlag")).lower()
        if mark in ("true", "1"):
            rows.doubt()
        elif mark not in ("", "false", "0"):
            rows.drop(line, f"suspectFlag is {mark[:40]!r}, neither true nor false")
        rows.end()

    def _result(
        self, given: Members, positions: Positions[CounterColumn], rows: Rows, line: int
    ) -> None:
        if rows.problem:
            self._reject(line, rows.problem)
            return
        text = next((_text(given[name]) for name in _VALUES if name in given), "")
        is_null = _text(given.get("isNull")).lower() == "true"
        if not text and not is_null and not any(name in given for name in _VALUES):
            positions.skip()
            self._reject(line, f"a result holds none of {', '.join(_VALUES)}")
            return
        try:
            column = positions.pair(_text(given["p"]) if "p" in given else None, text)
        except Unpaired as exc:
            self._reject(line, str(exc))
            return
        value = None if is_null else result(text)
        if isinstance(value, str):
            self._reject(line, f"{value[:40]!r} is no number")
        else:
            rows.add(column, value)

    def _list(self, value: Json, line: int) -> list[Json]:
        if isinstance(value, list):
            return value
        if value is not None:
            self._reject(line, "a list is expected where the event has none")
        return []


def _period(header: Members, granularity: str) -> Span | None:
    """The period of an event: its granularity decides how long it is, its end when it was."""
    length = plain_seconds(granularity)
    begin, end = (
        _seconds(header.get(name)) for name in ("startEpochMicrosec", "lastEpochMicrosec")
    )
    if end is not None and (begin is None or begin < end):
        if length is not None:
            return end - length, end
        return (end if begin is None else begin), end
    if begin is None or length is None:
        return None
    return begin, begin + length


def _seconds(value: Json) -> int | None:
    text = _text(value).partition(".")[0]
    is_time = text.isascii() and text.isdigit() and len(text) < 18
    return int(text) // _MICROSECONDS if is_time else None


def _n_results(value: Json) -> int:
    """How many results stand anywhere in a document."""
    if isinstance(value, list):
        return sum(map(_n_results, value))
    if not isinstance(value, dict):
        return 0
    own = value.get("measResults")
    inner = sum(_n_results(each) for name, each in value.items() if name != "measResults")
    return inner + (len(own) if isinstance(own, list) else 0)


def _members(value: Json) -> Members:
    return value if isinstance(value, dict) else {}


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.strip() if isinstance(value, str) else ""
