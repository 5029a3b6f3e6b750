"""What a question wants of the graph of features: prerequisites, conflicts or a comparison.

These decide the form of an answer, not the state that an agent learns by: there are enough states.
"""

import re
from typing import Literal

Intent = Literal["", "prerequisites", "conflicts", "comparison"]

_CONFLICTS = re.compile(
    r"\b(?:conflict\w*|(?:in)?compatib\w+|clash\w*|mutually exclusive|exclude each other"
    r"|(?:together|combined?|at the same time|simultaneously|in parallel|side by side) with"
    r"|(?:activ|enabl|use|used|run|work|exist)\w*\b.{0,80}\b(?:together|at the same time|simultaneously"
    r"|in parallel))\b"
)
_PREREQUISITES = re.compile(
    r"\b(?:pre-?requisites?|dependenc(?:y|ies)|depends? on"
    r"|(?:activat|enabl|install|switch|turn|need|requir|have|do)\w*\b.{0,80}\b(?:before|first|beforehand)"
    r"|before\b.{0,80}\b(?:activat|enabl|us|switch|turn)\w+"
    r"|(?:which|what)(?: other)? features? (?:does|do|must|should|is|are)\b.{0,80}\b(?:need|requir|activ)\w*"
    r"|what (?:else )?(?:does|do)\b.{0,80}\b(?:need|require) (?:to be )?(?:active|activated)"
    r"|order of activation|activation order)\b"
)
_COMPARISON = re.compile(
    r"\b(?:compar\w+|differences?|differs?|versus|vs|distinguish\w*|better than|rather than|instead of"
    r"|pros and cons|advantages? (?:of|over)|(?:should|choose|pick|prefer|better)\b.{0,80}\bor)\b"
)


def intent(text: str) -> Intent:
    """What a question wants of the graph; "" where it wants nothing of it."""
    lower = text.lower()
    if _CONFLICTS.search(lower):
        return "conflicts"
    if _PREREQUISITES.search(lower):
        return "prerequisites"
    return "comparison" if _COMPARISON.search(lower) else ""
