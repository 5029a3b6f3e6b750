"""The XML of NETCONF and of YANG instance data (RFC 6241, RFC 7950): what a node answers or takes.

What stands around the objects, a reply or a data tree, has no values of its own. An `operation` makes an
object part of a plan.
"""

from enum import Enum, auto

from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.object_tree import ObjectTree
from elex_browser.network.readers.syntax.xml_stream import BLANKS, MAX_DEPTH, LocalNames, XmlStream
from elex_browser.network.source import DamagedFileError
from elex_browser.protocol import PlannedOperation

_PLANS: dict[str, PlannedOperation] = {
    "create": "create",
    "merge": "set",
    "replace": "set",
    "delete": "delete",
    "remove": "delete",
}


class _Kind(Enum):
    WRAPPER = auto()
    OBJECT = auto()
    KEY = auto()
    ATTRIBUTES = auto()
    ATTRIBUTE = auto()


class NetconfReader(XmlStream):
    """Fills a configuration from the bytes of one document."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._tree = ObjectTree(intake)
        self._local = LocalNames()
        self._context: list[_Kind] = []
        self._path: list[str] = []
        self._is_leaf = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a wrapper, an object, its key or a value."""
        text, self.text = self.text, ""
        self._check_blank(text)
        local = self._local[name]
        kind = self._kind(local)
        self._context.append(kind)
        if len(self._context) > MAX_DEPTH:
            raise DamagedFileError(self.line, f"elements nest deeper than {MAX_DEPTH}")
        if kind is _Kind.OBJECT:
            if self._tree:
                self._tree.settle(self.line)
            self._tree.begin(local, _plan_of(attributes, self._local))
        elif kind is _Kind.ATTRIBUTE:
            self._path.append(local)
            self._is_leaf = True

    def end(self, name: str) -> None:
        """End it."""
        text, self.text = self.text.strip(BLANKS), ""
        kind = self._context.pop()
        if kind is _Kind.ATTRIBUTE:
            if self._is_leaf:
                self._tree.add(".".join(self._path), text)
            else:
                self._check_blank(text)
            self._is_leaf = False
            self._path.pop()
        elif kind is _Kind.KEY:
            self._tree.set_key(text)
        elif kind is _Kind.WRAPPER and text:
            self._intake.reject(self.line, f"<{name[:40]}> holds text that belongs to no object")
        else:
            self._check_blank(text)
            if kind is _Kind.OBJECT:
                self._tree.end(self.line)

    def break_off(self) -> None:
        """Keep the values of the objects that the file breaks off in, where they have their key."""
        while self._tree:
            self._tree.end(self.line)

    def _kind(self, local: str) -> _Kind:
        around = self._context[-1] if self._context else _Kind.WRAPPER
        if around in (_Kind.WRAPPER, _Kind.KEY):
            is_object = around is _Kind.WRAPPER and local[:1].isupper()
            return _Kind.OBJECT if is_object else _Kind.WRAPPER
        if around is not _Kind.OBJECT:
            return _Kind.ATTRIBUTE
        if local == "attributes":
            return _Kind.ATTRIBUTES
        if local[:1].isupper():
            return _Kind.OBJECT
        return _Kind.KEY if self._tree.is_key(local) else _Kind.ATTRIBUTE

    def _check_blank(self, text: str) -> None:
        text = text.strip(BLANKS)
        if text:
            self._intake.reject(self.line, f"the text {text[:40]!r} belongs to no element")


def _plan_of(attributes: dict[str, str], local: LocalNames) -> PlannedOperation | None:
    """What an edit is to do with an object."""
    for name, value in attributes.items():
        if local[name] == "operation":
            return _PLANS.get(value.strip())
    return None
