"""YANG instance data as JSON (RFC 7951): "module:Class" members hold objects, or lists of them.

A member whose name begins with a capital letter, after its module, is an object; see `ObjectTree`. Lists
of leaves give a value per item, containers give "struct.member".
"""

from collections.abc import Iterator

from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.object_tree import ObjectTree
from elex_browser.network.readers.syntax.json_text import Json, JsonText

_MAX_DEPTH = 64


class YangJsonReader(JsonText):
    """Fills a configuration from the bytes of one document, or of one a line."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(_MAX_DEPTH)
        self._intake = intake

    def take(self, document: Json, line: int) -> None:
        """Take the objects of a document."""
        _Walk(self._intake, line).around(document, "")


class _Walk:
    """One document; JSON has no lines left once it is parsed, so all has that of its beginning."""

    def __init__(self, intake: Intake, line: int) -> None:
        self._intake = intake
        self._line = line
        self._tree = ObjectTree(intake)

    def around(self, value: Json, name: str) -> None:
        """Look for objects in what has none yet; values there belong to nothing."""
        if isinstance(value, dict):
            for key, inner in value.items():
                local = _local(key)
                if local[:1].isupper() and _is_object(inner):
                    self._objects(local, inner)
                else:
                    self.around(inner, local)
        elif isinstance(value, list):
            for inner in value:
                self.around(inner, name)
        else:
            self._intake.reject(
                self._line, f"{name[:40]!r} holds a value that belongs to no object"
            )

    def _objects(self, mo_class: str, value: Json) -> None:
        for each in value if isinstance(value, list) else [value]:
            assert isinstance(each, dict)
            self._tree.begin(mo_class)
            # The key first: it may stand anywhere in JSON.
            members = {_local(key): inner for key, inner in each.items()}
            self._check_names(each, members)
            key = next((name for name in members if self._tree.is_key(name)), "")
            if isinstance(members.get(key), str):
                self._tree.set_key(str(members.pop(key)))
            for name, inner in members.items():
                self._member(name, inner)
            self._tree.end(self._line)

    def _check_names(self, given: dict[str, Json], members: dict[str, Json]) -> None:
        """Tell of members that differ only in their module: one hides the other."""
        n_lost = len(given) - len(members)
        if n_lost:
            self._intake.reject(self._line, "two members differ only in their module", n_lost)

    def _member(self, name: str, value: Json) -> None:
        if name[:1].isupper() and _is_object(value):
            self._tree.settle(self._line)
            self._objects(name, value)
        elif name == "attributes" and isinstance(value, dict):
            for key, inner in value.items():
                self._values(_local(key), inner)
        else:
            self._values(name, value)

    def _values(self, attribute: str, value: Json) -> None:
        for name, text in leaves(attribute, value):
            self._tree.add(name, text)


def leaves(attribute: str, value: Json) -> Iterator[tuple[str, str]]:
    """Yield the values of an attribute: items of lists one by one, members of structs by name."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(f"{attribute}.{_local(key)}", inner)
    elif isinstance(value, list) and value and value != [None]:
        for inner in value:
            yield from leaves(attribute, inner)
    elif isinstance(value, bool):
        yield attribute, str(value).lower()
    else:
        is_empty = value is None or isinstance(value, dict | list)
        yield attribute, "" if is_empty else str(value).strip()


def _is_object(value: Json) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
