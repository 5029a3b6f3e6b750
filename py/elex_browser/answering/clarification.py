"""The question back: the one whose answer separates the candidates best.

Candidates carry probabilities, so the best question is the one whose answer leaves the least doubt:
the greatest drop in entropy (Lindley, On a measure of the information provided by an experiment,
1956).
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from elex_browser.answering.facts import Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.wording import listed
from elex_browser.knowledge.found import Candidate, Found

_NO_VALUE = ("", "Other")


class Offer(NamedTuple):
    """A feature that may be meant, with its probability."""

    profile: Profile
    score: float


class Facet(NamedTuple):
    """A property of features that a user can tell; a value of "" or "Other" is none."""

    question: str
    value: Callable[[Profile], str]


FACETS = (
    Facet("Is it about {}?", lambda profile: " and ".join(profile.access)),
    Facet("Which area is it: {}?", lambda profile: profile.category),
)


def worth_offering(found: Found) -> list[Candidate]:
    """Return the two or three candidates that may be meant; peers of the best are none."""
    direct = [candidate for candidate in found.candidates if candidate.via != "peer"]
    direct = direct[: ANSWERING.max_candidates]
    near = [one for one in direct if one.score >= ANSWERING.far_behind * direct[0].score]
    least = ANSWERING.least_candidates
    return near if len(near) >= least else direct[:least]


def clarifying_question(offers: Sequence[Offer]) -> str:
    """Return the question that separates them best."""
    openly = "Which feature, parameter, counter or symptom is it about?"
    if not offers:
        return openly
    if offers[0].score < ANSWERING.near:
        return f"Nothing known here comes near this. {openly}"
    if len(offers) == 1:
        profile = offers[0].profile
        return f"Is it about {profile.title}, or what else do you see?"
    doubt = _entropy([offer.score for offer in offers])
    facet = max(FACETS, key=lambda facet: _gain(offers, facet))
    if doubt > 0.0 and _gain(offers, facet) >= ANSWERING.worth_asking * doubt:
        values = list(dict.fromkeys(facet.value(c.profile) for c in offers))
        return facet.question.format(listed(values, joint="or"))
    names = [offer.profile.title for offer in offers]
    return f"Which of these do you mean: {listed(names, joint='or')}?"


def _gain(offers: Sequence[Offer], facet: Facet) -> float:
    """The expected drop in entropy once the facet's value is known."""
    if any(facet.value(offer.profile) in _NO_VALUE for offer in offers):
        return 0.0
    groups: dict[str, list[float]] = {}
    for offer in offers:
        groups.setdefault(facet.value(offer.profile), []).append(offer.score)
    total = sum(offer.score for offer in offers) or 1.0
    left = sum(sum(scores) / total * _entropy(scores) for scores in groups.values())
    return _entropy([offer.score for offer in offers]) - left


def _entropy(weights: Sequence[float]) -> float:
    total = sum(weights)
    shares = [weight / total for weight in weights if weight > 0.0] if total > 0.0 else []
    return -math.fsum(share * math.log2(share) for share in shares)
