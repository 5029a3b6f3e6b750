"""Words of questions and texts: tokens, stems, stop words, and words that only frame a question.

The stemmer is light on purpose: identifiers, abbreviations and numbers must survive it, and the words of
radio networks have few forms. Texts and questions go through the same functions, so an odd stem does no
harm as long as it is always the same.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_TOKEN = re.compile(r"[a-z0-9]+(?:[+/&-][a-z0-9]+)*")
_PLAIN = re.compile(r"[a-z0-9]+")
_JOIN = re.compile(r"[-/+&]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAMEL_STEPS = (
    (re.compile(r"([a-z0-9])([A-Z])"), r"\1 \2"),
    (re.compile(r"([A-Z]+)([A-Z][a-z])"), r"\1 \2"),
    (re.compile(r"([A-Za-z])([0-9])"), r"\1 \2"),
)
_SUFFIXES = (
    ("ies", "y"),
    ("sses", "ss"),
    ("izations", "ize"),
    ("ization", "ize"),
    ("ations", "ate"),
    ("ation", "ate"),
    ("ings", ""),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("ers", "er"),
    ("es", "e"),
    ("s", ""),
)
# British and American spelling come together; a wrong match ("noize") is wrong on both sides alike.
_ISE = re.compile(r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
_BRITISH = re.compile(r"^(?:(neighb|behavi|col|fav)our|(cent|fib|met)re(?!d)|(licen|defen)c)")
_AMERICAN = {"cent": "center", "fib": "fiber", "met": "meter", "licen": "licens", "defen": "defens"}

_JOINED_LENGTH = 14

STOP = frozenset(
    """
    a about above after again all am an and any are as at be because been before being below between
    both but by can cannot could did do does doing during each few for from further had has have
    having he her here him his how i if in into is it its itself me more most my myself no nor not
    of off on once only or other our ours out over own same she should so some such than that the
    their theirs them themselves then there these they this those through to too under until up upon
    us very was we were what when where which while who whom whose why will with would you your
    yours im ive dont doesnt didnt isnt wont cant please pls thanks thank hi hello hey dear got lets
    let s t d ll re ve m also just may might must shall else etc eg ie via per
""".split()
)
"""Words that carry nothing; they are left out of texts and questions."""

_FRAME = """
    parameter parameters control controls configure configured configuration setting settings set
    kpi kpis counter counters indicate indicates effectiveness measured measure enabled enable
    activate activated activation used use using benefit benefits tune tuned adjust check checked
    need needed needs needing requirement requirements deployment deployed scenario scenarios
    require required expected providing provide troubleshoot troubleshooting steps cause causes
    causing issue issues problem problems potential common optimal optimize optimise work works
    working differ differs difference compare compared affect affects affected improve improves
    improvement impact implications feature features function functions help helps monitor monitored
    trade-offs best typical value values worth possible make get give gives want like look start
    better good bad really still even now kind way able allow support supported supports involved
    operation purpose main example sense down keep happen happens going try tell explain mean means
    know thing things something anything someone customer customers one two many much lot often
    sometimes always never every without within our site sites network cell cells reason solution
    fix solve avoid reduce increase wrong think doing does see seen show shows call called
"""

FRAME_WEIGHT = 0.35
"""How much a frame word counts against a word about the subject."""


def tokens(text: str) -> list[str]:
    """The stems of a text in order, stop words left out, compounds also in their parts."""
    if _CAMEL.search(text):
        text = split_camel(text)
    found: list[str] = []
    for word in _TOKEN.findall(text.lower()):
        parts = [word]
        if not word.isalnum():
            parts = _JOIN.split(word)
            if len(word) <= _JOINED_LENGTH:
                parts.append(_JOIN.sub("", word))
        # A single letter is the rest of "E-UTRAN" or "w/o", which count joined; digits do tell.
        found += [stem(p) for p in parts if p not in STOP and (len(p) > 1 or p.isdigit())]
    return found


def plain_tokens(text: str) -> list[str]:
    """The stems of a text in order with nothing left out or added, for comparing names."""
    return [stem(word) for word in _PLAIN.findall(text.lower())]


def words(text: str) -> list[str]:
    """The words of a text in lower case as they are written."""
    return _PLAIN.findall(text.lower())


def expansions(text: str, acronyms: Mapping[str, str]) -> list[str]:
    """What the acronyms in a text stand for, also those inside compounds, each once."""
    found = dict.fromkeys(
        form
        for word in _TOKEN.findall(text.lower())
        for form in (word, _JOIN.sub("", word), *_JOIN.split(word))
        if form in acronyms
    )
    return [acronyms[form] for form in found]


def split_camel(text: str) -> str:
    """An identifier's words apart: "pmMimoSleepTime" is "pm Mimo Sleep Time"."""
    text = re.sub(r"[_./-]", " ", text)
    for pattern, spaced in _CAMEL_STEPS:
        text = pattern.sub(spaced, text)
    return text


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A lower-case word without its common English endings; short words and ones with digits stay."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _BRITISH.sub(_american, _ISE.sub("iz", word))
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(instead) >= 3:
            if suffix == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word[: len(word) - len(suffix)] + instead
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if (
        len(word) > 3
        and word[-1] == word[-2]
        and word[-1] not in ("sz" if len(word) > 5 else "lsz")
    ):
        word = word[:-1]
    return word


def _american(match: re.Match[str]) -> str:
    beginning = match[1] or match[2] or match[3]
    return _AMERICAN.get(beginning, f"{beginning}or")


FRAME = frozenset(stem(part) for word in _FRAME.split() for part in _JOIN.split(word)) - STOP
"""Stems of words with which people ask, whatever they ask about."""

DEPLOYMENT = frozenset(("sa", "nsa", "standalone"))
"""How 5G is connected: people say it to tell where they are, seldom to ask about it."""

DEPLOYMENT_STEMS = frozenset(map(stem, DEPLOYMENT))
