"""Small forms of language for answers: lists, counts, and what in a list fits a question."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from elex_browser.answering.limits import ANSWERING
from elex_browser.text.words import FRAME, tokens

UNKNOWN_RANGE = "not in the catalogue; a MOM file of the node gives it"

T = TypeVar("T")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def listed(items: Sequence[str], limit: int = ANSWERING.names, joint: str = "and") -> str:
    """Join items as prose: "a, b and c", "a, b and 4 more"."""
    if len(items) > limit:
        return f"{', '.join(items[: limit - 1])} {joint} {len(items) - limit + 1} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def counted(n: int, noun: str, plural: str = "") -> str:
    """Count in words: "1 counter", "no counters"."""
    form = noun if n == 1 else plural or noun + "s"
    return f"{n or 'no'} {form}"


def sentence(text: str) -> str:
    """Return a line with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def named_in(text: str, identifiers: Iterable[str]) -> list[str]:
    """Return the identifiers that stand in a text, in any case, in the order of the text."""
    known = {identifier.casefold(): identifier for identifier in identifiers}
    words = (word.casefold() for word in _IDENTIFIER.findall(text))
    return list(dict.fromkeys(known[word] for word in words if word in known))


@lru_cache(maxsize=10_000)
def _parts(identifier: str) -> frozenset[str]:
    return frozenset(tokens(identifier))


def by_relevance(text: str, items: Sequence[T], name: Callable[[T], str]) -> list[T]:
    """Order items by the words that their identifiers share with a text; ties keep their order.

    A word that most of the identifiers hold tells little, so it counts by its rarity among them.
    """
    asked = set(tokens(text)) - FRAME
    words = [_parts(name(item)) for item in items]
    seen = [asked & parts for parts in words]
    frequency: dict[str, int] = {}
    for parts in words:
        for word in parts:
            frequency[word] = frequency.get(word, 0) + 1
    named = set(named_in(text, (name(item) for item in items)))

    def weight(index: int) -> float:
        rarity = sum(math.log((len(items) + 1) / frequency[word]) for word in seen[index])
        return -rarity - (1e6 if name(items[index]) in named else 0.0)

    return [items[i] for i in sorted(range(len(items)), key=weight)]
