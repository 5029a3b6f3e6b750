"""Nearness in meaning: per feature its nearest text, whatever happens to the kernel's memory."""

import msgspec
import numpy as np
import pytest

from elex_browser.errors import QueryError, SerializationError
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.pack import Pack
from elex_browser.knowledge.vectors import FeatureVectors
from elex_browser.search.bm25 import Bm25
from elex_browser.search.embed import DIMENSION, TABLE_VERSION, Embedder, Table

WORDS = ("night", "power", "voice", "train")
FEATURES = (("night power", "power"), ("voice",), ("train voice",))


@pytest.fixture
def embedder() -> Embedder:
    """A table of four words at right angles to each other."""
    rows = np.zeros((len(WORDS), DIMENSION), np.int8)
    rows[np.arange(len(WORDS)), np.arange(len(WORDS))] = 100
    scales = np.full(len(WORDS), 0.01, "<f2")
    return Embedder(Table(TABLE_VERSION, "\n".join(WORDS), scales.tobytes(), rows.tobytes()))


@pytest.fixture
def pack(embedder: Embedder) -> Pack:
    """A pack of three features with nothing but vectors."""
    ids = [embedder.token_ids(text) for texts in FEATURES for text in texts]
    empty = Bm25.build([], k1=1.2, b=0.5)
    return Pack(
        version=1,
        fajs="",
        names="",
        words="",
        fields=empty,
        texts=empty,
        questions=empty,
        question_starts=b"",
        vector_words=embedder.fingerprint,
        vector_ids=np.concatenate(ids).astype("<u2").tobytes(),
        vector_lengths=np.array([len(found) for found in ids], "<u2").tobytes(),
        vector_starts=np.cumsum([0, *map(len, FEATURES)]).astype("<u4").tobytes(),
    )


def test_feature_is_as_near_as_its_nearest_text(pack: Pack, embedder: Embedder) -> None:
    vectors = FeatureVectors(pack, embedder, ReferenceKernels())
    assert vectors.nearness(vectors.embed("power")) == pytest.approx([1, 0, 0], abs=1e-3)
    assert vectors.nearness(vectors.embed("voice")) == pytest.approx([0, 1, 0.5**0.5], abs=1e-3)


def test_question_without_known_words_is_near_nothing(pack: Pack, embedder: Embedder) -> None:
    vectors = FeatureVectors(pack, embedder, ReferenceKernels())
    assert not vectors.nearness(vectors.embed("...")).any()


def test_vectors_are_made_again_after_they_were_freed(pack: Pack, embedder: Embedder) -> None:
    kernels = ReferenceKernels()
    vectors = FeatureVectors(pack, embedder, kernels)
    before = vectors.nearness(vectors.embed("voice"))
    vectors.close()
    assert kernels.memory_bytes() == 0
    assert (vectors.nearness(vectors.embed("voice")) == before).all()


def test_vectors_are_made_again_after_the_kernel_lost_them(pack: Pack, embedder: Embedder) -> None:
    class Forgetful(ReferenceKernels):
        """Loses the first matrix at once, as a trap does."""

        lost = False

        def matrix(self, rows):  # type: ignore[no-untyped-def]
            made = super().matrix(rows)
            if not self.lost:
                self.lost = True
                made.close()
            return made

    vectors = FeatureVectors(pack, embedder, Forgetful())
    assert vectors.nearness(vectors.embed("power"))[0] == pytest.approx(1, abs=1e-3)


def test_closed_matrix_says_so(pack: Pack, embedder: Embedder) -> None:
    matrix = ReferenceKernels().matrix(np.eye(2, dtype=np.float32))
    matrix.close()
    with pytest.raises(QueryError):
        matrix.top_k(np.ones(2, np.float32), 1)


def test_ids_of_another_table_are_refused(pack: Pack, embedder: Embedder) -> None:
    other = msgspec.structs.replace(pack, vector_words="0" * 16)
    with pytest.raises(SerializationError):
        FeatureVectors(other, embedder, ReferenceKernels())
