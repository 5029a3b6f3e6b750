"""Exact hits in a question: names, acronyms, identifiers, and the cue for LTE or NR.

Each gives one number per feature. An acronym that is also a general 3GPP acronym (SA, NSA, SR, PM)
counts little as a feature's acronym, unless the feature's name says the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from math import log

import numpy as np
from numpy.typing import NDArray

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.name_words import TECHNOLOGIES, NameWords
from elex_browser.knowledge.names import NameFinder
from elex_browser.knowledge.weights import KNOWLEDGE, KnowledgeConfig
from elex_browser.text.words import DEPLOYMENT, FRAME, STOP, expansions, plain_tokens
from elex_browser.text.words import stem as stem_of

Scores = NDArray[np.float32]

_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)?")
_LOOKS_WRITTEN_IN_CODE = re.compile(r"[a-z][A-Z]|[._]|^pm[A-Za-z]{4}")
_NR = re.compile(
    r"\b(nr|5g|gnb|gnodeb|gnbs|gnodebs|sa|nsa|standalone|vonr|5qi|n[1-9][0-9]{0,2}|mmwave|mm-wave|ssb|amf|ngc?|5gc"
    r"|fr1|fr2|2[4-8] ?ghz|39 ?ghz|en-?dc|scg|endc|high-?band|mid-?band|low-?band|bwp|coreset)\b"
)
_LTE = re.compile(
    r"\b(lte|4g|enb|enodeb|enbs|enodebs|volte|mme|e-?rab|qci[0-9]?|csfb|tm[0-9]{1,2}|epc|eutran|e-utran|nb-?iot"
    r"|cat-?m1?|s1|x2|crs|laa|ttib)\b"
)
_COMMON_IN_NAMES = frozenset(
    plain_tokens(
        "support feature package framework lte nr low mid high band for the and of in to on with"
    )
)


class ExactHits:
    """Looks for the features' names and acronyms in a question, and for identifiers in the catalogue.

    Args:
        stemmed_names: per feature its name and aliases in stems, the name first.
        ordinary: words that are words before they are acronyms.
        name_forms: what people write for words of names.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        stemmed_names: Sequence[Sequence[str]],
        acronyms: Mapping[str, str],
        ordinary: Mapping[str, int],
        name_forms: Mapping[str, str],
        config: KnowledgeConfig = KNOWLEDGE,
    ) -> None:
        self._weights = config.exact
        self._roles = config.roles
        self._catalogue = catalogue
        self._expansions = acronyms
        self._ordinary = ordinary
        self._number = {f.faj: i for i, f in enumerate(catalogue.features)}
        words = NameWords(
            (name for group in stemmed_names for name in group), name_forms, config.names
        )
        self._words = words
        access = [f.access for f in catalogue.features]
        self._finder = NameFinder(stemmed_names, access, words, config.names)
        names = [words.of_name(group[0]) for group in stemmed_names]
        self._shares = _name_shares(names, self._weights.common_in_names)
        self._acronyms = self._acronym_weights(names)
        signs = [_access_sign(f, n) for f, n in zip(catalogue.features, names, strict=True)]
        self._access = np.array(signs, np.float32)
        self._known_identifiers: dict[str, list[tuple[int, float]]] = {}

    def names(self, text: str) -> tuple[Scores, Scores]:
        """How surely a name stands in the question, and the squared share of its words that do."""
        whole = self._finder.find(text, self._technology(text))
        share = np.zeros(len(self._access), np.float32)
        expanded = [stem for e in expansions(text, self._expansions) for stem in plain_tokens(e)]
        for stem in {*self._words.of_question(text)[0], *expanded} - STOP:
            if stem in self._shares:
                features, parts = self._shares[stem]
                share[features] += parts
        return whole, share * share

    def acronyms(self, text: str) -> Scores:
        """Acronyms of features that stand in the question, written as such."""
        weights = self._weights
        scores = np.zeros(len(self._access), np.float32)
        said = self.access(text)
        found = _WORD.findall(text)
        is_alone = len(found) <= weights.alone_up_to_words
        for word in found:
            for form in dict.fromkeys((word, *word.split("-"))):
                hits = self._acronyms.get(form.lower())
                if hits is None:
                    continue
                sure = self._is_meant(form, alone=is_alone)
                sure *= 1.0 if form == word else weights.part_of_compound
                # "in SA" tells where one is; "prerequisites of SA" is about it.
                if form.lower() in DEPLOYMENT and any(map(self._is_subject, found)):
                    sure *= weights.general_acronym
                for i, weight in hits:
                    if len(hits) > 1 and said[i] > 0:
                        weight = weights.twin_meant
                    elif len(hits) > 1 and said[i] < 0:
                        weight *= weights.other_technology
                    scores[i] = max(scores[i], sure * weight)
        if scores.any():
            scores[self._finder.hidden(text, self._technology(text))] *= weights.inside_a_name
        return scores

    def identifiers(self, text: str) -> Scores:
        """Attributes, counters, events and MO classes in the question; the fewer features, the more."""
        scores = np.zeros(len(self._access), np.float32)
        written = dict.fromkeys(_IDENTIFIER.findall(text))
        likely = (word for word in written if self._may_be_identifier(word))
        for word in islice(likely, self._weights.most_identifiers):
            for i, weight in self._users(word.lower()):
                scores[i] = max(scores[i], weight)
        return scores

    def access(self, text: str) -> Scores:
        """+1 for features of the technology that only the question speaks of, -1 for the other's."""
        technology = self._technology(text)
        if technology is None:
            return np.zeros(len(self._access), np.float32)
        return self._access if technology == "nr" else -self._access

    def _technology(self, text: str) -> str | None:
        """The only technology of which a text speaks."""
        lower = text.lower()
        nr, lte = bool(_NR.search(lower)), bool(_LTE.search(lower))
        return None if nr == lte else "nr" if nr else "lte"

    def _may_be_identifier(self, word: str) -> bool:
        if _LOOKS_WRITTEN_IN_CODE.search(word):
            return len(word) >= self._weights.shortest_in_code
        is_long = len(word) >= self._weights.shortest_unknown
        return is_long and word.lower() not in self._ordinary

    def _users(self, identifier: str) -> list[tuple[int, float]]:
        known = self._known_identifiers.get(identifier)
        if known is None:
            weights: dict[int, float] = {}
            mo_class, _, name = identifier.rpartition(".")
            uses = self._catalogue.users_of(name)
            # Where the class that the question names has no such attribute, the name alone must do.
            for use in [use for use in uses if use.mo_class == mo_class] or uses:
                i = self._number[use.faj]
                weights[i] = max(weights.get(i, 0.0), getattr(self._roles, use.role))
            spread = max(1.0, sum(weights.values())) ** 0.5
            known = [(i, weight / spread) for i, weight in weights.items()]
            if len(self._known_identifiers) < 1000:  # bounded: questions may hold any text
                self._known_identifiers[identifier] = known
        return known

    def _is_subject(self, word: str) -> bool:
        """Whether a word is one by which features are called, apart from how 5G is connected."""
        lower = word.lower()
        known = lower in self._acronyms or stem_of(lower) in self._words.known
        return known and lower not in STOP | DEPLOYMENT and stem_of(lower) not in FRAME

    def _is_meant(self, form: str, *, alone: bool) -> float:
        """How surely a form is an acronym: in capitals, or long and no ordinary word."""
        capitals = sum(c.isupper() or c.isdigit() for c in form)
        if capitals >= max(2, len(form) - 1):
            return 1.0
        if form.lower() in self._ordinary and form.lower() not in self._expansions:
            return 0.0
        is_likely = len(form) >= self._weights.long_in_small_letters or alone
        return self._weights.small_letters if is_likely else 0.0

    def _acronym_weights(
        self, names: Sequence[tuple[str, ...]]
    ) -> dict[str, list[tuple[int, float]]]:
        """Acronym in lower case to its features; what is in use for one twin is said of both."""
        owners: dict[str, dict[int, float]] = defaultdict(dict)
        borrowed: dict[str, dict[int, float]] = defaultdict(dict)
        attested: dict[tuple[str, ...], set[str]] = defaultdict(set)
        subjects = [tuple(word for word in name if word not in TECHNOLOGIES) for name in names]
        for feature, subject in zip(self._catalogue.features, subjects, strict=True):
            attested[subject] |= {feature.attested} - {""}
        for i, feature in enumerate(self._catalogue.features):
            for acronym in feature.acronyms:
                weight = self._acronym_weight(acronym, acronym == feature.attested, set(names[i]))
                for form in _forms(acronym):
                    owners[form][i] = weight
            for acronym in attested[subjects[i]] - set(feature.acronyms):
                for form in _forms(acronym):
                    borrowed[form][i] = self._weights.twins_acronym
        spread = {a: {i: w / len(of) ** 0.5 for i, w in of.items()} for a, of in owners.items()}
        return {a: list((borrowed.get(a, {}) | of).items()) for a, of in spread.items()}

    def _acronym_weight(self, acronym: str, attested: bool, name: set[str]) -> float:
        lower = acronym.lower()
        expansion = self._expansions.get(lower)
        if expansion is not None and not set(plain_tokens(expansion)) & name:
            return self._weights.general_acronym
        if not attested and expansion is None and lower in self._ordinary and lower.isalpha():
            return self._weights.ordinary_word
        return 1.0


