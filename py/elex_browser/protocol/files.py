"""Loading network data: what a configuration or measurement file held, and the KPIs computed from it.

values + missing + rejected is what a file holds. Times are UTC, ISO 8601 to the second.
"""

from typing import Literal

import msgspec

from elex_browser.protocol.base import Message

Severity = Literal["error", "warning"]
KpiScope = Literal["network", "node", "cell", "relation"]
Better = Literal["higher", "lower", "neither"]


class Fix(Message):
    """A change as cmedit text, and what takes it back."""

    cmedit: str
    undo: str


class Finding(Message):
    """A value outside what is known of its attribute.

    `rule` says which check failed and where its bounds come from; an error breaks a range of the
    catalogue, a warning one of the 3GPP model, which the vendor may have changed.
    """

    object: str
    mo_class: str
    attribute: str
    value: str
    rule: str
    severity: Severity
    agents: list[str]
    min: float | int | None = None
    max: float | int | None = None
    allowed: list[str] | None = None
    fix: Fix | None = None


class Rejected(Message):
    """A value that could not be taken, or the place where a file is damaged; line 0 is unknown."""

    line: int
    reason: str


class ConfigurationReport(Message):
    """What a configuration file held; checked + unknown = values, invalid of those checked.

    `findings` lists the first 10,000 of the invalid values; `unknown` counts the values about whose
    attribute no range is known.
    """

    objects: int
    values: int
    checked: int
    invalid: int
    unknown: int
    rejected: list[Rejected]
    findings: list[Finding]
    seconds: float


class FileRejected(Message):
    """As Rejected, in one of several files."""

    file: str
    line: int
    reason: str


class Period(Message):
    """A granularity period."""

    begin: str
    end: str
    seconds: int


class Alert(Message):
    """A KPI beyond its threshold in one period."""

    kpi: str
    object: str
    begin: str
    end: str
    value: float
    threshold: float


class MeasurementReport(Message):
    """What measurement files held.

    `values` counts results that are numbers or vectors, `missing` those that the node marked as not
    available (NIL, NULL or blank), `suspect` the values that it does not vouch for; they are kept but
    no KPI uses them. `alerts` needs thresholds: the catalogue has none, so it stays empty until KPIs
    with thresholds exist.
    """

    files: int
    objects: int
    counters: int
    values: int
    missing: int
    suspect: int
    rejected: list[FileRejected]
    periods: list[Period]
    alerts: list[Alert]
    seconds: float


class KpiOptions(Message):
    """Which KPIs to compute, and for what; without names, all whose counters are loaded."""

    scope: KpiScope = "network"
    names: list[str] = msgspec.field(default_factory=list)


class LeftOut(Message):
    """How many results of an object in a period were not used: the node does not vouch for them, a
    counter fell below 0 or below its last reading, or one that the formula needs is missing."""

    suspect: int
    reset: int
    missing: int


class KpiPoint(Message):
    """A KPI in one period; null where it is not defined or not plausible, and `reason` says why.

    `share` is the part of the objects' results that could be used, and `left_out` says what became of
    the others. `raw` is what the formula gave where that is not plausible, `denominator` the smallest
    number that was divided by. `by_index` has a value for each index where counters are lists (per 5QI,
    per slot); `value` is for all of them together.
    """

    begin: str
    end: str
    value: float | None
    share: float
    reason: str | None = None
    raw: float | None = None
    denominator: float | None = None
    left_out: LeftOut | None = None
    by_index: dict[str, float] | None = None


class KpiSeries(Message):
    """A KPI of one object over the loaded periods: counters are added up first and divided last.

    `plausible` are the least and greatest value that can be, `usual` those from healthy to sick; a sum
    grows with time and area. `note` says what was corrected in the documented formula, `doubt` under
    which condition it holds. `filter` is that of flexible counters. `missing` names counters of the
    formula that no loaded file holds; there are no points then. `notes` say what was left out or not
    added up.
    """

    name: str
    synonyms: list[str]
    formula: str
    unit: str
    better: Better
    plausible: list[float] | None
    usual: list[float] | None
    is_sum: bool
    source: str
    note: str
    doubt: str
    scope: KpiScope
    object: str
    filter: str
    features: list[str]
    points: list[KpiPoint]
    missing: list[str]
    notes: list[str]
