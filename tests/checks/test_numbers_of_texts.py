"""A number with a unit is a fact of the feature, or general knowledge that has a source.

Facts are the feature's name and what the catalogue knows of its attributes. Everything else stands in a
table with the specification or the sum that it comes from; what users experience ("300 km/h", "2 Mbit/s")
belongs into questions, which claim nothing.
"""

import re
from collections.abc import Iterator, Mapping

from elex_browser.catalogue.feature import Feature
from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.sources import WrittenRecord

GENERAL_KNOWLEDGE = {
    "channel widths, TS 36.104 5.6 and TS 38.104 5.3.5": "5, 10, 20, 30, 50, 100 MHz",
    "widths that lie between those of TS 38.104 5.3.5": "13, 18, 55 MHz",
    "several carriers of 100 MHz": "200, 400, 800 MHz",
    "what 8.8 MHz have more than 5 MHz, nearly": "4 MHz",
    "operating bands in MHz, TS 38.104 5.2": "600, 700, 800, 900, 1800, 2100 MHz",
    "operating bands in GHz, TS 38.104 5.2": "2.6, 3.5, 26, 28, 39 GHz",
    "bound below which n5, n8, n20, n28 and n71 lie, TS 38.104 5.2": "1 GHz",
    "unlicensed band 46, TS 36.104 5.5": "5 GHz",
    "shared and licensed parts of n77 and n48, 47 CFR 27 and 96": "3.45, 3.55, 3.7 GHz",
    "subcarrier spacing, TS 38.211 4.2": "15 kHz",
    "maximum power of power classes 3 and 2, TS 36.101 6.2.2": "23, 26 dBm",
    "a factor of two, 10 lg 2": "3 dB",
    "one of the 14 symbols of a slot, TS 38.211 4.3.2": "7 percent",
    "peak rates of uplink categories on 20 MHz, TS 36.306 4.1": "50, 75 Mbit/s",
    "longest range of random access preambles, TS 36.211 5.7": "100 km",
    "granularity period of measurement files, TS 32.401": "15 minutes",
    "payload of an Ethernet frame, IEEE 802.3": "1500 byte",
}
"""Where a quantity comes from, and the quantities, as `quantities` reads them."""

UNITS = (
    "dBm|dBi|dB|km/h|km|metres?|m|GHz|MHz|kHz|ms|us|µs|seconds?|s|minutes?|min|hours?|h|days?|weeks?"
    "|percent|%|[GMk]bit/s|[GMk]bps|bytes?|octets?|kW|W|watts?|degrees?|ppm|ppb|PRBs?"
)
NUMBER = r"\d+(?:\.\d+)?"
QUANTITY = re.compile(
    rf"(?<![\w.])(?P<numbers>{NUMBER}(?:(?:,? or |,? and |, | to | ?- ?| ?\+ ?){NUMBER})*)"
    rf"[ -]?(?P<unit>{UNITS})(?![\w/])",
    re.I,
)


def quantities(text: str) -> Iterator[tuple[float, str]]:
    """The numbers with units of a text: 26 GHz and 28 GHz of "26 or 28 GHz"."""
    for match in QUANTITY.finditer(text):
        unit = re.sub(r"(?<=[a-z]{3})s$", "", match["unit"].lower()).replace("%", "percent")
        for number in re.findall(NUMBER, match["numbers"]):
            yield float(number), unit


def facts_of(catalogue: Catalogue, feature: Feature) -> set[tuple[float, str]]:
    """The quantities in the name of a feature and in what is known of its attributes."""
    found = set(quantities(" ".join((feature.name, *feature.aliases))))
    for parameter in catalogue.details(feature.faj).parameter_list():
        facts = catalogue.attributes.facts(parameter.mo_class, parameter.attribute)
        known = (facts.minimum, facts.maximum, facts.default, facts.recommended, *facts.values)
        for value in known:
            found.update(quantities(f"{value} {facts.unit}"))
    return found


def claims(record: WrittenRecord, gist: str) -> list[str]:
    """The texts that claim something."""
    return [record.what, record.when, record.symptoms, record.costs, record.check, gist]


def test_lists_and_ranges_are_read_as_quantities() -> None:
    assert list(quantities("at 26, 28 or 39 GHz")) == [(26, "ghz"), (28, "ghz"), (39, "ghz")]
    assert list(quantities("40 to 50 ms, near 100%")) == [(40, "ms"), (50, "ms"), (100, "percent")]
    assert list(quantities("4 x 100 MHz, 64-QAM, n78, 1500-byte")) == [(100, "mhz"), (1500, "byte")]
    assert list(quantities("faster than 150 km/h for 2 minutes")) == [(150, "km/h"), (2, "minute")]


def test_numbers_are_facts_or_general_knowledge(
    catalogue: Catalogue, records: Mapping[str, WrittenRecord], gists: Mapping[str, str]
) -> None:
    general = set(quantities("; ".join(GENERAL_KNOWLEDGE.values())))
    unsupported = [
        (f.faj, f.name, quantity, text)
        for f in catalogue.features
        for text in claims(records[f.faj], gists[f.faj])
        for quantity in quantities(text)
        if quantity not in general | facts_of(catalogue, f)
    ]
    assert unsupported == []


def test_general_knowledge_is_what_texts_use(
    records: Mapping[str, WrittenRecord], gists: Mapping[str, str]
) -> None:
    used = {
        quantity
        for faj, record in records.items()
        for text in claims(record, gists[faj])
        for quantity in quantities(text)
    }
    general = {q: source for source, text in GENERAL_KNOWLEDGE.items() for q in quantities(text)}
    assert {q: source for q, source in general.items() if q not in used} == {}
