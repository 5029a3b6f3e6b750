"""Text to vector by a static table: the weighted sum of its words' rows, brought to unit length.

Arora et al. 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings"; the rows are distilled from
a sentence encoder by the build (building/parts/embedding/distil.py) and hold their words' weights.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from math import sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import NotFoundError, SerializationError, ValidationError
from elex_browser.text.wordpiece import cleaned, pieces
from elex_browser.text.words import split_camel

DIMENSION = 128
TABLE_VERSION = 1
TABLE_PATH = "search/data/embedding.table"

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*")
_JOINT = re.compile(r"[-/_.]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_KEPT_WORDS = 20_000
_REBUILD = "Run `python3 build.py`, which makes the table"


class Table(msgspec.Struct, frozen=True):
    """The rows of the words, in arrays that are used as they are.

    Attributes:
        words: separated by line breaks; a piece inside a word begins with "##". The place is the token id.
        scales: float16 per word; 0 for words that say nothing.
        rows: int8, DIMENSION per word; times the scale they are the word's vector.
    """

    version: int
    words: str
    scales: bytes
    rows: bytes


def encode_table(table: Table) -> bytes:
    """The bytes of a table; the same table gives the same bytes."""
    return msgspec.msgpack.encode(table)


def decode_table(data: bytes) -> Table:
    """The table of these bytes.

    Raises:
        SerializationError: they are damaged or of another version.
    """
    try:
        table = msgspec.msgpack.decode(data, type=Table)
    except msgspec.MsgspecError as exc:
        raise SerializationError(f"the embedding table cannot be read: {exc}", _REBUILD) from exc
    n_words = table.words.count("\n") + 1
    sizes = (table.version, len(table.scales), len(table.rows))
    if sizes != (TABLE_VERSION, 2 * n_words, DIMENSION * n_words):
        problem = f"the embedding table of version, scales and rows {sizes} holds {n_words} words"
        raise SerializationError(problem, _REBUILD)
    return table


class Embedder:
    """Makes unit vectors of texts; near in meaning is near in angle. Holds views of the table's bytes.

    Attributes:
        fingerprint: of the words and their places; token ids kept elsewhere are valid for one fingerprint.
    """

    def __init__(self, table: Table) -> None:
        words = table.words.split("\n")
        self.fingerprint = hashlib.sha256(table.words.encode()).hexdigest()[:16]
        self._number = dict(zip(words, range(len(words)), strict=True))
        self._scales = np.frombuffer(table.scales, "<f2").astype(np.float32)
        self._rows = np.frombuffer(table.rows, np.int8).reshape(-1, DIMENSION)
        self._silent = frozenset(np.flatnonzero(self._scales == 0).tolist())
        self._ids_of = lru_cache(_KEPT_WORDS)(self._find)

    @staticmethod
    def load() -> "Embedder":
        """The embedder of the package's own table, read once for the life of the process.

        Raises:
            NotFoundError: this is a source checkout that was never built.
        """
        return _load(TABLE_PATH)

    def token_ids(self, text: str) -> NDArray[np.uint16]:
        """The rows that make up a text, without words that say nothing or are not known in all parts."""
        found = [i for word in written_words(text) for i in self._ids_of(word)]
        return np.array(found, np.uint16)

    def embed(self, text: str) -> NDArray[np.float32]:
        """The vector of a text, float32 of unit length; zeros where no word is known."""
        ids = self.token_ids(text)
        total = self._scales[ids] @ self._rows[ids].astype(np.float32)
        length = sqrt(float(total @ total))
        # Dividing by 1 leaves a text without known words at zero.
        return np.asarray(total / np.float32(length or 1.0))

    def embed_ids(
        self, ids: NDArray[np.uint16], offsets: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """The vectors of many texts at once, float32, shape (texts, DIMENSION).

        Args:
            ids: the token ids of all texts, one after the other.
            offsets: where each text begins in `ids`, and one more: where the last ends.

        Raises:
            ValidationError: an id is not in this table, or the offsets do not span the ids.
        """
        starts, lengths = _spans(ids, offsets)
        if len(ids) and int(ids.max()) >= len(self._rows):
            problem = f"token id {int(ids.max())} is outside the table of {len(self._rows)} words"
            raise ValidationError(problem, "Use ids of the same table")
        used = np.zeros(len(self._rows), np.bool_)
        used[ids] = True
        numbers = np.flatnonzero(used)
        place = np.zeros(len(self._rows), np.intp)
        place[numbers] = np.arange(len(numbers))
        rows = self._rows[numbers] * self._scales[numbers, np.newaxis]
        return _unit(_sums(rows, place[ids], starts, lengths))

    def _find(self, word: str) -> tuple[int, ...]:
        return tuple(i for i in self._find_all(word) if i not in self._silent)

    def _find_all(self, word: str) -> Iterator[int]:
        """The ids of a word as it is written: whole, without its joints, or in its parts."""
        for form in whole_forms(word):
            number = self._number.get(form)
            if number is not None:
                yield number
                return
        for part in parts(word):
            yield from pieces(part, self._number) or ()


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, with their joints: "inter-frequency", "S1/X2", "3.5"."""
    return _WORD.findall(cleaned(text))


def whole_forms(word: str) -> tuple[str, ...]:
    """The forms in which a written word may stand in the table undivided."""
    lower = word.lower()
    joined = _JOINT.sub("", lower)
    return (lower,) if joined == lower else (lower, joined)


def parts(word: str) -> list[str]:
    """The parts of a written word in lower case: between joints, and between the words of an identifier."""
    if _CAMEL.search(word):
        return split_camel(word).lower().split()
    return _JOINT.split(word.lower())


@lru_cache(maxsize=1)
def _load(path: str) -> Embedder:
    file = files("elex_browser").joinpath(path)
    if not file.is_file():
        raise NotFoundError(f"elex_browser/{path} is not there", _REBUILD)
    return Embedder(decode_table(file.read_bytes()))


def _spans(
    ids: NDArray[np.uint16], offsets: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each text begins and how long it is."""
    bounds = offsets.astype(np.intp)
    lengths = np.diff(bounds)
    if not len(bounds) or bounds[0] != 0 or bounds[-1] != len(ids) or (lengths < 0).any():
        raise ValidationError(
            f"the offsets do not span {len(ids)} token ids",
            "Begin with 0, end with the number of ids, never fall",
        )
    return bounds[:-1], lengths


def _sums(
    rows: NDArray[np.float32],
    places: NDArray[np.intp],
    starts: NDArray[np.intp],
    lengths: NDArray[np.intp],
) -> NDArray[np.float32]:
    """The sum of each text's rows.

    The longest texts stand first, and every step adds the next word of all that still have one: whole
    blocks at a time, several times as fast as reduceat, and no copy of every word's row at once.
    """
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    sums = np.zeros((len(order), DIMENSION), np.float32)
    longest = int(lengths[0]) if len(lengths) else 0
    for step in range(longest):
        n = int(np.searchsorted(-lengths, -step, side="left"))
        sums[:n] += rows[places[starts[:n] + step]]
    result = np.empty_like(sums)
    result[order] = sums
    return result


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., np.newaxis]
    # Dividing by 1 leaves a text without known words at zero.
    return np.asarray(vectors / np.where(lengths > 0, lengths, np.float32(1)))
