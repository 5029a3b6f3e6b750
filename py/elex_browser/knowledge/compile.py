"""Compiles catalogue and written knowledge into the pack that routing reads; run when the wheel is made.

Names count most, identifiers little (they work better as exact hits), everything in between by how directly
it speaks of the feature; the numbers are in `weights.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import NotFoundError
from elex_browser.knowledge.pack import PACK_VERSION, Pack
from elex_browser.knowledge.sources import (
    Concept,
    WrittenRecord,
    read_acronyms,
    read_concepts,
    read_gists,
    read_records,
)
from elex_browser.knowledge.weights import KNOWLEDGE
from elex_browser.ran.codes import FajCode
from elex_browser.search.bm25 import Bm25
from elex_browser.search.embed import Embedder
from elex_browser.text.words import FRAME, STOP, expansions, plain_tokens, tokens, words

Bag = defaultdict[str, float]

_WEIGHTS = KNOWLEDGE.pack
_TEXT_WEIGHTS = {
    "what": _WEIGHTS.what,
    "when": _WEIGHTS.when,
    "symptoms": _WEIGHTS.symptoms,
    "costs": _WEIGHTS.costs,
    "check": _WEIGHTS.check,
}


def compile_pack() -> Pack:
    """The pack of the package's own catalogue and knowledge."""
    catalogue = Catalogue.load()
    acronyms, concepts, gists, records = (
        read_acronyms(),
        read_concepts(),
        read_gists(),
        read_records(),
    )
    features = catalogue.features
    asked = [records[f.faj].questions if f.faj in records else () for f in features]
    fields = [
        _field_bag(catalogue, f, gists[f.faj], records.get(f.faj), acronyms, concepts)
        for f in features
    ]
    written = [_written(f, gists[f.faj], records.get(f.faj)) for f in features]
    words, ids = _token_ids([text for texts in written for text in texts])
    k1, b = _WEIGHTS.k1, _WEIGHTS.b_features
    return Pack(
        version=PACK_VERSION,
        fajs=" ".join(f.number for f in features),
        names="\n".join("|".join(_stemmed_names(f)) for f in features),
        words=_known_words(features, gists, records, acronyms, concepts),
        fields=Bm25.build(fields, k1=k1, b=b),
        texts=Bm25.build([_text_bag(records.get(f.faj), acronyms) for f in features], k1=k1, b=b),
        questions=Bm25.build(
            [_question_bag(q, acronyms) for questions in asked for q in questions],
            k1=k1,
            b=_WEIGHTS.b_questions,
        ),
        question_starts=np.cumsum([0, *map(len, asked)]).astype("<u4").tobytes(),
        vector_words=words,
        vector_ids=np.concatenate([np.zeros(0, "<u2"), *ids]).astype("<u2").tobytes(),
        vector_lengths=np.array([len(found) for found in ids], "<u2").tobytes(),
        vector_starts=np.cumsum([0, *map(len, written)]).astype("<u4").tobytes(),
    )


def _written(feature: Feature, gist: str, record: WrittenRecord | None) -> list[str]:
    """Everything written about a feature, each text a vector of its own."""
    if record is None:
        return [feature.name, gist]
    described = [record.what, record.when, record.symptoms, record.costs, record.check]
    return [feature.name, gist, *described, " ".join(record.words), *record.questions]


def _token_ids(texts: Iterable[str]) -> tuple[str, list[NDArray[np.uint16]]]:
    """The fingerprint of the embedding table and the texts' ids in it; nothing where there is no table."""
    try:
        embedder = Embedder.load()
    except NotFoundError:
        return "", []
    return embedder.fingerprint, [embedder.token_ids(text) for text in texts]


