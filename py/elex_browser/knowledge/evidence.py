"""What speaks for each feature in a question: one row of numbers per kind of evidence."""

import re
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.exact import ExactHits
from elex_browser.knowledge.pack import Pack
from elex_browser.knowledge.scope import words_beside
from elex_browser.knowledge.sources import read_acronyms, read_name_forms
from elex_browser.knowledge.vectors import FeatureVectors
from elex_browser.knowledge.weights import KNOWLEDGE, KnowledgeConfig
from elex_browser.search.bm25 import Bm25Search, JointSearch
from elex_browser.text.spelling import repair
from elex_browser.text.words import (
    DEPLOYMENT,
    DEPLOYMENT_STEMS,
    FRAME,
    FRAME_WEIGHT,
    expansions,
    tokens,
)

KINDS = (
    "name",
    "name_share",
    "acronym",
    "identifier",
    "access",
    "fields",
    "texts",
    "best_question",
    "questions",
    "vector",
)
"""The rows of evidence, in the order of the routing weights; "vector" is 0 where there is no table."""

# Only plain words are repaired: capitals and digits inside mean an abbreviation or an identifier.
_PLAIN_WORD = re.compile(r"\b(?:[a-z]{5,}|[A-Z][a-z]{4,})\b")
_SLIGHT = FRAME | DEPLOYMENT_STEMS


class Evidence(NamedTuple):
    """The evidence of one question.

    Attributes:
        rows: float32, shape (len(KINDS), number of features).
        terms: the question's terms with their weights, after spelling repair.
        beside: how much the question speaks of other subjects.
        vector: the question's unit vector; None where there is no table, or it knows no word of it.
    """

    rows: NDArray[np.float32]
    terms: dict[str, float]
    beside: float
    vector: NDArray[np.float32] | None = None


class EvidenceFinder:
    """Gathers the evidence for a question from the pack's indexes and the catalogue's names.

    Attributes:
        config: the numbers that the evidence is made with.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        pack: Pack,
        vectors: FeatureVectors | None,
        config: KnowledgeConfig = KNOWLEDGE,
    ) -> None:
        self.config = config
        self._catalogue = catalogue
        self._pack = pack
        self.vectors = vectors
        self._acronyms = {a: e for a, e in read_acronyms().items() if a not in DEPLOYMENT}
        self.fields = Bm25Search(pack.fields)
        self.texts = Bm25Search(pack.texts)
        self.questions = Bm25Search(pack.questions)
        self._joint = JointSearch((self.fields, self.texts, self.questions))
        starts = np.frombuffer(pack.question_starts, "<u4").astype(np.intp)
        # reduceat takes no empty spans: only features with questions are reduced.
        self._asked = np.flatnonzero(np.diff(starts))
        self._first_question = starts[self._asked]

    def gather(self, text: str) -> Evidence:
        """All evidence in a text."""
        text = self.repaired(text)
        terms = self._terms(text)
        vector = self.vectors.embed(text) if self.vectors else np.zeros(0, np.float32)
        rows = np.zeros((len(KINDS), len(self._catalogue)), np.float32)
        rows[:2] = self._exact.names(text)
        rows[2] = self._exact.acronyms(text)
        rows[3] = self._exact.identifiers(text)
        rows[4] = self._exact.access(text)
        words = self.config.words
        weight = (max(sum(terms.values()), 1.0) / words.usual_length) ** words.length_power
        fields, texts, questions = self._joint.scores(terms)
        rows[5], rows[6] = fields, texts
        self._reduce(questions, rows[7], rows[8])
        rows[5:9] *= np.float32(weight)
        if self.vectors:
            rows[9] = self.vectors.nearness(vector)
        beside = words_beside(text, words.enough_beside)
        return Evidence(rows, terms, beside, vector if vector.any() else None)

    def speaks_of(self, feature: int, term: str) -> bool:
        """Whether anything written about a feature holds a term."""
        return self.fields.holds(term, feature) or self.texts.holds(term, feature)

    def repaired(self, text: str) -> str:
        """The text with mistyped plain words repaired."""
        most = self.config.words.most_repaired
        return _PLAIN_WORD.sub(lambda match: self._repaired(match[0]), text, count=most)

    def _repaired(self, word: str) -> str:
        lower = word.lower()
        repaired = repair(lower, self._words)
        return word if repaired == lower else repaired

    def _terms(self, text: str) -> dict[str, float]:
        weight = self.config.words.expansion
        terms = {term: FRAME_WEIGHT if term in _SLIGHT else 1.0 for term in tokens(text)}
        for expansion in expansions(text, self._acronyms):
            for term in tokens(expansion):
                terms[term] = max(terms.get(term, 0.0), weight)
        return terms

    def _reduce(
        self, scores: NDArray[np.float32], best: NDArray[np.float32], together: NDArray[np.float32]
    ) -> None:
        """Write per feature its best question, and a soft maximum in which several near ones count."""
        if not len(self._asked):
            return
        best[self._asked] = np.maximum.reduceat(scores, self._first_question)
        sharpness = np.float32(self.config.words.sharpness)
        raised = np.expm1(sharpness * scores)
        summed = np.add.reduceat(raised, self._first_question)
        together[self._asked] = np.log1p(summed) / sharpness

    @cached_property
    def _words(self) -> dict[str, int]:
        lines = (line.split(" ") for line in self._pack.words.split("\n"))
        return {word: int(count) for word, count in lines}

    @cached_property
    def _exact(self) -> ExactHits:
        names = [group.split("|") for group in self._pack.names.split("\n")]
        return ExactHits(
            self._catalogue, names, self._acronyms, self._words, read_name_forms(), self.config
        )
