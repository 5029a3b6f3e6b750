"""Fitting: the weights that make the right features most probable, and probabilities that hold.

Needs the libraries of the studies, which the first `python3 -m studies` installs; without them it is
left out.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from elex_browser.knowledge.evidence import KINDS, Evidence
from studies.questions import AskedQuestion

pytest.importorskip("sklearn", reason="no libraries of the studies: python3 -m studies routing.fit")

from studies.routing.fit import Example, fit_logistic, fit_weights, loss_and_slope

N_FEATURES = 40
TOLD = np.array([{"fields": 2.0, "texts": 1.0, "access": 0.5}.get(kind, 0.0) for kind in KINDS])
NAMING = {"name": 7.0, "name_share": 0.5, "identifier": 12.0, "acronym": 2.0}


def examples(n: int, weights: NDArray[np.float64]) -> list[Example]:
    """Questions that name nothing; their right feature is drawn as the weights say."""
    generator = np.random.default_rng(11)
    found = []
    for _ in range(n):
        rows = generator.random((len(KINDS), N_FEATURES), np.float32)
        rows[[KINDS.index(kind) for kind in NAMING]] = 0
        scores = weights @ rows
        shares = np.exp(scores - scores.max())
        right = int(generator.choice(N_FEATURES, p=shares / shares.sum()))
        found.append(Example(AskedQuestion("q"), Evidence(rows, {}, 0.0), (right,)))
    return found


def test_weights_are_those_behind_the_questions() -> None:
    fitted = fit_weights(examples(3000, TOLD))
    free = [i for i, kind in enumerate(KINDS) if kind not in NAMING]
    assert fitted[free] == pytest.approx(TOLD[free], abs=0.2)  # the ridge pulls a little


def test_what_somebody_names_keeps_its_weight_where_no_question_names_anything() -> None:
    fitted = dict(zip(KINDS, fit_weights(examples(200, TOLD)), strict=True))
    assert {kind: fitted[kind] for kind in NAMING} == NAMING


def test_no_weight_is_negative() -> None:
    assert (fit_weights(examples(200, -TOLD)) >= 0).all()


def test_slope_is_that_of_the_loss() -> None:
    drawn = examples(20, TOLD)
    rows = np.stack([e.evidence.rows for e in drawn]).astype(np.float64)
    right = np.zeros((len(drawn), N_FEATURES), bool)
    for i, e in enumerate(drawn):
        right[i, list(e.right)] = True
    weights = np.linspace(0.5, 3.0, len(KINDS))
    _, slope = loss_and_slope(weights, rows, right)
    for i, step in enumerate(np.eye(len(KINDS)) * 1e-5):
        above, below = (loss_and_slope(weights + way * step, rows, right)[0] for way in (1, -1))
        assert slope[i] == pytest.approx((above - below) / 2e-5, abs=1e-7)


def test_logistic_regression_finds_the_probability_behind_the_labels() -> None:
    generator = np.random.default_rng(7)
    values = generator.normal(size=4000)
    labels = generator.random(4000) < 1 / (1 + np.exp(-(1.5 * values - 0.5)))
    rows = [{"x": float(v)} for v in values]
    fitted = fit_logistic(rows, list(labels), [1.0] * 4000, ["x"])
    assert fitted.probability({"x": 1.0}) == pytest.approx(
        1 / (1 + np.exp(-1.0)), abs=0.06
    )  # the ridge pulls a little
    assert fitted.probability({"x": -800.0}) == pytest.approx(0, abs=1e-6)


def test_an_example_counts_as_often_as_it_is_told_to() -> None:
    rows = [{"x": 0.0}, {"x": 0.0}, {"x": 1.0}, {"x": 1.0}]
    once = fit_logistic(rows, [True, False, True, False], [1.0, 3.0, 3.0, 1.0], ["x"])
    often = fit_logistic(
        [rows[0], *[rows[1]] * 3, *[rows[2]] * 3, rows[3]],
        [True, *[False] * 3, *[True] * 3, False],
        [1.0] * 8,
        ["x"],
    )
    assert once == often
