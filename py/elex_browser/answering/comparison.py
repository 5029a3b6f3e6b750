"""What features are compared by, as text by name, in the order of a table."""

from elex_browser.answering.sections import LICENCE
from elex_browser.answering.wording import listed
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import Record

_NAMES = 4


def traits(
    catalogue: Catalogue, feature: Feature, summary: str, record: Record | None
) -> dict[str, str]:
    """Return the traits of a feature; what the catalogue lacks is said to be lacking."""
    details, graph, faj = catalogue.details(feature.faj), catalogue.graph, feature.faj
    parameters = details.parameter_list()
    introduced = sum(item.relation == "introduced" for item in parameters)

    def names(codes: tuple[str, ...], none: str) -> str:
        found = [f"{catalogue.name_of(code) or 'a feature'} ({code})" for code in codes]
        return listed(found, _NAMES) or none

    written = {"Good for": record.when, "Costs": record.costs} if record else {}
    return {
        "Code": faj,
        "What it does": summary,
        **written,
        "Access": " and ".join(feature.access),
        "Category": feature.category,
        "Licence needed": LICENCE[feature.licensed],
        "Activation key": listed(feature.cxc) or "none in the catalogue",
        "Needs first": names(graph.activation_plan(faj).order[:-1], "nothing stated"),
        "Conflicts with": names(graph.conflicts(faj), "nothing stated"),
        "Parameters": f"{len(parameters)}, of which it introduces {introduced}",
        "Counters": str(len(details.counter_list())),
        "KPI formulas": str(len(catalogue.kpis_of(faj))),
    }
