"""What an agent of the catalogue reaches beyond its own facts: other features, their agents, loaded files."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from elex_browser.answering.catalogue_facts import CatalogueFacts
from elex_browser.answering.facts import Facts, Profile
from elex_browser.answering.network_sections import network_sections
from elex_browser.answering.other_features import Stated
from elex_browser.answering.relations_text import prerequisites_text, relation_text
from elex_browser.asking.finder import Finder
from elex_browser.asking.question import Question
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.found import Found
from elex_browser.knowledge.records import WrittenKnowledge
from elex_browser.network.network import Network
from elex_browser.protocol import AnswerSection, Route

FactsOf = Callable[[str], Coroutine[Any, Any, Facts]]
"""Returns what the agent of a FAJ code knows, made or restored if need be."""


class CatalogueOthers:
    """The other features of the catalogue and the loaded network data."""

    def __init__(
        self,
        catalogue: Catalogue,
        written: WrittenKnowledge,
        finder: Finder,
        network: Network,
        facts_of: FactsOf,
    ) -> None:
        self._catalogue = catalogue
        self._written = written
        self._network = network
        self._finder = finder
        self._facts_of = facts_of

    def profile(self, faj_code: str) -> Profile | None:
        """Return a feature in a few words, or None outside the catalogue."""
        feature = self._catalogue.get(faj_code)
        if feature is None:
            return None
        return CatalogueFacts(self._catalogue, self._written, feature).profile

    def relatives(self, faj_code: str) -> Sequence[str]:
        """Prerequisites first, then what is built on the feature, related ones and conflicts."""
        feature = self._catalogue.feature(faj_code)
        graph, faj = self._catalogue.graph, feature.faj
        alternatives = [code for group in feature.requires_any for code in group]
        found = [
            *graph.requires(faj),
            *alternatives,
            *graph.related(faj),
            *graph.required_by(faj),
            *graph.conflicts(faj),
        ]
        return [code for code in dict.fromkeys(found) if code in self._catalogue]

    def relations(self, faj_codes: Sequence[str]) -> list[Stated]:
        """What the catalogue states between some of its features, conflicts first."""
        codes = [self._catalogue.feature(faj).faj for faj in faj_codes]
        name = self._catalogue.name_of
        return [
            Stated(
                relation.faj,
                name(relation.faj) or relation.faj,
                relation.kind,
                relation.other,
                name(relation.other) or relation.other,
                relation_text(self._catalogue, relation),
            )
            for relation in self._catalogue.graph.relations_among(codes)
        ]

    def activation_text(self, faj_codes: Sequence[str]) -> str:
        """What to activate before some features, in order, in words."""
        codes = [self._catalogue.feature(faj).faj for faj in faj_codes]
        return prerequisites_text(self._catalogue, codes)

    def routes(self, found: Found) -> list[Route]:
        """Return the candidates of a question as messages, with their agents and names."""
        return self._finder.routes(found)

    async def facts(self, faj_code: str) -> Facts:
        """Return what the agent of a feature knows."""
        return await self._facts_of(faj_code)

    async def consult(self, faj_code: str, question: Question) -> AnswerSection:
        """Let the agent of a feature tell what it knows of the question."""
        return (await self.facts(faj_code)).brief(question)

    def network_sections(self, faj_code: str, question: Question) -> list[AnswerSection]:
        """Return what the loaded files say about a feature."""
        feature = self._catalogue.feature(faj_code)
        return network_sections(self._network, self._catalogue, feature.faj)
