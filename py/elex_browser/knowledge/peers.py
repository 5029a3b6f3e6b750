"""Features that belong to the one a question is about: what it requires, and what it works together with.

The graph does not find the right feature (smoothing scores over it gained nothing in the routing study);
it tells whom else to ask. So a peer never stands above a feature that the question itself speaks for.
"""

from collections.abc import Collection, Iterator

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.weights import KNOWLEDGE, PeerWeights
from elex_browser.ran.codes import FajCode


def peers_of(
    catalogue: Catalogue,
    faj: FajCode,
    score: float,
    taken: Collection[FajCode],
    weights: PeerWeights = KNOWLEDGE.peers,
) -> Iterator[tuple[FajCode, float]]:
    """Peers inside the catalogue with their scores, highest first; what conflicts is no peer."""
    graph = catalogue.graph
    conflicts = set(graph.conflicts(faj))
    seen = {faj, *taken, *conflicts}
    for weight, codes in (
        (weights.requires, graph.requires(faj)),
        (weights.related, graph.related(faj)),
    ):
        for code in codes:
            if code not in seen and code in catalogue:
                seen.add(code)
                yield code, score * weight * weights.passed_on
