"""KPIs from loaded counters: added up over objects first, divided last (3GPP TS 32.450, TS 28.554).

An object's period counts only as a whole: where a counter that the formula needs is missing or suspect,
none of that object's counters of that period is used, so that numerator and denominator belong together.
A denominator of 0 leaves the KPI undefined; it is neither 0 nor 100 %.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.kpis import Kpi
from elex_browser.errors import ConfigError, ElexError
from elex_browser.kernels.base import Kernels
from elex_browser.kpi.formula import Formula, Value, parse
from elex_browser.network.measurements import Measurements, Results, utc_text
from elex_browser.protocol import KpiPoint, KpiScope
from elex_browser.ran.dn import cell_of, node_of, split_dn

I64 = NDArray[np.int64]
KindOf = Callable[[str], str]
NETWORK = "network"


class Grouping(NamedTuple):
    """Objects put together: the number of each one's group (-1 for none) and the groups' names."""

    of_object: I64
    names: list[str]


class _Term(NamedTuple):
    """A counter of a formula with its usable results: group and period as one key."""

    name: str
    counter: str
    objects: I64
    periods: I64
    values: NDArray[np.float64]
    vectors: dict[int, NDArray[np.float64]]


def group(store: Measurements, scope: KpiScope) -> Grouping:
    """Put objects together: all of them, those of one node, or those of one cell."""
    numbers: dict[str, int] = {}
    names: list[str] = []
    of_object = np.full(len(store.dns), -1, np.int64)
    for i, dn in enumerate(store.dns):
        key, name = _place(dn, scope)
        if key:
            if key not in numbers:
                numbers[key] = len(names)
                names.append(name)
            of_object[i] = numbers[key]
    return Grouping(of_object, names)


def _place(dn: str, scope: KpiScope) -> tuple[str, str]:
    """The key and the name of the group that an object belongs to."""
    node = node_of(dn)
    if scope == "network":
        return NETWORK, NETWORK
    if scope == "node":
        return node or dn.partition(",")[0], node or dn.partition(",")[0]
    cell = cell_of(dn)
    # A cell's objects at CU and DU have different names and the same id.
    return (f"{node} {split_dn(cell)[-1].value}", cell) if cell else ("", "")


def missing_counters(store: Measurements, kpi: Kpi) -> list[str]:
    """Return the counters of a formula that no loaded file holds; all of them if it cannot be read."""
    try:
        names = parse(kpi.formula).counters
    except ConfigError:
        return [kpi.formula]
    return [name for name in names if _find(store, kpi, name) is None]


class KpiEngine:
    """Computes KPIs from one store."""

    def __init__(self, store: Measurements, kernels: Kernels, kind_of: KindOf) -> None:
        self._store = store
        self._kernels = kernels
        self._kind_of = kind_of

    def points(self, kpi: Kpi, grouping: Grouping) -> dict[int, list[KpiPoint]]:
        """Return the points of each group that has results, in the order of time."""
        periods = sorted(range(len(self._store.periods)), key=self._store.periods.__getitem__)
        return self._evaluate(kpi, grouping, [[period] for period in periods])

    def overall(self, kpi: Kpi) -> KpiPoint | None:
        """Return the KPI over the whole network and all periods together."""
        everything = [list(range(len(self._store.periods)))]
        found = self._evaluate(kpi, group(self._store, "network"), everything)
        return found[0][0] if found else None

    def _evaluate(
        self, kpi: Kpi, grouping: Grouping, spans: list[list[int]]
    ) -> dict[int, list[KpiPoint]]:
        formula = parse(kpi.formula)
        all_terms = [term for name in formula.counters if (term := self._term(kpi, name))]
        terms = self._whole(all_terms)
        span_of = np.zeros(len(self._store.periods), np.int64)
        for number, span in enumerate(spans):
            span_of[span] = number
        n_keys = len(grouping.names) * len(spans)

        def keys(objects: I64, periods: I64) -> I64:
            groups = grouping.of_object[objects]
            return np.where(groups < 0, -1, groups * len(spans) + span_of[periods])

        seen = self._counts(all_terms, keys, n_keys)
        used = self._counts(terms, keys, n_keys)
        columns = {term.name: self._sum(term, keys, n_keys) for term in terms}
        found: dict[int, list[KpiPoint]] = {}
        for key in np.flatnonzero(seen).tolist():
            number, span_number = divmod(key, len(spans))
            at = {name: column[key] for name, column in columns.items() if key in column}
            begin = min(self._store.periods[period][0] for period in spans[span_number])
            end = max(self._store.periods[period][1] for period in spans[span_number])
            point = _point(formula, at, begin, end, float(used[key] / seen[key]))
            found.setdefault(number, []).append(point)
        return found

    def _term(self, kpi: Kpi, name: str) -> _Term | None:
        results = _find(self._store, kpi, name)
        if results is None:
            return None
        counter = name.rpartition(".")[2]
        usable = ~results.suspect
        values = results.values
        for place, bins in results.vectors.items():
            usable[place] &= not np.isnan(bins).any()
        usable &= ~np.isnan(values) | np.isin(np.arange(len(values)), list(results.vectors))
        # Suspect results stay visible as NaN: they count as seen and not as used.
        vectors = {at: bins for at, bins in results.vectors.items() if usable[at]}
        kept = np.where(usable, np.where(np.isnan(values), np.inf, values), np.nan)
        return _Term(name, counter, results.objects, results.periods, kept, vectors)

    def _whole(self, terms: list[_Term]) -> list[_Term]:
        """Keep of each term the results of objects whose other counters are usable, too.

        Which counters an object should have is told by its class: those that any of its class has.
        """
        classes = np.unique(self._store.classes, return_inverse=True)[1].astype(np.int64)
        n_periods = len(self._store.periods)
        needed = np.zeros(len(self._store.dns), np.int64)
        present: dict[int, int] = {}
        for term in terms:
            of_class = np.isin(classes, np.unique(classes[term.objects]))
            needed += of_class
            good = ~np.isnan(term.values)
            for key in (term.objects[good] * n_periods + term.periods[good]).tolist():
                present[key] = present.get(key, 0) + 1
        whole = []
        for term in terms:
            keys = (term.objects * n_periods + term.periods).tolist()
            counts = np.array([present.get(key, 0) for key in keys], np.int64)
            keep = np.flatnonzero((counts == needed[term.objects]) & ~np.isnan(term.values))
            places = {int(old): new for new, old in enumerate(keep)}
            vectors = {places[at]: bins for at, bins in term.vectors.items() if at in places}
            whole.append(
                term._replace(
                    objects=term.objects[keep],
                    periods=term.periods[keep],
                    values=term.values[keep],
                    vectors=vectors,
                )
            )
        return whole

    def _counts(
        self, terms: Iterable[_Term], keys: Callable[[I64, I64], I64], n_keys: int
    ) -> NDArray[np.int64]:
        """How many (object, period) pairs fall on each key."""
        n_periods = len(self._store.periods)
        pairs = [term.objects * n_periods + term.periods for term in terms]
        if not pairs:
            return np.zeros(n_keys, np.int64)
        objects, periods = np.divmod(np.unique(np.concatenate(pairs)), n_periods)
        found = keys(objects, periods)
        return np.bincount(found[found >= 0], minlength=n_keys)

    def _sum(self, term: _Term, keys: Callable[[I64, I64], I64], n_keys: int) -> dict[int, Value]:
        """Put a counter together on each key, in the way of its kind."""
        at = keys(term.objects, term.periods)
        if term.vectors:
            return _sum_vectors(term, at)
        inside = np.flatnonzero(at >= 0)
        groups = at[inside].astype(np.uint32)
        values = np.ascontiguousarray(term.values[inside])
        total = self._kernels.aggregate_groups(values, np.ones(len(values)), groups, n_keys, 0.0)
        kind = self._kind_of(term.counter)
        column = {"maximum": total.maximum, "minimum": total.minimum}.get(kind, total.total)
        if kind == "ratio":
            column = total.total / np.maximum(total.n_rows, 1)
        return {int(key): float(column[key]) for key in np.flatnonzero(total.n_rows)}


def _find(store: Measurements, kpi: Kpi, name: str) -> Results | None:
    """The results of a counter on objects of the classes that the formula means."""
    mo_class, _, counter = name.rpartition(".")
    results = store.results(counter)
    if results is None or not mo_class:
        return results
    classes = {mo_class, *kpi.also_mo, *kpi.mo_alternatives.get(counter, ())}
    fitting = np.array([known in classes for known in store.classes], np.bool_)
    keep = np.flatnonzero(fitting[results.objects])
    if not len(keep):
        return None
    places = {int(old): new for new, old in enumerate(keep)}
    vectors = {places[at]: bins for at, bins in results.vectors.items() if at in places}
    return Results(
        results.objects[keep],
        results.periods[keep],
        results.values[keep],
        results.suspect[keep],
        vectors,
    )


def _sum_vectors(term: _Term, at: I64) -> dict[int, Value]:
    """Histograms add up bin by bin; a shorter one has no events in the bins it lacks."""
    sums: dict[int, Value] = {}
    for place, bins in term.vectors.items():
        key = int(at[place])
        if key < 0:
            continue
        so_far = np.atleast_1d(np.asarray(sums.get(key, np.zeros(len(bins))), np.float64))
        longest = max(len(so_far), len(bins))
        total = np.zeros(longest)
        total[: len(so_far)] += so_far
        total[: len(bins)] += bins
        sums[key] = total
    return sums


def _point(
    formula: Formula, counters: Mapping[str, Value], begin: int, end: int, share: float
) -> KpiPoint:
    value, reason = None, None
    try:
        value = formula.value(counters)
    except ElexError as error:
        reason = error.problem
        if share == 0.0:
            reason = "every result is suspect, or a counter that the formula needs is missing"
    if value is not None and not np.isfinite(value):
        value, reason = None, "the formula gives no finite number"
    return KpiPoint(
        begin=utc_text(begin), end=utc_text(end), value=value, share=share, reason=reason
    )
