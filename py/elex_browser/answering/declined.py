"""Why a question is turned down, in words: what it speaks of instead, or that it names nothing."""

import re

from elex_browser.answering.wording import listed
from elex_browser.knowledge.scope import subjects_beside
from elex_browser.text.words import FRAME, tokens

_WORD = re.compile(r"[A-Za-z0-9]+")
COVERS = "the features of one vendor's LTE and NR radio network"


def why_declined(text: str) -> str:
    """Return the reason as one or two sentences."""
    beside = subjects_beside(text)
    if beside:
        written = {word.lower(): word for word in reversed(_WORD.findall(text))}
        spoken = [
            f"{subject} ({listed([written.get(word, word) for word in words])})"
            for subject, words in beside.items()
        ]
        return f"This speaks of {listed(spoken)}. Here only {COVERS} are known."
    if not set(tokens(text)) - FRAME:
        return "This names no feature, parameter, counter or symptom, so there is nothing to go by."
    return (
        f"This does not look like a question about a radio network. Here only {COVERS} are known."
    )
