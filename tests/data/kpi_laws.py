"""Laws that a right KPI formula keeps in every world, whatever was counted, by the name of the law."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from elex_browser.catalogue.kpis import Kpi
from elex_browser.kpi.formula import Formula, parse
from elex_browser.kpi.tree import Chain, Columns, Counter, Node, Number, Sum
from tests.data.counting_draw import F64, Worlds

# Percentages whose plausible range is wider than what the worlds hold.
_WIDER = re.compile(r"Compression percentage")
# A quotient of products is between its factors' values only factor by factor.
_PRODUCTS = re.compile(r"Accessibility - Success|SA handover SR|SRVCC")
# Two kinds of report are taken for one: its doubt says so.
_DOUBTFUL = re.compile(r"Setup avoidance rate")
# A share of all blocks, good and bad ones, has no good and bad counters.
_NEUTRAL = re.compile(r"_TB%")
# Names that hold a word which none of their counters has.
_OTHER_WORDS = re.compile(r"emergency calls$|EMF_|Downlink RLC Buffer|retainability", re.IGNORECASE)
_LTE = {"EUtranCellFDD", "GUtranCellRelation", "UtranCellRelation", "MceFunction", "MbmsService"}
_NR = {"NRCellCU", "NRCellDU", "GNBCUCPFunction", "GNBCUUPFunction", "NRSectorCarrier"}
_BAD = re.compile(r"Fail|Nack|Nok|Abnormal|Lost|Disc|Rej|AuditTimer")
_GOOD = re.compile(r"Succ|(?<!No)Ack(?![a-z])|(?<!N)Ok(?![a-z])|Normal|End(?![a-z])")
# What may be taken away, because its whole stands beside it.
_PARTS = re.compile(
    r"Reatt|Mos|RnaUpdate|Inact|NoSession|NoAck|Skip|LastTTI|FlexMcPtt|WithDet|AckIn|AckOut|Response"
    r"|CmpHdr|HdrProf|MonReport|MonConfig|TxTO|Fallback"
)
_WORDS = (
    (r"\b(?:qpsk|16qam|64qam|256qam)\b", lambda word: word),
    (r"\bprofile \d", lambda word: word.replace("ofile ", "of")),
    (r"\b(?:ul|uplink)\b", lambda word: "ul"),
    (r"\b(?:dl|downlink)\b", lambda word: "dl"),
    (r"\b5qi\b", lambda word: "5qi"),
)
_CONSTANTS = {100, 8, 64, 10, 1000, 180, 5, 2.5, 1, 2, 4, 0}


@dataclass(frozen=True)
class Outcome:
    """A formula's values in all worlds: for all indexes together, and for each."""

    values: F64
    each: F64

    @property
    def flat(self) -> F64:
        """Every value, NaN where there is none."""
        return np.concatenate([self.values.ravel(), self.each.ravel()])

    @property
    def all(self) -> F64:
        """Every finite value."""
        return self.flat[np.isfinite(self.flat)]


def outcome(formula: Formula, worlds: Worlds, *, factor: float = 1.0) -> Outcome:
    """Compute a formula in all worlds, with all counters and periods `factor` times as large."""
    shape = worlds.period_s.shape
    lists = {n: worlds.lists[n] * factor for n in formula.counters if n in worlds.lists}
    numbers = {n: worlds.numbers[n] * factor for n in formula.counters if n in worlds.numbers}
    numbers |= {name: values.sum(axis=0) for name, values in lists.items()}
    n_indexes = max((len(values) for values in lists.values()), default=1)
    columns = Columns(shape, numbers, lists, np.arange(n_indexes), worlds.period_s * factor)
    none = np.full(shape, np.nan)
    values = none if formula.is_per_index else formula.values(columns)
    each = formula.values_each(columns)
    return Outcome(values, none if each is None else each)


def faults(kpi: Kpi, worlds: Worlds) -> set[str]:
    """Return the names of the laws that a KPI breaks."""
    formula = parse(kpi.formula)
    if _mixes_classes(formula):
        return {"classes"}  # no world holds such counters
    found = outcome(formula, worlds)
    return {
        name
        for name, is_broken in (
            ("range", _leaves_range(kpi, found)),
            ("scale", _is_small_share(kpi, found)),
            ("degree", _grows(kpi, formula, found, worlds)),
            ("pooling", _pools_wrongly(kpi, formula, worlds)),
            ("direction", _points_wrongly(kpi, formula, worlds)),
            ("words", _names_other(kpi, formula)),
            ("nothing", _counts_nothing(kpi, formula, worlds)),
            ("minus", _takes_away(formula.tree)),
            ("constants", any(n not in _CONSTANTS for n in _numbers(formula.tree))),
        )
        if is_broken
    }


def _mixes_classes(formula: Formula) -> bool:
    classes = {name.partition(".")[0] for name in formula.counters if "." in name}
    return len(classes) > 1 or bool(classes - _LTE - _NR)


