"""Distils the sentence encoder into a table of word vectors.

`python -m building.parts.embedding.distil WHEEL STORE TABLE`, in the virtual environment, py/ on the path.

Each word goes through the encoder on its own. How much it adds to a text follows Arora et al. 2017 (smooth
inverse frequency) and how well it tells features apart. The axes come from axes.py.

The same inputs give the same bytes, whatever the processor and its number of threads: all is float64 until
one byte is left of each number, and differences in the last places are rounded off on the way.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from building.parts.embedding.axes import discriminant_axes
from building.parts.embedding.domain import Domain
from building.parts.embedding.model import Array, MiniLm
from building.parts.embedding.store import Ids, Store
from elex_browser.search.embed import DIMENSION, TABLE_VERSION, Embedder, Table, encode_table
from elex_browser.text.wordpiece import token_ids
from elex_browser.text.words import FRAME, FRAME_WEIGHT, STOP, stem

SIZE = 20_000
"""Words in the table: all of the domain's, filled up with the model's most frequent pieces."""

_PIECE = re.compile(r"(?:##)?[a-z0-9]+")
_FIRST_WORD = (
    "the"  # special tokens and single characters stand before it, in no order of frequency
)
_CHARACTER_RANK = 300
_SMOOTHING = 1e-3
_IDF_POWER = 0.25
# Seven bits compress to a seventh less than eight and find the same neighbours.
_LARGEST = 63


def distil(model: MiniLm, domain: Domain, store: Store) -> Table:
    """The table for a domain."""
    words = vocabulary(model, domain)
    vectors = word_vectors(words, model, domain, store)
    vectors -= vectors.mean(axis=0)
    reader = reader_of(words)
    weights = np.array([frequency_weight(word, model) for word in words])
    weights *= domain_weights(len(words), domain, reader)
    weights *= [question_weight(word) for word in words]
    rows = vectors * weights[:, np.newaxis]
    groups = [
        np.array([rows[reader.token_ids(text)].sum(axis=0) for text in texts])
        for texts in domain.features
    ]
    return quantised(words, rows @ discriminant_axes(groups, vectors, DIMENSION))


def vocabulary(model: MiniLm, domain: Domain) -> list[str]:
    """The words of the table: pieces in the model's order, which is by frequency, then the domain's words."""
    every = [piece for piece in model.vocabulary if _PIECE.fullmatch(piece)]
    own = domain.words(frozenset(every) | STOP)
    own += sorted(STOP - set(every))  # known, so that they are not read as pieces of other words
    words = every + own
    reader = reader_of(words)
    needed = {words[i] for text in domain.texts() for i in reader.token_ids(text)} | STOP
    needed |= {piece for piece in every if len(piece.removeprefix("##")) == 1}
    room = SIZE - len(needed.union(own))
    needed.update([piece for piece in every if piece not in needed][:room])
    return [piece for piece in every if piece in needed] + own


def word_vectors(words: Sequence[str], model: MiniLm, domain: Domain, store: Store) -> Array:
    """A unit vector per word; an acronym lies between what it stands for and its own token, if it has one."""

    def ids(text: str) -> Ids:
        known = model.vocabulary.get(text)
        return (known,) if known is not None else tuple(token_ids(text, model.vocabulary))

    meant = [ids(domain.acronyms.get(word, word)) for word in words]
    vectors = store.vectors(model, meant)
    tokens = [
        i for i, word in enumerate(words) if word in domain.acronyms and word in model.vocabulary
    ]
    vectors[tokens] += store.vectors(model, [ids(words[i]) for i in tokens])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def reader_of(words: Sequence[str]) -> Embedder:
    """An embedder that only reads words: no vectors, and no word is silent."""
    n = len(words)
    ones = np.ones(n, "<f2").tobytes()
    return Embedder(Table(TABLE_VERSION, "\n".join(words), ones, bytes(n * DIMENSION)))


def frequency_weight(word: str, model: MiniLm) -> float:
    """Smooth inverse frequency; the frequency is guessed from the rank (Zipf's law)."""
    number = model.vocabulary.get(word)
    if number is None:
        return 1.0
    rank = number - model.vocabulary[_FIRST_WORD] + 1
    frequency = 1 / ((rank if rank > 0 else _CHARACTER_RANK) * math.log(len(model.vocabulary)))
    return _SMOOTHING / (_SMOOTHING + frequency)


def domain_weights(n_words: int, domain: Domain, reader: Embedder) -> Array:
    """How well each word tells the domain's features apart, from 0 to 1: its damped idf over features."""
    holding: Counter[int] = Counter()
    for texts in domain.features:
        holding.update({i for text in texts for i in reader.token_ids(text).tolist()})
    n = len(domain.features)
    idf = np.array([math.log((1 + n) / (1 + holding[i])) for i in range(n_words)])
    return (idf / math.log(1 + n)) ** _IDF_POWER


def question_weight(word: str) -> float:
    """Less for words with which people ask whatever they ask about, nothing for stop words."""
    if word in STOP:
        return 0.0
    return FRAME_WEIGHT if stem(word) in FRAME else 1.0


def quantised(words: Iterable[str], rows: Array) -> Table:
    """The table with each row in one byte per number and a scale of its own."""
    # With scales up to 1 float16 is exact enough for the lightest words.
    rows = rows * (_LARGEST / np.abs(rows).max())
    scales = (np.abs(rows).max(axis=1) / _LARGEST).astype("<f2")
    divisors = np.where(scales > 0, scales, 1).astype(np.float64)[:, np.newaxis]
    numbers = np.clip(np.rint(rows / divisors), -_LARGEST, _LARGEST).astype(np.int8)
    return Table(TABLE_VERSION, "\n".join(words), scales.tobytes(), numbers.tobytes())


def main(wheel: Path, store: Path, table: Path) -> None:
    """Write the table of the package's own domain."""
    made = distil(MiniLm(wheel), Domain.read(), Store(store))
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_bytes(encode_table(made))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
