"""PM XML: measCollecFile of 3GPP TS 32.435, measDataFile of TS 28.532 and mdc of TS 32.401.

Real files differ from their schema, so none is enforced: results may be vectors ("0,5,1"), blank instead
of NIL, in any order, or absent; a measInfoId may come back once per job. But no text is passed over: what
belongs to nothing is rejected.
"""

from elex_browser.network.measurements import CounterColumn, Measurements
from elex_browser.network.readers.measurements.pm_context import NoRow, PmContext
from elex_browser.network.readers.measurements.pm_positions import Positions, Unpaired
from elex_browser.network.readers.measurements.pm_results import result
from elex_browser.network.readers.measurements.pm_roles import LEAVES, Role, all_within
from elex_browser.network.readers.measurements.pm_rows import OUTSIDE, Rows
from elex_browser.network.readers.syntax.xml_stream import BLANKS, XmlStream
from elex_browser.network.rejections import Reject

_RESULT = Role.RESULT


class PmXmlReader(XmlStream):
    """Fills measurements from the bytes of one file."""

    doctypes = ("mdc",)  # whose exports name their schema so

    def __init__(self, store: Measurements, reject: Reject) -> None:
        super().__init__()
        self._store = store
        self._reject = reject
        self._within = all_within()
        self._context = [Role.DOCUMENT]
        self._rows = Rows(store, reject)
        self._positions: Positions[CounterColumn] = Positions()
        self._position: str | None = None
        self._around = PmContext()
        # Of the leaf at hand: the words before elements that should not be in it, and the first of those.
        self._n_words = 0
        self._broken_by = ""
        self._is_list = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element: what is said in attributes is noted."""
        text, self.text = self.text, ""
        parent = self._context[-1]
        role = self._within[parent][name]
        self._context.append(role)
        if role is _RESULT:  # nearly all elements are results
            self._position = attributes.get("p")
            self._n_words, self._broken_by = 0, ""
            if text and not text.isspace():
                self._check_blank(text)
            return
        if parent in LEAVES:
            self._n_words += len(text.split())
            self._broken_by = self._broken_by or name
            return
        if text and parent is not Role.IGNORED:
            self._check_blank(text)
        if role in LEAVES:
            self._position = attributes.get("p")
            self._n_words, self._broken_by = 0, ""
        elif role is Role.VALUE:
            self._positions.begin_row()
            self._rows.problem = "measValue names no object"
            if "measObjLdn" in attributes:
                self._begin_row(attributes["measObjLdn"])
        elif role is Role.UNKNOWN:
            # Inside an object it may be a list of results under a wrong name.
            self._is_list = parent is Role.VALUE and "p" not in attributes
        else:
            if role is Role.INFO:
                self._positions.clear()
            self._around.note(role, name, attributes)

    def end(self, name: str) -> None:
        """End an element: what is said in its text is noted, results are stored."""
        role = self._context.pop()
        text, self.text = self.text.strip(BLANKS), ""
        if role is _RESULT and not self._broken_by:
            self._take(text)
            return
        if role in LEAVES:
            if self._broken_by:
                self._end_broken(role, len(text.split()))
            else:
                self._end_leaf(role, text)
        elif role is Role.IGNORED:
            if self._context[-1] in LEAVES:
                self._n_words += len(text.split())
        elif role is Role.UNKNOWN and text:
            count = len(text.split()) if self._is_list else 1
            self._reject(self.line, f"<{name[:40]}> is not known here but holds text", count)
        elif text:
            self._check_blank(text)
        if role is Role.VALUE:
            self._rows.end()

    def close(self) -> None:
        """Tell that the file ends here; see `XmlStream.close`."""
        super().close()
        self._rows.end_file(self._around.begin, self._around.end)

    def break_off(self) -> None:
        """Keep what is complete; the mark of the object that the file breaks off in is not known."""
        self._rows.doubt()
        self._rows.end()
        self._rows.end_file(self._around.begin, self._around.end)

    def _check_blank(self, text: str) -> None:
        text = text.strip(BLANKS)
        if text:
            self._reject(self.line, f"the text {text[:40]!r} belongs to no element")

    def _begin_row(self, ldn: str) -> None:
        """Find out what the results that follow belong to."""
        self._rows.end()
        try:
            self._rows.begin(self._around.dn(ldn), self._around.span())
        except NoRow as exc:
            self._rows.problem = str(exc)

    def _take(self, text: str) -> None:
        """Store one result, or say why not."""
        if self._rows.problem:
            self._reject(self.line, self._rows.problem)
            return
        try:
            column = self._positions.pair(self._position, text)
        except Unpaired as exc:
            self._reject(self.line, str(exc))
            return
        if text.isdigit() and text.isascii() and len(text) < 16:
            self._rows.columns.append(column)
            self._rows.values.append(float(text))
        else:
            self._keep(column, text)

    def _keep(self, column: CounterColumn, text: str) -> None:
        value = result(text)
        if isinstance(value, str) and not self._around.allows_text:
            self._reject(self.line, f"{value[:40]!r} is no number")
        else:
            self._rows.add(column, value)

    def _take_list(self, words: list[str]) -> None:
        """Give results without positions those of the list of names, where there are as many."""
        problem = self._rows.problem
        counters: list[CounterColumn | None] = []
        if not problem:
            try:
                counters = self._positions.pair_list(len(words))
            except Unpaired as exc:
                problem = str(exc)
        if problem:
            self._reject(self.line, problem, len(words))
            return
        for place, (column, word) in enumerate(zip(counters, words, strict=True), 1):
            if column is None:
                self._reject(self.line, f"the name of the counter at place {place} is empty")
            else:
                self._keep(column, word)

    def _end_leaf(self, role: Role, text: str) -> None:
        """End an element that holds text."""
        match role:
            case Role.STRAY:
                self._reject(self.line, OUTSIDE)
            case Role.STRAY_LIST:
                self._reject(self.line, OUTSIDE, len(text.split()))
            case Role.TYPE:
                column = self._store.column(text) if text else None
                self._positions.add(self._position, column)
            case Role.TYPES:
                for name in text.split():
                    self._positions.add(None, self._store.column(name))
            case Role.RESULTS:
                self._take_list(text.split())
            case Role.SUSPECT:
                self._doubt(text)
            case Role.OBJECT:
                self._begin_row(text)
            case _:
                self._around.note_text(role, text)

    def _end_broken(self, role: Role, n_last: int) -> None:
        """End an element that holds another one where only text may be."""
        name, self._broken_by = self._broken_by, ""
        if role is Role.SUSPECT:
            self._doubt(name)
            return
        count = 1
        if role in (Role.RESULTS, Role.STRAY_LIST):
            count = max(self._n_words + n_last, 1)
        elif role is Role.TYPE:
            self._positions.add(self._position, None)
        elif role is Role.RESULT:
            self._positions.skip()
        self._reject(self.line, f"<{name[:40]}> is not known here but holds text", count)

    def _doubt(self, mark: str) -> None:
        """Mark the object at hand, or take its results back where the mark cannot be read."""
        if mark.lower() in ("true", "1"):
            self._rows.doubt()
        elif mark.lower() not in ("false", "0"):
            reason = f"suspect is {mark[:40]!r}, neither true nor false"
            self._rows.drop(self.line, reason)
