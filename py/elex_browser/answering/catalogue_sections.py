"""The sections of an answer from the catalogue's facts; what it lacks is said plainly."""

from collections.abc import Sequence

from elex_browser.answering.sections import CATALOGUE, KNOWLEDGE, pairs, row, table
from elex_browser.answering.wording import by_relevance, counted
from elex_browser.catalogue.attributes import AttributeFacts
from elex_browser.catalogue.details import Counter, Parameter
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord
from elex_browser.protocol import AnswerSection, ColumnKind, SectionKind, SectionRow
from elex_browser.ran.codes import FajCode

_PARAMETER_COLUMNS: tuple[tuple[str, ColumnKind], ...] = (
    ("MO class", "identifier"),
    ("Attribute", "identifier"),
    ("Relation", "text"),
    ("Type", "text"),
    ("Range", "text"),
    ("Default", "text"),
    ("Range from", "text"),
)
_LICENCE = {True: "yes", False: "no", None: None}


def what(gist: str, record: WrittenRecord | None) -> AnswerSection:
    """What the feature does, from general radio knowledge; nothing here is a fact of the vendor's."""
    texts = [("Good for", "when"), ("Symptoms", "symptoms"), ("Costs", "costs"), ("Check", "check")]
    told = [(label, str(getattr(record, key))) for label, key in texts] if record else []
    text = record.what if record else gist
    return pairs("what", "What it does", told, source=KNOWLEDGE, text=text)


def identity(catalogue: Catalogue, feature: Feature) -> AnswerSection:
    """Who the feature is: codes, access, licence, where it is sold and named."""
    details = catalogue.details(feature.faj)
    packages = [f"{name} ({faj})" for faj, name in details.packages.items()]
    known = [
        ("Code", feature.faj),
        ("Activation key", ", ".join(feature.cxc) or None),
        ("Access", ", ".join(feature.access)),
        ("Category", feature.category),
        ("Licence needed", licence(feature)),
        ("Value package", ", ".join(packages) or None),
        ("Named in releases", ", ".join(details.releases) or None),
    ]
    text = "Its codes, and where it is named."
    return pairs("identity", "In the catalogue", known, source=CATALOGUE, text=text)


def licence(feature: Feature) -> str | None:
    """Whether the feature needs a licence; None where the catalogue does not say."""
    return _LICENCE[feature.licensed]


def parameters(
    catalogue: Catalogue, items: Sequence[Parameter], text: str, limit: int
) -> AnswerSection:
    """The feature's attributes with what is known of their ranges, best fits first."""
    ordered = by_relevance(text, items, lambda item: item.attribute)
    shown = ordered[:limit]
    facts = [catalogue.attributes.facts(item.mo_class, item.attribute) for item in shown]
    n_known = sum(fact.range_text is not None for fact in facts)
    if not items:
        note = "The catalogue lists no parameters for this feature."
    else:
        extent = _extent(len(shown), len(items), "parameter")
        note = f"{extent} Ranges are known for {n_known} of them."
        if n_known < len(shown):
            note += " The others come from the MOM file of the node's release."
    rows = [_parameter_row(item, fact) for item, fact in zip(shown, facts, strict=True)]
    return table("parameters", "Parameters", _PARAMETER_COLUMNS, rows, source=CATALOGUE, text=note)


def counters(
    catalogue: Catalogue, items: Sequence[Counter], text: str, limit: int
) -> AnswerSection:
    """The feature's counters, best fits first."""
    shown = by_relevance(text, items, lambda item: item.name)[:limit]
    rows = [
        row(item.mo_class or None, item.name, catalogue.counter_kind(item.name) or None)
        for item in shown
    ]
    note = "The catalogue lists no counters for this feature."
    return table(
        "counters",
        "Counters",
        (("MO class", "identifier"), ("Counter", "identifier"), ("Kind (by its name)", "text")),
        rows,
        source=CATALOGUE,
        text=_extent(len(shown), len(items), "counter") if items else note,
    )


def kpis(catalogue: Catalogue, faj: FajCode) -> AnswerSection:
    """The KPI formulas that the feature's documentation gives."""
    found = catalogue.kpis_of(faj)
    note = "The catalogue has no KPI formula for this feature; its counters are the evidence."
    return table(
        "kpis",
        "KPIs",
        (("KPI", "text"), ("Formula", "identifier"), ("Unit", "unit")),
        [row(kpi.name, kpi.formula, kpi.unit or None) for kpi in found],
        source=CATALOGUE,
        text=counted(len(found), "formula", "formulas").capitalize() + "." if found else note,
    )


