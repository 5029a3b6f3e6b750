"""Checks the values of a configuration against the known ranges, in batches through the kernels."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.catalogue.details import PARAMETER_ROLES
from elex_browser.catalogue.index import Catalogue
from elex_browser.kernels.base import Kernels
from elex_browser.network.configuration import Configuration
from elex_browser.network.fixes import fix_of
from elex_browser.network.rules import UNSET, Rule, Rules
from elex_browser.protocol import Finding

MAX_FINDINGS = 10_000
_BATCH = 8192


class _Wrong(NamedTuple):
    object: int
    attribute: str
    value: str
    rule: Rule


class Check:
    """Judges the values of one configuration while it is read.

    Attributes:
        n_checked: values of attributes with a known range; one that is not set is in order.
        n_unknown: values that are not judged.
        n_invalid: those of the checked that break their range.
    """

    def __init__(self, rules: Rules, kernels: Kernels, configuration: Configuration) -> None:
        self.rules = rules
        self._kernels = kernels
        self._configuration = configuration
        self.n_checked = self.n_unknown = self.n_invalid = 0
        self._wrong: list[_Wrong] = []
        self._ranged: list[tuple[_Wrong, float, float, float]] = []
        self._booleans: list[tuple[_Wrong, float]] = []

    def take(self, number: int, values: Sequence[tuple[str, str]]) -> None:
        """Queue the values of an object."""
        rules = self.rules[self._configuration.mo_class(number)]
        n_before = self.n_checked
        for attribute, text in values:
            rule = rules[attribute]
            if rule is None:
                continue
            self.n_checked += 1
            if text in UNSET:
                continue
            place = _Wrong(number, attribute, text, rule)
            if rule.is_boolean:
                self._booleans.append((place, rule.number(text)))
            elif rule.is_plain:
                self._ranged.append((place, rule.number(text), rule.low, rule.high))
            elif not rule.keeps(text):
                self._note([place])
        self.n_unknown += len(values) - (self.n_checked - n_before)
        if len(self._ranged) + len(self._booleans) > _BATCH:
            self.flush()

    def count(self, mo_class: str, values: Sequence[tuple[str, str]]) -> None:
        """Count planned values by whether something is known of them."""
        rules = self.rules[mo_class]
        n_checked = sum(rules[attribute] is not None for attribute, _ in values)
        self.n_checked += n_checked
        self.n_unknown += len(values) - n_checked

    def pass_over(self, n_values: int) -> None:
        """Count values that nothing here can judge."""
        self.n_unknown += n_values

    def flush(self) -> None:
        """Judge what is queued."""
        if self._ranged:
            columns = np.array([row[1:] for row in self._ranged], np.float64).T
            values, minima, maxima = (np.ascontiguousarray(column) for column in columns)
            valid = self._kernels.check_ranges(values, minima, maxima).valid
            self._note([self._ranged[i][0] for i in np.flatnonzero(~valid)])
        if self._booleans:
            values = np.array([value for _, value in self._booleans], np.float64)
            valid = self._kernels.check_members(values, np.array([0.0, 1.0])).valid
            self._note([self._booleans[i][0] for i in np.flatnonzero(~valid)])
        self._ranged.clear()
        self._booleans.clear()

    def _note(self, wrong: list[_Wrong]) -> None:
        self.n_invalid += len(wrong)
        room = MAX_FINDINGS - len(self._wrong)
        self._wrong += wrong[:room]

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
            allowed=rule.allowed,
            rule=rule.broken_by(wrong.value),
            severity=rule.severity,
            agents=agents,
            fix=fix_of(dn, wrong.attribute, wrong.value, rule, stored == wrong.value),
        )


def _agents(catalogue: Catalogue, mo_class: str, attribute: str) -> list[str]:
    name = attribute.partition(".")[0]
    uses = [use for use in catalogue.users_of(name) if use.mo_class == mo_class.lower()]
    # The feature that introduces an attribute first.
    return list(
        dict.fromkeys(use.faj for role in PARAMETER_ROLES for use in uses if use.role == role)
    )