def _leaves_range(kpi: Kpi, found: Outcome) -> bool:
    if _DOUBTFUL.search(kpi.name):
        return bool(found.all.max(initial=0.0) > 100.0)
    low, high = kpi.plausible or (-np.inf, np.inf)
    slack = 1e-9 * max(abs(low), abs(high))
    if (found.all < low - slack).any() or (found.all > high + slack).any():
        return True
    if kpi.usual is None or (kpi.unit == "%" and not _WIDER.search(kpi.name)):
        return False
    usual_low, usual_high = kpi.usual
    return bool(
        (found.all > usual_high + slack).any()
        or (found.all < usual_low - slack).any()
        or found.all.max(initial=0.0) < usual_high / 50
    )


def _is_small_share(kpi: Kpi, found: Outcome) -> bool:
    return kpi.unit == "%" and found.all.max(initial=0.0) <= (kpi.plausible or (0, 100))[1] / 100


def _grows(kpi: Kpi, formula: Formula, found: Outcome, worlds: Worlds) -> bool:
    """Four equal periods give what one gives; only a sum grows, fourfold."""
    larger = outcome(formula, worlds, factor=4.0)
    expected = 4.0 if kpi.is_sum else 1.0
    return not np.allclose(larger.flat, expected * found.flat, rtol=1e-9, equal_nan=True)


def _pools_wrongly(kpi: Kpi, formula: Formula, worlds: Worlds) -> bool:
    """Two worlds together lie between the two apart."""
    if kpi.is_sum or _PRODUCTS.search(kpi.name):
        return False
    apart = outcome(formula, worlds).values
    together = outcome(formula, _pooled(worlds)).values
    low, high = np.minimum(apart, np.roll(apart, 1)), np.maximum(apart, np.roll(apart, 1))
    slack = 1e-9 * np.maximum(np.abs(low), np.abs(high))
    return bool(((together < low - slack) | (together > high + slack)).any())


def _pooled(worlds: Worlds) -> Worlds:
    return worlds._replace(
        numbers={name: v + np.roll(v, 1) for name, v in worlds.numbers.items()},
        lists={name: v + np.roll(v, 1, axis=-1) for name, v in worlds.lists.items()},
        period_s=worlds.period_s * 2,
    )


def _points_wrongly(kpi: Kpi, formula: Formula, worlds: Worlds) -> bool:
    if kpi.better == "neither" or _NEUTRAL.search(kpi.name):
        return False
    sign = 1.0 if kpi.better == "higher" else -1.0
    before = outcome(formula, worlds).flat
    for name in set(_dividends(formula.tree)):
        is_bad, is_good = bool(_BAD.search(name)), bool(_GOOD.search(name))
        # A part cannot be raised without its whole.
        is_part = "Mos" in name and name.replace("Mos", "") in formula.counters
        if is_bad == is_good or is_part or "Flex" in name:
            continue
        raised = worlds._replace(
            numbers={n: v * (1.5 if n == name else 1.0) for n, v in worlds.numbers.items()},
            lists={n: v * (1.5 if n == name else 1.0) for n, v in worlds.lists.items()},
        )
        change = sign * (outcome(formula, raised).flat - before)
        if (change > 1e-9).any() if is_bad else (change < -1e-9).any():
            return True
    return False


def _names_other(kpi: Kpi, formula: Formula) -> bool:
    if _OTHER_WORDS.search(kpi.name):
        return False
    counters = " ".join(_dividends(formula.tree)).casefold()
    return any(
        spelt(word) not in counters
        for pattern, spelt in _WORDS
        for word in re.findall(pattern, kpi.name.casefold())
    )


def _counts_nothing(kpi: Kpi, formula: Formula, worlds: Worlds) -> bool:
    """Where nothing was counted there is no share and no mean."""
    idle = worlds._replace(
        numbers={name: v * 0.0 for name, v in worlds.numbers.items()},
        lists={name: v * 0.0 for name, v in worlds.lists.items()},
    )
    found = outcome(formula, idle).all
    return bool(len(found)) and not (kpi.is_sum or "period_s" in kpi.formula)


def _takes_away(node: Node) -> bool:
    match node:
        case Sum(body):
            return _takes_away(body)
        case Chain(first, rest):
            taken = [name for sign, each in rest if sign == "-" for name in _names(each)]
            wrong = any(not _PARTS.search(name) for name in taken)
            return wrong or any(map(_takes_away, (first, *(each for _, each in rest))))
    return False


def _dividends(node: Node) -> Iterator[str]:
    """The counters that stand above a fraction line, or beside none."""
    match node:
        case Counter(name):
            yield name
        case Sum(body):
            yield from _dividends(body)
        case Chain(first, rest):
            yield from _dividends(first)
            for sign, each in rest:
                if sign != "/":
                    yield from _dividends(each)


def _names(node: Node) -> Iterator[str]:
    match node:
        case Counter(name):
            yield name
        case Sum(body):
            yield from _names(body)
        case Chain(first, rest):
            for each in (first, *(each for _, each in rest)):
                yield from _names(each)


def _numbers(node: Node) -> Iterator[float]:
    match node:
        case Number(value):
            yield value
        case Sum(body):
            yield from _numbers(body)
        case Chain(first, rest):
            for each in (first, *(each for _, each in rest)):
                yield from _numbers(each)
