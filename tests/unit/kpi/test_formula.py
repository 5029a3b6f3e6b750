"""KPI formulas are parsed, never evaluated as code, and say why they have no value."""

import numpy as np
import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.kpi.formula import parse
from tests.support import refused

COUNTERS = {
    "pmAtt": 200.0,
    "pmSucc": 150.0,
    "Cell.pmNone": 0.0,
    "pmBins": np.array([1.0, 2.0, 3.0]),
    "pmPair": np.array([1.0, 2.0]),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100 * pmSucc / pmAtt", 75.0),
        ("100*(pmAtt-pmSucc)/pmAtt", 25.0),
        ("2 - 3 - 4", -5.0),
        ("2 * -3 + +1", -5.0),
        ("8 / 4 / 2", 1.0),
        ("1e3 / 2.5", 400.0),
        ("pmBins[1]", 2.0),
        ("SUM(pmBins[i])", 6.0),
        ("SUM(pmBins[i] * (i * 5 + 2.5)) / SUM(pmBins[i])", (2.5 + 15.0 + 37.5) / 6.0),
        ("pmAtt + Cell.pmNone", 200.0),
    ],
)
def test_formula_has_the_value_of_its_arithmetic(text: str, value: float) -> None:
    assert parse(text).value(COUNTERS) == pytest.approx(value)


def test_long_formula_is_not_a_deep_one() -> None:
    assert parse("1" + "+1" * 900).value({}) == 901.0


def test_formula_names_its_counters_once() -> None:
    assert parse("(a + Cell.b) / a").counters == ("a", "Cell.b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "a b",
        "a[",
        "a[x]",
        "a[1",
        "__import__('os')",
        "a; b",
        "a ** 2",
        "2 * $x",
        "(" * 50 + "1" + ")" * 50,
        "1+" * 1500 + "1",  # too long
        "lambda: 1",
    ],
)
def test_text_that_is_no_formula_is_refused(text: str) -> None:
    with refused("INVALID_CONFIG"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pmAtt / Cell.pmNone", "VALIDATION_ERROR"),
        ("pmUnknown", "NOT_FOUND"),
        ("pmBins[3]", "VALIDATION_ERROR"),
        ("pmBins", "VALIDATION_ERROR"),
        ("i + 1", "VALIDATION_ERROR"),
        ("SUM(pmBins[i] + pmPair[i])", "VALIDATION_ERROR"),
    ],
)
def test_formula_without_a_value_says_why(text: str, code: str) -> None:
    with refused(code):
        parse(text).value(COUNTERS)


def test_every_formula_of_the_catalogue_can_be_read() -> None:
    kpis = Catalogue.load().kpis.all

    assert len(kpis) == 121
    assert all(parse(kpi.formula).counters for kpi in kpis)
