"""Bulk CM XML (3GPP TS 32.615): a tree of objects, vendor data in VsDataContainers.

Namespaces and their prefixes differ between exports, so local names decide. Inside `attributes` a
repeated element is a list and a nested one a struct, whose members are named "struct.member". The class
of a container is known only from its vsDataType.
"""

from typing import Protocol

from elex_browser.errors import UnsupportedError
from elex_browser.network.configuration import ROOT, Configuration
from elex_browser.network.readers.xml_stream import MAX_DEPTH, LocalNames, XmlStream
from elex_browser.network.source import DamagedFileError

_CONTAINER = "vsdatacontainer"
_TYPE = "vsDataType"
_NAMELESS = -2
Values = list[tuple[str, str]]


class Taker(Protocol):
    """Gets the values of each object as it is read."""

    def take(self, number: int, values: Values) -> None:
        """Judge or count them."""
        ...


class _Open:
    """An element of the tree whose end was not read yet."""

    __slots__ = (
        "line",
        "mo_class",
        "modifier",
        "number",
        "parent",
        "value",
        "values",
        "vendor",
        "vs_data",
    )

    def __init__(
        self, name: str, parent: "_Open | None", attributes: dict[str, str], line: int
    ) -> None:
        self.parent = parent
        self.vendor = name.lower() == _CONTAINER
        self.mo_class = name
        self.value = attributes.get("id")
        self.modifier = attributes.get("modifier", "")
        self.line = line
        self.values: Values = []
        self.vs_data = ""
        self.number: int | None = None


class BulkCmReader(XmlStream):
    """Fills a configuration from the bytes of one file."""

    def __init__(self, configuration: Configuration, check: Taker) -> None:
        super().__init__()
        self._configuration = configuration
        self._check = check
        self._local = LocalNames()
        self._open: _Open | None = None
        self._in_data = False
        self._in_attributes = False
        self._path: list[str] = []  # of elements below `attributes`, with their prefixes
        self._is_leaf = False
        self._in_vendor_part = False

    def feed(self, data: bytes) -> None:
        """Read on; see `XmlStream.feed` for what it raises."""
        super().feed(data)
        if len(self._path) > MAX_DEPTH:
            raise DamagedFileError(self.line, f"elements nest deeper than {MAX_DEPTH}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a value, the attributes of an object, or an object."""
        self.text = ""
        if self._in_attributes:
            if not self._path:
                self._in_vendor_part = self._local[name].startswith("vsData")
            self._path.append(name)
            self._is_leaf = True
            return
        local = self._local[name]
        if self._open is not None and local == "attributes":
            self._in_attributes = True
        elif self._in_data:
            self._begin(local, attributes)
        elif local == "configData":
            self._in_data = True

    def end(self, name: str) -> None:
        """End a value, the attributes of an object, or an object."""
        if not self._in_attributes:
            self._leave(self._local[name])
        elif not self._path:
            self._in_attributes = False
            self._keep(self._open)
        else:
            if self._is_leaf:
                self._is_leaf = False
                self._leaf(name)
            self._path.pop()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("class", "object", "parameter") and "id" not in attributes:
            raise UnsupportedError(
                f"line {self.line}: <{name}> is how Huawei's export writes objects",
                "Load bulk CM XML with VsDataContainers or standard objects, or CSV",
            )
        self._open = _Open(name, self._open, attributes, self.line)

    def _leave(self, name: str) -> None:
        if self._open is None:
            self._in_data = self._in_data and name != "configData"
            return
        self._number(self._open)
        self._open = self._open.parent

    def _leaf(self, name: str) -> None:
        opened, path, text = self._open, self._path, self.text.strip()
        assert opened is not None
        if not (self._in_vendor_part and opened.vendor):
            opened.values.append((self._named(path), text))
        elif len(path) == 2:
            opened.values.append((self._local[name], text))
            opened.vs_data = path[0]
        elif len(path) > 2:
            opened.values.append((self._named(path[1:]), text))
            opened.vs_data = path[0]
        elif self._local[name] == _TYPE:
            opened.vs_data = text

    def _named(self, path: list[str]) -> str:
        return ".".join(self._local[name] for name in path)

    def _keep(self, opened: _Open | None) -> None:
        """Store the values of an object whose attributes are complete."""
        assert opened is not None
        number, values = self._number(opened), opened.values
        opened.values = []
        if number == _NAMELESS:
            for attribute, _ in values:
                reason = f"{attribute} belongs to a {opened.mo_class} without id"
                self._configuration.reject(opened.line, reason)
            return
        self._configuration.put(number, values)
        self._check.take(number, values)

    def _number(self, opened: _Open) -> int:
        """Return the object's number in the configuration; its parents get theirs first."""
        waiting = []
        at: _Open | None = opened
        while at is not None and at.number is None:
            waiting.append(at)
            at = at.parent
        number = ROOT if at is None or at.number is None else at.number
        for each in reversed(waiting):
            number = each.number = self._object(number, each)
        return number

    def _object(self, parent: int, opened: _Open) -> int:
        if opened.vendor and opened.vs_data:
            opened.mo_class = self._local[opened.vs_data].removeprefix("vsData")
        if parent == _NAMELESS or opened.value is None:
            return _NAMELESS
        above = opened.parent
        # The vendor's attributes of a standard object come in a container below it, of the same name.
        is_same = above is not None and not above.vendor and above.value == opened.value
        if opened.vendor and is_same and above is not None and above.mo_class == opened.mo_class:
            return parent
        number = self._configuration.object(parent, opened.mo_class, opened.value)
        self._configuration.mention(number)
        return number
