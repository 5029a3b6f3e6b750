"""What kind of question a text is, and how complex: the coarse context an agent learns by.

Whole words decide, so that "pm" does not fire inside "equipment"; the first kind that matches holds.
"""

import re

from elex_browser.asking.limits import ASKING
from elex_browser.protocol import Complexity, QueryType

_KINDS: tuple[tuple[QueryType, re.Pattern[str]], ...] = (
    (
        "troubleshoot",
        re.compile(
            r"\b(troubleshoot\w*|errors?|issues?|problems?|fail(s|ed|ing|ures?)?|faults?|faulty|alarms?|wrong|broken"
            r"|drop(s|ped|ping)?|degrad\w+|not working|does ?n[o']?t work|stuck|lost|los(es|ing)|why)\b"
        ),
    ),
    (
        "procedure",
        re.compile(
            r"\b(how (to|do|does|can|should)|procedures?|steps?|process(es)?|activat(e|es|ed|ing|ion)"
            r"|enabl(e|ing)|install\w*|introduc(e|ing)|turn on|switch on|set up|roll ?out|prerequisites?)\b"
        ),
    ),
    (
        "parameter",
        re.compile(
            r"\b(parameters?|attributes?|configur\w+|settings?|thresholds?|timers?|ranges?|defaults?|tun(e|ed|ing)"
            r"|values?|offsets?|hysteresis|mo class)\b"
        ),
    ),
    (
        "counter",
        re.compile(
            r"\b(counters?|pm|statistics?|stats|pm[a-z]{4,}\w*|samples?|bins?|pdf counters?)\b"
        ),
    ),
    (
        "kpi",
        re.compile(
            r"\b(kpis?|performance|throughput|success rates?|retainability|accessibility|availability"
            r"|formulas?|drop rates?|latency|bler|utili[sz]ation)\b"
        ),
    ),
)
_IDENTIFIER = re.compile(r"\b(?:[a-z]+[A-Z]\w*|[A-Z]\w+\.[a-z]\w+)\b")
_ASKS_VALUE = re.compile(r"\b(parameters?|attributes?|counters?|kpis?)\b")
_CLAUSE = re.compile(
    r"[;?!]|\b(?:and|but|while|although|because|however|versus|vs|compared|whereas|then|or)\b|[.](?=\s)"
)


def query_type(text: str) -> QueryType:
    """The kind of a question; "general" when no word tells."""
    lower = text.lower()
    # "Which parameters are required …" asks for parameters even where it tells of a problem.
    named = _ASKS_VALUE.search(lower)
    if named is not None:
        return _named_kind(named[1])
    identifier = _IDENTIFIER.search(text)
    if identifier is not None and not identifier[0].startswith("pm"):
        return "parameter"
    if identifier is not None:
        return "counter"
    return next((kind for kind, pattern in _KINDS if pattern.search(lower)), "general")


def complexity(text: str) -> Complexity:
    """How much a question holds, by its words and clauses."""
    n_words = len(text.split())
    n_clauses = 1 + len(_CLAUSE.findall(text.lower().rstrip(" .?!")))
    if n_words > ASKING.complex_words or n_clauses >= ASKING.complex_clauses:
        return "complex"
    if n_words <= ASKING.simple_words and n_clauses == 1:
        return "simple"
    return "moderate"


def _named_kind(word: str) -> QueryType:
    if word.startswith("counter"):
        return "counter"
    return "kpi" if word.startswith("kpi") else "parameter"
