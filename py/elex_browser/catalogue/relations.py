"""The graph of features: what must be active first, what must not be active together, what belongs together.

A conflict holds in both directions whoever states it: 338 of the 461 stated conflicts are mutual, and
for the other pairs activating both is just as wrong. Likewise a feature is related to one that names it.
Only `requires` is ordered; it has no circle (a test keeps it so).
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import combinations

import msgspec

from elex_browser.catalogue.feature import Feature
from elex_browser.errors import QueryError
from elex_browser.protocol import RelationKind
from elex_browser.ran.codes import FajCode


class ActivationPlan(msgspec.Struct, frozen=True):
    """What to activate for a feature, and what stays to be decided.

    Attributes:
        order: everything that must be active, each behind its prerequisites; a single feature last.
        choices: groups of which one more member must be active, still undecided.
        conditional: prerequisites of anything in `order` that hold only in some configurations.
        outside: members of `order` that are not in the catalogue (known by code and name only).
    """

    order: tuple[FajCode, ...]
    choices: tuple[tuple[FajCode, ...], ...]
    conditional: tuple[FajCode, ...]
    outside: tuple[FajCode, ...]


class Relation(msgspec.Struct, frozen=True):
    """What the catalogue states between two features; conflicts and related ones hold both ways."""

    faj: FajCode
    kind: RelationKind
    other: FajCode


class FeatureGraph:
    """Relations of the catalogue's features; codes outside the catalogue are leaves."""

    def __init__(self, features: Mapping[FajCode, Feature]) -> None:
        self._features = features

    def requires(self, faj: FajCode) -> tuple[FajCode, ...]:
        """Direct prerequisites that always hold."""
        feature = self._features.get(faj)
        if feature is None:
            return ()
        return tuple(code for code in feature.requires if code not in feature.conditional)

    def required_by(self, faj: FajCode) -> tuple[FajCode, ...]:
        """Features that name this one as a prerequisite, conditional or not."""
        return self._required_by.get(faj, ())

    def conflicts(self, faj: FajCode) -> tuple[FajCode, ...]:
        """Features that must not be active together with this one, whoever states it."""
        return self._conflicts.get(faj, ())

    def related(self, faj: FajCode) -> tuple[FajCode, ...]:
        """Features related to this one: those it names, then those that name it."""
        feature = self._features.get(faj)
        stated = feature.related if feature is not None else ()
        return tuple(dict.fromkeys((*stated, *self._related_to.get(faj, ()))))

    def conflicts_among(self, active: Iterable[FajCode]) -> list[tuple[FajCode, FajCode]]:
        """Every pair of a set of features that must not be active together."""
        return [(a, b) for a, b in combinations(sorted(set(active)), 2) if b in self.conflicts(a)]

    def conflicts_with(self, active: Iterable[FajCode]) -> dict[FajCode, tuple[FajCode, ...]]:
        """Each feature outside a set that must not be active with it → the members it conflicts with."""
        members = sorted(set(active))
        found: dict[FajCode, list[FajCode]] = {}
        for member in members:
            for other in self.conflicts(member):
                if other not in members:
                    found.setdefault(other, []).append(member)
        return {code: tuple(found[code]) for code in sorted(found)}

    def relations_among(self, codes: Iterable[FajCode]) -> list[Relation]:
        """What is stated between the members of a set: conflicts, then what requires what, then the rest."""
        pairs = list(combinations(dict.fromkeys(codes), 2))
        conflicts = [Relation(a, "conflicts_with", b) for a, b in pairs if b in self.conflicts(a)]
        needs = [
            Relation(faj, kind, other)
            for a, b in pairs
            for faj, other in ((a, b), (b, a))
            if (kind := self._need(faj, other)) is not None
        ]
        told = {frozenset((r.faj, r.other)) for r in (*conflicts, *needs)}
        related = [
            Relation(a, "related", b)
            for a, b in pairs
            if b in self.related(a) and frozenset((a, b)) not in told
        ]
        return [*conflicts, *needs, *related]

    def activation_plan(self, faj: FajCode, chosen: Collection[FajCode] = ()) -> ActivationPlan:
        """What to activate for a feature; `chosen` settles groups and adds conditional prerequisites.

        Raises:
            QueryError: the prerequisites go round in a circle.
        """
        return self.activation_plan_of([faj], chosen)

    def activation_plan_of(
        self, goals: Iterable[FajCode], chosen: Collection[FajCode] = ()
    ) -> ActivationPlan:
        """What to activate for several features, in one order.

        Raises:
            QueryError: the prerequisites go round in a circle.
        """
        order = self._ordered(goals, chosen)
        inside = [self._features[code] for code in order if code in self._features]
        groups = dict.fromkeys(group for f in inside for group in f.requires_any)
        conditional = dict.fromkeys(code for f in inside for code in f.conditional)
        return ActivationPlan(
            order=tuple(order),
            choices=tuple(group for group in groups if not set(group) & set(order)),
            conditional=tuple(code for code in conditional if code not in order),
            outside=tuple(code for code in order if code not in self._features),
        )

    def _need(self, faj: FajCode, other: FajCode) -> RelationKind | None:
        feature = self._features.get(faj)
        if feature is None:
            return None
        if other in self.requires(faj):
            return "requires"
        if other in feature.conditional:
            return "requires_in_some_configurations"
        if any(other in group for group in feature.requires_any):
            return "requires_one_of_group"
        is_before = other in self.activation_plan(faj).order
        return "requires_through_others" if is_before else None

    def _ordered(self, goals: Iterable[FajCode], chosen: Collection[FajCode]) -> list[FajCode]:
        """Depth first, so that every code stands behind its prerequisites."""
        order: dict[FajCode, None] = {}
        path: dict[FajCode, None] = {}

        def visit(faj: FajCode) -> None:
            if faj in order:
                return
            if faj in path:
                circle = " → ".join([*path, faj])
                problem = f"Prerequisites go round in a circle: {circle}"
                raise QueryError(problem, "Report this fault of the catalogue")
            path[faj] = None
            for code in self._prerequisites(faj, chosen):
                visit(code)
            del path[faj]
            order[faj] = None

        for goal in goals:
            visit(goal)
        return list(order)

    def _prerequisites(self, faj: FajCode, chosen: Collection[FajCode]) -> list[FajCode]:
        feature = self._features.get(faj)
        if feature is None:
            return []
        optional = (
            *feature.conditional,
            *(code for group in feature.requires_any for code in group),
        )
        wanted = [code for code in optional if code in chosen]
        return sorted({*self.requires(faj), *wanted})

    @cached_property
    def _required_by(self) -> dict[FajCode, tuple[FajCode, ...]]:
        return _reversed((f.faj, f.requires) for f in self._features.values())

    @cached_property
    def _related_to(self) -> dict[FajCode, tuple[FajCode, ...]]:
        return _reversed((f.faj, f.related) for f in self._features.values())

    @cached_property
    def _conflicts(self) -> dict[FajCode, tuple[FajCode, ...]]:
        stated_by = _reversed((f.faj, f.conflicts) for f in self._features.values())
        codes = {f.faj for f in self._features.values() if f.conflicts} | set(stated_by)
        stated = {
            code: self._features[code].conflicts if code in self._features else () for code in codes
        }
        return {code: tuple(sorted({*stated[code], *stated_by.get(code, ())})) for code in codes}


def _reversed(
    edges: Iterable[tuple[FajCode, tuple[FajCode, ...]]],
) -> dict[FajCode, tuple[FajCode, ...]]:
    sources: dict[FajCode, list[FajCode]] = {}
    for source, targets in edges:
        for target in targets:
            sources.setdefault(target, []).append(source)
    return {target: tuple(found) for target, found in sources.items()}
