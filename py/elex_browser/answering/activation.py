"""The graph of features as messages: what to activate for some, and what must not be active with them."""

from collections.abc import Sequence

from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import ValidationError
from elex_browser.protocol import ActivationSteps, FeatureConflict, FeatureConflicts, FeatureName
from elex_browser.ran.codes import FajCode


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


def _codes(catalogue: Catalogue, faj_codes: Sequence[str]) -> list[FajCode]:
    if not faj_codes:
        raise ValidationError("no feature is given", "Give the FAJ code of at least one feature")
    return list(dict.fromkeys(catalogue.feature(code).faj for code in faj_codes))


def _name(catalogue: Catalogue, faj: FajCode) -> FeatureName:
    name = catalogue.name_of(faj) or "name not in the catalogue"
    return FeatureName(faj_code=faj, name=name, has_agent=faj in catalogue)
