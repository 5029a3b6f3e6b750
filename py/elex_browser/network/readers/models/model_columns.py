"""What rows of a model in CSV or JSON say: one attribute each, under the usual names of columns."""

import re
from collections.abc import Mapping, Sequence

from elex_browser.catalogue.attributes import Span
from elex_browser.network.readers.models.raw_model import RawAttribute, default, number
from elex_browser.network.readers.syntax.csv_records import cells_of, ends_open
from elex_browser.network.readers.syntax.object_columns import column, plain_name

CLASS = ("moclass", "class", "mo", "motype", "managedobject", "managedobjectclass")
ATTRIBUTE = ("attribute", "attributename", "parameter", "parametername")
_FACTS = {
    "type": ("type", "datatype", "valuetype"),
    "low": ("min", "minimum", "rangemin", "minvalue", "lower"),
    "high": ("max", "maximum", "rangemax", "maxvalue", "upper"),
    "range": ("range", "valuerange", "ranges"),
    "default": ("default", "defaultvalue"),
    "unit": ("unit", "units"),
    "values": ("values", "enum", "enumeration", "allowed", "allowedvalues", "members"),
    "text": ("description", "text", "comment"),
    "access": ("readonly", "access"),
}
_NO_MODEL = ("value", "currentvalue", "fdn", "dn", "ldn")
_SEPARATORS = (",", ";", "\t", "|")
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_SPAN = re.compile(
    rf"\s*[\[(]?\s*(?P<low>{_NUMBER}|-?inf|min)?\s*(?:\.\.+|:|,|\bto\b|–|-(?=\s*[+-]?\d)|(?<=\d)\s-\s)\s*"
    rf"(?P<high>{_NUMBER}|\+?inf|max)?\s*[\])]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[|;]|\bor\b")
_MEMBER = re.compile(
    r"(?:([+-]?\d+)\s*[:=]\s*)?([^:=()]+?)(?:\s*[:=(]\s*([+-]?\d+)\)?)?", re.DOTALL
)
_READ_ONLY = ("true", "yes", "1", "ro", "readonly", "read-only", "r")
_MAX_CELL = 100_000


def header_of(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the place of the header among a table's first lines and its separator, if it is a model's."""
    for at, line in enumerate(lines):
        for separator in sorted(_SEPARATORS, key=line.count, reverse=True):
            is_row = separator in line and not ends_open(line, separator, False)
            if is_row and is_model_header(cells_of(line, separator)):
                return at, separator
    return None


def is_model_header(cells: Sequence[str]) -> bool:
    """Tell whether columns are those of a model: class, attribute, and something about it."""
    plain = [plain_name(cell) for cell in cells]
    facts = [column(plain, names) for names in _FACTS.values()]
    is_named = column(plain, CLASS) is not None and column(plain, ATTRIBUTE) is not None
    return is_named and any(at is not None for at in facts) and column(plain, _NO_MODEL) is None


class BadFact(Exception):
    """A cell of a model that cannot be read, and why."""


def attribute_of(name: str, row: Mapping[str, str]) -> RawAttribute:
    """Return what a row says of an attribute; the keys are plain names of columns.

    Raises:
        BadFact: a limit or range is none.
    """
    raw = RawAttribute(name)
    said = {
        fact: next((row[known].strip() for known in names if row.get(known, "").strip()), "")
        for fact, names in _FACTS.items()
    }
    raw.value_type = said["type"]
    raw.unit = said["unit"]
    raw.text = said["text"]
    raw.is_read_only = said["access"].lower() in _READ_ONLY
    raw.default = default(said["default"]) if said["default"] else None
    if said["low"] or said["high"]:
        raw.spans = [(_limit(said["low"]), _limit(said["high"]))]
    if said["range"]:
        raw.spans = spans_of(said["range"])
    raw.members = members_of(said["values"])
    return raw


def spans_of(text: str) -> list[Span]:
    """Return the parts of a range such as "0..100 | 255", "[0, 7]" or "-20 to -10".

    Raises:
        BadFact: it is none.
    """
    spans: list[Span] = []
    for part in _PARTS.split(text[:_MAX_CELL]):
        single = number(part)
        if single is not None:
            spans.append((single, single))
            continue
        match = _SPAN.fullmatch(part)
        if match is None or not (match["low"] or match["high"]):
            raise BadFact(f"{part.strip()[:40]!r} is no range")
        spans.append((number(match["low"] or ""), number(match["high"] or "")))
    return spans


def members_of(text: str) -> list[tuple[str, int | None]]:
    """Return the members of a closed set such as "OFF=0 ON=1", "0:OFF, 1:ON" or "OFF | ON"."""
    text = text[:_MAX_CELL].strip("[]{} ")
    separators = [sign for sign in ("|", ";", ",") if sign in text]
    parts = text.split(separators[0]) if separators else text.split()
    found = []
    for part in parts:
        match = _MEMBER.fullmatch(part.strip())
        if match:
            value = match[1] or match[3]
            found.append((match[2].strip(), int(value) if value else None))
        elif part.strip():
            found.append((part.strip(), None))
    return found


def _limit(text: str) -> int | float | None:
    value = number(text)
    if value is None and text:
        raise BadFact(f"{text[:40]!r} is no number")
    return value
