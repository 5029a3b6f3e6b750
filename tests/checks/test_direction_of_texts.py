"""Texts name the direction of the link that a feature works on.

It is read off the catalogue: most of the attributes that a feature introduces speak of one direction and
none of the other, or nearly all of its counters do. Downlink counters prove less than uplink ones, because
traffic in general is counted in downlink.
"""

import re
from collections.abc import Iterable, Mapping

import pytest

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord
from tests.checks.documented_names import counters, introduced_attributes, words_of

IN_NAMES = {
    "uplink": {"ul", "uplink", "pusch", "pucch", "srs"},
    "downlink": {"dl", "downlink", "pdsch", "pdcch", "crs", "ssb"},
}
"""Words of identifiers by direction: channels and reference signals of TS 36.211 and TS 38.211."""

IN_TEXTS = {
    "uplink": r"uplink|upload\w*|UL|PUSCH|PUCCH|SRS",
    "downlink": r"downlink|download\w*|DL|PDSCH|PDCCH|CRS|SSB",
}
"""Words of texts that name a direction."""

HINTS = {
    "uplink": r"sounding|grants?|scheduling requests?|HARQ indicators?",
    "downlink": r"control[- ]channel|broadcast\w*|reference signals?|transmi\w+",
}
"""What tells a reader of the direction without naming it: its feedback, its requests, what a cell sends."""

SETTINGS_SHARE = 0.5
COUNTERS_SHARE = 0.9
FEWEST_COUNTERS = 3
FEWEST_JUDGED = 40


def direction_of(identifiers: Iterable[str], share: float) -> str:
    """The direction that at least this share speaks of, and none of the other; "" if unclear."""
    words = [words_of(identifier) for identifier in identifiers]
    found = {
        direction: sum(bool(w & marks) for w in words) for direction, marks in IN_NAMES.items()
    }
    spoken = [direction for direction, n in found.items() if n]
    clear = len(spoken) == 1 and found[spoken[0]] >= share * len(words)
    return spoken[0] if clear else ""


def direction_of_settings(catalogue: Catalogue, feature: Feature) -> str:
    """The direction of the attributes that a feature introduces, "" if unclear."""
    return direction_of(introduced_attributes(catalogue, feature), SETTINGS_SHARE)


def direction_of_counters(catalogue: Catalogue, feature: Feature) -> str:
    """The direction of the counters of a feature without directed settings, "" if unclear."""
    counted = counters(catalogue, feature)
    settings = introduced_attributes(catalogue, feature)
    directed = set().union(*IN_NAMES.values())
    if len(counted) < FEWEST_COUNTERS or any(words_of(name) & directed for name in settings):
        return ""
    return direction_of(counted, COUNTERS_SHARE)


def names(direction: str, text: str) -> bool:
    """Whether a text names this direction, or a channel of it."""
    return bool(re.search(rf"\b(?:{IN_TEXTS[direction]})\b", text, re.I))


def tells_of(direction: str, text: str) -> bool:
    """Whether a reader of the text can tell that it is about this direction."""
    return names(direction, text) or bool(re.search(rf"\b(?:{HINTS[direction]})\b", text, re.I))


def test_what_a_feature_does_names_the_direction_of_its_settings(
    catalogue: Catalogue, records: Mapping[str, WrittenRecord]
) -> None:
    judged = {f: direction_of_settings(catalogue, f) for f in catalogue.features}
    judged = {f: direction for f, direction in judged.items() if direction}
    silent = [
        (f.faj, f.name, direction, records[f.faj].what)
        for f, direction in judged.items()
        if not tells_of(direction, records[f.faj].what)
    ]
    assert len(judged) >= FEWEST_JUDGED
    assert silent == []


def test_what_a_feature_does_says_uplink_where_only_uplink_is_counted(
    catalogue: Catalogue, records: Mapping[str, WrittenRecord]
) -> None:
    judged = [f for f in catalogue.features if direction_of_counters(catalogue, f) == "uplink"]
    silent = [
        (f.faj, f.name, records[f.faj].what)
        for f in judged
        if not tells_of("uplink", records[f.faj].what)
    ]
    assert judged
    assert silent == []


@pytest.mark.parametrize(
    ("direction", "other"), [("uplink", "downlink"), ("downlink", "uplink")], ids=["up", "down"]
)
def test_no_text_speaks_only_of_the_other_direction(
    catalogue: Catalogue,
    records: Mapping[str, WrittenRecord],
    gists: Mapping[str, str],
    direction: str,
    other: str,
) -> None:
    reversed_texts = [
        (f.faj, f.name, text)
        for f in catalogue.features
        if direction in (direction_of_settings(catalogue, f), direction_of_counters(catalogue, f))
        for text in (records[f.faj].what, gists[f.faj])
        if names(other, text) and not tells_of(direction, text)
    ]
    assert reversed_texts == []
