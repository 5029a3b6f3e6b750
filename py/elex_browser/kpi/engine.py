"""Computes KPIs from loaded counters: put together first, divided last (3GPP TS 32.450, TS 28.554).

Each counter is read once for all formulas that need it. Counters are put together over the objects of
a group and the periods of a window, each in the way of its kind, and only then the formula is computed,
for all groups and windows at once: a rate or share is never added up, nor averaged.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.binding import Binding, bind, split_name
from elex_browser.kpi.combining import Combined, Combining
from elex_browser.kpi.formula import Formula, parse
from elex_browser.kpi.grouping import Grouping
from elex_browser.kpi.reader import CounterReader, KindOf
from elex_browser.kpi.results import ResultSource
from elex_browser.kpi.table import KpiTable, reasons_of

Window = tuple[int, int]


class KpiEngine:
    """Computes KPIs from one source."""

    def __init__(self, source: ResultSource, kind_of: KindOf) -> None:
        self._source = source
        self._kind_of = kind_of

    def tables(
        self, kpis: Sequence[Kpi], grouping: Grouping, windows: Sequence[Window] | None = None
    ) -> Iterator[KpiTable]:
        """Yield the tables of each KPI in turn, one for each filter of its flexible counters.

        `windows` are spans in seconds since 1970: what lies in one as a whole is put together. For None
        each loaded period is one.

        Raises:
            ConfigError: a formula cannot be read.
        """
        formulas = [parse(kpi.formula) for kpi in kpis]
        reader = CounterReader(self._source, self._kind_of)
        counters = [_counters(formula, reader) for formula in formulas]
        for each in counters:
            reader.await_counters(each)
        combining = Combining(self._source, reader, grouping, windows)
        for kpi, formula, needed in zip(kpis, formulas, counters, strict=True):
            for binding in bind(formula, kpi.also_mo, reader):
                yield _table(kpi, formula, binding, combining)
            reader.release(needed)

    def lacking(self, kpi: Kpi) -> list[str]:
        """Return the names of a formula that no loaded file holds on the classes that it means.

        Raises:
            ConfigError: the formula cannot be read.
        """
        reader = CounterReader(self._source, self._kind_of)
        return list(bind(parse(kpi.formula), kpi.also_mo, reader)[0].lacking)


def _counters(formula: Formula, reader: CounterReader) -> list[str]:
    return [split_name(name, reader.counters)[1] for name in formula.counters]


def _table(kpi: Kpi, formula: Formula, binding: Binding, combining: Combining) -> KpiTable:
    found = combining.combined(formula, binding)
    problem = binding.problem or found.problem
    seen, used, suspect, reset = found.counts
    raw = np.broadcast_to(formula.values(found.columns), seen.shape)
    has_total = not (formula.is_per_index or problem)
    raw = np.where((used > 0) & has_total, raw, np.nan)
    reasons = reasons_of(
        raw, seen, used, problem=problem, is_per_index=formula.is_per_index, kpi=kpi
    )
    return KpiTable(
        kpi=kpi,
        formula=formula,
        filter_name=binding.filter_name,
        lacking=binding.lacking,
        notes=tuple(_notes(binding, found)),
        problem=problem,
        groups=found.groups,
        begins=combining.begins,
        ends=combining.ends,
        raw=raw,
        reasons=reasons,
        seen=seen,
        used=used,
        suspect=suspect,
        reset=reset,
        columns=found.columns,
        columns_each=found.columns_each,
    )


def _notes(binding: Binding, found: Combined) -> Iterator[str]:
    if binding.absent:
        names = ", ".join(sorted(binding.absent))
        yield f"{names}: not in the loaded files, left out of the formula"
    if found.n_overlapping:
        yield (
            f"{found.n_overlapping} results overlap shorter periods of the same objects "
            "and were not added to them"
        )
