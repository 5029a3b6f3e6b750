"""The written knowledge is complete, well-sized, free of repetition, and claims nothing about the product.

Texts are general radio knowledge: they must not hold codes, identifiers, ranges, defaults or licence terms.
"""

import re
from collections import Counter, defaultdict

import pytest

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.catalogue.details import slug
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord

TEXTS = ("what", "when", "symptoms", "costs", "check")
TEXT_LENGTH = range(40, 421)
N_WORDS = range(3, 16)
N_QUESTIONS = range(15, 26)
QUESTION_LENGTH = range(12, 161)
NAMING_QUESTIONS = 4
SENTENCE_WORTH_COMPARING = 30

STRAY_FACTS = {
    "a product code": r"\b(?:FAJ|CXC) ?\d",
    "a counter's name": r"\bpm[A-Z]\w+",
    "a default or recommended value": r"\b(?:default|recommended|factory) (?:value|setting|is|of|to)\b",
    "a range of a parameter": r"\b(?:parameter|attribute|threshold|timer)s? (?:\w+ )?(?:from|between) -?\d",
    "a value of a parameter": r"\b(?:parameter|attribute|threshold|timer)s? (?:is|to|of|=) -?\d",
    "a licence term": r"\blicen[cs]e (?:is |are )?(?:needed|required|key)|licensed feature|needs a licen[cs]",
    "the vendor's name": r"(?i)\bericsson\b(?! (?:lean carrier|reduced capability))",
}
"""What a text of general knowledge cannot know."""


def texts(record: WrittenRecord) -> dict[str, str]:
    """The five texts of a record."""
    return {field: getattr(record, field) for field in TEXTS}


def plain(text: str) -> str:
    """A text without case and punctuation, for comparison."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def test_every_feature_has_a_record_in_its_file(
    catalogue: Catalogue, records: dict[str, WrittenRecord]
) -> None:
    assert records.keys() == {f.faj for f in catalogue.features}
    for feature in catalogue.features:
        path = f"knowledge/features/{slug(feature.category)}/{feature.number[:2]}xx.toml"
        assert f'["{feature.faj}"]'.encode() in read_bytes(path), path


def test_texts_have_one_to_three_sentences(records: dict[str, WrittenRecord]) -> None:
    faults = [
        (faj, field, len(text))
        for faj, record in records.items()
        for field, text in texts(record).items()
        if len(text) not in TEXT_LENGTH or "\n" in text or text != text.strip()
    ]
    assert faults == []


def test_words_and_questions_are_many_enough_and_short(records: dict[str, WrittenRecord]) -> None:
    faults = [
        (faj, len(record.words), len(record.questions), question)
        for faj, record in records.items()
        for question in record.questions
        if len(question) not in QUESTION_LENGTH
        or len(record.words) not in N_WORDS
        or len(record.questions) not in N_QUESTIONS
    ]
    assert faults == []


def test_no_question_is_asked_of_two_features(records: dict[str, WrittenRecord]) -> None:
    askers: dict[str, list[str]] = defaultdict(list)
    for faj, record in records.items():
        for question in record.questions:
            askers[plain(question)].append(faj)
    assert {question: fajs for question, fajs in askers.items() if len(fajs) > 1} == {}


def test_no_sentence_stands_in_many_texts(records: dict[str, WrittenRecord]) -> None:
    sentences = Counter(
        plain(sentence)
        for record in records.values()
        for text in texts(record).values()
        for sentence in re.split(r"(?<=[.!?;]) ", text)
        if len(sentence) >= SENTENCE_WORTH_COMPARING
    )
    assert {s: n for s, n in sentences.items() if n > 2} == {}


def test_questions_seldom_hold_the_whole_name(
    catalogue: Catalogue, records: dict[str, WrittenRecord]
) -> None:
    for feature in catalogue.features:
        asked = records[feature.faj].questions
        assert sum(feature.name.lower() in q.lower() for q in asked) <= NAMING_QUESTIONS, (
            feature.faj
        )


@pytest.mark.parametrize("fact", STRAY_FACTS)
def test_no_text_claims_what_it_cannot_know(records: dict[str, WrittenRecord], fact: str) -> None:
    pattern = re.compile(STRAY_FACTS[fact])
    claims = [
        (faj, field, text)
        for faj, record in records.items()
        for field, text in texts(record).items()
        if pattern.search(text)
    ]
    assert claims == []


def test_no_text_names_an_attribute_of_the_catalogue(
    catalogue: Catalogue, records: dict[str, WrittenRecord]
) -> None:
    camel = re.compile(r"\b[a-z]+[A-Z]\w*")
    named = {
        (faj, word)
        for faj, record in records.items()
        for text in texts(record).values()
        for word in camel.findall(text)
        if any(use.role not in {"mo", "event"} for use in catalogue.users_of(word))
    }
    assert named == set()
