"""The identifiers that document a feature, as evidence for what may be said about it."""

import re
from collections.abc import Iterable

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue

_ADMINISTRATIVE = re.compile(r"(?:Id|Ref|GroupType|GroupList)$|^(?:reservedBy|userLabel)$")
"""Attributes that only tie objects together; they tell nothing of what a feature does."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words_of(identifier: str) -> set[str]:
    """The words of an identifier in lower case: pm, mac, harq, dl, ack of pmMacHarqDlAck."""
    return {word.lower() for word in _WORD.findall(identifier)}


def introduced_attributes(catalogue: Catalogue, feature: Feature) -> set[str]:
    """The attributes that a feature brings, without administrative ones."""
    return {
        parameter.attribute
        for parameter in catalogue.details(feature.faj).parameter_list()
        if parameter.relation == "introduced" and not _ADMINISTRATIVE.search(parameter.attribute)
    }


def counters(catalogue: Catalogue, feature: Feature) -> set[str]:
    """The counters that a feature documents."""
    return {counter.name for counter in catalogue.details(feature.faj).counter_list()}


def evidence(catalogue: Catalogue, feature: Feature) -> set[str]:
    """Everything named in the documentation of a feature, apart from what it only refers to.

    Names of features: its own, of its prerequisites and of related ones. Identifiers: attributes with their
    MO classes, counters with theirs, events.
    """
    details = catalogue.details(feature.faj)
    others: Iterable[str] = (
        *feature.requires,
        *(faj for group in feature.requires_any for faj in group),
        *feature.related,
    )
    names = {feature.name, *feature.aliases, *details.events}
    names.update(catalogue.name_of(faj) or "" for faj in others)
    for parameter in details.parameter_list():
        if parameter.relation != "referenced":
            names.update((parameter.mo_class, parameter.attribute))
    for counter in details.counter_list():
        names.update((counter.mo_class, counter.name))
    return names
