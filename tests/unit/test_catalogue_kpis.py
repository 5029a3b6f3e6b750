"""Each KPI of the catalogue says what its value means, what it can be, and where it comes from."""

import msgspec
import pytest

from elex_browser.catalogue import kpis as catalogue_kpis
from elex_browser.catalogue.kpis import Kpis
from elex_browser.errors import ConfigError
from elex_browser.kpi.formula import parse

KPIS = Kpis()


def test_each_says_unit_range_and_source() -> None:
    for kpi in KPIS.all:
        assert kpi.unit, kpi.name
        assert kpi.source, kpi.name
        assert kpi.plausible is not None, kpi.name
        low, high = kpi.plausible
        assert low < high, kpi.name
        if kpi.usual is not None:
            assert low <= kpi.usual[0] < kpi.usual[1] <= high, kpi.name
        else:
            assert kpi.is_sum, kpi.name


def test_the_doubtful_say_so_and_no_period_stands_in_a_formula() -> None:
    assert len([kpi for kpi in KPIS.all if kpi.doubt]) == 16
    assert [kpi.name for kpi in KPIS.all if parse(kpi.formula).reads_period] == [
        "Average Active SRS Users Per Second"
    ]
    assert not any("900" in kpi.formula or "pm_count" in kpi.formula for kpi in KPIS.all)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("random access MSG1 success rate", ["NR CBRA Msg1 answer rate"]),
        ("gNodeB Contention-Based Robust Random Access MSG1 Success Rate",
         ["NR CBRA Msg1 answer rate"]),
        ("DL HARQ BLER", ["DL HARQ BLER (LTE, flex filter)", "DL HARQ BLER (NR)"]),
        ("SRS Utilization", ["Antenna-switching SRS use"]),
        ("SRS Resource Utilization", ["Antenna-switching SRS use"]),
        ("Average CCE Aggregation Level",
         ["Average CCE Aggregation Level, DL", "Average CCE Aggregation Level, UL"]),
        ("Xn Setup Serviceability - Xn Setup Failure Rate at High Load",
         ["Xn setup refused, incoming", "Xn setup refused, outgoing"]),
        ("no such KPI", []),
    ],
)  # fmt: skip
def test_documented_names_find_what_became_of_them(name: str, found: list[str]) -> None:
    assert [kpi.name for kpi in KPIS.named(name)] == found


def test_a_merged_kpi_belongs_to_all_features_that_document_it() -> None:
    (kpi,) = KPIS.named("SRS Utilization")

    assert kpi.features == ("FAJ 121 5262", "FAJ 121 5398", "FAJ 121 5803")
    assert all(kpi in KPIS.of(faj) for faj in kpi.features)


def test_incoming_refusals_are_ours_and_outgoing_ones_are_answers() -> None:
    for step, request in (("Setup", "SetupRequest"), ("NodeConfigUpdate", "NodeConfigUpdate")):
        name = {"Setup": "Xn setup", "NodeConfigUpdate": "Xn node configuration update"}[step]
        for way, other in (("In", "Out"), ("Out", "In")):
            kpi = KPIS.named(f"{name} refused, {'incoming' if way == 'In' else 'outgoing'}")[0]
            assert parse(kpi.formula).counters == (
                f"GNBCUCPFunction.pmXn{step}Fail{other}",
                f"GNBCUCPFunction.pmXn{request}{way}",
            )


def test_two_definitions_of_one_name_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [msgspec.json.encode({"name": name, "formula": "pmA"}) for name in ("One", "one")]
    monkeypatch.setattr(catalogue_kpis, "read_bytes", lambda path: b"\n".join(lines))

    with pytest.raises(ConfigError, match="two KPIs are named 'one'"):
        _ = Kpis().all
