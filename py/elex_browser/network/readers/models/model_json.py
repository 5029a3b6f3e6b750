"""Models as JSON: a list of attributes, each with class, attribute and what is said of it; or classes that
hold their attributes, `{"classes": {"Cell": {"attributes": {"power": {"range": [0, 40]}}}}}`.
"""

from collections.abc import Iterator

from elex_browser.network.readers.models.model_columns import (
    ATTRIBUTE,
    CLASS,
    BadFact,
    attribute_of,
)
from elex_browser.network.readers.models.raw_model import RawModel, RawOwner
from elex_browser.network.readers.syntax.json_text import Json, JsonText
from elex_browser.network.readers.syntax.object_columns import plain_name
from elex_browser.network.rejections import Reject

_MAX_DEPTH = 16
Named = Iterator[tuple[str, Json]]


class ModelJsonReader(JsonText):
    """Fills a raw model from the bytes of one document."""

    def __init__(self, raw: RawModel, reject: Reject) -> None:
        super().__init__(_MAX_DEPTH)
        self._raw = raw
        self._reject = reject

    def take(self, document: Json, line: int) -> None:
        """Take the attributes of a document."""
        if isinstance(document, dict) and "classes" in document:
            self._raw.name = self._raw.name or _text(document.get("name"))
            self._raw.version = self._raw.version or _text(document.get("version"))
            for mo_class, said in _named(document["classes"]):
                attributes = said.get("attributes") if isinstance(said, dict) else None
                for name, facts in _named(attributes):
                    self._add(mo_class, name, facts, line)
            return
        rows = document.get("attributes") if isinstance(document, dict) else document
        for row in rows if isinstance(rows, list) else [document]:
            cells = _cells(row)
            mo_class = next((cells[name] for name in CLASS if cells.get(name)), "")
            attribute = next((cells[name] for name in ATTRIBUTE if cells.get(name)), "")
            self._add(mo_class, attribute, row, line)

    def _add(self, mo_class: str, name: str, facts: Json, line: int) -> None:
        if not mo_class or not name or not isinstance(facts, dict):
            self._reject(line, "an entry names no class or no attribute")
            return
        owner = next((each for each in self._raw.classes[-1:] if each.name == mo_class), None)
        if owner is None:
            owner = RawOwner(mo_class)
            self._raw.classes.append(owner)
        try:
            owner.attributes.append(attribute_of(name, _cells(facts)))
        except BadFact as exc:
            self._reject(line, f"{mo_class}.{name}: {exc}")


def _named(value: Json) -> Named:
    """The members of an object, or of a list whose items have a name."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for each in value:
            yield (_text(each.get("name")) if isinstance(each, dict) else ""), each


def _cells(row: Json) -> dict[str, str]:
    members = row.items() if isinstance(row, dict) else ()
    return {plain_name(key): _text(value) for key, value in members}


def _text(value: Json) -> str:
    """A value as the cell of a table would have it."""
    if isinstance(value, dict):
        return "|".join(f"{key}={_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        is_pair = len(value) == 2 and not any(isinstance(each, list | dict) for each in value)
        return (".." if is_pair and _is_number(value) else "|").join(map(_text, value))
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value


def _is_number(pair: list[Json]) -> bool:
    return all(
        isinstance(each, str) and each.lstrip("+-").replace(".", "", 1).isdigit() for each in pair
    )
