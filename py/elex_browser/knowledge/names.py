"""Features whose names stand in a question, whole or nearly: in other order, without fillers, with the
technology elsewhere.

A name that begins or ends with its technology ("NR Public Warning System") is looked for without it, and
what the question says of the technology decides between it and its twin of the same name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from elex_browser.knowledge.name_words import FILLERS, TECHNOLOGIES, NameWords
from elex_browser.knowledge.weights import KNOWLEDGE, NameWeights
from elex_browser.text.words import FRAME, STOP

Scores = NDArray[np.float32]

_ELSEWHERE = -1
"""The place of a technology that the question tells in other words."""


@dataclass(frozen=True, eq=False, slots=True)
class Name:
    """One name of a feature: its words without the technology, and the technology if it names one.

    Compared by identity, which is quicker: hundreds are counted for a question.

    Attributes:
        subject: the words that must stand in a question.
    """

    feature: int
    words: tuple[str, ...]
    technology: str | None
    subject: frozenset[str]


class Match(NamedTuple):
    """A name in a question: how surely, and at which of its words."""

    feature: int
    value: float
    places: frozenset[int]
    n_words: int


class NameFinder:
    """Finds names in questions.

    Args:
        names: per feature its name and aliases in stems, the name first.
        access: per feature its technologies.
    """

    def __init__(
        self,
        names: Sequence[Sequence[str]],
        access: Sequence[tuple[str, ...]],
        words: NameWords,
        weights: NameWeights = KNOWLEDGE.names,
    ) -> None:
        self._words = words
        self._weights = weights
        self._n_features = len(names)
        self._by_words: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._by_subject: dict[str, list[Name]] = defaultdict(list)
        for feature, (group, technologies) in enumerate(zip(names, access, strict=True)):
            for stems in group:
                name = _name(feature, words.of_name(stems), technologies)
                self._by_words[name.words].append(name)
        for same in self._by_words.values():
            for name in same:
                if len(name.subject) > 1:
                    for word in name.subject:
                        self._by_subject[word].append(name)
        self._first_words = {words[0] for words in self._by_words}
        self._longest = max(map(len, self._by_words))

    def find(self, text: str, technology: str | None) -> Scores:
        """Per feature how surely its name stands in the text; more than 1 in a long one.

        Args:
            technology: the only one of which the text speaks, "nr" or "lte".
        """
        weights = self._weights
        words, spelt = self._words.of_question(text)
        scores = np.zeros(self._n_features, np.float32)
        n_words = sum(word not in STOP for word in words)
        factor = max(n_words / weights.usual_length, 1.0) ** weights.length_power
        factor = min(factor, weights.most_for_length)
        for match, inside in self._matches(words, technology):
            if match.places <= spelt:
                continue  # "CA" alone is an acronym, which is another kind of evidence
            value = min(match.value, weights.inside_longer_name) if inside else match.value
            if value >= weights.other_order and match.n_words >= weights.distinctive_words:
                value *= factor
            scores[match.feature] = max(scores[match.feature], value)
        return scores

    def hidden(self, text: str, technology: str | None) -> list[int]:
        """The features whose names, also as an acronym, stand only inside longer names."""
        found = self._matches(self._words.of_question(text)[0], technology)
        inside = {match.feature for match, is_inside in found if is_inside}
        return sorted(inside - {match.feature for match, is_inside in found if not is_inside})

    def _matches(self, words: list[str], technology: str | None) -> list[tuple[Match, bool]]:
        """The names in a question, each with whether it stands inside a longer one."""
        weights = self._weights
        judged = (self._judged(*found, words, technology) for found in self._candidates(words))
        matches = [match for match in judged if match is not None][: weights.most_matches]
        longer = [match for match in matches if match.value >= weights.other_order]
        return [(m, any(m.places < other.places for other in longer)) for m in matches]

    def _candidates(self, words: list[str]) -> Iterator[tuple[Name, frozenset[int], float]]:
        """Names whose words stand in the question, in order or close together."""
        weights = self._weights
        whole: set[Name] = set()
        for start, first in enumerate(words):
            if first not in self._first_words:
                continue
            for end in range(start + 1, min(len(words), start + self._longest) + 1):
                for name in self._by_words.get(tuple(words[start:end]), ()):
                    whole.add(name)
                    yield name, frozenset(range(start, end)), weights.whole
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[word].append(place)
        present = Counter(name for word in places for name in self._by_subject.get(word, ()))
        for name, n in present.items():
            missing = len(name.subject) - n
            if name in whole or missing > (n + 1 >= weights.least_for_one_missing):
                continue
            said = name.subject & places.keys()
            together = _together(said, places, words, weights.most_places)
            if together is not None:
                is_distinctive = not missing and len(name.subject) >= weights.distinctive_words
                yield name, together, weights.other_order if is_distinctive else weights.nearly

    def _judged(
        self,
        name: Name,
        places: frozenset[int],
        value: float,
        words: list[str],
        technology: str | None,
    ) -> Match | None:
        """The match with its technology taken into account; None where the words mean something else."""
        weights = self._weights
        said = _place_said(name.technology, places, words, technology)
        n_words = len(name.subject)
        if len(name.words) == 1:
            # "standalone" is said to tell where one is; the feature is called "NR Standalone".
            if name.technology is not None and said in (None, _ELSEWHERE):
                return None
            beside = said is not None and said + 1 in places
            if not _is_subject(places, words):
                value = weights.other_order if beside else weights.one_word
        if name.technology is None:
            return Match(name.feature, value, places, n_words)
        if said is not None:
            return Match(name.feature, value, places | {said}, n_words)
        if technology is not None:
            return Match(name.feature, min(value, weights.other_technology), places, n_words)
        has_twin = len(self._by_words[name.words]) > 1
        value = min(value, weights.twin) if has_twin else value
        return Match(name.feature, value, places, n_words)


def _name(feature: int, words: tuple[str, ...], technologies: tuple[str, ...]) -> Name:
    """A name without the technology at its beginning or end, where that is the feature's only one."""
    if len(words) > 1 and len(technologies) == 1:
        for technology, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            if technology in TECHNOLOGIES and technology == technologies[0].lower():
                return Name(feature, rest, technology, _subject(rest))
    return Name(feature, words, None, _subject(words))