def _field_bag(
    catalogue: Catalogue,
    feature: Feature,
    gist: str,
    record: WrittenRecord | None,
    acronyms: dict[str, str],
    concepts: list[Concept],
) -> Bag:
    bag: Bag = defaultdict(float)
    _add(bag, tokens(feature.name), _WEIGHTS.name)
    _add(bag, {t for a in feature.aliases for t in tokens(a)} - bag.keys(), _WEIGHTS.name)
    _add(bag, [a.lower() for a in feature.acronyms], _WEIGHTS.name)
    _add(bag, tokens(feature.category), _WEIGHTS.category)
    _add(bag, set(_expanded(feature.name, acronyms)), _WEIGHTS.expansion)
    for term, n in Counter(tokens(gist)).items():
        bag[term] += _WEIGHTS.gist * min(n, _WEIGHTS.gist_repeats)
    _add(bag, set(_expanded(gist, acronyms)), _WEIGHTS.gist_expansion)
    _add(
        bag,
        {t for text in _concept_texts(feature, concepts) for t in tokens(text)},
        _WEIGHTS.concept,
    )
    if record is not None:
        _add(bag, {t for word in record.words for t in tokens(word)}, _WEIGHTS.words)
    details = catalogue.details(feature.faj)
    introduced = {p.attribute for p in details.parameter_list() if p.relation == "introduced"}
    other = {p.attribute for p in details.parameter_list()} - introduced
    other |= {c.name for c in details.counter_list()} | details.parameters.keys()
    _add(bag, _identifier_words(introduced), _WEIGHTS.introduced)
    _add(bag, _identifier_words(other), _WEIGHTS.other)
    return bag


def _text_bag(record: WrittenRecord | None, acronyms: dict[str, str]) -> Bag:
    bag: Bag = defaultdict(float)
    if record is None:
        return bag
    for field, weight in _TEXT_WEIGHTS.items():
        _add(bag, tokens(getattr(record, field)), weight)
    for question in record.questions:
        _add(bag, set(tokens(question)), _WEIGHTS.question)
    _add(bag, set(_expanded(" ".join(record.words), acronyms)), _WEIGHTS.expansion)
    return bag


def _question_bag(question: str, acronyms: dict[str, str]) -> Bag:
    bag: Bag = defaultdict(float)
    for term in tokens(question):
        bag[term] = _WEIGHTS.frame_in_question if term in FRAME else 1.0
    for term in set(_expanded(question, acronyms)):
        bag[term] = max(bag[term], _WEIGHTS.expansion_in_question)
    return bag


def _add(bag: Bag, terms: Iterable[str], weight: float) -> None:
    for term in terms:
        bag[term] += weight


def _expanded(text: str, acronyms: dict[str, str]) -> list[str]:
    return [term for expansion in expansions(text, acronyms) for term in tokens(expansion)]


def _concept_texts(feature: Feature, concepts: list[Concept]) -> list[str]:
    name = feature.name.lower()
    return [c.words for c in concepts if c.trigger.search(name)]


def _identifier_words(names: Iterable[str]) -> set[str]:
    return {term for name in names for term in tokens(name)}


def _stemmed_names(feature: Feature) -> list[str]:
    return list(dict.fromkeys(" ".join(plain_tokens(n)) for n in (feature.name, *feature.aliases)))


def _known_words(
    features: tuple[Feature, ...],
    gists: dict[str, str],
    records: dict[FajCode, WrittenRecord],
    acronyms: dict[str, str],
    concepts: list[Concept],
) -> str:
    counts: Counter[str] = Counter()
    texts = [
        *(f.name for f in features),
        *gists.values(),
        *acronyms.values(),
        *(c.words for c in concepts),
    ]
    for r in records.values():
        texts += [r.what, r.when, r.symptoms, r.costs, r.check, *r.words, *r.questions]
    for text in texts:
        counts.update(w for w in words(text) if len(w) >= _WEIGHTS.shortest_repair and w.isalpha())
    for word in STOP | acronyms.keys():
        counts[word] += 1
    return "\n".join(f"{word} {n}" for word, n in sorted(counts.items()))
