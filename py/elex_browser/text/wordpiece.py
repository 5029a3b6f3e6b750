"""WordPiece as BERT's uncased models use it: Devlin et al. 2019; Song et al. 2021, section 2.

The steps and their order are those of the reference tokenizer, so that a model's own vocabulary gives the
pieces it was trained with; tests/data/wordpiece_reference.json holds what the reference made of odd texts.
"""

import re
import unicodedata
from collections.abc import Mapping

UNKNOWN = "[UNK]"
_LONGEST_WORD = 100
_ASCII_PUNCTUATION = "!-/:-@\\[-`{-~"
_ASCII_WORD = re.compile(rf"[^\s{_ASCII_PUNCTUATION}]+|[{_ASCII_PUNCTUATION}]")
_ASCII_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
# Written without blanks between words; Korean and Japanese syllables are not among them (BERT's choice).
_IDEOGRAPHS = re.compile(
    "[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b73f"
    "\U0002b740-\U0002b81f\U0002b820-\U0002ceaf\U0002f800-\U0002fa1f]"
)


def cleaned(text: str) -> str:
    """The text without control characters and accents, ideographs apart; case is kept."""
    if text.isascii():
        return text.translate(_ASCII_CONTROLS)
    kept = "".join(" " if c.isspace() else c for c in text if not _is_control(c))
    spaced = _IDEOGRAPHS.sub(r" \g<0> ", kept)
    decomposed = unicodedata.normalize("NFD", spaced)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def basic_words(text: str) -> list[str]:
    """The words and the single punctuation marks of a text, cleaned and in lower case."""
    text = cleaned(text)
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    # Letter by letter: str.lower() of a whole text writes a Greek sigma at the end of a word as ς.
    text = "".join(c.lower() for c in text)
    return "".join(f" {c} " if _is_punctuation(c) else c for c in text).split()


def pieces(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...] | None:
    """The ids of the longest known pieces from left to right; None where some part is not known.

    Pieces after the first stand in the vocabulary with "##" before them.
    """
    if len(word) > _LONGEST_WORD:
        return None
    found: list[int] = []
    begin = 0
    while begin < len(word):
        for end in range(len(word), begin, -1):
            piece = word[begin:end] if begin == 0 else f"##{word[begin:end]}"
            number = vocabulary.get(piece)
            if number is not None:
                found.append(number)
                begin = end
                break
        else:
            return None
    return tuple(found)


def token_ids(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The ids of a text as the reference tokenizer gives them, without the special tokens around."""
    unknown = (vocabulary[UNKNOWN],)
    return [i for word in basic_words(text) for i in pieces(word, vocabulary) or unknown]


def _is_control(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character.isspace())
    return unicodedata.category(character).startswith("P")
