"""What rated questions do for later ones, by simulated users: `python3 -m studies episodes.effect`.

Two kinds of later questions. Of strangers: half of a feature's questions are rated, the others are asked,
each written by somebody else. Of the same user: the question comes back in his own words, some left out and
the rest in another order. A share of the ratings is wrong. The numbers in `elex_browser.episodes.config`
were chosen on the development and calibration questions; the held-out ones are only reported.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from elex_browser.catalogue.index import Catalogue
from elex_browser.episodes.config import EPISODIC
from elex_browser.episodes.influence import Vote, reweighed, shifts, weight_of
from elex_browser.episodes.likeness import Likeness
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.ran.codes import FajCode
from elex_browser.text.words import STOP
from studies.questions import CALIBRATION, DEVELOPMENT, HELD_OUT, AskedQuestion, read_questions

_SEED = 3
_LEFT_OUT = 5
WRONG_SHARES = (0.0, 0.1, 0.3)
RATINGS = (1, 2, 3)


class Asked(NamedTuple):
    """A question with the candidates it has without memory, and its vector."""

    question: AskedQuestion
    found: Found


class Effect(NamedTuple):
    """How often the right feature stands first, before and after, and what changed."""

    n: int
    before: float
    after: float
    won: int
    lost: int


class Experiment:
    """Routes questions with and without the ratings of others."""

    def __init__(self) -> None:
        self._router = QuestionRouter(Catalogue.load())
        self._likeness = Likeness(self._router)

    def ask(self, questions: Iterable[AskedQuestion]) -> list[Asked]:
        """Route questions; those with a code are left out, because memory does not touch them."""
        asked: list[Asked] = []
        for question in questions:
            before: list[Found] = []

            def note(text: str, found: Found, before: list[Found] = before) -> Found:
                before.append(found)
                return found

            self._router.assess(question.question, 10, note)
            asked += [Asked(question, found) for found in before if found.candidates]
        return asked

    def effect(
        self, later: Sequence[Asked], votes: Sequence[tuple[Asked, FajCode, float]]
    ) -> Effect:
        """Ask the later questions after the ratings."""
        vectors = np.stack([self._vector(asked) for asked, _, _ in votes])
        outcomes = []
        for question, found in later:
            cosines = vectors @ self._vector(Asked(question, found))
            near = np.argsort(-cosines, kind="stable")[: EPISODIC.nearest]
            shift = shifts(
                Vote(votes[i][1], weight_of(float(cosines[i])), votes[i][2]) for i in near.tolist()
            )
            after = reweighed(found.candidates, shift, found.named)
            outcomes.append((_is_right(question, found.candidates), _is_right(question, after)))
        return Effect(
            len(outcomes),
            float(np.mean([before for before, _ in outcomes])),
            float(np.mean([after for _, after in outcomes])),
            sum(after and not before for before, after in outcomes),
            sum(before and not after for before, after in outcomes),
        )

    def likeness_figures(self, asked: Sequence[Asked]) -> str:
        """How alike questions about one feature are, and questions about different ones."""
        vectors = np.stack([self._vector(one) for one in asked])
        cosines = vectors @ vectors.T
        same: list[float] = []
        other: list[float] = []
        for i, a in enumerate(asked):
            for j, b in enumerate(asked[:i]):
                (same if a.question.right & b.question.right else other).append(
                    float(cosines[i, j])
                )
        shares = [
            float(np.mean(np.array(group) >= EPISODIC.similar_from)) for group in (same, other)
        ]
        middle = [float(np.median(group)) for group in (same, other)]
        return (
            f"pairs about one feature: {len(same)}, median cosine {middle[0]:.2f}, "
            f"{shares[0]:.1%} from {EPISODIC.similar_from}; about different ones: {len(other)}, "
            f"median {middle[1]:.2f}, {shares[1]:.3%}"
        )

    def _vector(self, asked: Asked) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        found = asked.found.vector
        vector = found if found is not None else self._likeness.vector(asked.question.question)
        return vector if vector is not None else np.zeros(128, np.float32)


def rated(
    asked: Iterable[Asked], wrong: float, rng: random.Random
) -> list[tuple[Asked, FajCode, float]]:
    """What a user rates: the first answer, and where that was wrong the right one among the next four."""
    votes: list[tuple[Asked, FajCode, float]] = []
    for one in asked:
        first, *others = one.found.candidates[:5]
        is_right = first.faj in one.question.right
        told = [(first.faj, 1.0 if is_right else -1.0)]
        if not is_right:
            told += [(c.faj, 1.0) for c in others if c.faj in one.question.right][:1]
        votes += [(one, faj, -value if rng.random() < wrong else value) for faj, value in told]
    return votes


def halves(asked: Iterable[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Split the questions of every feature that has several."""
    rng = random.Random(_SEED)
    of: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.question.faj:
            of[one.question.faj].append(one)
    first, second = [], []
    for faj in sorted(of):
        group = rng.sample(of[faj], len(of[faj]))
        if len(group) > 1:
            first += group[: len(group) // 2]
            second += group[len(group) // 2 :]
    return first, second


def in_other_words(question: AskedQuestion, rng: random.Random) -> AskedQuestion:
    """The same wish, said again: stop words and some others left out, the two parts turned round."""
    words = [word for word in question.question.split() if word.casefold() not in STOP]
    kept = [word for word in words if rng.randrange(_LEFT_OUT)] or words
    turn = rng.randrange(len(kept) + 1)
    text = " ".join([*kept[turn:], *kept[:turn]]) or question.question
    return AskedQuestion(text, question.faj, question.accept, question.kind, question.also)


def _is_right(question: AskedQuestion, candidates: Sequence[Candidate]) -> bool:
    return bool(candidates) and candidates[0].faj in question.right


def _line(name: str, effect: Effect) -> str:
    return (
        f"{name:<66}{effect.n:>5}{effect.before:>8.3f}{effect.after:>8.3f}"
        f"{effect.won:>6}{effect.lost:>6}"
    )


def main() -> None:
    """Print what the ratings do."""
    experiment = Experiment()
    known = experiment.ask(
        q for path in (DEVELOPMENT, CALIBRATION) for q in read_questions(path) if q.right
    )
    held_out = experiment.ask(q for q in read_questions(HELD_OUT) if q.right)
    print(experiment.likeness_figures(known))
    print(f"{'later questions':<66}{'n':>5}{'before':>8}{'after':>8}{'won':>6}{'lost':>6}")
    first, second = halves(known)
    rng = random.Random(_SEED)
    again = experiment.ask(in_other_words(one.question, rng) for one in held_out)
    for wrong in WRONG_SHARES:
        told = f"{wrong:.0%} of ratings wrong"
        rows = {
            "the other half": (second, first, 1),
            "held out, all others rated": (held_out, known, 1),
            **{f"held out again in other words, rated {n}": (again, held_out, n) for n in RATINGS},
        }
        for name, (later, earlier, n) in rows.items():
            rng = random.Random(_SEED)
            votes = [vote for _ in range(n) for vote in rated(earlier, wrong, rng)]
            print(_line(f"{name}, {told}", experiment.effect(later, votes)))


if __name__ == "__main__":
    main()
