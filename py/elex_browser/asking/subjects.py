"""Whom a question is about when it is about several features: those it names, or those of its parts.

Only what leaves no doubt makes a question one of several subjects: names and codes, two technologies of
one feature, or parts that are questions of their own and sure of their feature each.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from elex_browser.asking.intent import intent
from elex_browser.asking.question import Routes, Subject
from elex_browser.catalogue.index import Catalogue, plain_name
from elex_browser.protocol import Route
from elex_browser.ran.codes import FajCode
from elex_browser.text.words import DEPLOYMENT

MAX_SUBJECTS = 4
Find = Callable[[str], Routes]
"""Routes a text: a part of a question, as a question of its own."""

_ASKING = (
    r"what|which|how|why|when|where|who|does|do|is|are|can|should|tell|explain|list|show|give|describe"
    r"|parameters?|attributes?|counters?|kpis?|licen[cs]es?|prerequisites?"
)
_BETWEEN = re.compile(
    rf"(?<=\?)|[;\n]+|[.!](?=\s|$)|,?\s+(?:and|also|plus)\s+(?:also\s+)?(?=(?:{_ASKING})\b)",
    re.IGNORECASE,
)
_IS_QUESTION = re.compile(rf"\?$|^(?:{_ASKING})\b", re.IGNORECASE)
_LEAST_PART = 2
# [OWN] A follow-up ("do the phones need it too?") may look like a question about something else, so a
# part has to be surer of its feature than a whole question.
_SURE_PART = 0.6
_TECHNOLOGY = {"LTE": re.compile(r"\b(?:lte|4g)\b"), "NR": re.compile(r"\b(?:nr|5g)\b")}
_TECHNOLOGY_WORDS = frozenset(("lte", "4g", "nr", "5g"))
_FAR = 1 << 30


class SubjectFinder:
    """Finds the subjects of questions over one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def consider(self, text: str, routes: Routes, find: Find) -> Routes:
        """Add the subjects of a question to its routes, where it has several."""
        named = self._with_twins(text, routes.named)
        if len(named) > 1:
            return self._by_name(text, named, routes)
        return self._by_parts(text, routes, find)

    def beside(self, own: str, text: str, routes: Routes) -> Routes:
        """The routes of a question to an agent that its asker chose, who leads whoever else is named."""
        others = [faj for faj in self._with_twins(text, routes.named) if faj != own]
        if not others:
            return routes
        codes = [own, *others][:MAX_SUBJECTS]
        return routes._replace(subjects=self._subjects(codes, text, routes))

    def _by_name(self, text: str, named: Sequence[str], routes: Routes) -> Routes:
        """Names are beyond doubt, so nothing has to be asked back."""
        ordered = sorted(named, key=lambda faj: self._place(text, faj))
        subjects = self._subjects(ordered[:MAX_SUBJECTS], text, routes)
        left = tuple(f"{self._catalogue.name_of(faj)} ({faj})" for faj in ordered[MAX_SUBJECTS:])
        return routes._replace(subjects=subjects, unclear=left, verdict="answer")

    def _subjects(self, codes: Sequence[str], text: str, routes: Routes) -> tuple[Subject, ...]:
        scores = [route.score for route in routes.best if route.faj_code in codes]
        score = max(scores, default=0.0)
        return tuple(
            Subject(self._named_route(faj, score, routes), self._part(faj, text)) for faj in codes
        )

    def _named_route(self, faj: str, score: float, routes: Routes) -> Route:
        """The route of a named feature: being named, it is as sure as the surest of its kind."""
        known = next((route for route in routes.best if route.faj_code == faj), None)
        return Route(
            agent_id=faj.lower().replace(" ", "-"),
            faj_code=faj,
            name=self._catalogue.feature(faj).name,
            score=score,
            via="code" if known and known.via == "code" else "name",
        )

    def _part(self, faj: str, text: str) -> str:
        """The one part of a question that names a feature; all of it where that is not so plain."""
        naming = [part for part in questions_in(text) if self._place(part, faj) < _FAR]
        return naming[0] if len(naming) == 1 else text

    def _by_parts(self, text: str, routes: Routes, find: Find) -> Routes:
        parts = questions_in(text)
        if len(parts) < 2:
            return routes
        subjects: dict[str, Subject] = {}
        unclear = parts[MAX_SUBJECTS:]
        for part in parts[:MAX_SUBJECTS]:
            found = find(part)
            if found.verdict == "answer" and found.best and found.best[0].score >= _SURE_PART:
                subjects.setdefault(found.best[0].faj_code, Subject(found.best[0], part))
            else:
                unclear.append(part)
        # Parts that lead elsewhere than the whole are more likely one question with its circumstances.
        if len(subjects) < 2 or routes.best[0].faj_code not in subjects:
            return routes
        ordered = tuple(subjects.values())
        return routes._replace(subjects=ordered, unclear=tuple(unclear), verdict="answer")

    def _with_twins(self, text: str, named: Sequence[str]) -> list[str]:
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
    return [part for part in parts if len(part) >= _LEAST_PART and _IS_QUESTION.search(part)]