def prerequisites(catalogue: Catalogue, feature: Feature) -> AnswerSection:
    """What must be active first, in the order of activation."""
    plan = catalogue.graph.activation_plan(feature.faj)
    rows = [_feature_row(catalogue, faj, "always") for faj in plan.order[:-1]]
    rows += [_feature_row(catalogue, faj, "in some configurations") for faj in plan.conditional]
    for number, group in enumerate(plan.choices, 1):
        rows += [_feature_row(catalogue, faj, f"one of group {number}") for faj in group]
    note = "Activate these first, from top to bottom."
    if not rows:
        note = "The catalogue states no prerequisite for this feature."
    return _relations("prerequisites", "Prerequisites", note, "Needed", rows)


def conflicts(catalogue: Catalogue, feature: Feature) -> AnswerSection:
    """What must not be active at the same time, and who says so."""
    codes = catalogue.graph.conflicts(feature.faj)
    rows = [
        _feature_row(
            catalogue,
            faj,
            feature.name if faj in feature.conflicts else catalogue.name_of(faj),
        )
        for faj in codes
    ]
    note = "Must not be active together with this feature."
    if not rows:
        note = "The catalogue states no conflict for this feature."
    return _relations("conflicts", "Conflicts", note, "Stated for", rows)


def activation(catalogue: Catalogue, feature: Feature) -> AnswerSection:
    """The steps that bring the feature into service, as far as the catalogue knows them."""
    steps = activation_texts(catalogue, feature)
    return table(
        "activation",
        "Activation",
        (("Step", "number"), ("What to do", "text")),
        [row(number, step) for number, step in enumerate(steps, 1)],
        source=CATALOGUE,
        text="What the catalogue knows; your node's documentation has the last word.",
    )


def activation_texts(catalogue: Catalogue, feature: Feature) -> list[str]:
    """Return the activation as sentences in order."""
    graph = catalogue.graph
    plan = graph.activation_plan(feature.faj)
    steps = [f"Activate {catalogue.title(faj)}." for faj in plan.order[:-1]]
    for group in plan.choices:
        names = " or ".join(catalogue.title(faj) for faj in group)
        steps.append(f"Activate one of: {names}.")
    conflicting = [catalogue.title(faj) for faj in graph.conflicts(feature.faj)]
    if conflicting:
        steps.append(f"Make sure these are not active: {'; '.join(conflicting)}.")
    if feature.licensed:
        steps.append("Install the licence for it.")
    if feature.cxc:
        steps.append(f"Set featureState to ACTIVATED on the FeatureState of {feature.cxc[0]}.")
    else:
        steps.append("The catalogue has no activation key; the feature's own attributes switch it.")
    introduced = [
        f"{item.mo_class}.{item.attribute}"
        for item in catalogue.details(feature.faj).parameter_list()
        if item.relation == "introduced"
    ]
    if introduced:
        n = counted(len(introduced), "attribute")
        steps.append(f"Set the {n} that the feature introduces, see Parameters.")
    return steps


def _parameter_row(item: Parameter, facts: AttributeFacts) -> SectionRow:
    default = None if facts.default is None else str(facts.default)
    return row(
        item.mo_class,
        item.attribute,
        item.relation,
        facts.value_type or None,
        facts.range_text,
        default,
        facts.range_source or None,
    )


def _feature_row(catalogue: Catalogue, faj: FajCode, remark: str | None) -> SectionRow:
    return row(faj, catalogue.name_of(faj), remark, faj=faj if faj in catalogue else None)


def _relations(
    kind: SectionKind, title: str, note: str, remark: str, rows: list[SectionRow]
) -> AnswerSection:
    columns: tuple[tuple[str, ColumnKind], ...]
    columns = (("Code", "link"), ("Feature", "text"), (remark, "text"))
    return table(kind, title, columns, rows, source=CATALOGUE, text=note)


def _extent(n_shown: int, n_all: int, noun: str) -> str:
    if n_shown == n_all:
        return f"{counted(n_all, noun).capitalize()}."
    return f"{n_shown} of {counted(n_all, noun)}, those closest to the question first."
