"""The words of a feature's name however somebody writes them: one form for names and questions.

Abbreviations and spelt-out forms come together by a table (`knowledge/data/name_forms.tsv`); words that no
name holds are split where it joins two that names hold ("HighBand"), and two are joined ("hand over").
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from elex_browser.knowledge.weights import KNOWLEDGE, NameWeights
from elex_browser.text.words import STOP, plain_tokens, stem

FILLERS = STOP | frozenset(plain_tokens("support feature package framework based function"))
"""Words of names that people leave out or add."""

TECHNOLOGIES = frozenset(("nr", "lte"))

_WORD = re.compile(r"[A-Za-z0-9]+")
_CAMEL = re.compile(r"[0-9]+x[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+[a-z]?")


class NameWords:
    """Brings names and questions to the same words.

    Args:
        names: names in stems.
        forms: what people write, and what it is in names.
    """

    def __init__(
        self,
        names: Iterable[str],
        forms: Mapping[str, str],
        weights: NameWeights = KNOWLEDGE.names,
    ) -> None:
        self._weights = weights
        pairs = {tuple(plain_tokens(a)): tuple(plain_tokens(b)) for a, b in forms.items()}
        self._forms = pairs
        self._longest_form = max(map(len, pairs), default=0)
        self._first_of_form = {written[0] for written in pairs}
        self.known = frozenset(
            {stem for name in names for stem in name.split()}
            | {stem for written in pairs for stem in written}
        )
        self._split = lru_cache(maxsize=2_000)(self._parts)
        # Names and shares of names ask for the words of the same question, one after the other.
        self.of_question = lru_cache(maxsize=2)(self._of_question)

    def of_name(self, stems: str) -> tuple[str, ...]:
        """The words of a name that is given in stems."""
        return tuple(self._in_names(stems.split())[0])

    def _of_question(self, text: str) -> tuple[list[str], frozenset[int]]:
        """The words of a question, and the places of those that stand for one short form.

        Endless texts are read to a fixed length.
        """
        stems: list[str] = []
        for word in _WORD.findall(text)[: self._weights.most_words]:
            one = stem(word.lower())
            stems += [one] if one in self.known else self._apart(word, one)
        return self._in_names(self._joined(stems))

    def _apart(self, word: str, one: str) -> Sequence[str]:
        """The known words in an unknown one: of camel case, or written together."""
        camel = _CAMEL.findall(word)
        if len(camel) > 1 and not word[0].islower():
            return [stem(part.lower()) for part in camel]
        return self._split(word.lower(), self._weights.most_parts) or [one]

    def _parts(self, word: str, most: int) -> tuple[str, ...]:
        """Up to so many known words that a word consists of; empty where it does not."""
        if not self._weights.shortest_joined <= len(word) <= self._weights.longest_joined:
            return ()
        for at in range(len(word) - 2, 1, -1):
            first, rest = word[:at], word[at:]
            if not self._is_part(first):
                continue
            if self._is_part(rest):
                return stem(first), stem(rest)
            if most > 2 and (others := self._parts(rest, most - 1)):
                return stem(first), *others
        return ()

    def _is_part(self, part: str) -> bool:
        long_enough = len(part) >= self._weights.shortest_part or part == "re" or part.isdigit()
        return long_enough and stem(part) in self.known

    def _joined(self, stems: Sequence[str]) -> list[str]:
        """Two words as one where names hold only the one: "hand over"."""
        found: list[str] = []
        for one in stems:
            both = found[-1] + one if found else one
            if found and both in self.known and not {found[-1], one} <= self.known:
                found[-1] = both
            else:
                found.append(one)
        return found

    def _in_names(self, stems: Sequence[str]) -> tuple[list[str], frozenset[int]]:
        """The stems with every form replaced, the longest first, and the places of spelt-out short forms."""
        found: list[str] = []
        spelt: list[int] = []
        at = 0
        while at < len(stems):
            length = self._form_at(stems, at)
            words = self._forms[tuple(stems[at : at + length])] if length else (stems[at],)
            if len(words) > max(length, 1):
                spelt += range(len(found), len(found) + len(words))
            found += words
            at += max(length, 1)
        return found, frozenset(spelt)

    def _form_at(self, stems: Sequence[str], at: int) -> int:
        """How many words the longest form has that begins here."""
        if stems[at] not in self._first_of_form:
            return 0
        for length in range(min(self._longest_form, len(stems) - at), 0, -1):
            if tuple(stems[at : at + length]) in self._forms:
                return length
        return 0
