"""Every loaded value against the range that is known of its attribute, in batches through the kernels."""

import math
import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.catalogue.attributes import AttributeFacts
from elex_browser.catalogue.details import PARAMETER_ROLES
from elex_browser.catalogue.index import Catalogue
from elex_browser.kernels.base import Kernels
from elex_browser.network.configuration import SEVERAL, Configuration
from elex_browser.protocol import Finding, Fix, Severity

MAX_FINDINGS = 10_000
_BATCH = 8192
_BOOLEANS = {"false": 0.0, "true": 1.0}
_UNSET = {"", "null"}
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE_TYPES = re.compile(r"u?(int|short|long|byte|integer|unsigned)", re.IGNORECASE)
_PLAIN = re.compile(r"[\w.:+-]+")


class Rule(NamedTuple):
    """What values of an attribute may be; without bounds, false or true."""

    minimum: float | int | None
    maximum: float | int | None
    is_boolean: bool
    is_whole: bool
    text: str
    severity: Severity


class _Wrong(NamedTuple):
    object: int
    attribute: str
    value: str
    rule: Rule


class ClassRules(dict[str, "Rule | None"]):
    """The rules of one class by attribute, made on first use; None where no range is known."""

    def __init__(self, catalogue: Catalogue, mo_class: str) -> None:
        self._catalogue = catalogue
        self._mo_class = mo_class

    def __missing__(self, attribute: str) -> Rule | None:
        rule = _rule(self._catalogue.attributes.facts(self._mo_class, attribute))
        self[attribute] = rule
        return rule


