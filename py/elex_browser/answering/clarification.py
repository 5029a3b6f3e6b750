"""The question back: the one whose answer separates the candidates best.

Candidates carry probabilities, so the best question is the one whose answer leaves the least doubt:
the greatest drop in entropy (Lindley, On a measure of the information provided by an experiment,
1956).
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from elex_browser.answering.facts import Profile
from elex_browser.answering.wording import listed
from elex_browser.protocol import Route

MAX_CANDIDATES = 3
_LEAST_CANDIDATES = 2
_FAR_BEHIND = 0.1  # of the best candidate's probability: whoever is below is not worth a button
_NEAR = 0.05  # [OWN] when the best is less probable than this, naming it would only lead astray
_NO_VALUE = ("", "Other")
_WORTH_ASKING = 0.5  # share of the doubt that a property must remove to be asked instead of names


class Candidate(NamedTuple):
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


def worth_offering(routes: Sequence[Route]) -> list[Route]:
    """Return the two or three candidates that may be meant; peers of the best are no candidates."""
    direct = [route for route in routes if route.via != "peer"][:MAX_CANDIDATES]
    near = [route for route in direct if route.score >= _FAR_BEHIND * direct[0].score]
    return near if len(near) >= _LEAST_CANDIDATES else direct[:_LEAST_CANDIDATES]


def clarifying_question(candidates: Sequence[Candidate]) -> str:
    """Return the question that separates the candidates best."""
    openly = "Which feature, parameter, counter or symptom is it about?"
    if not candidates:
        return openly
    if candidates[0].score < _NEAR:
        return f"Nothing known here comes near this. {openly}"
    if len(candidates) == 1:
        profile = candidates[0].profile
        return f"Is it about {profile.name} ({profile.faj_code}), or what else do you see?"
    doubt = _entropy([candidate.score for candidate in candidates])
    facet = max(FACETS, key=lambda facet: _gain(candidates, facet))
    if doubt > 0.0 and _gain(candidates, facet) >= _WORTH_ASKING * doubt:
        values = list(dict.fromkeys(facet.value(c.profile) for c in candidates))
        return facet.question.format(listed(values, joint="or"))
    names = [f"{c.profile.name} ({c.profile.faj_code})" for c in candidates]
    return f"Which of these do you mean: {listed(names, joint='or')}?"


def _gain(candidates: Sequence[Candidate], facet: Facet) -> float:
    """The expected drop in entropy once the facet's value is known."""
    if any(facet.value(candidate.profile) in _NO_VALUE for candidate in candidates):
        return 0.0
    groups: dict[str, list[float]] = {}
    for candidate in candidates:
        groups.setdefault(facet.value(candidate.profile), []).append(candidate.score)
    total = sum(candidate.score for candidate in candidates) or 1.0
    left = sum(sum(scores) / total * _entropy(scores) for scores in groups.values())
    return _entropy([candidate.score for candidate in candidates]) - left


def _entropy(weights: Sequence[float]) -> float:
    total = sum(weights)
    shares = [weight / total for weight in weights if weight > 0.0] if total > 0.0 else []
    return -math.fsum(share * math.log2(share) for share in shares)
