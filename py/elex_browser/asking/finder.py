"""Finds who can answer a question: by the knowledge, by what was rated before, by the question's parts."""

from msgspec.structs import replace

from elex_browser.asking.limits import ASKING
from elex_browser.asking.subjects import SubjectFinder
from elex_browser.catalogue.index import Catalogue
from elex_browser.episodes.memory import EpisodicMemory
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.knowledge.weights import KNOWLEDGE
from elex_browser.protocol import Route
from elex_browser.ran.codes import FajCode, agent_id
from elex_browser.text.words import FRAME, tokens


class Finder:
    """Finds agents for questions that were checked where they entered."""

    def __init__(self, catalogue: Catalogue, router: QuestionRouter, past: EpisodicMemory) -> None:
        self._catalogue = catalogue
        self._router = router
        self._past = past
        self._subjects = SubjectFinder(catalogue)

    def candidates(self, text: str, k: int = KNOWLEDGE.routing.n_candidates) -> Found:
        """Return the best k features for a text, whatever its parts.

        Raises:
            NotFoundError: it names codes that no feature has.
        """
        return self._router.assess(text, k, self._past.recall)

    def find(self, text: str, k: int = KNOWLEDGE.routing.n_candidates) -> Found:
        """As `candidates`, with the subjects of a question that has several.

        Raises:
            NotFoundError: as `candidates`.
        """
        found = self.candidates(text, k)
        return self._subjects.with_subjects(text, found, lambda part: self.candidates(part, k))

    def find_for(self, faj: FajCode, text: str) -> Found:
        """Return what is found for a question whose asker chose the agent himself: nothing is asked back.

        A follow-up ("which parameters are there?") has no subject of its own and belongs to that agent.

        Raises:
            NotFoundError: as `candidates`.
        """
        found = self.candidates(text)
        is_follow_up = not set(tokens(text)) - FRAME
        chosen = replace(
            found,
            decision="answer",
            in_domain=1.0 if is_follow_up else found.in_domain,
            chosen=_confidence(faj, found),
        )
        return self._subjects.beside(faj, text, chosen)

    def routes(self, found: Found) -> list[Route]:
        """Return the candidates as messages, with their agents and names."""
        return [self._route(candidate) for candidate in found.candidates]

    def _route(self, candidate: Candidate) -> Route:
        return Route(
            agent_id=agent_id(candidate.faj),
            faj_code=candidate.faj,
            name=self._catalogue.feature(candidate.faj).name,
            score=candidate.score,
            via=candidate.via,
        )


def _confidence(faj: FajCode, found: Found) -> float:
    """How sure an agent may be of a question that was put to it: little where a code names another."""
    own = next((c.score for c in found.candidates if c.faj == faj), 0.0)
    first = found.candidates[0] if found.candidates else None
    names_another = first is not None and first.via == "code" and own < first.score
    return own if names_another else max(own, ASKING.chosen_confidence)
