"""Fits the numbers of routing on the development questions: `python3 -m studies routing.fit`.

Evidence weights: a conditional logit (McFadden 1974) over all features, weights not negative. Confidence:
two logistic regressions. Both with a ridge; features, not questions, are split, so that the printed figures
are of features whose questions were not fitted on.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from building.layout import ROOT
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.confidence import DOMAIN_INPUTS, INPUTS, Logistic, regression_inputs
from elex_browser.knowledge.evidence import KINDS, Evidence, EvidenceFinder
from elex_browser.knowledge.routing import FittedWeights, QuestionRouter, RoutingWeights
from elex_browser.ran.codes import find_codes
from studies.questions import CALIBRATION, DEVELOPMENT, AskedQuestion, read_questions
from studies.routing.thresholds import Judged, thresholds

WEIGHTS = ROOT / "py" / "elex_browser" / "knowledge" / "data" / "routing_weights.json"
_FOLDS = 5
_DRILLED = 12
_WEIGHT_RIDGE = 0.002
_LOGISTIC_RIDGE = 0.01
# Of the minimum: four decimals of a weight are kept.
_TIGHT = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000}
_AT_LEAST = {"name": 7.0, "name_share": 0.5, "identifier": 12.0, "acronym": 2.0}
"""What somebody names is meant, however few of the questions to fit on name anything."""

_COUNTS = {
    "semantic": 0.3,
    "keyword": 0.3,
    "out_of_scope": 2.0,
    "out_of_domain": 2.0,
    "adjacent": 2.0,
    "vague": 2.0,
}
"""How much a kind of question counts for confidence, 1 where it is not named.

