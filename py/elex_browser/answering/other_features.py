"""What an agent can reach beyond its own facts, handed in by who asks it: other features, loaded files."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from elex_browser.answering.facts import Facts, Profile
from elex_browser.asking.question import Question
from elex_browser.knowledge.found import Found
from elex_browser.protocol import AnswerSection, RelationKind, Route


class Stated(NamedTuple):
    """One relation between two features, as the catalogue states it and in words."""

    faj_code: str
    name: str
    kind: RelationKind
    other: str
    other_name: str
    text: str


class OtherFeatures(Protocol):
    """The other agents and the loaded network data, as one agent sees them."""

    def profile(self, faj_code: str) -> Profile | None:
        """Return a feature in a few words."""
        ...

    def relatives(self, faj_code: str) -> Sequence[str]:
        """Return the codes of related features that can be asked, nearest relation first."""
        ...

    def routes(self, found: Found) -> list[Route]:
        """Return the candidates of a question as messages, with their agents and names."""
        ...

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Ask another agent and return what it says."""
        ...

    async def facts(self, faj_code: str) -> Facts:
        """Return what the agent of another feature knows."""
        ...

    def relations(self, faj_codes: Sequence[str]) -> Sequence[Stated]:
        """Return what is stated between some features, conflicts first."""
        ...

    def activation_text(self, faj_codes: Sequence[str]) -> str:
        """Return in words what to activate before some features, in order."""
        ...

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """Return what loaded configuration and measurements say about a feature; often nothing."""
        ...


class NoOtherFeatures:
    """The surroundings of an agent that stands alone.

    Args:
        loaded: what is known of the network at present; nothing if not given.
    """

    def __init__(self, loaded: Callable[[Question], list[AnswerSection]] | None = None) -> None:
        self._loaded = loaded

    def profile(self, faj_code: str) -> Profile | None:
        """Nothing is known of other features."""
        return None

    def relatives(self, faj_code: str) -> Sequence[str]:
        """There are none."""
        return ()

    def routes(self, found: Found) -> list[Route]:
        """There are none."""
        return []

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Never called, because there are no relatives and no routes."""
        raise LookupError(faj_code)

    async def facts(self, faj_code: str) -> Facts:
        """Never called, because there are no routes."""
        raise LookupError(faj_code)

    def relations(self, faj_codes: Sequence[str]) -> Sequence[Stated]:
        """There are none."""
        return ()

    def activation_text(self, faj_codes: Sequence[str]) -> str:
        """Never called, because there are no routes."""
        return ""

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """What the agent was given beside its facts."""
        return self._loaded(question) if self._loaded else []
