"""What values of attributes may be: ranges, closed sets and booleans, with what is special beside them."""

import math
import re
import sys
from typing import NamedTuple

from elex_browser.catalogue.attributes import AttributeFacts, Span
from elex_browser.catalogue.index import Catalogue
from elex_browser.protocol import Severity

SEVERAL = ", "
"""Stands between the items of a list where they are one text."""
BOOLEANS = ("false", "true")
UNSET = frozenset({"", "null"})
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE_TYPES = re.compile(r"u?(int|short|long|byte|integer|unsigned)", re.IGNORECASE)
_STANDARD = "3GPP"
# Internal to the node, by the vendor's own naming; what such an attribute holds means nothing outside.
_TEMPORARY = "zzzTemporary"


class Rule(NamedTuple):
    """What values of one attribute may be.

    Attributes:
        minimum, maximum: the outer bounds; None where there is none.
        spans: the parts of the range where it has gaps, else empty.
        members: the names and numbers of a closed set, else empty.
        special: numbers that are in order whatever the range says.
        text: the range with its source, to be shown.
    """

    minimum: float | int | None
    maximum: float | int | None
    spans: tuple[Span, ...]
    members: frozenset[str]
    special: frozenset[float]
    is_boolean: bool
    is_whole: bool
    is_read_only: bool
    text: str
    severity: Severity

    @property
    def low(self) -> float:
        """The least number, the least of all where there is no bound."""
        return -sys.float_info.max if self.minimum is None else float(self.minimum)

    @property
    def high(self) -> float:
        """The greatest number."""
        return sys.float_info.max if self.maximum is None else float(self.maximum)

    @property
    def is_plain(self) -> bool:
        """Whether the outer bounds are the whole rule."""
        return not (self.is_boolean or self.members or self.spans or self.special)

    @property
    def allowed(self) -> list[str] | None:
        """The values of a closed set, else None."""
        if self.is_boolean:
            return list(BOOLEANS)
        names = [member for member in self.members if not NUMBER.fullmatch(member)]
        return sorted(names or self.members) or None

    def number(self, text: str) -> float:
        """The number that a text is, or NaN; a boolean is 0 or 1, also written as a number."""
        if self.is_boolean and text.lower() in BOOLEANS:
            return float(text.lower() == "true")
        if not NUMBER.fullmatch(text):
            return math.nan
        value = float(text)
        return math.nan if self.is_whole and not value.is_integer() else value

    def keeps(self, text: str) -> bool:
        """Tell whether one value keeps the rule; one that is not set does."""
        if text in UNSET or text in self.members:
            return True
        value = self.number(text)
        if self.is_boolean:
            return value in (0.0, 1.0)
        if value in self.special:
            return True
        if self.members:
            return value.is_integer() and str(int(value)) in self.members
        if self.spans:
            return any(_lies_in(value, span) for span in self.spans)
        return self.low <= value <= self.high

    def broken_by(self, text: str) -> str:
        """Say how a value breaks the rule."""
        if self.is_boolean:
            return "neither false nor true"
        if self.members:
            return f"none of {self.text}"
        if not NUMBER.fullmatch(text):
            return f"not a number; range {self.text}"
        if self.is_whole and is_fraction(text):
            return f"not a whole number; range {self.text}"
        return f"outside {self.text}"


class ClassRules(dict[str, "Rule | None"]):
    """The rules of one class by attribute, made on first use; None where no range is known."""

    def __init__(self, catalogue: Catalogue, mo_class: str) -> None:
        self._catalogue = catalogue
        self._mo_class = mo_class

    def __missing__(self, attribute: str) -> Rule | None:
        is_internal = attribute.startswith(_TEMPORARY)
        facts = self._catalogue.attributes.facts(self._mo_class, attribute)
        rule = self[attribute] = None if is_internal else rule_of(facts)
        return rule


class Rules(dict[str, ClassRules]):
    """The rules of all classes; clear it when the known facts change."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __missing__(self, mo_class: str) -> ClassRules:
        made = self[mo_class] = ClassRules(self._catalogue, mo_class)
        return made


def fits(rule: Rule, text: str) -> bool:
    """Tell whether one value, or every item of a list, keeps a rule; an unset one does."""
    return all(rule.keeps(item) for item in text.split(SEVERAL))


def rule_of(facts: AttributeFacts) -> Rule | None:
    """Return the rule that the facts of an attribute give, or None."""
    is_boolean = facts.value_type == "boolean"
    # Sets from documentation are never complete enough to call another value wrong; those of a model are.
    has_members = facts.values_complete and facts.range_source not in ("", "catalogue")
    members = facts.values if has_members else ()
    has_range = facts.minimum is not None or facts.maximum is not None
    if not (has_range or is_boolean or members):
        return None
    special = (value for value, _ in facts.special if not isinstance(value, str))
    return Rule(
        minimum=facts.minimum,
        maximum=facts.maximum,
        spans=facts.spans,
        members=frozenset(map(str, (*members, *(facts.numbers if members else ())))),
        special=frozenset(map(float, special)),
        is_boolean=is_boolean,
        is_whole=bool(_WHOLE_TYPES.match(facts.value_type)),
        is_read_only=facts.is_read_only,
        text=f"{facts.range_text} ({facts.range_source})",
        severity="warning" if facts.range_source.startswith(_STANDARD) else "error",
    )


def is_fraction(text: str) -> bool:
    """Tell whether a number has parts of one; what is too large for a float has none."""
    value = float(text)
    return math.isfinite(value) and not value.is_integer()


def _lies_in(value: float, span: Span) -> bool:
    low, high = span
    return (low is None or low <= value) and (high is None or value <= high)
