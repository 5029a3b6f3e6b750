"""Loading network data: what a configuration, measurement or model file held, and the KPIs computed.

values + missing + rejected is what a file holds. Times are UTC, ISO 8601 to the second.
"""

from typing import Literal

import msgspec

from elex_browser.protocol.base import Message

Severity = Literal["error", "warning"]
KpiScope = Literal["network", "node", "cell", "relation"]
Better = Literal["higher", "lower", "neither"]
ConfigurationFormat = Literal[
    "bulk-cm",
    "netconf",
    "yang-json",
    "cmedit",
    "cmedit-table",
    "moshell",
    "enm-import",
    "csv",
    "several",
]
FixKind = Literal["set", "choose", "none"]
PlannedOperation = Literal["create", "set", "delete"]
ModelFormat = Literal["mom-xml", "yang", "model-csv", "model-json", "several"]
ModelFact = Literal["type", "range", "default", "unit", "values", "text"]


class Choice(Message):
    """A value that a person may pick, and why it is offered."""

    value: str
    why: str


class Fix(Message):
    """What to do about a value: "set" has a change as cmedit text and what takes it back.

    A key, an identity or a code is never set by itself; `reason` says why the kind is what it is.
    """

    kind: FixKind
    reason: str
    cmedit: str | None = None
    undo: str | None = None
    choices: list[Choice] | None = None


class Finding(Message):
    """A value outside what is known of its attribute.

    `rule` says which check failed and where its bounds come from; an error breaks a range of the
    catalogue or of a loaded model, a warning one of the 3GPP model, which the vendor may have changed.
    """

    object: str
    mo_class: str
    attribute: str
    value: str
    rule: str
    severity: Severity
    agents: list[str]
    fix: Fix
    min: float | int | None = None
    max: float | int | None = None
    allowed: list[str] | None = None


class Rejected(Message):
    """What could not be taken; line 0 is unknown.

    `count` is how many values of the file that stands for: 0 where a file or place is only told of, more
    than 1 in the last entry of a file with more than 10,000 of them.
    """

    line: int
    reason: str
    count: int = 1


class PlannedChange(Message):
    """One line of a plan; without attribute it is about the object itself.

    `problem` says which range a planned value would break.
    """

    operation: PlannedOperation
    object: str
    mo_class: str
    attribute: str | None = None
    value: str | None = None
    problem: str | None = None


class PlannedChanges(Message):
    """What a file wants changed; its values are not there yet, so no finding is about them.

    The first three count objects, `values` their values, `invalid` those that break a range; `changes`
    lists the first 10,000 lines.
    """

    creates: int
    sets: int
    deletes: int
    values: int
    invalid: int
    changes: list[PlannedChange]


class ConfigurationReport(Message):
    """What a configuration file held; checked + unknown = values, invalid of those checked.

    `findings` lists the first 10,000 of the invalid values; `unknown` counts the values that were not
    judged: no range is known of their attribute, their object is to be deleted, or they are of another
    vendor. `planned` is set for files that want something changed; its values count as values, too.
    `vendor` is named where the file does; `notes` say what follows from that.
    """

    objects: int
    values: int
    checked: int
    invalid: int
    unknown: int
    rejected: list[Rejected]
    findings: list[Finding]
    seconds: float
    format: ConfigurationFormat
    vendor: str | None = None
    planned: PlannedChanges | None = None
    notes: list[str] = msgspec.field(default_factory=list)


class FilledAttribute(Message):
    """An attribute of the catalogue about which a model says what was not known before."""

    mo_class: str
    attribute: str
    facts: list[ModelFact]


class ModelReport(Message):
    """What a model file held, and which gaps of the catalogue it fills.

    `types` to `texts` count attributes by what the file says of them; `filled` lists the first 10,000
    attributes of features that gain something, `filled_attributes` counts all of them.
    """

    name: str
    format: ModelFormat
    version: str
    classes: int
    attributes: int
    types: int
    ranges: int
    defaults: int
    units: int
    enumerations: int
    texts: int
    filled_attributes: int
    filled: list[FilledAttribute]
    rejected: list[Rejected]
    seconds: float


class FileRejected(Message):
    """As Rejected, in one of several files."""

    file: str
    line: int
    reason: str
    count: int = 1


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
