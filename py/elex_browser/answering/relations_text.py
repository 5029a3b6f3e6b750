"""What the graph of features says in words: what to activate first, what must not be active together."""

from collections.abc import Sequence

from elex_browser.answering.wording import counted, listed
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.relations import Relation
from elex_browser.protocol import RelationKind
from elex_browser.ran.codes import FajCode

_SENTENCES: dict[RelationKind, str] = {
    "conflicts_with": "{} and {} must not be active together.",
    "requires": "{} requires {}.",
    "requires_through_others": "{} requires, through others, {}.",
    "requires_in_some_configurations": "{} requires, in some configurations, {}.",
    "requires_one_of_group": "{} requires one of a group with {}.",
    "related": "{} and {} are related.",
}


def prerequisites_text(catalogue: Catalogue, goals: Sequence[FajCode]) -> str:
    """Say what to activate before some features, in order."""
    plan = catalogue.graph.activation_plan_of(goals)
    first = [catalogue.title(faj) for faj in plan.order if faj not in goals]
    wanted = listed([catalogue.title(faj) for faj in plan.order if faj in goals])
    if first:
        text = f"Before {wanted}, activate in this order: {_numbered(first)}."
    else:
        text = f"The catalogue states nothing that must be active before {wanted}."
    if len(goals) > 1:
        text += (
            f" Then activate {'these, in this order' if _is_ordered(catalogue, goals) else 'them'}."
        )
    for group in plan.choices:
        text += f" One of these too: {listed([catalogue.title(faj) for faj in group], joint='or')}."
    if plan.conditional:
        extra = listed([catalogue.title(faj) for faj in plan.conditional])
        text += f" In some configurations also {extra}."
    return text


def conflicts_text(catalogue: Catalogue, feature: Feature) -> str:
    """Say what must not be active together with a feature."""
    own = catalogue.title(feature.faj)
    codes = catalogue.graph.conflicts(feature.faj)
    if not codes:
        return f"The catalogue states no conflict for {own}."
    names = listed([catalogue.title(faj) for faj in codes])
    return f"{own} must not be active together with {counted(len(codes), 'feature')}: {names}."


def relation_text(catalogue: Catalogue, relation: Relation) -> str:
    """Say one relation as a sentence."""
    one, other = catalogue.title(relation.faj), catalogue.title(relation.other)
    return _SENTENCES[relation.kind].format(one, other)


def _is_ordered(catalogue: Catalogue, goals: Sequence[FajCode]) -> bool:
    kinds = {relation.kind for relation in catalogue.graph.relations_among(goals)}
    return bool(kinds & {"requires", "requires_through_others"})


def _numbered(steps: Sequence[str]) -> str:
    return ", ".join(f"({n}) {step}" for n, step in enumerate(steps, 1))
