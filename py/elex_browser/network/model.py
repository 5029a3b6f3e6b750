"""A model of managed objects, as files say it: types, ranges, defaults, units and members by attribute.

What a model of the user's own network says goes before what the catalogue knows: it is of the release
that the nodes run.
"""

from collections.abc import Iterator

import msgspec

from elex_browser.catalogue.attributes import AttributeFacts, Span, Value
from elex_browser.catalogue.index import Catalogue
from elex_browser.protocol import FilledAttribute, ModelFact

_BOOLEAN_TYPES = ("boolean", "bool")


class AttributeModel(msgspec.Struct, frozen=True):
    """What a model says of one attribute; empty or None where it says nothing.

    Attributes:
        value_type: as the model names it; "enum" for a closed set.
        spans: the parts of the range.
        values: the members of a closed set, with `numbers` in the same order where they have some.
    """

    value_type: str = ""
    spans: tuple[Span, ...] = ()
    unit: str = ""
    default: Value | None = None
    values: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    is_read_only: bool = False
    text: str = ""

    @property
    def facts(self) -> list[ModelFact]:
        """What of an attribute the model says."""
        said: dict[ModelFact, bool] = {
            "type": bool(self.value_type),
            "range": bool(self.spans),
            "default": self.default is not None,
            "unit": bool(self.unit),
            "values": bool(self.values),
            "text": bool(self.text),
        }
        return [fact for fact, is_said in said.items() if is_said]


class Model:
    """Everything that loaded model files say; of two files the later one counts.

    Attributes:
        name: of the model or its file, to be named as the source of a range.
        version: as the model says; empty where it does not.
    """

    def __init__(self, name: str = "", version: str = "") -> None:
        self.name = name
        self.version = version
        self._attributes: dict[tuple[str, str], AttributeModel] = {}
        self._sources: dict[tuple[str, str], str] = {}

    def __len__(self) -> int:
        return len(self._attributes)

    def __iter__(self) -> Iterator[AttributeModel]:
        return iter(self._attributes.values())

    @property
    def n_classes(self) -> int:
        """How many classes have attributes."""
        return len({mo_class for mo_class, _ in self._attributes})

    def add(self, mo_class: str, attribute: str, said: AttributeModel) -> None:
        """Add what is said of an attribute; the member of a struct is "attribute.member"."""
        key = (mo_class, attribute)
        self._attributes[key] = said
        self._sources[key] = self.name

    def get(self, mo_class: str, attribute: str) -> AttributeModel | None:
        """Return what is said of an attribute, if anything is."""
        return self._attributes.get((mo_class, attribute))

    def absorb(self, other: "Model") -> None:
        """Take over what another model says."""
        self._attributes |= other._attributes
        self._sources |= other._sources
        self.name, self.version = other.name, other.version

    def with_model(self, known: AttributeFacts) -> AttributeFacts:
        """Return the facts of an attribute with what the model says in place of what was known."""
        key = (known.mo_class, known.attribute)
        said = self._attributes.get(key)
        if said is None:
            return known
        changes: dict[str, object] = {"is_read_only": said.is_read_only, "text": said.text}
        if said.value_type:
            changes["value_type"] = _plain_type(said.value_type)
        if said.unit:
            changes["unit"] = said.unit
        if said.default is not None:
            changes["default"] = said.default
        if said.spans or said.values or _plain_type(said.value_type) == "boolean":
            changes |= _range(said)
            changes["range_source"] = f"model {self._sources[key]}"
        return msgspec.structs.replace(known, **changes)

    def fills(self, catalogue: Catalogue) -> list[FilledAttribute]:
        """Return the attributes of the catalogue's features about which this says something new."""
        found = []
        for mo_class, attribute in _documented(catalogue):
            said = self._attributes.get((mo_class, attribute))
            if said is None:
                continue
            known = catalogue.attributes.own_facts(mo_class, attribute)
            was_known: dict[ModelFact, bool] = {
                "type": bool(known.value_type),
                "range": known.minimum is not None or known.maximum is not None,
                "default": known.default is not None,
                "unit": bool(known.unit),
                "values": bool(known.values) and known.values_complete,
                "text": False,
            }
            new = [fact for fact in said.facts if not was_known[fact]]
            if new:
                found.append(FilledAttribute(mo_class=mo_class, attribute=attribute, facts=new))
        return found

    def size_bytes(self) -> int:
        """Bytes held, estimated."""
        texts = sum(len(said.text) + 60 * len(said.values) for said in self)
        return 500 * len(self._attributes) + texts


def _documented(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The attributes that features of the catalogue name."""
    found = {
        (parameter.mo_class, parameter.attribute)
        for feature in catalogue.features
        for parameter in catalogue.details(feature.faj).parameter_list()
    }
    return sorted(found)


def _plain_type(value_type: str) -> str:
    return "boolean" if value_type.lower() in _BOOLEAN_TYPES else value_type


def _range(said: AttributeModel) -> dict[str, object]:
    lows = [low for low, _ in said.spans]
    highs = [high for _, high in said.spans]
    return {
        "minimum": None
        if None in lows
        else min((low for low in lows if low is not None), default=None),
        "maximum": None
        if None in highs
        else max((high for high in highs if high is not None), default=None),
        "spans": said.spans if len(said.spans) > 1 else (),
        "values": said.values,
        "numbers": said.numbers,
        "values_complete": bool(said.values),
    }
