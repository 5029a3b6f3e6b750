"""What features are compared by: values by name, in the order of a table."""

from elex_browser.answering.catalogue_sections import licence
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.sections import Cell
from elex_browser.answering.wording import listed
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord

CODE, WHAT_IT_DOES = "Code", "What it does"

Traits = dict[str, Cell]
"""Name → value, None where it is not known; only features of one kind of agent are compared."""


def traits(
    catalogue: Catalogue, feature: Feature, summary: str, record: WrittenRecord | None
) -> Traits:
    """Return the traits of a feature."""
    details, graph, faj = catalogue.details(feature.faj), catalogue.graph, feature.faj
    parameters = details.parameter_list()

    def titles(codes: tuple[str, ...]) -> str | None:
        return listed([catalogue.title(code) for code in codes], ANSWERING.names_in_cell) or None

    written: Traits = {"Good for": record.when, "Costs": record.costs} if record else {}
    return {
        CODE: faj,
        WHAT_IT_DOES: summary,
        **written,
        "Access": " and ".join(feature.access),
        "Category": feature.category,
        "Licence needed": licence(feature),
        "Activation key": listed(feature.cxc) or None,
        "Needs first": titles(graph.activation_plan(faj).order[:-1]),
        "Conflicts with": titles(graph.conflicts(faj)),
        "Parameters": len(parameters),
        "Parameters it introduces": sum(item.relation == "introduced" for item in parameters),
        "Counters": len(details.counter_list()),
        "KPI formulas": len(catalogue.kpis_of(faj)),
    }


def differences(one: Traits, *others: Traits) -> list[str]:
    """Return the names of the traits that differ, but for the code and the summary."""
    return [
        name
        for name in one
        if name not in (CODE, WHAT_IT_DOES) and any(one[name] != o.get(name) for o in others)
    ]
