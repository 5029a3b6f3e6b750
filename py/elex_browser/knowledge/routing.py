"""From a question to the features that can answer it, with the probability that each is the right one.

A code decides alone. Everything else is evidence: names, acronyms, identifiers and words, added with
fitted weights; see `knowledge/data/routing_weights.json` and `studies/routing/fit.py`.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import SerializationError
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.confidence import Logistic, Thresholds, regression_inputs
from elex_browser.knowledge.evidence import KINDS, Evidence, EvidenceFinder
from elex_browser.knowledge.found import Candidate, Found
from elex_browser.knowledge.pack import Pack
from elex_browser.knowledge.pack_source import load_pack
from elex_browser.knowledge.peers import peers_of
from elex_browser.knowledge.vectors import FeatureVectors
from elex_browser.knowledge.weights import KNOWLEDGE, KnowledgeConfig
from elex_browser.ran.codes import FajCode, find_codes
from elex_browser.search.embed import Embedder

WEIGHTS_PATH = "knowledge/data/routing_weights.json"
# The technology alone speaks for half of the catalogue, so it says nothing for one feature.
_SPEAKING = [i for i, kind in enumerate(KINDS) if kind != "access"]
_NAMES = [KINDS.index(kind) for kind in ("name", "acronym", "identifier")]


class RoutingWeights(msgspec.Struct, frozen=True):
    """The fitted numbers of routing.

    Attributes:
        evidence: per kind of evidence its weight.
        right: the probability that the first feature is right.
        in_domain: the probability that the question is about this catalogue at all.
        thresholds: where answering ends.
    """

    evidence: dict[str, float]
    right: Logistic
    in_domain: Logistic
    thresholds: Thresholds


class FittedWeights(msgspec.Struct, frozen=True):
    """The numbers for a build with the embedding table and for a checkout without one."""

    with_vectors: RoutingWeights
    by_words: RoutingWeights


Recall = Callable[[str, Found], Found]
"""Changes candidates and domain of a question without codes by what is remembered of questions like it."""


class QuestionRouter:
    """Routes questions over one catalogue; the indexes are read with the first question.

    Args:
        pack: the compiled knowledge; the package's own if not given.
        kernels: where vectors are compared; NumPy if not given.
        config: the numbers; the shipped weights are fitted on the default ones.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        pack: Pack | None = None,
        kernels: Kernels | None = None,
        config: KnowledgeConfig = KNOWLEDGE,
    ) -> None:
        self._catalogue = catalogue
        self._given_pack = pack
        self._kernels = kernels or ReferenceKernels()
        self._config = config

    def warm_up(self) -> None:
        """Read the indexes now, so that the first question need not wait for them."""
        self.route("warm up")

    @property
    def is_warm(self) -> bool:
        """Whether the indexes are read."""
        return "finder" in vars(self)

    def idle_work(self) -> Iterator[None]:
        """What can wait for a quiet moment: the graph of the vectors, a few milliseconds per step."""
        if self.finder.vectors is not None:
            yield from self.finder.vectors.link()

    def close(self) -> None:
        """Free what the kernels hold; the next question makes it again."""
        # Nothing is there to be freed where no question came: the finder is read with the first.
        if self.is_warm and self.finder.vectors is not None:
            self.finder.vectors.close()

    def route(self, text: str, k: int = KNOWLEDGE.routing.n_candidates) -> list[Candidate]:
        """At most k features, the most probable first.

        The text is a question that was checked where it entered (`asking.question`), and k at least 1.

        Raises:
            NotFoundError: the question holds codes, and no feature has any of them.
        """
        return list(self.assess(text, k).candidates)

    def assess(
        self, text: str, k: int = KNOWLEDGE.routing.n_candidates, recall: Recall | None = None
    ) -> Found:
        """As `route`, with the probability that the question is in the domain at all."""
        limits = self._config.routing
        coded = self._coded(text)
        evidence = self.finder.gather(text)
        candidates, in_domain = self._ranked(evidence, max(k, limits.recalled_among) + len(coded))
        named = tuple(dict.fromkeys((*coded, *self._named(evidence))))
        if not coded:
            found = Found(tuple(candidates), in_domain, named, evidence.vector)
            return self._judged(found if recall is None else recall(text, found), k)
        share = limits.code_score / (len(coded) if self._share_one_code(coded) else 1)
        first = [Candidate(faj, share, "code") for faj in coded]
        rest = [
            msgspec.structs.replace(c, score=c.score * limits.beside_code)
            for c in candidates
            if c.faj not in coded
        ]
        return Found(tuple(self._with_peers([*first, *rest][:k], k)), 1.0, named, evidence.vector)

    def score(self, evidence: Evidence) -> NDArray[np.float32]:
        """The weighted sum of the evidence per feature."""
        return self._evidence_weights @ evidence.rows

    @cached_property
    def finder(self) -> EvidenceFinder:
        """The indexes, read on first use."""
        pack = self._given_pack or load_pack()
        numbers = " ".join(f.number for f in self._catalogue.features)
        if pack.fajs != numbers:
            raise SerializationError(
                "The knowledge pack is of another catalogue", "Build the wheel again"
            )
        vectors = None
        if pack.vector_words:
            vectors = FeatureVectors(pack, Embedder.load(), self._kernels, self._config.vectors)
        return EvidenceFinder(self._catalogue, pack, vectors, self._config)

    @cached_property
    def weights(self) -> RoutingWeights:
        """The fitted numbers, read on first use."""
        fitted = msgspec.json.decode(read_bytes(WEIGHTS_PATH), type=FittedWeights)
        return fitted.with_vectors if self.finder.vectors is not None else fitted.by_words

    @cached_property
    def _evidence_weights(self) -> NDArray[np.float32]:
        return np.array([self.weights.evidence[kind] for kind in KINDS], np.float32)

    def _coded(self, text: str) -> list[FajCode]:
        """The features whose codes stand in the text, in its order."""
        codes = list(dict.fromkeys(found.code for found in find_codes(text)))
        known = [
            feature.faj
            for code in codes
            for feature in (
                self._catalogue.by_cxc(code)
                if code.startswith("CXC")
                else filter(None, [self._catalogue.get(code)])
            )
        ]
        if codes and not known:
            raise self._catalogue.unknown(codes[0])
        return list(dict.fromkeys(known))

    def _share_one_code(self, fajs: list[FajCode]) -> bool:
        cxc = [set(self._catalogue.feature(faj).cxc) for faj in fajs]
        return len(fajs) > 1 and bool(set.intersection(*cxc))

    def _ranked(self, evidence: Evidence, k: int) -> tuple[list[Candidate], float]:
        """The best k features for which anything speaks, and the probability of being in the domain."""
        rows, scores = evidence.rows, self.score(evidence)
        speaks = np.any(rows[_SPEAKING] > 0, axis=0)
        order = np.argsort(-scores, kind="stable")
        order = order[speaks[order]]
        if not len(order):
            return [], 0.0
        values = regression_inputs(self.finder, evidence, scores, order)
        right = self.weights.right.probability(values)
        best = order[:k]
        relative = np.exp(scores[best].astype(np.float64) - float(scores[best[0]]))
        chances = np.clip(right * relative, 0.0, 1.0).tolist()
        named = rows[_NAMES, best[:, np.newaxis]].max(axis=1) >= self._config.routing.named
        candidates = [
            Candidate(self._catalogue.features[i].faj, chance, "name" if is_named else "semantic")
            for i, chance, is_named in zip(best.tolist(), chances, named.tolist(), strict=True)
        ]
        return candidates, self.weights.in_domain.probability(values)

    def _judged(self, found: Found, k: int) -> Found:
        """The first k of what was found, with peers and the decision."""
        score = found.candidates[0].score if found.candidates else 0.0
        return msgspec.structs.replace(
            found,
            candidates=tuple(self._with_peers(list(found.candidates[:k]), k)),
            decision=self.weights.thresholds.decide(score, found.in_domain),
        )

    def _named(self, evidence: Evidence) -> list[FajCode]:
        """Features that the question names beyond doubt, the best first."""
        surely = self._config.routing.surely_named
        numbers = np.flatnonzero(evidence.rows[_NAMES].max(axis=0) >= surely)
        if not len(numbers):
            return []
        scores = self.score(evidence)[numbers]
        return [
            self._catalogue.features[i].faj for i in numbers[np.argsort(-scores, kind="stable")]
        ]

    def _with_peers(self, direct: list[Candidate], k: int) -> list[Candidate]:
        """The direct hits, with peers of a sure first one in the place of the unlikely ones at the end."""
        limits = self._config.routing
        if not direct or direct[0].score < limits.sure_enough_for_peers:
            return direct
        kept = [
            c
            for n, c in enumerate(direct)
            if n < limits.always_direct or c.score >= limits.unlikely
        ]
        best, least = kept[0], kept[-1].score
        taken = [c.faj for c in kept]
        found = peers_of(self._catalogue, best.faj, best.score, taken, self._config.peers)
        peers = [Candidate(faj, min(score, least), "peer") for faj, score in found]
        brought = {peer.faj for peer in peers}
        rest = [c for c in direct[len(kept) :] if c.faj not in brought]
        return [*kept, *peers, *rest][:k]
