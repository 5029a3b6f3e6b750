"""The case that an escalation writes: all that the next expert needs, as Markdown text."""

from collections.abc import Sequence

from elex_browser.answering.facts import Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.asking.question import Question
from elex_browser.catalogue.index import title
from elex_browser.protocol import AnswerSection, Route


def case_file(
    question: Question,
    profile: Profile,
    routes: Sequence[Route],
    known: Sequence[AnswerSection],
) -> str:
    """Return the case with question, situation, routes, what is known and what is missing."""
    lines = [
        f"# Case {question.query_id}",
        "",
        "## Question",
        "",
        *(f"> {line}" for line in question.text.splitlines()),
        "",
        f"Kind: {question.query_type}, {question.complexity}.",
        "",
        "## Situation",
        "",
        question.told or "Nothing was told about the network's situation.",
        "",
        "## Who was asked",
        "",
        f"{profile.title}, confidence {question.confidence:.0%}.",
        *(_route_line(route) for route in routes[: ANSWERING.routes_in_case]),
        "",
        "## What is known",
        "",
        profile.summary or "The catalogue has no description.",
        *(f"- {section.title}: {section.text}" for section in known if section.text),
        "",
        "## What is missing",
        "",
        *(f"- {item}" for item in missing(question)),
    ]
    return "\n".join(lines) + "\n"


def missing(question: Question) -> list[str]:
    """Return what the next expert will ask for."""
    items = ["Node type and software release"]
    if not question.told:
        items.append("What was observed, since when, and in which cells")
    if not question.has_network_data:
        items.append("The configuration of the affected cells")
        items.append("Counters of the affected cells before and after")
    if question.confidence < ANSWERING.feature_is_known:
        items.append("Which feature it is about: the routes above are only candidates")
    return items


def _route_line(route: Route) -> str:
    return f"- {title(route.name, route.faj_code)}: {route.score:.0%} by {route.via}"
