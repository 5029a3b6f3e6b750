"""Questions that name a feature as people write names: made by rule, one per rule and feature.

People drop fillers, add or forget the technology, split and join compounds, turn "X for Y" round, mistype,
and spell acronyms out. A variant that is as near to another feature's name asks for either of them.
"""

import random
import re
import zlib
from collections.abc import Callable, Iterator

import msgspec

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import read_acronyms
from elex_browser.text.words import plain_tokens

_FRAMES = (
    "What does {} do?",
    "how do I activate {}",
    "{} parameters",
    "which counters show that {} works",
    "is there a licence for {}?",
    "prerequisites of {}, please",
    "we have switched on {} last week and see no effect",
    "can somebody explain {} to a beginner",
    "{}: what does it conflict with?",
    "benefits of {}",
)
_LONG_FRAMES = (
    "since the last software upgrade users in the centre complain about drops, could {} be the reason?",
    "my boss wants to know whether {} is worth the money for a stadium with 40000 people",
    "in the lab {} works, in the field throughput went down by 8 percent and latency up. Why?",
    "for which handsets does {} matter, and does it cost measurement gaps or battery?",
    "we plan 20 MHz at 1800: how does {} go together with handover, load balancing and MIMO?",
    "hello, I am new here. Someone enabled {} in cluster 7 and now the uplink interference is high",
    "what is the difference between having {} and not having it at the cell edge, in Mbps please",
)
_ABBREVIATED = {
    "Downlink": "DL",
    "Uplink": "UL",
    "Carrier Aggregation": "CA",
    "Management": "mgmt",
    "Configuration": "config",
    "Handover": "HO",
    "Frequency": "freq",
    "Performance": "perf",
    "Measurements": "meas",
    "Throughput": "tput",
    "Bandwidth": "BW",
    "Multiplexing": "muxing",
    "Synchronization": "sync",
    "Priority": "prio",
    "Multi-User": "MU",
    "Single-User": "SU",
    "Scheduling": "sched",
    "Enhanced": "enh.",
    "Interference": "interf.",
    " and ": " & ",
}
_FILLERS = re.compile(
    r"\b(support|feature|package|framework|based|for|of|and|in|at|on|the|with)\b", re.I
)
_TURN = re.compile(r"^(.+) (?:for|of|in|at) (.+)$")
_TECHNOLOGY = re.compile(r"^(LTE|NR) ")
_OTHER_WORD = {"LTE": "4G", "NR": "5G"}
_LONG = 6
_ACRONYMS = read_acronyms()


class NamedQuestion(msgspec.Struct, frozen=True):
    """A question that names a feature; `right` are the features that it may mean."""

    rule: str
    text: str
    right: frozenset[str]


def named_questions(catalogue: Catalogue) -> Iterator[NamedQuestion]:
    """The questions of all rules and features, the same in every run."""
    owners: dict[frozenset[str], set[str]] = {}
    twins: dict[str, set[str]] = {}
    subjects = {feature.faj: _key(feature.name) for feature in catalogue.features}
    for feature in catalogue.features:
        twins.setdefault(_TECHNOLOGY.sub("", feature.name), set()).add(feature.faj)
        for name in (feature.name, *feature.aliases):
            owners.setdefault(_key(name), set()).add(feature.faj)
    for feature in catalogue.features:
        for rule, make in RULES.items():
            written = make(feature, random.Random(zlib.crc32(f"{rule} {feature.name}".encode())))
            if written is None:
                continue
            others = owners.get(_key(written), set())
            # "Combined Cell" is not a shortened "NR Combined Cell": it is the name of another feature.
            if others and feature.faj not in others:
                continue
            meant = {feature.faj, *others}
            if rule == "technology dropped":
                meant |= twins[written]
            if rule == "a word left out":
                meant |= {faj for faj, words in subjects.items() if _key(written) <= words}
            yield NamedQuestion(rule, written, frozenset(meant))


def _key(name: str) -> frozenset[str]:
    return frozenset(plain_tokens(_FILLERS.sub(" ", name)))


def _lower(feature: Feature, chance: random.Random) -> str:
    return feature.name.lower()


def _number(feature: Feature, chance: random.Random) -> str | None:
    if not re.search(r"[a-z]{4}$", feature.name):
        return None
    return feature.name[:-1] if feature.name.endswith("s") else f"{feature.name}s"


def _filler_dropped(feature: Feature, chance: random.Random) -> str | None:
    fillers = list(_FILLERS.finditer(feature.name))
    if not fillers:
        return None
    one = chance.choice(fillers)
    return " ".join((feature.name[: one.start()] + feature.name[one.end() :]).split()).strip("- ")


def _hyphens_spaced(feature: Feature, chance: random.Random) -> str | None:
    return feature.name.replace("-", " ").lower() if "-" in feature.name else None


def _hyphens_joined(feature: Feature, chance: random.Random) -> str | None:
    return feature.name.replace("-", "") if "-" in feature.name else None


def _hyphenated(feature: Feature, chance: random.Random) -> str | None:
    words = feature.name.split(" ")
    at = chance.randrange(len(words) - 1) if len(words) > 1 else None
    if at is None:
        return None
    return " ".join([*words[:at], f"{words[at]}-{words[at + 1]}", *words[at + 2 :]])


