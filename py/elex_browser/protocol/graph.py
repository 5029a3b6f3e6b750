"""Walks through the graph of features: what to activate first, what must not be active together."""

from elex_browser.protocol.base import Message


class FeatureName(Message):
    """A feature by code and name; `has_agent` is false for one known only as the target of a relation."""

    faj_code: str
    name: str
    has_agent: bool


class ActivationSteps(Message):
    """What to activate for some features.

    `order` holds everything that must be active, each behind its prerequisites; of each group in
    `choices` one more must be active; `conditional` is needed in some configurations only.
    """

    order: list[FeatureName]
    choices: list[list[FeatureName]]
    conditional: list[FeatureName]


class FeatureConflict(Message):
    """A feature and those of the asked set that it must not be active with."""

    faj_code: str
    name: str
    conflicts_with: list[str]


class FeatureConflicts(Message):
    """The conflicts of a set of features: inside it, each pair once, and with others of the catalogue."""

    among: list[FeatureConflict]
    others: list[FeatureConflict]