def _subject(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words) - FILLERS or frozenset(words)


def _together(
    subject: frozenset[str], places: dict[str, list[int]], words: list[str], most_places: int
) -> frozenset[int] | None:
    """The places where all words of a name stand with nothing but fillers between them."""
    rarest = min(sorted(subject), key=lambda word: len(places[word]))
    for place in places[rarest][:most_places]:
        near = [min(places[word], key=lambda other: abs(other - place)) for word in subject]
        window = range(min(near), max(near) + 1)
        if all(words[p] in subject or words[p] in FILLERS | TECHNOLOGIES for p in window):
            return frozenset(window)
    return None


def _place_said(
    wanted: str | None, places: frozenset[int], words: list[str], technology: str | None
) -> int | None:
    """Where the question says the technology of a name; with both in it, only beside the name counts."""
    if wanted is None:
        return None
    beside = range(min(places) - 1, max(places) + 3)
    said = [p for p in beside if p not in places and 0 <= p < len(words) and words[p] == wanted]
    if said and (said[0] < min(places) or words[said[0] - 1] in FILLERS or said[0] - 1 in places):
        return said[0]
    return _ELSEWHERE if technology == wanted else None


def _is_subject(places: frozenset[int], words: list[str]) -> bool:
    """Whether a name is half of what the question is about."""
    about = [p for p, word in enumerate(words) if word not in FRAME | FILLERS | TECHNOLOGIES]
    return 2 * len(places.intersection(about)) >= len(about)
