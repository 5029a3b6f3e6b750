"""Turns scores into probabilities by logistic regression over a question and its best feature.

Platt, "Probabilistic Outputs for Support Vector Machines" (1999), with more than one input. The inputs
were chosen so that they mean the same for short and long questions; `studies/routing/fit.py` fits them.
"""

from math import exp, log
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.knowledge.evidence import KINDS, Evidence, EvidenceFinder
from elex_browser.text.words import FRAME

INPUTS = (
    "log_share",
    "share",
    "score",
    "margin",
    "covered",
    "known",
    "subject_words",
    "told",
    "rarest",
    "fields",
    "texts",
    "best_question",
    "vector",
    "named",
    "beside",
)
DOMAIN_INPUTS = (
    "score",
    "covered",
    "known",
    "subject_words",
    "told",
    "rarest",
    "fields",
    "texts",
    "best_question",
    "vector",
    "named",
    "beside",
)
"""What tells whether a question is about the catalogue at all, whichever feature is right."""

Decision = Literal["answer", "clarify", "decline"]
"""Answer with the first feature, ask back which one is meant, or turn the question down."""


class Logistic(msgspec.Struct, frozen=True):
    """A logistic regression over standardised inputs."""

    inputs: tuple[str, ...]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, values: dict[str, float]) -> float:
        """The probability for named inputs."""
        z = self.bias + sum(
            weight * (values[name] - mean) / deviation
            for name, mean, deviation, weight in zip(
                self.inputs, self.mean, self.deviation, self.weights, strict=True
            )
        )
        # exp of a large number overflows; the sign decides which form is safe.
        return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


class Thresholds(msgspec.Struct, frozen=True):
    """Where answering ends.

    Attributes:
        clarify_below: with a first feature less probably right a question is asked back or turned down.
        decline_below: it is turned down if it is less probably about this catalogue.
    """

    decline_below: float
    clarify_below: float

    def decide(self, score: float, in_domain: float) -> Decision:
        """What to do with a question whose first feature is right with this probability."""
        if score >= self.clarify_below:
            return "answer"
        return "decline" if in_domain < self.decline_below else "clarify"


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Shares of the features, as if exactly one were right."""
    raised = np.exp(scores.astype(np.float64) - float(scores.max()))
    return np.asarray(raised / raised.sum())


def regression_inputs(
    finder: EvidenceFinder, evidence: Evidence, scores: NDArray[np.float32], order: NDArray[np.intp]
) -> dict[str, float]:
    """The inputs of the regressions for a question whose features stand in this order."""
    scales = finder.config.regression
    best = int(order[0])
    share = float(softmax(scores)[best])
    subject = [term for term in evidence.terms if term not in FRAME]
    weights = {t: finder.questions.idf(t) * min(evidence.terms[t], 1.0) for t in subject}
    mass = sum(weights.values()) + 1e-9
    row = dict(zip(KINDS, evidence.rows[:, best].tolist(), strict=True))
    known = [t for t in subject if t in finder.questions or t in finder.fields]
    # Vague questions consist of words that everybody uses: "bad quality", "improve the network".
    tell = [weights[t] for t in known]
    return {
        "log_share": log(share + 1e-6),
        "share": share,
        "score": float(scores[best]) / scales.score,
        "margin": float(scores[best] - scores[order[1]]) if len(order) > 1 else float(scores[best]),
        "covered": sum(weights[t] for t in subject if finder.speaks_of(best, t)) / mass,
        "known": sum(tell) / mass,
        "subject_words": min(len(known), scales.most_subject_words) / scales.most_subject_words,
        "told": min(sum(tell) / scales.much_told, 1.0),
        "rarest": max(tell, default=0.0) / scales.rare,
        "fields": row["fields"],
        "texts": row["texts"],
        "best_question": row["best_question"],
        "vector": row["vector"],
        "named": min(max(row["name"], row["acronym"], row["identifier"]), 1.0),
        "beside": evidence.beside,
    }
