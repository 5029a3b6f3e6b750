"""Nearness in meaning: per feature its nearest text, whatever happens to the kernel's memory."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from elex_browser import host
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import SerializationError
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.knowledge.evidence import KINDS
from elex_browser.knowledge.pack import Pack
from elex_browser.knowledge.routing import QuestionRouter
from elex_browser.knowledge.vectors import FeatureVectors
from elex_browser.search.bm25 import Bm25
from elex_browser.search.embed import DIMENSION, TABLE_VERSION, Embedder, Table
from tests.support import IN_RUST, ForgetfulKernels

QUESTIONS = Path(__file__).parents[3] / "studies" / "data" / "development_questions.jsonl"
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
    vectors = FeatureVectors(pack, embedder, ReferenceKernels())
    before = vectors.nearness(vectors.embed("voice"))
    assert vectors.memory_bytes() > 0
    vectors.close()
    assert vectors.memory_bytes() == 0
    assert (vectors.nearness(vectors.embed("voice")) == before).all()


def test_vectors_are_made_again_after_the_kernel_lost_them(pack: Pack, embedder: Embedder) -> None:
    vectors = FeatureVectors(pack, embedder, ForgetfulKernels(n_lost=1))
    assert vectors.nearness(vectors.embed("power"))[0] == pytest.approx(1, abs=1e-3)


def test_graph_takes_the_place_of_the_scan_when_its_last_piece_is_there(
    pack: Pack, embedder: Embedder
) -> None:
    vectors = FeatureVectors(pack, embedder, ReferenceKernels())
    query = vectors.embed("train")
    before = vectors.nearness(query)
    work = vectors.link()
    next(work)
    assert not vectors.is_linked
    assert (vectors.nearness(query) == before).all()
    assert list(work) == []
    assert vectors.is_linked
    assert vectors.nearness(query) == pytest.approx(before, abs=1e-6)
    assert list(vectors.link()) == []


def test_vectors_freed_while_they_are_linked_stay_free(pack: Pack, embedder: Embedder) -> None:
    vectors = FeatureVectors(pack, embedder, ReferenceKernels())
    work = vectors.link()
    next(work)
    vectors.close()
    assert list(work) == []
    assert (vectors.memory_bytes(), vectors.is_linked) == (0, False)


def test_graph_lost_while_it_is_built_leaves_the_scan(pack: Pack, embedder: Embedder) -> None:
    vectors = FeatureVectors(pack, embedder, ForgetfulKernels(n_lost=1))
    assert list(vectors.link()) == []
    assert not vectors.is_linked
    assert vectors.nearness(vectors.embed("power"))[0] == pytest.approx(1, abs=1e-3)


def test_graph_gives_the_first_feature_of_the_scan(catalogue: Catalogue) -> None:
    """Inside Pyodide; NumPy scans either way, so there it only shows that it works."""
    router = QuestionRouter(catalogue, kernels=host.current().kernels())
    lines = QUESTIONS.read_text().splitlines()[:: 4 if IN_RUST else 40]
    questions = [msgspec.json.decode(line)["question"] for line in lines]
    evidence = [router.finder.gather(question) for question in questions]
    vectors = router.finder.vectors
    assert vectors is not None
    assert len(list(router.idle_work())) > 100
    assert vectors.is_linked
    same = 0
    for e in evidence:
        scanned = int(router.score(e).argmax())
        if e.vector is not None:
            e.rows[KINDS.index("vector")] = vectors.nearness(e.vector)
        same += scanned == int(router.score(e).argmax())
    router.close()
    assert same >= 0.99 * len(questions)


def test_ids_of_another_table_are_refused(pack: Pack, embedder: Embedder) -> None:
    other = msgspec.structs.replace(pack, vector_words="0" * 16)
    with pytest.raises(SerializationError):
        FeatureVectors(other, embedder, ReferenceKernels())
