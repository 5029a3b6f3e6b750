"""Judging values against ranges, counters against KPIs; bad input gets a verdict."""

import math
from collections.abc import Sequence

import numpy as np

from elex_browser.errors import ElexError
from elex_browser.kernels.base import Kernels
from elex_browser.kpi.formula import parse
from elex_browser.protocol import (
    CounterConfig,
    KpiConfig,
    KPIData,
    KPIValue,
    ValidationParam,
    ValidationResult,
)


def validate(params: Sequence[ValidationParam], kernels: Kernels) -> list[ValidationResult]:
    """Return a verdict per value, in order."""
    values = np.array([_number(param.value) for param in params], np.float64)
    minima = np.array([_number(param.min) for param in params], np.float64)
    maxima = np.array([_number(param.max) for param in params], np.float64)
    valid = kernels.check_ranges(values, minima, maxima).valid
    return [
        ValidationResult(
            parameter=param.name,
            valid=bool(ok),
            value=param.value,
            reason=None if ok else _reason(param, value, low, high),
        )
        for param, ok, value, low, high in zip(params, valid, values, minima, maxima, strict=True)
    ]


def monitor(
    counters: Sequence[CounterConfig], kpis: Sequence[KpiConfig], kernels: Kernels
) -> KPIData:
    """Return one pass over the counters.

    The weight of a counter is 1 / (counters of its category): the score is the sum of the
    categories' means, so that a category does not win by having many counters.
    """
    sizes: dict[str, int] = {}
    for counter in counters:
        sizes[counter.category] = sizes.get(counter.category, 0) + 1
    values = np.array([counter.current_value for counter in counters], np.float64)
    weights = np.array([1.0 / sizes[counter.category] for counter in counters], np.float64)
    total = kernels.aggregate(values, weights, 0.0)
    return KPIData(
        total_events=total.total,
        weighted_score=total.weighted_total,
        peak_value=0.0 if math.isnan(total.maximum) else total.maximum,
        alerts=sum(value.alert for value in kpi_values(counters, kpis)),
    )


def kpi_values(counters: Sequence[CounterConfig], kpis: Sequence[KpiConfig]) -> list[KPIValue]:
    """Return each KPI's value; an alert is a value above its threshold."""
    known = {counter.name: counter.current_value for counter in counters}
    return [_kpi_value(kpi, known) for kpi in kpis]


def _kpi_value(kpi: KpiConfig, known: dict[str, float]) -> KPIValue:
    try:
        value = parse(kpi.formula).value(known)
    except ElexError as exc:
        return KPIValue(
            name=kpi.name, value=None, threshold=kpi.threshold, alert=False, reason=exc.problem
        )
    is_alert = value > kpi.threshold
    return KPIValue(name=kpi.name, value=value, threshold=kpi.threshold, alert=is_alert)


def _number(value: float | int | str | bool | None) -> float:
    """The number that a value is, or NaN; the three texts that stand for numbers are read."""
    if isinstance(value, bool) or value is None:
        return math.nan
    if isinstance(value, str):
        return {"Infinity": math.inf, "-Infinity": -math.inf}.get(value, math.nan)
    try:
        return float(value)
    except OverflowError:  # an integer beyond every float
        return math.inf if value > 0 else -math.inf


def _reason(param: ValidationParam, value: float, low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return f"its range {param.min} to {param.max} is not made of numbers"
    if low > high:
        return f"its range is empty: {param.min} is above {param.max}"
    if math.isnan(value):
        return f"{_shown(param.value)} is not a number"
    if math.isinf(value):
        return f"{_shown(param.value)} is not finite"
    return f"{param.value} is {'below' if value < low else 'above'} {param.min} to {param.max}"


def _shown(value: object) -> str:
    return f"the text {value[:40]!r}" if isinstance(value, str) and value != "NaN" else f"{value}"