def _forms(acronym: str) -> set[str]:
    """How an acronym may be written."""
    return {form for form in (acronym.lower(), acronym.lower().replace("-", "")) if len(form) >= 2}


def _access_sign(feature: Feature, name: tuple[str, ...]) -> int:
    """+1 for a feature of NR, -1 for one of LTE, 0 for both and where the name speaks of the other one."""
    technologies = {access.lower() for access in feature.access}
    if not TECHNOLOGIES.intersection(name) <= technologies:
        return 0
    return ("nr" in technologies) - ("lte" in technologies)


def _name_shares(
    names: list[tuple[str, ...]], common: float
) -> dict[str, tuple[NDArray[np.intp], Scores]]:
    """Stem to features, each once, with the share of the name's weight that the stem carries."""
    names = [tuple(stem for stem in name if stem not in STOP) or name for name in names]
    frequency = Counter(stem for name in names for stem in set(name))
    weight = {
        stem: log(1 + len(names) / n) * (common if stem in _COMMON_IN_NAMES else 1.0)
        for stem, n in frequency.items()
    }
    shares: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, name in enumerate(names):
        total = sum(weight[stem] for stem in set(name))
        for stem in sorted(set(name)):
            shares[stem].append((i, weight[stem] / total))
    pairs = {stem: zip(*found, strict=True) for stem, found in shares.items()}
    return {
        stem: (np.array(features, np.intp), np.array(parts, np.float32))
        for stem, (features, parts) in pairs.items()
    }
