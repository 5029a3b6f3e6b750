"""Random counters that are consistent never give a KPI that is not: no share below 0 or above 100 %."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from elex_browser.catalogue.index import Catalogue
from elex_browser.catalogue.kpis import Kpi
from elex_browser.errors import ConfigError
from elex_browser.kpi.formula import parse
from tests.data.counting_draw import F64, Worlds
from tests.data.counting_worlds import draw_worlds
from tests.data.kpi_laws import faults, outcome

KPIS = Catalogue.load().kpis
BY_NAME = {kpi.name: kpi for kpi in KPIS.all}
SEEDS = st.integers(0, 2**32 - 1)
WORLDS = draw_worlds(20_260_302)


@given(SEEDS)
@settings(max_examples=6)
def test_every_formula_keeps_the_laws_of_counting(seed: int) -> None:
    worlds = draw_worlds(seed)
    broken = {kpi.name: found for kpi in KPIS.all if (found := faults(kpi, worlds))}

    assert broken == {}


def values(name: str, worlds: Worlds) -> F64:
    return outcome(parse(BY_NAME[name].formula), worlds).values


@given(SEEDS)
@settings(max_examples=6)
def test_kpis_of_one_family_fit_together(seed: int) -> None:
    worlds = draw_worlds(seed)

    for way in ("DL", "UL"):
        shares = [values(f"{way} ROHC Profile {i} Usage per 5QI", worlds) for i in range(3)]
        assert np.nansum(shares, axis=0).round(6).tolist() == pytest.approx([100.0] * 60)
        parts = [values(f"Profile {i} {way} Compression percentage", worlds) for i in (1, 2)]
        assert_between(values(f"Total {way} Compression percentage", worlds), parts)
    blocks = [values(f"DL HARQ BLER {m}", worlds) for m in ("QPSK", "16QAM", "64QAM", "256QAM")]
    together = parse(pooled_bler(["Qpsk", "16qam", "64qam", "256qam"]))
    assert_between(outcome(together, worlds).values, blocks)
    for less, more in (
        ("DRB lost, active, per 5QI, RRC inactive state, gNodeB triggered only",
         "DRB lost, active, per 5QI, RRC inactive state"),
        ("NR CBRA Msg3 success rate", "NR CBRA Msg1 answer rate"),
        ("Random Access Performance Indicator for CFRA", "Random Access Msg1 Success Rate for CFRA"),
        ("NR DL MAC cell throughput, available slots",
         "Normalized Average Downlink MAC Cell Throughput Considering Traffic"),
        ("E-RAB abnormal releases per second (flex filter, eNodeB part)",
         "E-RAB abnormal releases per second"),
    ):  # fmt: skip
        assert not (values(less, worlds) > values(more, worlds) * (1 + 1e-9)).any(), (less, more)


def pooled_bler(modulations: list[str]) -> str:
    nacks = " + ".join(f"EUtranCellFDD.pmMacHarqDlNack{m}" for m in modulations)
    acks = " + ".join(f"EUtranCellFDD.pmMacHarqDlAck{m}" for m in modulations)
    return f"100 * ({nacks}) / ({acks} + {nacks})"


def assert_between(whole: F64, parts: list[F64]) -> None:
    assert not (whole < np.fmin.reduce(parts) - 1e-6).any()
    assert not (whole > np.fmax.reduce(parts) + 1e-6).any()


def test_no_two_kpis_are_one() -> None:
    texts = [re.sub(r"[\s()]", "", kpi.formula) for kpi in KPIS.all]
    curves = [curve(kpi.formula).round(9).tobytes() for kpi in KPIS.all]

    assert len(set(texts)) == len(texts)
    assert len(set(curves)) == len(curves)


SHARES = [kpi for kpi in KPIS.all if not kpi.is_sum]


@pytest.mark.parametrize("change", ["({}) / 100", "100 * ({})", "({}) / 900"])
def test_a_wrong_factor_is_found(change: str) -> None:
    missed = [
        kpi.name
        for kpi in SHARES
        if not faults(replace(kpi, formula=change.format(kpi.formula)), WORLDS)
    ]

    assert missed == []


def test_missing_brackets_are_found() -> None:
    assert missed(without_brackets) == []


def test_a_minus_for_a_plus_is_found() -> None:
    assert missed(with_a_minus) == []


def test_attempts_for_successes_are_found() -> None:
    assert missed(turned_round) == []


def test_another_technology_is_found() -> None:
    assert missed(of_other_technology) == []


def test_a_sister_in_the_numerator_is_found() -> None:
    assert missed(with_a_sister) == []


def missed(changes_of: Callable[[Kpi], Iterator[str]]) -> list[tuple[str, str]]:
    """The changed formulas in which no law finds a fault, but those that mean the same; there are some."""
    changed = [(kpi, text) for kpi in SHARES for text in changes_of(kpi)]
    assert changed
    return [
        (kpi.name, text)
        for kpi, text in changed
        if not faults(replace(kpi, formula=text), WORLDS)
        and not np.allclose(curve(text), curve(kpi.formula), equal_nan=True)
    ]


def curve(formula: str) -> F64:
    return outcome(parse(formula), WORLDS).flat


def without_brackets(kpi: Kpi) -> Iterator[str]:
    """The formula without the brackets around one sum that is multiplied or divided."""
    text = kpi.formula
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        if character != ")":
            continue
        begin = opened.pop()
        inner = re.sub(r"\([^()]*\)|\[.*?\]", "", text[begin + 1 : at])
        around = text[:begin].rstrip()[-1:] + text[at + 1 :].lstrip()[:1]
        is_name = text[:begin][-1:].isalpha()
        if re.search(r"[*/]", around) and re.search(r"[+-]", inner) and not is_name:
            yield text[:begin] + text[begin + 1 : at] + text[at + 1 :]


def with_a_minus(kpi: Kpi) -> Iterator[str]:
    """The formula with a minus for the first plus below the fraction line."""
    above, line, below = kpi.formula.partition("/")
    if "+" in below:
        yield above + line + below.replace("+", "-", 1)


def turned_round(kpi: Kpi) -> Iterator[str]:
    if "Att" in kpi.formula and "Succ" in kpi.formula:
        swapped = re.sub("Att(?!M)|Succ", lambda m: {"Att": "Succ"}.get(m[0], "Att"), kpi.formula)
        if all(name in WORLDS.numbers or name in WORLDS.lists for name in parse(swapped).counters):
            yield swapped


def of_other_technology(kpi: Kpi) -> Iterator[str]:
    classes = re.findall(r"\b(EUtranCellFDD|NRCellDU|NRCellCU)\.", kpi.formula)
    if len(classes) > 1:
        other = "NRCellDU" if classes[0] == "EUtranCellFDD" else "EUtranCellFDD"
        yield kpi.formula.replace(classes[0], other, 1)


def with_a_sister(kpi: Kpi) -> Iterator[str]:
    """The numerator of another profile or modulation."""
    above, line, below = kpi.formula.partition("/")
    for word, sister in (("Prof1", "Prof0"), ("16qam", "64qam"), ("256qam", "64qam")):
        if re.search(r"Profile 1 Usage|BLER (?:16|256)QAM", kpi.name) and word in above:
            yield above.replace(word, sister) + line + below


@pytest.mark.parametrize(
    ("name", "documented"),
    [
        ("eMBMS sessions lost",
         "100 * (MceFunction.pmMbmsSessionStopMme - MceFunction.pmMbmsSessionStopMmeNoSession"
         " + MceFunction.pmMbmsSessionEnd) / (MceFunction.pmMbmsSessionStopMme"
         " - MceFunction.pmMbmsSessionStopMmeNoSession + MceFunction.pmMbmsSessionEnd"
         " + MceFunction.pmMbmsSessionStopAuditTimer)"),
        ("Average Active SRS Users Per Second", "NRCellDU.pmMacActiveSrsUe / 900"),
        ("Average number of DL CIDs",
         "100 * GNBCUUPFunction.pmRohcCidDlSum / GNBCUUPFunction.pmRohcCidDlSamp"),
        ("Antenna-switching SRS use",
         "NRCellDU.pmRadioSrsResUsedAntSwitching / NRCellDU.pmRadioSrsResAvailAntSwitching"),
    ],
)  # fmt: skip
def test_what_was_documented_breaks_a_law(name: str, documented: str) -> None:
    assert faults(replace(BY_NAME[name], formula=documented), WORLDS)


def test_a_formula_is_never_python() -> None:
    for kpi in KPIS.all:
        with pytest.raises(ConfigError):
            parse(f"{kpi.formula} if True else 0")
