"""WordPiece against the reference tokenizer's own output, on texts of the domain and on odd ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from elex_browser.text.wordpiece import basic_words, cleaned, pieces, token_ids

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "wordpiece_reference.json").read_bytes()
)
CASES = [
    pytest.param(*case, id=f"{i}-{case[0][:20]!a}") for i, case in enumerate(REFERENCE["cases"])
]
VOCABULARY = {"un": 0, "##aff": 1, "##able": 2, "##ab": 3, "[UNK]": 4}


@pytest.mark.parametrize(("text", "ids"), CASES)
def test_ids_are_those_of_the_reference_tokenizer(text: str, ids: list[int]) -> None:
    assert token_ids(text, REFERENCE["vocabulary"]) == ids


def test_longest_known_piece_is_taken_first() -> None:
    assert pieces("unaffable", VOCABULARY) == (0, 1, 2)


def test_word_with_an_unknown_part_has_no_pieces() -> None:
    assert pieces("unaffx", VOCABULARY) is None
    assert token_ids("unaffx un", VOCABULARY) == [4, 0]


def test_word_beyond_the_longest_is_unknown() -> None:
    assert pieces("un" * 51, {"un": 0, "##un": 1}) is None


def test_plain_and_accented_texts_are_split_alike() -> None:
    text = "Cell-edge users, e.g. at -110 dBm?"
    assert basic_words(text) == basic_words(f"{text} é")[:-1]


@pytest.mark.parametrize(
    ("text", "clean"), [("Ångström", "Angstrom"), ("a\x00b\tc", "ab\tc"), ("a\ud800b", "ab")]
)
def test_cleaning_drops_accents_and_controls_and_keeps_case(text: str, clean: str) -> None:
    assert cleaned(text) == clean
