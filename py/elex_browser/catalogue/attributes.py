"""What is known of MO attributes: a loaded model first, then catalogue facts, then the 3GPP models.

Vendor ranges are known for few attributes; the rest comes from a model file that the user loads. A range
of the 3GPP models (TS 28.541 and TS 28.622 as YANG, older ones as XSD) is used only where class and
attribute have the same names, and says so: the vendor may allow less.
"""

from functools import cached_property
from typing import Protocol

import msgspec

from elex_browser.catalogue.data_files import read_rows

Value = int | float | str
Span = tuple[int | float | None, int | float | None]
"""The least and greatest value; None where there is none."""


class AttributeFacts(msgspec.Struct, frozen=True):
    """What is known of one attribute; None or empty is unknown.

    Attributes:
        spans: the parts of the range where it has gaps; empty where minimum and maximum say it all.
        values: values seen in documentation; the whole set only if `values_complete`.
        numbers: of a whole set, the number that each value also goes by; empty where not known.
        range_source: where minimum, maximum or values come from; empty where none is known.
        special: values that mean "not set" or the like, whatever the range, with what they mean.
        is_read_only: whether only the node itself sets it.
        text: what a loaded model says about it.
    """

    mo_class: str
    attribute: str
    value_type: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    unit: str = ""
    default: Value | None = None
    values: tuple[Value, ...] = ()
    values_complete: bool = False
    recommended: Value | None = None
    range_source: str = ""
    spans: tuple[Span, ...] = ()
    numbers: tuple[int, ...] = ()
    special: tuple[tuple[Value, str], ...] = ()
    is_read_only: bool = False
    text: str = ""

    @property
    def range_text(self) -> str | None:
        """The range as it is written in tables and sentences; None where it is not known."""
        unit = f" {self.unit}" if self.unit else ""
        if self.spans:
            return " or ".join(map(_span_text, self.spans)) + unit
        if self.minimum is not None and self.maximum is not None:
            return f"{self.minimum} to {self.maximum}{unit}"
        if self.maximum is not None:
            return f"at most {self.maximum}{unit}"
        if self.minimum is not None:
            return f"at least {self.minimum}{unit}"
        if self.value_type == "boolean":
            return "false, true"
        if self.values:
            listed = ", ".join(map(str, self.values))
            return listed if self.values_complete else f"{listed} (values seen; there may be more)"
        return None


class Overlay(Protocol):
    """A model of the user's network, which knows more than the catalogue does."""

    def with_model(self, known: AttributeFacts) -> AttributeFacts:
        """Return the facts of an attribute with what the model says in place of what was known."""
        ...


class Attributes:
    """Facts by MO class and attribute; the files are read on first use.

    Attributes:
        overlay: a loaded model, or None.
    """

    def __init__(self) -> None:
        self.overlay: Overlay | None = None

    def facts(self, mo_class: str, attribute: str) -> AttributeFacts:
        """The known facts of an attribute with their source; for an unknown one, empty facts."""
        known = self.own_facts(mo_class, attribute)
        return known if self.overlay is None else self.overlay.with_model(known)

    def own_facts(self, mo_class: str, attribute: str) -> AttributeFacts:
        """The facts without those of a loaded model."""
        key = (mo_class, attribute)
        cells = self._catalogue.get(key)
        facts = _catalogue_facts(cells) if cells else AttributeFacts(mo_class, attribute)
        if not facts.range_source and (standard := self._standard.get(key)):
            facts = _with_standard_range(facts, standard)
        special = self._special.get(key)
        return msgspec.structs.replace(facts, special=special) if special else facts

    @cached_property
    def _catalogue(self) -> dict[tuple[str, str], list[str]]:
        return {(c[0], c[1]): c for c in read_rows("catalogue/data/attributes.tsv")}

    @cached_property
    def _standard(self) -> dict[tuple[str, str], list[str]]:
        rows: dict[tuple[str, str], list[str]] = {}
        for cells in read_rows("catalogue/data/nrm_ranges.tsv"):
            key = (cells[0], cells[1])
            # Where two sources differ, YANG is the newer model.
            if key not in rows or cells[7].startswith("YANG"):
                rows[key] = cells
        return rows

    @cached_property
    def _special(self) -> dict[tuple[str, str], tuple[tuple[Value, str], ...]]:
        values: dict[tuple[str, str], tuple[tuple[Value, str], ...]] = {}
        for mo_class, attribute, value, meaning in read_rows("catalogue/data/special_values.tsv"):
            key = (mo_class, attribute)
            values[key] = (*values.get(key, ()), (_listed(value), meaning))
        return values


def _span_text(span: Span) -> str:
    low, high = span
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"


def _catalogue_facts(cells: list[str]) -> AttributeFacts:
    mo_class, attribute, value_type, low, high, unit, default, values, complete, _, recommended = (
        cells
    )
    known = low or high or values or value_type == "boolean"
    return AttributeFacts(
        mo_class,
        attribute,
        value_type=value_type,
        minimum=_number(low),
        maximum=_number(high),
        unit=unit,
        default=_value(default),
        values=tuple(_listed(v) for v in values.split()),
        values_complete=complete == "yes",
        recommended=_value(recommended),
        range_source="catalogue" if known else "",
    )


def _with_standard_range(facts: AttributeFacts, cells: list[str]) -> AttributeFacts:
    _, _, value_type, low, high, unit, _, source = cells
    return msgspec.structs.replace(
        facts,
        value_type=facts.value_type or value_type,
        minimum=_number(low),
        maximum=_number(high),
        unit=facts.unit or unit,
        range_source=f"3GPP model ({source}); the vendor may allow less",
    )


def _number(text: str) -> int | float | None:
    if not text:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


def _listed(text: str) -> Value:
    try:
        number = _number(text)
    except ValueError:
        return text
    return text if number is None else number


def _value(text: str) -> Value | None:
    return _listed(text) if text else None