def _camel(feature: Feature, chance: random.Random) -> str | None:
    words = re.findall(r"[A-Za-z0-9]+", feature.name)
    return "".join(w[0].upper() + w[1:].lower() for w in words) if len(words) > 1 else None


def _turned(feature: Feature, chance: random.Random) -> str | None:
    match = _TURN.match(feature.name)
    return f"{match[2]} {match[1]}" if match else None


def _mistyped(feature: Feature, chance: random.Random) -> str | None:
    words = [m for m in re.finditer(r"[A-Za-z]+", feature.name) if len(m[0]) >= _LONG]
    if not words:
        return None
    word = chance.choice(words)
    at = chance.randrange(1, len(word[0]) - 1)
    w = word[0].lower()
    wrong = chance.choice(
        (w[:at] + w[at + 1 :], w[:at] + w[at] + w[at:], w[:at] + w[at + 1] + w[at] + w[at + 2 :])
    )
    return feature.name[: word.start()] + wrong + feature.name[word.end() :]


def _technology_added(feature: Feature, chance: random.Random) -> str | None:
    if len(feature.access) != 1 or re.search(r"\b(LTE|NR|5GA?)\b", feature.name):
        return None
    technology = feature.access[0]
    return f"{technology} {feature.name}" if technology in _OTHER_WORD else None


def _technology_behind(feature: Feature, chance: random.Random) -> str | None:
    if len(feature.access) != 1 or feature.access[0] not in _OTHER_WORD:
        return None
    word = _OTHER_WORD[feature.access[0]]
    return f"{_TECHNOLOGY.sub('', feature.name)} in {chance.choice((feature.access[0], word))}"


def _technology_dropped(feature: Feature, chance: random.Random) -> str | None:
    return _TECHNOLOGY.sub("", feature.name) if _TECHNOLOGY.match(feature.name) else None


def _technology_renamed(feature: Feature, chance: random.Random) -> str | None:
    match = _TECHNOLOGY.match(feature.name)
    return f"{_OTHER_WORD[match[1]]} {feature.name[match.end() :].lower()}" if match else None


def _spelt_out(feature: Feature, chance: random.Random) -> str | None:
    words = feature.name.split(" ")
    spelt = {i: found for i, word in enumerate(words) if (found := _expansion(word)) is not None}
    if not spelt:
        return None
    at = chance.choice(list(spelt))
    return " ".join([*words[:at], spelt[at], *words[at + 1 :]])


def _in_a_sentence(feature: Feature, chance: random.Random) -> str:
    return chance.choice(_FRAMES).format(feature.name)


def _in_a_lower_sentence(feature: Feature, chance: random.Random) -> str:
    return chance.choice(_FRAMES).format(feature.name.lower())


def _in_a_long_sentence(feature: Feature, chance: random.Random) -> str:
    name = chance.choice((feature.name, feature.name.lower()))
    return chance.choice(_LONG_FRAMES).format(name)


def _abbreviated(feature: Feature, chance: random.Random) -> str | None:
    name = feature.name
    for written, short in _ABBREVIATED.items():
        name = name.replace(written, short)
    return name if name != feature.name else None


def _swapped(feature: Feature, chance: random.Random) -> str | None:
    words = feature.name.split(" ")
    at = chance.randrange(len(words) - 1) if len(words) > 2 else None
    if at is None:
        return None
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _twice_mistyped(feature: Feature, chance: random.Random) -> str | None:
    once = _mistyped(feature, chance)
    wrong = {word for word in (once or "").split() if word not in feature.name.split()}
    rest = [word for word in feature.name.split() if len(word) >= _LONG and word.isalpha()]
    if once is None or len(rest) < 2:
        return None
    other = next((word for word in rest if word in once and word not in wrong), None)
    at = len(other) // 2 if other else 0
    return once.replace(other, other[:at] + other[at + 1 :]) if other else None


def _word_left_out(feature: Feature, chance: random.Random) -> str | None:
    words = feature.name.split(" ")
    if len(words) < 4:
        return None
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *words[at + 1 :]])


def _alias(feature: Feature, chance: random.Random) -> str | None:
    return chance.choice(feature.aliases) if feature.aliases else None


def _expansion(acronym: str) -> str | None:
    """What an acronym's letters stand for; other expansions are explanations rather than names."""
    expansion = _ACRONYMS.get(acronym.lower(), "") if acronym.isupper() else ""
    initials = "".join(word[0] for word in expansion.split())
    return expansion if initials == acronym.lower() and acronym not in _OTHER_WORD else None


RULES: dict[str, Callable[[Feature, random.Random], str | None]] = {
    "lower case": _lower,
    "plural or singular": _number,
    "filler dropped": _filler_dropped,
    "hyphens spaced": _hyphens_spaced,
    "hyphens joined": _hyphens_joined,
    "hyphenated": _hyphenated,
    "in camel case": _camel,
    "turned round": _turned,
    "mistyped": _mistyped,
    "technology added": _technology_added,
    "technology behind": _technology_behind,
    "technology dropped": _technology_dropped,
    "technology renamed": _technology_renamed,
    "acronym spelt out": _spelt_out,
    "in a sentence": _in_a_sentence,
    "in a lower-case sentence": _in_a_lower_sentence,
    "in a long sentence": _in_a_long_sentence,
    "abbreviated": _abbreviated,
    "two words swapped": _swapped,
    "twice mistyped": _twice_mistyped,
    "a word left out": _word_left_out,
    "alias": _alias,
}
