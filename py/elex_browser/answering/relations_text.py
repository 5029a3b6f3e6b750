"""What the graph of features says in words: what to activate first, what must not be active together."""

from collections.abc import Sequence

from elex_browser.answering.wording import counted, listed
from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.relations import Relation
from elex_browser.errors import ValidationError
from elex_browser.protocol import ActivationSteps, FeatureConflict, FeatureConflicts, FeatureName
from elex_browser.ran.codes import FajCode

_SHOWN = 6


def activation_steps(
    catalogue: Catalogue, faj_codes: Sequence[str], chosen: Sequence[str] = ()
) -> ActivationSteps:
    """Return what to activate for features given by codes in any spelling.

    Raises:
        ValidationError: no code, or a text that is none.
        NotFoundError: no feature has one of the codes.
    """
    goals = _codes(catalogue, faj_codes)
    settled = _codes(catalogue, chosen) if chosen else []
    plan = catalogue.graph.activation_plan_of(goals, settled)
    return ActivationSteps(
        order=[_name(catalogue, faj) for faj in plan.order],
        choices=[[_name(catalogue, faj) for faj in group] for group in plan.choices],
        conditional=[_name(catalogue, faj) for faj in plan.conditional],
    )


def feature_conflicts(catalogue: Catalogue, faj_codes: Sequence[str]) -> FeatureConflicts:
    """Return what must not be active together with a set of features, and what inside it not.

    Raises:
        ValidationError, NotFoundError: as `activation_steps`.
    """
    codes = _codes(catalogue, faj_codes)
    among = [(one, (other,)) for one, other in catalogue.graph.conflicts_among(codes)]
    others = catalogue.graph.conflicts_with(codes).items()

    def message(faj: FajCode, members: Sequence[FajCode]) -> FeatureConflict:
        name = catalogue.name_of(faj) or faj
        return FeatureConflict(faj_code=faj, name=name, conflicts_with=list(members))

    return FeatureConflicts(
        among=[message(faj, members) for faj, members in among],
        others=[message(faj, members) for faj, members in others],
    )


def named(catalogue: Catalogue, faj: FajCode) -> str:
    """Return a feature as "name (code)"."""
    return f"{catalogue.name_of(faj) or 'a feature'} ({faj})"


def prerequisites_text(catalogue: Catalogue, goals: Sequence[FajCode]) -> str:
    """Say what to activate before some features, in order."""
    plan = catalogue.graph.activation_plan_of(goals)
    first = [named(catalogue, faj) for faj in plan.order if faj not in goals]
    wanted = listed([named(catalogue, faj) for faj in plan.order if faj in goals])
    if first:
        text = f"Before {wanted}, activate in this order: {_numbered(first)}."
    else:
        text = f"The catalogue states nothing that must be active before {wanted}."
    if len(goals) > 1:
        text += (
            f" Then activate {'these, in this order' if _is_ordered(catalogue, goals) else 'them'}."
        )
    for group in plan.choices:
        text += (
            f" One of these too: {listed([named(catalogue, faj) for faj in group], joint='or')}."
        )
    if plan.conditional:
        extra = listed([named(catalogue, faj) for faj in plan.conditional])
        text += f" In some configurations also {extra}."
    return text


def conflicts_text(catalogue: Catalogue, feature: Feature) -> str:
    """Say what must not be active together with a feature."""
    own = named(catalogue, feature.faj)
    codes = catalogue.graph.conflicts(feature.faj)
    if not codes:
        return f"The catalogue states no conflict for {own}."
    names = listed([named(catalogue, faj) for faj in codes], _SHOWN)
    return f"{own} must not be active together with {counted(len(codes), 'feature')}: {names}."


def relation_text(catalogue: Catalogue, relation: Relation) -> str:
    """Say one relation as a sentence."""
    one, other = named(catalogue, relation.faj), named(catalogue, relation.other)
    if relation.kind == "conflicts with":
        return f"{one} and {other} must not be active together."
    if relation.kind == "is related to":
        return f"{one} and {other} are related."
    return f"{one} {relation.kind} {other}."


def _is_ordered(catalogue: Catalogue, goals: Sequence[FajCode]) -> bool:
    kinds = {relation.kind for relation in catalogue.graph.relations_among(goals)}
    return bool(kinds & {"requires", "requires, through others,"})


def _numbered(steps: Sequence[str]) -> str:
    return ", ".join(f"({n}) {step}" for n, step in enumerate(steps, 1))


def _codes(catalogue: Catalogue, faj_codes: Sequence[str]) -> list[FajCode]:
    if not faj_codes:
        raise ValidationError("no feature is given", "Give the FAJ code of at least one feature")
    return list(dict.fromkeys(catalogue.feature(code).faj for code in faj_codes))


def _name(catalogue: Catalogue, faj: FajCode) -> FeatureName:
    name = catalogue.name_of(faj) or "name not in the catalogue"
    return FeatureName(faj_code=faj, name=name, has_agent=faj in catalogue)
