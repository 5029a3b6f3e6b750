"""The words and texts of the domain, from the catalogue and the written knowledge."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import (
    read_acronyms,
    read_concepts,
    read_gists,
    read_records,
)
from elex_browser.search.embed import parts, whole_forms, written_words

_LEAST_USES = 2
"""A compound, or a word that the model knows only in pieces, gets a row of its own when used so often."""


@dataclass(frozen=True)
class Domain:
    """What is written about radio features.

    Attributes:
        features: per feature all its texts: names, gist, descriptions, words, questions.
        others: texts that belong to no single feature: what acronyms and concepts stand for.
        acronyms: lower-case acronym to its expansion, also without its hyphens.
    """

    features: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]
    acronyms: dict[str, str]

    @classmethod
    def read(cls) -> "Domain":
        """The domain of the package's own data."""
        gists, records = read_gists(), read_records()
        features = []
        for feature in Catalogue.load().features:
            texts = [feature.name, *feature.aliases, gists[feature.faj]]
            if record := records.get(feature.faj):
                texts += [record.what, record.when, record.symptoms, record.costs, record.check]
                texts += [" ".join(record.words), *record.questions]
            features.append(tuple(texts))
        expansions = read_acronyms()
        others = [f"{acronym} {expansion}" for acronym, expansion in expansions.items()]
        others += [concept.words for concept in read_concepts()]
        acronyms = {form: text for word, text in expansions.items() for form in whole_forms(word)}
        return cls(tuple(features), tuple(others), {**acronyms, **expansions})

    def texts(self) -> Iterator[str]:
        """Every text of the domain."""
        for texts in self.features:
            yield from texts
        yield from self.others

    @cached_property
    def uses(self) -> Counter[str]:
        """How often each form of a word is used: whole words, and their parts."""
        found: Counter[str] = Counter()
        for text in self.texts():
            for word in written_words(text):
                found.update({word.lower(), *parts(word)})
        return found

    def words(self, known: frozenset[str]) -> list[str]:
        """Words that deserve a row besides the `known` ones, in alphabetical order."""
        often = (word for word, n in self.uses.items() if n >= _LEAST_USES)
        own = (word for word in often if word not in known and re.search("[a-z]", word))
        return sorted({*own, *self.acronyms} - known)
