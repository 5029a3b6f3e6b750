"""Models of managed objects in XML: documents with `<models><mim …>` and with `<mim>` alone.

They say of each attribute its type, ranges, default, unit and text. Actions, relationships, and what is only
of interest to printed documents, are passed over.
"""

from elex_browser.network.readers.models.raw_model import (
    RawAttribute,
    RawModel,
    RawOwner,
    default,
    number,
)
from elex_browser.network.readers.syntax.xml_stream import MAX_DEPTH, LocalNames, XmlStream
from elex_browser.network.rejections import Reject
from elex_browser.network.source import DamagedFileError

_TYPES = frozenset(
    "boolean string wstring integer int8 int16 int32 int64 uint8 uint16 uint32 uint64 octet char "
    "short long longlong float double void".split()
)
_REFERENCES = frozenset("enumRef structRef moRef derivedDataTypeRef".split())
_TYPED = ("attribute", "structMember", "derivedDataType")
_HOLDERS = ("dataType", "baseType", "sequence", "structMember")
_OWNERS = ("class", "struct", "exclusiveStruct", "enum", "derivedDataType")
_LEAVES = frozenset("min max defaultValue seqDefaultValue unit value description".split())
_AROUND = {"class": ("mim", "models"), "attribute": ("class",)}


class MomXmlReader(XmlStream):
    """Fills a raw model from the bytes of one document."""

    doctypes = ("models", "mim")  # these documents name their schema

    def __init__(self, raw: RawModel, reject: Reject) -> None:
        super().__init__()
        self._raw = raw
        self._reject = reject
        self._local = LocalNames()
        self._path: list[str] = []
        self._depth_passed = 0  # inside what is passed over
        self._inner = 0  # inside a text
        self._owner = RawOwner("")
        self._attribute = RawAttribute("")
        self._low: int | float | None = None
        self._high: int | float | None = None
        self._member_name: str | None = None
        self._unknown_type = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; some say all by being there."""
        local = self._local[name]
        parent = self._path[-1] if self._path else ""
        if len(self._path) + self._depth_passed + self._inner > MAX_DEPTH:
            raise DamagedFileError(self.line, f"elements nest deeper than {MAX_DEPTH}")
        if self._inner or parent in _LEAVES:
            self._inner += 1  # a text goes on through what lies in it
            return
        self.text = ""
        if self._depth_passed or local in ("action", "relationship"):
            self._depth_passed += 1
            return
        self._path.append(local)
        given = attributes.get("name", "").strip()
        if local in _OWNERS and parent in ("mim", "models"):
            self._begin_owner(local, given)
        elif local in ("attribute", "structMember") and parent in _OWNERS:
            self._begin_attribute(given)
        elif local == "enumMember":
            self._owner.members.append((given, None))
        elif local in ("mim", "interMim") and not self._raw.name:
            self._raw.name = given
            parts = (attributes.get("version", ""), attributes.get("release", ""))
            self._raw.version = "_".join(part for part in parts if part)
        elif parent in _HOLDERS and (local in _TYPES or local in _REFERENCES):
            self._attribute.value_type = local
            self._attribute.reference = given
        elif parent in ("dataType", "baseType") and local != "sequence":
            self._unknown_type = local
        elif local == "dataType":
            self._unknown_type = ""
        elif local == "range":
            self._low = self._high = None
        elif local == "value":
            self._member_name = attributes.get("name")
        elif local == "readOnly" and parent == "attribute":
            self._attribute.is_read_only = True
        elif given and parent in _OWNERS:
            self._reject(self.line, f"<{local[:40]}> is not known in <{parent}>", 0)

    def end(self, name: str) -> None:
        """End an element and take its text."""
        if self._inner:
            self._inner -= 1
            return
        if self._depth_passed:
            self._depth_passed -= 1
            return
        local = self._path.pop()
        parent = self._path[-1] if self._path else ""
        if local == "range" and parent in _TYPES:
            self._attribute.spans.append((self._low, self._high))
        elif local == "dataType" and not self._attribute.value_type:
            self._reject(self.line, f"the type <{self._unknown_type[:40]}> is not known")
        elif local in _LEAVES:
            self._take_text(local, parent, self.text.strip())
        self.text = ""

    def break_off(self) -> None:
        """Keep what was said up to here."""

    def _begin_owner(self, kind: str, name: str) -> None:
        self._owner = RawOwner(name)
        if kind == "class":
            self._raw.classes.append(self._owner)
        elif kind == "enum":
            self._raw.enums[name] = self._owner
        elif kind == "derivedDataType":
            self._raw.derived[name] = self._owner
            self._begin_attribute(name)
        else:
            self._raw.structs[name] = self._owner

    def _begin_attribute(self, name: str) -> None:
        self._attribute = RawAttribute(name)
        self._owner.attributes.append(self._attribute)

    def _take_text(self, local: str, parent: str, text: str) -> None:
        attribute = self._attribute
        if local in ("min", "max") and parent == "range":
            limit = number(text)
            if limit is None and text:
                self._reject(self.line, f"{text[:40]!r} is no number")
            elif local == "min":
                self._low = limit
            else:
                self._high = limit
        elif local in ("defaultValue", "seqDefaultValue"):
            attribute.default = default(text)
        elif local == "unit":
            attribute.unit = text
        elif local == "description" and parent in _TYPED:
            attribute.text = text
        elif local == "value":
            self._take_member(parent, text)

    def _take_member(self, parent: str, text: str) -> None:
        value = number(text)
        whole = value if isinstance(value, int) else None
        if parent == "enumMember" and self._owner.members:
            name, _ = self._owner.members.pop()
            self._owner.members.append((name, whole))
            if text and value is None:
                self._reject(self.line, f"{text[:40]!r} is no number")
        elif parent == "validValues":
            named = self._member_name
            self._attribute.members.append((text, None) if named is None else (named, whole))