Questions that follow the wording of the catalogue are easier than those of people who never saw it, and
a confidence fitted on them would promise too much; of those out of scope and vague there are few.
"""

Floats = NDArray[np.float64]


class Example(msgspec.Struct, frozen=True):
    """A question with its evidence; `right` are numbers of features, empty where none answers."""

    asked: AskedQuestion
    evidence: Evidence
    right: tuple[int, ...]


def examples(catalogue: Catalogue, finder: EvidenceFinder, path: Path) -> list[Example]:
    """The examples of a file; questions with a code are left out, they need no weights."""
    number: dict[str, int] = {f.faj: i for i, f in enumerate(catalogue.features)}
    return [
        Example(q, finder.gather(q.question), tuple(sorted(number[faj] for faj in q.right)))
        for q in read_questions(path)
        if not find_codes(q.question)
    ]


def drills(catalogue: Catalogue, finder: EvidenceFinder) -> list[Example]:
    """Names, acronyms and identifiers of some features, bare: what people type must keep its weight."""
    found = []
    for i, feature in enumerate(catalogue.features[::_DRILLED]):
        introduced = [
            p.attribute
            for p in catalogue.details(feature.faj).parameter_list()
            if p.relation == "introduced" and len(catalogue.users_of(p.attribute)) == 1
        ]
        unique = [a for a in feature.acronyms if len(catalogue.by_acronym(a)) == 1 and len(a) > 2]
        kinds = {"named": [feature.name], "acronym": unique, "identifier": introduced}
        for kind, texts in kinds.items():
            for text in texts[:1]:
                asked = AskedQuestion(text, feature.faj, kind=kind)
                found.append(Example(asked, finder.gather(text), (i * _DRILLED,)))
    return found


def fit_weights(found: Sequence[Example]) -> Floats:
    """Weights of the kinds of evidence that make the right features most probable, none below its least."""
    answered = [e for e in found if e.right]
    rows = np.stack([e.evidence.rows for e in answered]).astype(np.float64)
    right = np.zeros((len(answered), rows.shape[2]), bool)
    for i, e in enumerate(answered):
        right[i, list(e.right)] = True
    least = np.array([_AT_LEAST.get(kind, 0.0) for kind in KINDS])
    minimum = minimize(
        loss_and_slope,
        np.maximum(least, 1.0),
        (rows, right),
        method="L-BFGS-B",
        jac=True,
        bounds=[(value, None) for value in least],
        options=_TIGHT,
    )
    return np.asarray(minimum.x, np.float64)


def loss_and_slope(weights: Floats, rows: Floats, right: NDArray[np.bool_]) -> tuple[float, Floats]:
    """The mean of -log(share of the right features) with a ridge, and its slope over the weights.

    Args:
        rows: shape (questions, kinds, features).
        right: shape (questions, features).
    """
    scores = np.einsum("k,qkf->qf", weights, rows)
    of_right = np.where(right, scores, -np.inf)
    losses = logsumexp(scores, axis=1) - logsumexp(of_right, axis=1)
    excess = softmax(scores, axis=1) - softmax(of_right, axis=1)
    slope = np.einsum("qf,qkf->k", excess, rows, optimize=True) / len(rows)
    ridge = _WEIGHT_RIDGE * weights
    return float(losses.mean() + ridge @ weights), slope + 2 * ridge


def fit_logistic(
    inputs: Sequence[dict[str, float]],
    labels: Sequence[bool],
    counts: Sequence[float],
    names: Sequence[str],
) -> Logistic:
    """A logistic regression on standardised inputs that vary, each example as often as it counts."""
    names = [name for name in names if len({row[name] for row in inputs}) > 1]
    values = np.array([[row[name] for name in names] for row in inputs])
    scaler = StandardScaler().fit(values)
    share = np.array(counts, np.float64) / sum(counts)
    # C is the inverse of the ridge on half the squared weights; the constant term has none.
    model = LogisticRegression(C=1 / (2 * _LOGISTIC_RIDGE), solver="newton-cholesky", tol=1e-9)
    model.fit(scaler.transform(values), labels, sample_weight=share)
    fitted = (scaler.mean_, scaler.scale_, model.coef_[0], model.intercept_)
    mean, deviation, weights, (constant,) = (
        tuple(round(float(x), 5) for x in array) for array in fitted
    )
    return Logistic(tuple(names), mean, deviation, weights, constant)


def fit(finder: EvidenceFinder, found: Sequence[Example]) -> RoutingWeights:
    """All numbers of routing.

    The confidence is fitted on scores from weights that have not seen the question's feature, else it
    would learn to trust scores that are better than they will be.
    """
    inputs: list[dict[str, float]] = []
    right: list[bool] = []
    about: list[bool] = []
    counts: list[float] = []
    for train, test in folds(found):
        weights = fit_weights(train)
        for e in test:
            values, best = best_of(finder, e, weights)
            inputs.append(values)
            right.append(best in e.right)
            about.append(bool(e.right) or e.asked.kind == "vague")
            counts.append(_COUNTS.get(e.asked.kind, 1.0))
    weights = fit_weights(found)
    score = fit_logistic(inputs, right, counts, INPUTS)
    in_domain = fit_logistic(inputs, about, counts, DOMAIN_INPUTS)
    judged = [
        Judged(score.probability(v), in_domain.probability(v), is_right, is_about, n)
        for v, is_right, is_about, n in zip(inputs, right, about, counts, strict=True)
    ]
    return RoutingWeights(
        evidence={kind: round(float(w), 4) for kind, w in zip(KINDS, weights, strict=True)},
        right=score,
        in_domain=in_domain,
        thresholds=thresholds(judged),
    )


def best_of(finder: EvidenceFinder, e: Example, weights: Floats) -> tuple[dict[str, float], int]:
    """The inputs of the regressions for an example, and the number of its best feature."""
    scores = weights.astype(np.float32) @ e.evidence.rows
    order = np.argsort(-scores, kind="stable")
    return regression_inputs(finder, e.evidence, scores, order), int(order[0])


def folds(found: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Pairs of training and test examples, split by feature; unanswerable ones are dealt in turn."""
    features = sorted({e.right[0] for e in found if e.right})
    random.Random(20261122).shuffle(features)
    fold_of = {feature: i % _FOLDS for i, feature in enumerate(features)}
    loose = [e for e in found if not e.right]
    home = {id(e): fold_of[e.right[0]] for e in found if e.right}
    home |= {id(e): i % _FOLDS for i, e in enumerate(loose)}
    for fold in range(_FOLDS):
        test = [e for e in found if home[id(e)] == fold]
        yield [e for e in found if home[id(e)] != fold], test


def main() -> None:
    """Fit on the project's own questions, with and without vectors, and write the weights."""
    catalogue = Catalogue.load()
    finder = QuestionRouter(catalogue).finder
    if finder.vectors is None:
        sys.exit("There is no embedding table here. Run `python3 build.py` first.")
    found = [e for path in (DEVELOPMENT, CALIBRATION) for e in examples(catalogue, finder, path)]
    found += drills(catalogue, finder)
    fitted = FittedWeights(
        with_vectors=fit(finder, found), by_words=fit(finder, [_blind(e) for e in found])
    )
    text = msgspec.json.format(msgspec.json.encode(fitted, order="deterministic"), indent=2)
    WEIGHTS.write_bytes(text + b"\n")
    print(f"{len(found)} questions, weights:", fitted.with_vectors.evidence)


def _blind(e: Example) -> Example:
    """The example as a checkout without vectors sees it."""
    rows = e.evidence.rows.copy()
    rows[KINDS.index("vector")] = 0
    return msgspec.structs.replace(e, evidence=e.evidence._replace(rows=rows))


if __name__ == "__main__":
    main()
