"""Features that belong to the one a question is about: what it requires, and what it works together with.

The graph does not find the right feature (smoothing scores over it gained nothing in the routing study);
it tells whom else to ask. So a peer never stands above a feature that the question itself speaks for.
"""

from collections.abc import Collection, Iterator

from elex_browser.catalogue.index import Catalogue
from elex_browser.ran.codes import FajCode

REQUIRES_WEIGHT = 1.0
RELATED_WEIGHT = 0.5
_PASSED_ON = 0.8


def peers_of(
    catalogue: Catalogue, faj: FajCode, score: float, taken: Collection[FajCode]
) -> Iterator[tuple[FajCode, float]]:
    """Peers inside the catalogue with their scores, highest first; what conflicts is no peer."""
    graph = catalogue.graph
    conflicts = set(graph.conflicts(faj))
    seen = {faj, *taken, *conflicts}
    for weight, codes in (
        (REQUIRES_WEIGHT, graph.requires(faj)),
        (RELATED_WEIGHT, graph.related(faj)),
    ):
        for code in codes:
            if code not in seen and code in catalogue:
                seen.add(code)
                yield code, score * weight * _PASSED_ON
