"""Questions as unit vectors: by the embedding table, or by their words where there is no table."""

from functools import cached_property
from zlib import crc32

import numpy as np

from elex_browser.kernels.base import F32
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.search.embed import DIMENSION
from elex_browser.text.words import FRAME, FRAME_WEIGHT, tokens

_BY_WORDS = "words-1"


class Likeness:
    """Makes the vectors by which questions are compared; the router's table is read on first use."""

    def __init__(self, router: QuestionRouter) -> None:
        self._router = router

    @cached_property
    def space(self) -> str:
        """Vectors of the same space can be compared."""
        vectors = self._router.finder.vectors
        return vectors.fingerprint if vectors is not None else _BY_WORDS

    def vector(self, text: str) -> F32 | None:
        """The unit vector of a question; None where nothing in it is known."""
        finder = self._router.finder
        found = finder.vectors.embed(finder.repaired(text)) if finder.vectors else by_words(text)
        return found if found.any() else None


def by_words(text: str) -> F32:
    """A question's stems thrown into DIMENSION places, as a unit vector; zeros where it has none.

    Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning": a second hash gives the
    sign, so that words which share a place do not make questions alike.
    """
    vector = np.zeros(DIMENSION, np.float32)
    for term in set(tokens(text)):
        number = crc32(term.encode("utf-8", "replace"))
        sign = 1.0 if number & 0x8000_0000 else -1.0
        vector[number % DIMENSION] += sign * (FRAME_WEIGHT if term in FRAME else 1.0)
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length else vector
