"""What an agent can reach beyond its own facts, handed in by whoever asks it."""

from collections.abc import Sequence
from typing import Protocol

from elex_browser.agents.facts import Profile
from elex_browser.agents.question import Question
from elex_browser.protocol import AnswerSection


class Surroundings(Protocol):
    """The other agents and the loaded network data, as one agent sees them."""

    def profile(self, faj_code: str) -> Profile | None:
        """Return a feature in a few words."""
        ...

    def relatives(self, faj_code: str) -> Sequence[str]:
        """Return the codes of related features that can be asked, nearest relation first."""
        ...

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Ask another agent and return what it says."""
        ...

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """Return what loaded configuration and measurements say about a feature; often nothing."""
        ...


class Alone:
    """The surroundings of an agent that stands alone."""

    def profile(self, faj_code: str) -> Profile | None:
        """Nothing is known of other features."""
        return None

    def relatives(self, faj_code: str) -> Sequence[str]:
        """There are none."""
        return ()

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Never called, because there are no relatives and no routes."""
        raise LookupError(faj_code)

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """Nothing is loaded."""
        return []
