"""Whom a question is about when it is about several features: those it names, or those of its parts.

Only what leaves no doubt makes a question one of several subjects: names and codes, two technologies of
one feature, or parts that are questions of their own and sure of their feature each.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec.structs import replace

from elex_browser.asking.intent import intent
from elex_browser.asking.limits import ASKING
from elex_browser.catalogue.index import Catalogue, plain_name
from elex_browser.knowledge.found import Candidate, Found, Subject
from elex_browser.ran.codes import FajCode
from elex_browser.text.words import DEPLOYMENT

Find = Callable[[str], Found]
"""Finds who can answer a part of a question, as a question of its own."""

_ASKING = (
    r"what|which|how|why|when|where|who|does|do|is|are|can|should|tell|explain|list|show|give|describe"
    r"|parameters?|attributes?|counters?|kpis?|licen[cs]es?|prerequisites?"
)
_BETWEEN = re.compile(
    rf"(?<=\?)|[;\n]+|[.!](?=\s|$)|,?\s+(?:and|also|plus)\s+(?:also\s+)?(?=(?:{_ASKING})\b)",
    re.IGNORECASE,
)
_IS_QUESTION = re.compile(rf"\?$|^(?:{_ASKING})\b", re.IGNORECASE)
_TECHNOLOGY = {"LTE": re.compile(r"\b(?:lte|4g)\b"), "NR": re.compile(r"\b(?:nr|5g)\b")}
_TECHNOLOGY_WORDS = frozenset(("lte", "4g", "nr", "5g"))
_FAR = 1 << 30


class SubjectFinder:
    """Finds the subjects of questions over one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def with_subjects(self, text: str, found: Found, find: Find) -> Found:
        """Add the subjects of a question to what was found for it, where it has several."""
        named = self._with_twins(text, found.named)
        if len(named) > 1:
            return self._by_name(text, named, found)
        return self._by_parts(text, found, find)

    def beside(self, own: FajCode, text: str, found: Found) -> Found:
        """What was found for a question to an agent that its asker chose, who leads whoever else is named."""
        others = [faj for faj in self._with_twins(text, found.named) if faj != own]
        if not others:
            return found
        codes = [own, *others][: ASKING.max_subjects]
        return replace(found, subjects=self._subjects(codes, text, found))

    def _by_name(self, text: str, named: Sequence[FajCode], found: Found) -> Found:
        """Names are beyond doubt, so nothing has to be asked back."""
        ordered = sorted(named, key=lambda faj: self._place(text, faj))
        left = tuple(self._catalogue.title(faj) for faj in ordered[ASKING.max_subjects :])
        subjects = self._subjects(ordered[: ASKING.max_subjects], text, found)
        return replace(found, subjects=subjects, unclear=left, decision="answer")

    def _subjects(self, codes: Sequence[FajCode], text: str, found: Found) -> tuple[Subject, ...]:
        """The named features: being named, each is as sure as the surest of them."""
        scores = [candidate.score for candidate in found.candidates if candidate.faj in codes]
        score = max(scores, default=0.0)
        by_code = {candidate.faj for candidate in found.candidates if candidate.via == "code"}
        return tuple(
            Subject(
                Candidate(faj, score, "code" if faj in by_code else "name"), self._part(faj, text)
            )
            for faj in codes
        )

    def _part(self, faj: str, text: str) -> str:
        """The one part of a question that names a feature; all of it where that is not so plain."""
        naming = [part for part in questions_in(text) if self._place(part, faj) < _FAR]
        return naming[0] if len(naming) == 1 else text

    def _by_parts(self, text: str, found: Found, find: Find) -> Found:
        parts = questions_in(text)
        if len(parts) < 2:
            return found
        subjects: dict[FajCode, Subject] = {}
        unclear = parts[ASKING.max_subjects :]
        for part in parts[: ASKING.max_subjects]:
            own = find(part)
            first = own.candidates[0] if own.candidates else None
            if own.decision == "answer" and first is not None and first.score >= ASKING.sure_part:
                subjects.setdefault(first.faj, Subject(first, part))
            else:
                unclear.append(part)
        # Parts that lead elsewhere than the whole are more likely one question with its circumstances.
        if len(subjects) < 2 or found.candidates[0].faj not in subjects:
            return found
        return replace(
            found, subjects=tuple(subjects.values()), unclear=tuple(unclear), decision="answer"
        )

    def _with_twins(self, text: str, named: Sequence[FajCode]) -> list[FajCode]:
        """Whom a question names: without circumstances, with both technologies where it speaks of both."""
        codes = [
            faj
            for faj in named
            if not self._is_circumstance(text, faj) and not self._is_part(text, faj, named)
        ]
        for faj in list(codes):
            twin = self._twins.get(faj)
            if twin is not None and twin not in codes and self._means_both(text, faj):
                codes.append(twin)
        return codes

    def _is_circumstance(self, text: str, faj: str) -> bool:
        """Whether the name only tells where the asker is, as "SA" does."""
        feature = self._catalogue.feature(faj)
        is_deployment = set(plain_name(feature.name).split()) <= DEPLOYMENT | _TECHNOLOGY_WORDS
        return is_deployment and not intent(text) and feature.number not in text

    def _is_part(self, text: str, faj: str, named: Sequence[str]) -> bool:
        """Whether the only word for it belongs to another's name, as "CA" does in "uplink CA"."""
        own = set(plain_name(self._catalogue.feature(faj).name).split())
        wider = (set(plain_name(self._catalogue.feature(other).name).split()) for other in named)
        return any(own < words for words in wider) and len(self._places(text, faj)) == 1

    def _means_both(self, text: str, faj: str) -> bool:
        feature = self._catalogue.feature(faj)
        around = text.casefold().replace(feature.name.casefold(), " ")
        spoken = {name for name, pattern in _TECHNOLOGY.items() if pattern.search(around)}
        if intent(text) == "comparison" and feature.name.casefold() in text.casefold():
            spoken |= set(feature.access)
        return len(spoken) > 1

    @cached_property
    def _twins(self) -> dict[str, FajCode]:
        """Features whose names differ in the technology alone."""
        groups = defaultdict(list)
        for feature in self._catalogue.features:
            words = [w for w in plain_name(feature.name).split() if w not in _TECHNOLOGY_WORDS]
            groups[" ".join(words)].append(feature)
        pairs = [group for group in groups.values() if len(group) == 2]
        return {
            one.faj: other.faj
            for a, b in pairs
            if a.access != b.access
            for one, other in ((a, b), (b, a))
        }

    def _place(self, text: str, faj: str) -> int:
        """Where a text names a feature first."""
        return min(self._places(text, faj), default=_FAR)

    def _places(self, text: str, faj: str) -> set[int]:
        """Where a text names a feature, by its code, name, alias or acronym."""
        feature = self._catalogue.feature(faj)
        names = (feature.name, feature.number, *feature.aliases, *feature.acronyms)
        words = "|".join(re.escape(name) for name in names if name)
        return {match.start() for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text, re.I)}


def questions_in(text: str) -> list[str]:
    """The parts of a text that are questions of their own, without what is merely told beside them."""
    parts = [part.strip(" ,") for part in _BETWEEN.split(text.strip())]
    return [
        part for part in parts if len(part) >= ASKING.shortest_part and _IS_QUESTION.search(part)
    ]
