"""What a model file says before its references are followed: owners, their attributes, and their types.

A type may name another one: a struct gives an attribute per member, an enumeration its members, a derived
type what it is made from.
"""

from collections.abc import Iterator

from elex_browser.catalogue.attributes import Span, Value
from elex_browser.network.model import AttributeModel, Model

MAX_DEPTH = 20


class RawAttribute:
    """An attribute, a member of a struct, or what a derived type is made from."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value_type = ""
        self.reference = ""
        self.spans: list[Span] = []
        self.unit = ""
        self.default: Value | None = None
        self.members: list[tuple[str, int | None]] = []
        self.is_read_only = False
        self.text = ""


class RawOwner:
    """A class, a struct, a derived type (its only attribute has its name), or an enumeration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.attributes: list[RawAttribute] = []
        self.members: list[tuple[str, int | None]] = []


class RawModel:
    """The owners of one or several files, by what they are."""

    def __init__(self) -> None:
        self.name = self.version = ""
        self.classes: list[RawOwner] = []
        self.structs: dict[str, RawOwner] = {}
        self.enums: dict[str, RawOwner] = {}
        self.derived: dict[str, RawOwner] = {}

    def fill(self, model: Model) -> None:
        """Give a model what these files say, with all references followed."""
        for owner in self.classes:
            for attribute in owner.attributes:
                for name, said in self._resolved(attribute, attribute.name, 0):
                    model.add(owner.name, name, said)

    def _resolved(
        self, raw: RawAttribute, name: str, depth: int
    ) -> Iterator[tuple[str, AttributeModel]]:
        struct = self.structs.get(raw.reference)
        if struct is not None and depth < MAX_DEPTH:
            for member in struct.attributes:
                yield from self._resolved(member, f"{name}.{member.name}", depth + 1)
            return
        yield name, self._said(raw, 0)

    def _said(self, raw: RawAttribute, depth: int) -> AttributeModel:
        """What an attribute has itself, and for what it lacks its derived type."""
        derived = self.derived.get(raw.reference)
        base = AttributeModel()
        if derived is not None and derived.attributes and depth < MAX_DEPTH:
            base = self._said(derived.attributes[0], depth + 1)
        enum = self.enums.get(raw.reference)
        members = raw.members or (enum.members if enum is not None else [])
        numbers = [number for _, number in members if number is not None]
        value_type = "enum" if members else "" if derived is not None else raw.value_type
        return AttributeModel(
            value_type=value_type or base.value_type or raw.value_type,
            spans=tuple(raw.spans) or base.spans,
            unit=raw.unit or base.unit,
            default=base.default if raw.default is None else raw.default,
            values=tuple(name for name, _ in members) or base.values,
            numbers=tuple(numbers) if len(numbers) == len(members) and members else base.numbers,
            is_read_only=raw.is_read_only,
            text=raw.text or base.text,
        )


def number(text: str) -> int | float | None:
    """Return the number that a limit is, or None."""
    text = text.strip()
    if len(text) > 40 or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(text) if text.lstrip("+-").isdigit() else int(value) if value.is_integer() else value


def default(text: str) -> Value:
    """Return a default as a number where it is one."""
    value = number(text)
    return text.strip() if value is None else value
