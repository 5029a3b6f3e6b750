"""Logs of moshell: what `get`, `kget`, `hget`, `lget` and `st` print of one node or of several.

Tables stand between rules of equals signs, below a header that names a column MO. An object alone stands
below its name, a line per attribute; the members of a struct follow in lines that begin with ">>>". The
prompt tells the node, which names are relative to. Whatever else a log shows is no value.
"""

import re
from enum import Enum, auto

from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.moshell_tables import Layout, Misaligned, layout_of
from elex_browser.network.readers.syntax.text_decoding import Lines
from elex_browser.network.readers.syntax.value_text import Value, forms
from elex_browser.ran.dn import of_node

RULE = re.compile(r"\s*={20,}\s*")
PROMPT = re.compile(r"([\w.-]+)> ?(.*)", re.ASCII)
BANNER = re.compile(r"\d{6}-\d\d:\d\d:\d\d\S*\s.*stopfile=")
_TOTAL = re.compile(r"\s*Total: \d+ MOs.*")
# All lines are matched without the blanks around them: a pattern for those could take its time.
_OBJECT = re.compile(r"(?:\d+\s+|MO\s+)?(\w+=[^,]+(?:,\w+=[^,]+)*)", re.ASCII)
_ATTRIBUTE = re.compile(r"([A-Za-z_]\w*)(?:\s+(\S.*))?", re.ASCII)
_MEMBER = re.compile(r">>>\s*(?:\d+\.)?([A-Za-z_][\w.]*)\s*=(.*)", re.ASCII)
_STRUCT_HEAD = re.compile(r">>>\s*Struct\b.*")
_STRUCT_VALUE = re.compile(r"(?:Struct)?\s*(?:[A-Za-z]*\[\d+\]\s*=?|\{\d+\}|Struct.*)")
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def plain(text: str) -> str:
    """Return what a terminal shows, without the codes for colours."""
    return _COLOUR.sub("", text) if "\x1b" in text else text


class _Place(Enum):
    ELSEWHERE = auto()
    BELOW_RULE = auto()
    """The line tells what follows."""
    BELOW_HEADER = auto()
    TABLE = auto()
    OBJECT = auto()


class MoshellReader:
    """Fills a configuration from the bytes of one log."""

    def __init__(self, intake: Intake, head: bytes) -> None:
        self._intake = intake
        self._lines = Lines(head)
        self._node = ""
        self._place = _Place.ELSEWHERE
        self._layout: Layout | None = None
        self._dn = ""
        self._begin = 0
        self._values: list[Value] = []
        self._last: tuple[str, str] | None = None  # an attribute whose members may follow

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: a line longer than any real one.
        """
        for line in self._lines.feed(data):
            self._take(line)

    def close(self) -> None:
        """Tell that the log ends here."""
        for line in self._lines.rest():
            self._take(line)
        self._end_object()

    def break_off(self) -> None:
        """Keep what is complete: the line at hand is not."""
        self._end_object()

    def _take(self, line: str) -> None:
        line = plain(line)
        prompt = PROMPT.fullmatch(line)
        if prompt:
            self._leave(_Place.ELSEWHERE)
            self._node = prompt[1]
        elif RULE.fullmatch(line):
            is_head = self._place is _Place.BELOW_HEADER
            self._leave(self._place_below() if is_head else _Place.BELOW_RULE)
        elif not line.strip():
            if self._place is _Place.TABLE:
                self._leave(_Place.ELSEWHERE)
        elif _TOTAL.fullmatch(line):
            self._leave(_Place.ELSEWHERE)
        elif self._place is _Place.OBJECT:
            self._attribute(line)
        elif self._place is _Place.TABLE:
            self._row(line)
        elif self._place is _Place.BELOW_RULE or line.startswith("MO;"):
            self._header(line)

    def _place_below(self) -> _Place:
        return _Place.TABLE if self._layout is not None else _Place.OBJECT

    def _leave(self, place: _Place) -> None:
        if self._place is _Place.OBJECT:
            self._end_object()
        self._place = place

    def _header(self, line: str) -> None:
        self._layout = layout_of(line)
        if self._layout is not None:
            self._place = _Place.TABLE if ";" in line else _Place.BELOW_HEADER
            return
        named = _OBJECT.fullmatch(line.strip())
        self._place = _Place.BELOW_HEADER if named else _Place.ELSEWHERE
        if named:
            self._dn, self._begin = named[1], self._lines.number

    def _row(self, line: str) -> None:
        assert self._layout is not None
        number = self._lines.number
        try:
            row = self._layout.row(line)
        except Misaligned as exc:
            self._intake.reject(number, str(exc), self._layout.n_attributes)
            return
        values = [form for name, text in row.values for form in forms(name, text)]
        self._keep(number, row.object, values)

    def _attribute(self, line: str) -> None:
        line = line.strip()
        member, attribute = _MEMBER.fullmatch(line), _ATTRIBUTE.fullmatch(line)
        if member and self._last:
            name = self._last[0]
            self._last = (name, "")
            self._values += forms(f"{name}.{member[1]}", member[2].strip())
        elif attribute:
            self._end_attribute()
            text = attribute[2] or ""
            if _STRUCT_VALUE.fullmatch(text):
                self._last = (attribute[1], text)
            else:
                self._last = (attribute[1], "")
                self._values += forms(attribute[1], text)
        elif not _STRUCT_HEAD.fullmatch(line):
            self._intake.reject(self._lines.number, f"{line[:80]!r} is no attribute")

    def _end_attribute(self) -> None:
        """Keep the text of a struct or list of which no member followed."""
        if self._last and self._last[1]:
            self._values += forms(*self._last)
        self._last = None

    def _end_object(self) -> None:
        if self._place is _Place.OBJECT and self._dn:
            self._end_attribute()
            self._keep(self._begin, self._dn, self._values)
        self._dn, self._values, self._last = "", [], None

    def _keep(self, line: int, dn: str, values: list[Value]) -> None:
        number = self._intake.number_of(line, of_node(self._node, dn), len(values))
        if number is not None:
            self._intake.take_forms(number, values)