class Rules(dict[str, ClassRules]):
    """The rules of all classes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __missing__(self, mo_class: str) -> ClassRules:
        made = self[mo_class] = ClassRules(self._catalogue, mo_class)
        return made


def fits(rule: Rule, text: str) -> bool:
    """Tell whether one value, or every item of a list, keeps a rule; an unset one does."""
    return all(item in _UNSET or _keeps(rule, _number(rule, item)) for item in text.split(SEVERAL))


class Check:
    """Judges the values of one configuration while it is read.

    Attributes:
        n_checked: values of attributes with a known range; one that is not set is in order.
        n_unknown: values of all others.
        n_invalid: those of the checked that break their range.
    """

    def __init__(self, rules: Rules, kernels: Kernels, configuration: Configuration) -> None:
        self._rules = rules
        self._kernels = kernels
        self._configuration = configuration
        self.n_checked = self.n_unknown = self.n_invalid = 0
        self._wrong: list[_Wrong] = []
        self._ranged: list[tuple[_Wrong, float, float, float]] = []
        self._booleans: list[tuple[_Wrong, float]] = []

    def take(self, number: int, values: Sequence[tuple[str, str]]) -> None:
        """Queue the values of an object."""
        rules = self._rules[self._configuration.mo_class(number)]
        n_before = self.n_checked
        for attribute, text in values:
            rule = rules[attribute]
            if rule is None:
                continue
            self.n_checked += 1
            if text in _UNSET:
                continue
            place = _Wrong(number, attribute, text, rule)
            value = _number(rule, text)
            if rule.is_boolean:
                self._booleans.append((place, value))
            else:
                self._ranged.append((place, value, _low(rule), _high(rule)))
        self.n_unknown += len(values) - (self.n_checked - n_before)
        if len(self._ranged) + len(self._booleans) > _BATCH:
            self.flush()

    def flush(self) -> None:
        """Judge what is queued."""
        if self._ranged:
            columns = np.array([row[1:] for row in self._ranged], np.float64).T
            values, minima, maxima = (np.ascontiguousarray(column) for column in columns)
            valid = self._kernels.check_ranges(values, minima, maxima).valid
            self._note(valid, [row[0] for row in self._ranged])
        if self._booleans:
            values = np.array([value for _, value in self._booleans], np.float64)
            valid = self._kernels.check_members(values, np.array([0.0, 1.0])).valid
            self._note(valid, [place for place, _ in self._booleans])
        self._ranged.clear()
        self._booleans.clear()

    def _note(self, valid: "np.typing.NDArray[np.bool_]", places: list[_Wrong]) -> None:
        wrong = np.flatnonzero(~valid)
        self.n_invalid += len(wrong)
        room = MAX_FINDINGS - len(self._wrong)
        self._wrong += [places[i] for i in wrong[:room]]

    def findings(self, catalogue: Catalogue) -> list[Finding]:
        """Return the first invalid values with what to do about them, errors before warnings."""
        self.flush()
        agents: dict[tuple[str, str], list[str]] = {}
        found = []
        for wrong in self._wrong:
            mo_class = self._configuration.mo_class(wrong.object)
            key = (mo_class, wrong.attribute)
            if key not in agents:
                agents[key] = _agents(catalogue, *key)
            found.append(self._finding(wrong, mo_class, agents[key]))
        return sorted(found, key=lambda finding: finding.severity)

    def _finding(self, wrong: _Wrong, mo_class: str, agents: list[str]) -> Finding:
        dn, rule = self._configuration.dn(wrong.object), wrong.rule
        stored = self._configuration.text(wrong.object, wrong.attribute)
        return Finding(
            object=dn,
            mo_class=mo_class,
            attribute=wrong.attribute,
            value=wrong.value,
            min=rule.minimum,
            max=rule.maximum,
            allowed=list(_BOOLEANS) if rule.is_boolean else None,
            rule=_broken(rule, wrong.value),
            severity=rule.severity,
            agents=agents,
            # A list is set as a whole, and so is a value that a later change in the file replaced.
            fix=_fix(dn, wrong) if stored == wrong.value else None,
        )


def _rule(facts: AttributeFacts) -> Rule | None:
    is_boolean = facts.value_type == "boolean"
    if facts.minimum is None and facts.maximum is None and not is_boolean:
        return None
    return Rule(
        facts.minimum,
        facts.maximum,
        is_boolean,
        bool(_WHOLE_TYPES.match(facts.value_type)),
        f"{facts.range_text} ({facts.range_source})",
        "error" if facts.range_source == "catalogue" else "warning",
    )


def _low(rule: Rule) -> float:
    return -sys.float_info.max if rule.minimum is None else float(rule.minimum)


def _high(rule: Rule) -> float:
    return sys.float_info.max if rule.maximum is None else float(rule.maximum)


def _number(rule: Rule, text: str) -> float:
    """The number that a text is, or NaN."""
    if rule.is_boolean:
        return _BOOLEANS.get(text.lower(), math.nan)
    if not _NUMBER.fullmatch(text):
        return math.nan
    value = float(text)
    return math.nan if rule.is_whole and not value.is_integer() else value


def _keeps(rule: Rule, value: float) -> bool:
    return not math.isnan(value) if rule.is_boolean else _low(rule) <= value <= _high(rule)


def _broken(rule: Rule, text: str) -> str:
    if rule.is_boolean:
        return "neither false nor true"
    if not _NUMBER.fullmatch(text):
        return f"not a number; range {rule.text}"
    if rule.is_whole and not float(text).is_integer():
        return f"not a whole number; range {rule.text}"
    return f"outside {rule.text}"


def _fix(dn: str, wrong: _Wrong) -> Fix | None:
    """The nearest allowed number, set and taken back; a struct is set as a whole, so it gets none."""
    if "." in wrong.attribute or wrong.rule.is_boolean or not _NUMBER.fullmatch(wrong.value):
        return None
    value = float(wrong.value)
    nearest = wrong.rule.minimum if value < _low(wrong.rule) else wrong.rule.maximum
    if nearest is None or _low(wrong.rule) <= value <= _high(wrong.rule):
        return None
    target = dn if _PLAIN.fullmatch(re.sub("[=,]", "", dn)) else f'"{dn}"'
    setting = f"cmedit set {target} {wrong.attribute}="
    return Fix(cmedit=f"{setting}{nearest}", undo=f"{setting}{wrong.value}")


def _agents(catalogue: Catalogue, mo_class: str, attribute: str) -> list[str]:
    name = attribute.partition(".")[0]
    uses = [use for use in catalogue.users_of(name) if use.mo_class == mo_class.lower()]
    # The feature that introduces an attribute first.
    return list(
        dict.fromkeys(use.faj for role in PARAMETER_ROLES for use in uses if use.role == role)
    )
