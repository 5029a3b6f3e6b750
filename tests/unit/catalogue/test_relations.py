"""The graph: activation order, choices, conflicts in both directions."""

import pytest

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.relations import FeatureGraph
from elex_browser.errors import QueryError
from elex_browser.ran.codes import FajCode, faj


def feature(number: str, **relations: tuple[object, ...]) -> Feature:
    """A feature with nothing but relations."""
    empty = dict.fromkeys(
        ("requires", "conditional", "requires_any", "conflicts", "related", "same_as"), ()
    )
    named = dict(
        faj=faj(number), name=number, acronym=number, attested="", aliases=(), cxc=(), category=""
    )
    return Feature(**named, access=("LTE",), licensed=True, **{**empty, **relations})  # type: ignore[arg-type]


def graph(*features: Feature) -> FeatureGraph:
    """A graph of made-up features."""
    return FeatureGraph({f.faj: f for f in features})


A, B, C, D = (faj(n) for n in ("0001", "0002", "0003", "0004"))


def test_prerequisites_come_first_and_once() -> None:
    plan = graph(
        feature("0001", requires=(B, C)), feature("0002", requires=(C,)), feature("0003")
    ).activation_plan(A)
    assert plan.order == (C, B, A)


def test_conditional_prerequisite_is_named_but_not_in_the_order() -> None:
    plan = graph(feature("0001", requires=(B,), conditional=(B,)), feature("0002")).activation_plan(
        A
    )
    assert plan.order == (A,)
    assert plan.conditional == (B,)


def test_group_stays_a_choice_until_one_is_chosen() -> None:
    found = graph(
        feature("0001", requires_any=((B, C),)),
        feature("0002", requires=(D,)),
        feature("0003"),
        feature("0004"),
    )
    assert found.activation_plan(A).choices == ((B, C),)
    settled = found.activation_plan(A, chosen=[B])
    assert settled.choices == ()
    assert settled.order == (D, B, A)


def test_group_is_settled_by_a_prerequisite() -> None:
    plan = graph(
        feature("0001", requires=(B,), requires_any=((B, C),)), feature("0002"), feature("0003")
    ).activation_plan(A)
    assert plan.choices == ()


def test_code_outside_the_catalogue_is_a_leaf() -> None:
    plan = graph(feature("0001", requires=(D,))).activation_plan(A)
    assert plan.order == (D, A)
    assert plan.outside == (D,)


def test_circle_is_an_error_that_names_it() -> None:
    with pytest.raises(QueryError, match="FAJ 121 0001 → FAJ 121 0002 → FAJ 121 0001"):
        graph(feature("0001", requires=(B,)), feature("0002", requires=(A,))).activation_plan(A)


def test_conflict_holds_whoever_states_it() -> None:
    found = graph(feature("0001", conflicts=(B,)), feature("0002"), feature("0003"))
    assert found.conflicts(A) == (B,)
    assert found.conflicts(B) == (A,)
    assert found.conflicts_among([C, B, A]) == [(A, B)]


def test_conflicts_with_a_set_are_those_outside_it() -> None:
    found = graph(
        feature("0001", conflicts=(B, C)), feature("0002"), feature("0003", conflicts=(D,))
    )
    assert found.conflicts_with([A, B]) == {C: (A,)}
    assert found.conflicts_with([A, D]) == {B: (A,), C: (A, D)}
    assert found.conflicts_with([]) == {}


def test_relations_among_features_are_told_once_conflicts_first() -> None:
    found = graph(
        feature("0001", requires=(B,), related=(B, D)),
        feature("0002", requires=(C,), conflicts=(D,)),
        feature("0003"),
        feature("0004", requires=(C,), conditional=(C,), requires_any=((A, B),)),
    )
    told = [(r.faj, r.kind, r.other) for r in found.relations_among([A, B, C, D])]
    assert told == [
        (B, "conflicts_with", D),
        (A, "requires", B),
        (A, "requires_through_others", C),
        (D, "requires_one_of_group", A),
        (B, "requires", C),
        (D, "requires_one_of_group", B),
        (D, "requires_in_some_configurations", C),
    ]
    assert [r.kind for r in found.relations_among([D, C])] == ["requires_in_some_configurations"]
    assert found.relations_among([A]) == []


def test_several_goals_share_one_order() -> None:
    found = graph(feature("0001", requires=(C,)), feature("0002", requires=(C, A)), feature("0003"))
    assert found.activation_plan_of([B, A]).order == (C, A, B)


def test_related_features_are_those_named_then_those_that_name() -> None:
    found = graph(feature("0001", related=(B,)), feature("0002"), feature("0003", related=(A, B)))
    assert found.related(A) == (B, C)
    assert found.required_by(A) == ()


def test_every_feature_of_the_catalogue_has_an_activation_order(catalogue: Catalogue) -> None:
    for f in catalogue.features:
        plan = catalogue.graph.activation_plan(f.faj)
        assert plan.order[-1] == f.faj
        position = {code: i for i, code in enumerate(plan.order)}
        for code in plan.order:
            assert all(
                position[needed] < position[code] for needed in catalogue.graph.requires(code)
            )


def test_requires_has_no_circle_even_with_all_conditions(catalogue: Catalogue) -> None:
    for f in catalogue.features:
        everything = {
            code
            for g in catalogue.features
            for code in (*g.requires, *(c for x in g.requires_any for c in x))
        }
        assert catalogue.graph.activation_plan(f.faj, chosen=everything).order[-1] == f.faj


def test_no_feature_conflicts_with_what_it_requires(catalogue: Catalogue) -> None:
    for f in catalogue.features:
        assert (
            catalogue.graph.conflicts_among(catalogue.graph.activation_plan(f.faj).order) == []
        ), f.faj


def test_conflicts_of_the_catalogue_are_symmetric(catalogue: Catalogue) -> None:
    for f in catalogue.features:
        assert all(
            f.faj in catalogue.graph.conflicts(other) for other in catalogue.graph.conflicts(f.faj)
        )


def test_unknown_code_has_no_relations(catalogue: Catalogue) -> None:
    unknown = FajCode("FAJ 999 9999")
    assert (
        catalogue.graph.conflicts(unknown)
        == catalogue.graph.related(unknown)
        == catalogue.graph.requires(unknown)
        == ()
    )
