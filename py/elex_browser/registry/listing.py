"""The agents in a list: who they are and how they are, without making any."""

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.protocol import AgentFilter, AgentSummary
from elex_browser.ran.codes import agent_id
from elex_browser.registry.registry import Registry


def list_agents(
    catalogue: Catalogue, registry: Registry, wanted: AgentFilter
) -> list[AgentSummary]:
    """Return the agents that a filter lets through, by code."""
    return [
        summary
        for feature in catalogue.features
        if _fits(feature, wanted)
        for summary in [_summary(feature, registry)]
        if wanted.status in (None, summary.status)
    ]


def _summary(feature: Feature, registry: Registry) -> AgentSummary:
    own_id = agent_id(feature.faj)
    interactions, confidence = registry.experience_of(own_id)
    return AgentSummary(
        id=own_id,
        faj_code=feature.faj,
        name=feature.name,
        acronym=feature.acronym,
        category=feature.category,
        access=list(feature.access),
        status=registry.status_of(own_id),
        interactions=interactions,
        confidence=confidence,
    )


def _fits(feature: Feature, wanted: AgentFilter) -> bool:
    if wanted.category is not None and feature.category.casefold() != wanted.category.casefold():
        return False
    accesses = {access.casefold() for access in feature.access}
    if wanted.access is not None and wanted.access.casefold() not in accesses:
        return False
    words = (wanted.text or "").casefold().split()
    names = [feature.name, feature.faj, feature.faj.replace(" ", ""), *feature.acronyms]
    haystack = " ".join([*names, *feature.aliases, *feature.cxc]).casefold()
    return all(word in haystack for word in words)
