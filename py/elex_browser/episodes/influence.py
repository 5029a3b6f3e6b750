"""How far past ratings move the routes of a new question: bounded arithmetic, no storage and no search.

Each rated question near enough votes for or against its agent. The votes become a shift of the agent's
log-odds, and the shifts change the probabilities by Bayes' rule.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import exp, fsum
from typing import NamedTuple

import msgspec

from elex_browser.episodes.config import EPISODIC
from elex_browser.knowledge.found import Candidate
from elex_browser.ran.codes import FajCode


class Vote(NamedTuple):
    """What one past question says: `weight` in [0, 1] by its nearness, `value` in [-1, 1] by its rating."""

    faj: FajCode
    weight: float
    value: float


def weight_of(cosine: float) -> float:
    """How much a past question of this similarity counts, in [0, 1]."""
    return min(1.0, max(0.0, (cosine - EPISODIC.similar_from) / (1.0 - EPISODIC.similar_from)))


def value_of(rating: float, *, resolved: bool) -> float:
    """What a rating says for or against the agent, in [-1, 1]."""
    return min(1.0, max(-1.0, rating + (EPISODIC.resolved_bonus if resolved else 0.0)))


def shifts(votes: Iterable[Vote]) -> dict[FajCode, float]:
    """The shift of log-odds per agent; the order of the votes does not matter.

    The mean vote, times a bound, shrunk while the votes are few: one vote reaches `most_for_one`, two
    do not reach twice as much, and however many there are the bound is not reached.
    """
    by_agent: dict[FajCode, list[Vote]] = {}
    for vote in votes:
        if vote.weight > 0:
            by_agent.setdefault(vote.faj, []).append(vote)
    return {faj: _shift(of) for faj, of in by_agent.items()}


def reweighed(
    candidates: Sequence[Candidate], shift: Mapping[FajCode, float], named: Collection[FajCode]
) -> list[Candidate]:
    """The candidates, best first, after the shifts; an agent that gains and was not there comes in.

    Candidates at the front that the question names keep place and probability, and nothing passes them.
    """
    lead = _n_leading(candidates, named)
    first, others = list(candidates[:lead]), list(candidates[lead:])
    there = {candidate.faj for candidate in candidates}
    others += [
        Candidate(faj, 0.0, "memory")
        for faj in sorted(shift)
        if shift[faj] > 0 and faj not in there
    ]
    moved = _within(
        _moved(others, shift, _sum(first)),
        room=max(_sum(others), 1.0 - _sum(first)),
        limit=first[-1].score if first else 1.0,
    )
    return [*first, *sorted(moved, key=lambda candidate: -candidate.score)]


def shifted(probability: float, log_odds: float) -> float:
    """A probability after a shift of its log-odds."""
    odds = probability * exp(log_odds)
    return odds / (odds + 1.0 - probability)


def _shift(votes: Sequence[Vote]) -> float:
    count = fsum(vote.weight for vote in votes)
    total = fsum(vote.weight * vote.value for vote in votes)
    bound = EPISODIC.most_up if total > 0 else EPISODIC.most_down
    return bound * total / (count + bound / EPISODIC.most_for_one - 1.0)


def _n_leading(candidates: Sequence[Candidate], named: Collection[FajCode]) -> int:
    """How many candidates at the front are named in the question."""
    for n, candidate in enumerate(candidates):
        if candidate.via not in ("code", "name") and candidate.faj not in named:
            return n
    return len(candidates)


def _moved(
    others: Sequence[Candidate], shift: Mapping[FajCode, float], taken: float
) -> list[Candidate]:
    """Bayes' rule: an agent against what it may be instead, the other agents or none of them.

    Several may be right for a question, so their probabilities may add up to more than 1, and each is
    weighed against the mixture of the rest rather than all being scaled to a sum.
    """
    before = [_start(candidate, shift.get(candidate.faj, 0.0)) for candidate in others]
    after = [
        score * exp(shift.get(candidate.faj, 0.0))
        for candidate, score in zip(others, before, strict=True)
    ]
    nobody = max(0.0, 1.0 - taken - sum(before))
    all_before, all_after = sum(before) + taken + nobody, sum(after) + taken + nobody
    moved = []
    for candidate, was, becomes in zip(others, before, after, strict=True):
        rest = all_before - was
        change = (all_after - becomes) / rest if rest > 0 else 1.0
        score = becomes / (becomes + (1.0 - was) * change) if was > 0 else 0.0
        is_lifted = shift.get(candidate.faj, 0.0) >= EPISODIC.noted_shift
        via = "memory" if is_lifted else candidate.via
        moved.append(Candidate(candidate.faj, min(1.0, score), via))
    return moved


def _within(moved: Sequence[Candidate], *, room: float, limit: float) -> list[Candidate]:
    """The candidates, together promising no more than `room` and each no more than `limit`."""
    total = _sum(moved)
    share = min(1.0, room / total) if total > 0 else 1.0
    return [msgspec.structs.replace(c, score=min(c.score * share, limit)) for c in moved]


def _sum(candidates: Sequence[Candidate]) -> float:
    return sum(candidate.score for candidate in candidates)


def _start(candidate: Candidate, shift: float) -> float:
    """The probability that a shift acts on; a good rating is a reason to consider an agent at all."""
    return max(candidate.score, EPISODIC.brought_in * min(1.0, max(0.0, shift)))
