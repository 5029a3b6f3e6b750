"""KPI formulas are parsed, never evaluated as code, and say why they have no value."""

import numpy as np
import pytest

from elex_browser import ElexError
from elex_browser.catalogue.index import Catalogue
from elex_browser.kpi.formula import FormulaError, parse
from elex_browser.kpi.tree import Columns
from tests.support import refused

COUNTERS = {
    "pmAtt": 200.0,
    "pmSucc": 150.0,
    "Cell.pmNone": 0.0,
    "pmBins": np.array([1.0, 2.0, 3.0]),
    "pmPair": np.array([1.0, 2.0]),
    "DRB.UEThpDl.5QI9": 7.0,
    "RRC.Att.mo-Data": 8.0,
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
        ("pmBins[1] + pmBins[7]", 2.0),
        ("pmAtt[0]", 200.0),
        ("SUM(pmBins[i])", 6.0),
        ("SUM(pmBins[i] * (i * 5 + 2.5)) / SUM(pmBins[i])", (2.5 + 15.0 + 37.5) / 6.0),
        ("SUM(pmBins[i] + pmPair[i])", 9.0),
        ("SUM(pmBins[i] * pmAtt)", 1200.0),
        ("SUM(pmAtt[i] * (i + 1))", 200.0),
        ("pmAtt + Cell.pmNone", 200.0),
        ("DRB.UEThpDl.5QI9 + 1", 8.0),
        ('"RRC.Att.mo-Data" / 2', 4.0),
        ("pmSucc + OPTIONAL(pmUnknown)", 150.0),
        ("pmSucc + OPTIONAL(pmAtt)", 350.0),
        ("pmSucc + OPTIONAL(pmAtt) + OPTIONAL(pmUnknown)", 150.0),
    ],
)
def test_formula_has_the_value_of_its_arithmetic(text: str, value: float) -> None:
    assert parse(text).value(COUNTERS) == pytest.approx(value)


def test_a_share_of_lists_is_one_for_each_index_and_one_of_the_sums() -> None:
    formula = parse("100 * pmLost / (pmLost + pmGot)")
    lists = {"pmLost": np.array([1.0, 0.0, 5.0]), "pmGot": np.array([3.0, 0.0, 5.0])}
    sums = {name: values.sum() for name, values in lists.items()}
    columns = Columns((), sums, lists, np.array([1, 5, 9]))

    each = formula.values_each(columns)

    assert each is not None
    assert each.tolist() == pytest.approx([25.0, np.nan, 50.0], nan_ok=True)
    assert float(formula.values(columns)) == pytest.approx(100 * 6 / 14)
    assert formula.value(lists) == pytest.approx(100 * 6 / 14)


def test_an_index_outside_a_sum_leaves_no_value_for_all() -> None:
    formula = parse("pmBins[i] / pmAtt")
    columns = Columns((), {"pmAtt": np.array(2.0)}, {"pmBins": COUNTERS["pmBins"]}, np.arange(3))

    assert formula.is_per_index
    assert np.asarray(formula.values_each(columns)).tolist() == [0.5, 1.0, 1.5]
    with pytest.raises(ElexError, match="each index only"):
        formula.value(COUNTERS)


def test_whole_columns_are_computed_at_once() -> None:
    columns = Columns(
        (2, 2),
        {"a": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.array([[2.0, 0.0], [6.0, 8.0]])},
        period_s=np.full((2, 2), 900.0),
    )

    values = parse("100 * a / b").values(columns)

    assert values.ravel().tolist() == pytest.approx([50.0, np.nan, 50.0, 50.0], nan_ok=True)
    assert [each.tolist() for each in columns.denominators] == [[[2.0, 0.0], [6.0, 8.0]]]
    assert parse("a / period_s").values(columns)[0, 0] == pytest.approx(1 / 900)


def test_long_formula_is_not_a_deep_one() -> None:
    assert parse("1" + "+1" * 900).value({}) == 901.0
    assert parse("-" * 1999 + "1").value({}) == -1.0


def test_formula_names_its_counters_once() -> None:
    formula = parse('(a + Cell.b) / a + OPTIONAL(c) + period_s * SUM(d[i] * i) + e[3] + "f g"')

    assert formula.counters == ("a", "Cell.b", "c", "d", "e", "f g")
    assert formula.optional == {"c"}
    assert formula.indexes == {"d": frozenset(), "e": frozenset({3})}
    assert not formula.is_per_index


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        ("", 0, "ends too early"),
        ("1 +", 3, "ends too early"),
        ("(1", 2, "')' is missing"),
        ("1)", 1, "')' is not expected"),
        ("a  b", 3, "'b' is not expected"),
        ("a[", 2, "']' is missing"),
        ("a[x]", 2, "[x] is neither"),
        ("a[1", 3, "']' is missing"),
        ("a[1.5]", 2, "[1.5] is neither"),
        ("a[99999]", 2, "[99999] is neither"),
        ("__import__('os')", 11, "is not expected"),
        ("a; b", 1, "';' is not expected"),
        ("a ** 2", 3, "'*' is not expected"),
        ("2 *  $x", 5, "'$' is not expected"),
        ("lambda: 1", 6, "':' is not expected"),
        ("1 / (2 - i)", 9, "only inside SUM"),
        ("SUM(2 * i)", 0, "holds no counter"),
        ("a + SUM(b[i] + SUM(c))", 15, "SUM stands inside a SUM"),
        ("OPTIONAL(3)", 9, "'3' is not expected"),
        ("OPTIONAL(period_s)", 9, "'period_s' is not expected"),
        ("OPTIONAL(a + b)", 11, "')' is missing"),
        ('"a', 0, "'\"' is not expected"),
        ("(" * 50 + "1" + ")" * 50, 41, "nests deeper"),
    ],
)
def test_text_that_is_no_formula_is_refused_at_the_place(text: str, at: int, problem: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text)

    assert (error.value.code, error.value.at) == ("INVALID_CONFIG", at)
    assert problem in error.value.problem
    assert f"character {at + 1}:" in error.value.problem


def test_a_formula_that_is_too_long_is_refused() -> None:
    with refused("INVALID_CONFIG"):
        parse("1+" * 1500 + "1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pmAtt / Cell.pmNone", "VALIDATION_ERROR"),
        ("pmUnknown", "NOT_FOUND"),
        ("pmAtt[3]", "VALIDATION_ERROR"),
        ("pmBins[i]", "VALIDATION_ERROR"),
        ("SUM(pmBins[i] / pmPair[i])", "VALIDATION_ERROR"),
        ("1e300 * 1e300", "VALIDATION_ERROR"),
    ],
)
def test_formula_without_a_value_says_why(text: str, code: str) -> None:
    with refused(code):
        parse(text).value(COUNTERS)


def test_every_formula_of_the_catalogue_can_be_read() -> None:
    assert all(parse(kpi.formula).counters for kpi in Catalogue.load().kpis.all)
