"""Details of a feature: parameters, counters, events, KPIs, and what is known of an attribute."""

import pytest

from elex_browser.catalogue.attributes import Attributes
from elex_browser.catalogue.details import IdentifierUse, Parameter
from elex_browser.catalogue.index import Catalogue
from elex_browser.ran.codes import FajCode

MIMO_SLEEP = FajCode("FAJ 121 3094")


@pytest.fixture(scope="module")
def attributes() -> Attributes:
    """The known facts about attributes."""
    return Attributes()


def test_totals_are_those_of_the_documentation(catalogue: Catalogue) -> None:
    details = [catalogue.details(f.faj) for f in catalogue.features]
    parameters = [p for d in details for p in d.parameter_list()]
    assert len(parameters) == 10_110
    assert len({(p.mo_class, p.attribute) for p in parameters}) == 5_665
    counters = [c for d in details for c in d.counter_list()]
    assert len(counters) == 8_669
    assert len({(c.mo_class, c.name) for c in counters}) == 4_613
    assert sum(len(d.events) for d in details) == 2_364
    assert len(catalogue.kpis.all) == 114  # of 121, 8 were doubles and one is two


def test_parameters_that_a_feature_introduces_come_first(catalogue: Catalogue) -> None:
    parameters = catalogue.details(MIMO_SLEEP).parameter_list()
    assert parameters[0] == Parameter("MimoSleepFunction", "portMerging4TxOpMode", "introduced")
    assert parameters[-1].relation == "referenced"


def test_counters_know_their_mo_class_and_kind(catalogue: Catalogue) -> None:
    counters = catalogue.details(MIMO_SLEEP).counter_list()
    holding = sorted(c.mo_class for c in counters if c.name == "pmTxOffRatio")
    assert holding == ["FreqBandData", "RadioProcessing", "RfPort"]
    assert catalogue.counter_kind("pmRadioTxRankDistr") == "distribution"
    assert catalogue.counter_kind("pmNobodyCounts") == ""


def test_packages_and_releases_are_known(catalogue: Catalogue) -> None:
    details = catalogue.details(MIMO_SLEEP)
    assert details.packages == {"FAJ 801 0413": "Energy Efficiency"}
    assert "18.Q1" in details.releases


def test_feature_without_details_has_empty_ones(catalogue: Catalogue) -> None:
    empty = [f for f in catalogue.features if not catalogue.details(f.faj).parameters]
    assert empty
    assert catalogue.details(empty[0].faj).parameter_list() == []


def test_identifier_is_found_in_any_case_with_its_role(catalogue: Catalogue) -> None:
    assert catalogue.users_of("PORTMERGINGENABLED") == [
        IdentifierUse(MIMO_SLEEP, "mimosleepfunction", "introduced"),
        IdentifierUse(FajCode("FAJ 121 5296"), "mimosleepfunction", "affecting"),
    ]
    assert IdentifierUse(MIMO_SLEEP, "rfport", "counter") in catalogue.users_of("pmTxOffRatio")
    assert IdentifierUse(MIMO_SLEEP, "", "event") in catalogue.users_of(
        "EVENT_PARAM_MIMO_SLEEP_MODE"
    )
    assert {use.role for use in catalogue.users_of("MimoSleepFunction")} == {"mo"}


@pytest.mark.parametrize(
    "text", ["faj", "packages", "introduced", "18.Q1", "LTE Base Package", "", '"', "noSuchThing"]
)
def test_what_is_no_identifier_has_no_users(catalogue: Catalogue, text: str) -> None:
    assert catalogue.users_of(text) == []


def test_kpis_of_a_feature_have_formulas(catalogue: Catalogue) -> None:
    kpis = catalogue.kpis_of(FajCode("FAJ 121 5183"))
    assert "Average DL PDCP Cell Throughput" in {k.name for k in kpis}
    assert all("pm" in k.formula for k in kpis)
    assert catalogue.kpis_of(FajCode("FAJ 121 0484")) == ()


def test_every_kpi_belongs_to_known_features(catalogue: Catalogue) -> None:
    assert all(faj in catalogue for k in catalogue.kpis.all for faj in k.features)


def test_known_vendor_range_is_given_with_its_source(attributes: Attributes) -> None:
    facts = attributes.facts("EUtranFreqRelation", "lbActivationThreshold")
    assert (facts.minimum, facts.maximum, facts.range_source) == (0, 16_000, "catalogue")
    assert facts.range_text == "0 to 16000"


def test_range_of_the_3gpp_model_says_so(attributes: Attributes) -> None:
    facts = attributes.facts("EUtranFreqRelation", "qRxLevMin")
    assert facts.range_text == "-140 to -44 dBm"
    assert facts.range_source.startswith("3GPP model")


def test_values_seen_are_not_called_complete(attributes: Attributes) -> None:
    facts = attributes.facts("MimoSleepFunction", "sleepMode")
    assert "MI_SWITCH" in facts.values
    assert facts.range_text.endswith("(values seen; there may be more)")


def test_unknown_range_points_to_the_mom_file(attributes: Attributes) -> None:
    assert attributes.facts("MimoSleepFunction", "switchDownPrbThreshold").range_text is None
    assert attributes.facts("NoSuchClass", "noSuchAttribute").range_source == ""


def test_one_sided_range_is_put_in_words(attributes: Attributes) -> None:
    assert attributes.facts("EUtranCellFDD", "cellRange").range_text == "at most 200 km"
    assert attributes.facts("EpBoosterCellProfile", "wakeupRequiredTime").range_text == "at least 2"


def test_defaults_and_recommendations_are_kept(attributes: Attributes) -> None:
    facts = attributes.facts("CaSCellHandlingUeCfg", "sCellDeactDelayTimer")
    assert (facts.default, facts.recommended) == (400, 400)
