"""Texts to vectors: by a small table worked out by hand, and by the one that is shipped."""

import msgspec
import numpy as np
import pytest

from elex_browser.errors import NotFoundError, SerializationError, ValidationError
from elex_browser.search import embed
from elex_browser.search.embed import DIMENSION, Embedder, Table, decode_table, encode_table

WORDS = "handover sleep cell inter-frequency volte pm mode ##s the".split()


def table() -> Table:
    """One axis per word; the last word says nothing."""
    scales = np.array([1, 1, 0.5, 1, 1, 1, 1, 0.25, 0], "<f2")
    rows = np.zeros((len(WORDS), DIMENSION), np.int8)
    rows[np.arange(len(WORDS)), np.arange(len(WORDS))] = 60
    return Table(embed.TABLE_VERSION, "\n".join(WORDS), scales.tobytes(), rows.tobytes())


@pytest.fixture
def embedder() -> Embedder:
    """An embedder over the small table."""
    return Embedder(table())


def words(embedder: Embedder, text: str) -> list[str]:
    """The table's words that a text is read as."""
    return [WORDS[i] for i in embedder.token_ids(text)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Handover, SLEEP!", "handover sleep"),
        ("hand-over", "handover"),
        ("handover/sleep", "handover sleep"),
        ("inter-frequency handover", "inter-frequency handover"),
        ("pmCellSleepMode", "pm cell sleep mode"),
        ("pm_cell.sleep", "pm cell sleep"),
        ("VoLTE", "volte"),
        ("cells", "cell ##s"),
        ("the cell", "cell"),
        ("cellx the 你好 \x00", ""),
        ("hándover", "handover"),
    ],
)
def test_text_is_read_as_words_of_the_table(embedder: Embedder, text: str, read: str) -> None:
    assert words(embedder, text) == read.split()


def test_vector_is_the_weighted_sum_at_unit_length(embedder: Embedder) -> None:
    vector = embedder.embed("sleep cell")
    assert vector.dtype == np.float32
    assert vector[:3] == pytest.approx([0, 2 / 5**0.5, 1 / 5**0.5])


@pytest.mark.parametrize("text", ["", "the", "xyzzy", "\ud800", "日本"])
def test_text_without_known_words_gives_zeros(embedder: Embedder, text: str) -> None:
    assert embedder.embed(text).shape == (DIMENSION,)
    assert not embedder.embed(text).any()


def test_many_texts_at_once_give_the_same_vectors(embedder: Embedder) -> None:
    generator = np.random.default_rng(7)
    texts = [" ".join(generator.choice(WORDS, n)) for n in generator.integers(0, 9, 50)]
    ids = [embedder.token_ids(text) for text in texts]
    together = embedder.embed_ids(np.concatenate(ids), np.cumsum([0, *map(len, ids)]))
    assert together == pytest.approx(np.array([embedder.embed(t) for t in texts]), abs=1e-6)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    none = embedder.embed_ids(np.zeros(0, np.uint16), np.zeros(1, np.int64))
    assert none.shape == (0, DIMENSION)


@pytest.mark.parametrize("offsets", [[], [0, 1], [1, 2], [0, 2, 1, 2], [0, 3]])
def test_offsets_that_do_not_span_the_ids_are_refused(
    embedder: Embedder, offsets: list[int]
) -> None:
    with pytest.raises(ValidationError):
        embedder.embed_ids(np.array([0, 1], np.uint16), np.array(offsets, np.int64))


def test_ids_of_another_table_are_refused(embedder: Embedder) -> None:
    with pytest.raises(ValidationError, match="token id 9"):
        embedder.embed_ids(np.array([9], np.uint16), np.array([0, 1]))


def test_fingerprint_follows_the_words(embedder: Embedder) -> None:
    other = msgspec.structs.replace(table(), words="\n".join(reversed(WORDS)))
    assert embedder.fingerprint == Embedder(table()).fingerprint
    assert embedder.fingerprint != Embedder(other).fingerprint


def test_table_survives_its_bytes() -> None:
    assert decode_table(encode_table(table())) == table()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x00" * 40,
        encode_table(table())[:-1],
        encode_table(msgspec.structs.replace(table(), version=0)),
        encode_table(msgspec.structs.replace(table(), words="a\nb")),
        encode_table(msgspec.structs.replace(table(), rows=table().rows[:-1])),
    ],
)
def test_damaged_table_is_refused(damaged: bytes) -> None:
    with pytest.raises(SerializationError):
        decode_table(damaged)


def test_missing_table_is_told_with_what_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "TABLE_PATH", "search/data/none.table")
    with pytest.raises(NotFoundError, match=r"build\.py"):
        Embedder.load()


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("calls drop while driving", "handover comes too late for a train", "clock over backhaul"),
        ("VoLTE", "voice over LTE", "antenna tilt"),
        ("CA", "carrier aggregation", "paging"),
        ("interfrequency handover", "inter-frequency handover", "beam management"),
        ("carrier agregation", "combine several carriers", "clock synchronization"),
    ],
)
def test_shipped_table_puts_like_by_like(text: str, near: str, far: str) -> None:
    embedder = Embedder.load()
    vector = embedder.embed(text)
    assert float(vector @ embedder.embed(near)) > float(vector @ embedder.embed(far)) + 0.1


def test_shipped_table_is_read_once() -> None:
    assert Embedder.load() is Embedder.load()
