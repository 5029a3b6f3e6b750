"""Repairs a word of a question that is one edit away from a word the knowledge uses.

All words one edit away (deletion, transposition, replacement, insertion) are made and looked up: a few
hundred lookups for the rare unknown word, and no index to build at start.
"""

from collections.abc import Mapping
from string import ascii_lowercase

_LENGTHS = range(5, 25)
"""Longer "words" are pasted noise, and the work grows with the square of the length."""


def repair(word: str, counts: Mapping[str, int]) -> str:
    """The most used known word one edit away, or the word itself; expects lower case.

    Short words and abbreviations are left alone: one edit turns many of them into others.
    """
    if len(word) not in _LENGTHS or word in counts or not (word.isascii() and word.isalpha()):
        return word
    near = [known for known in _one_edit_away(word) if known in counts]
    return max(sorted(near), key=counts.__getitem__, default=word)


def _one_edit_away(word: str) -> set[str]:
    # The first letter is rarely mistyped, and holding it prevents most wrong repairs.
    splits = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    deleted = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaced = {left + c + right[1:] for left, right in splits if right for c in ascii_lowercase}
    inserted = {left + c + right for left, right in splits for c in ascii_lowercase}
    return deleted | swapped | replaced | inserted
