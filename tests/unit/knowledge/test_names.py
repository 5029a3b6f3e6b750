"""Names: however somebody writes the name of a feature, it is found, and nothing else is taken for it."""

import pytest

from elex_browser.catalogue.index import Catalogue
from elex_browser.knowledge.name_words import NameWords
from elex_browser.knowledge.names import NameFinder
from elex_browser.knowledge.sources import read_name_forms
from elex_browser.text.words import plain_tokens

NAMES = {
    "Carrier Aggregation": "LTE",
    "Uplink Carrier Aggregation": "LTE",
    "NR Uplink Carrier Aggregation": "NR",
    "Public Warning System": "LTE",
    "NR Public Warning System": "NR",
    "NR Standalone": "NR",
    "Scheduler": "LTE",
    "Coverage Extension High-Band": "NR",
    "Load-Based Distribution at Release": "LTE",
    "LTE-NR Dual Connectivity": "NR",
    "Dynamic UE Admission Control": "LTE",
    "Intra-LTE Handover": "LTE",
}


def stems(name: str) -> str:
    """A name as the pack keeps it."""
    return " ".join(plain_tokens(name))


@pytest.fixture(scope="module")
def words() -> NameWords:
    """The words of a few names, with the forms of the package."""
    return NameWords(map(stems, NAMES), read_name_forms())


@pytest.fixture(scope="module")
def finder(words: NameWords) -> NameFinder:
    """A finder of a few names."""
    return NameFinder([[stems(n)] for n in NAMES], [(a,) for a in NAMES.values()], words)


def found(finder: NameFinder, text: str, technology: str | None = None) -> dict[str, float]:
    """The names that a question surely holds, with how surely."""
    scores = finder.find(text, technology)
    return {n: float(s) for n, s in zip(NAMES, scores, strict=True) if s >= 0.75}


@pytest.mark.parametrize(
    "written",
    [
        "Coverage Extension High-Band",
        "coverage extension high band",
        "CoverageExtensionHighBand",
        "Coverage Extension HighBand",
        "coverage-extension highband",
        "coverage extension mmWave",
        "Coverage Extension hi-band",
    ],
)
def test_spellings_of_a_name_have_the_same_words(words: NameWords, written: str) -> None:
    name = words.of_name(stems("Coverage Extension High-Band"))
    assert tuple(words.of_question(written)[0]) == name


def test_words_in_two_parts_are_joined_and_joined_ones_parted(words: NameWords) -> None:
    assert words.of_question("hand over, up link, loadbased")[0] == [
        "handover",
        "uplink",
        "load",
        "bas",
    ]


def test_what_no_name_holds_stays_as_it_is(words: NameWords) -> None:
    assert words.of_question("what about android phones?")[0] == plain_tokens(
        "what about android phones?"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("release load-based distribution", "Load-Based Distribution at Release"),
        ("load based distribution for release", "Load-Based Distribution at Release"),
        ("dynamic user equipment admission control", "Dynamic UE Admission Control"),
        ("is UL CA licensed", "Uplink Carrier Aggregation"),
        ("scheduler parameters", "Scheduler"),
        ("NR standalone, what is needed?", "NR Standalone"),
        ("how does intraLTE handover work", "Intra-LTE Handover"),
    ],
)
def test_name_is_found_in_other_words(finder: NameFinder, text: str, name: str) -> None:
    assert list(found(finder, text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "can the scheduler keep away from blocks where a passive product of two carriers falls",
        "barring on 5G standalone by access category and by identity in a full stadium, VoNR calls first",
        "certificates renew automatically from our CA",
        "how do phones aggregate carriers",
        "EN-DC user stays on the low band",
    ],
)
def test_words_that_are_said_in_passing_name_nothing_surely(finder: NameFinder, text: str) -> None:
    assert all(value < 0.9 for value in found(finder, text, "nr").values())


def test_technology_decides_between_twins(finder: NameFinder) -> None:
    assert list(found(finder, "Public Warning System")) == ["Public Warning System"]
    assert list(found(finder, "public warning system in 5G", "nr")) == ["NR Public Warning System"]
    assert list(found(finder, "4G public warning system", "lte")) == ["Public Warning System"]
    assert list(found(finder, "gNB cell, public warning system", "nr")) == [
        "NR Public Warning System"
    ]
    both = found(finder, "LTE Public Warning System against NR Public Warning System")
    assert set(both) == {"Public Warning System", "NR Public Warning System"}


def test_longer_name_hides_the_shorter_ones_in_it(finder: NameFinder) -> None:
    assert list(found(finder, "NR uplink carrier aggregation", "nr")) == [
        "NR Uplink Carrier Aggregation"
    ]
    assert set(found(finder, "carrier aggregation or uplink carrier aggregation?")) == {
        "Carrier Aggregation",
        "Uplink Carrier Aggregation",
    }


def test_name_speaks_louder_in_a_long_question(finder: NameFinder) -> None:
    short = found(finder, "Dynamic UE Admission Control")
    rambling = "we saw many refused users at noon in three cells of the centre since Monday; is "
    long = found(finder, f"{rambling} Dynamic UE Admission Control the reason?")
    assert 1.0 == short["Dynamic UE Admission Control"] < long["Dynamic UE Admission Control"] <= 2


def test_endless_question_is_read_to_a_fixed_length(finder: NameFinder) -> None:
    assert found(finder, "Dynamic UE Admission Control " * 10_000)
    assert finder.find("x" * 100_000, None).max() == 0


def test_forms_lead_to_words_of_names() -> None:
    catalogue = Catalogue.load()
    held = {
        word
        for feature in catalogue.features
        for name in (feature.name, *feature.aliases)
        for word in plain_tokens(name)
    }
    forms = read_name_forms()
    chained = {word for written in forms.values() for word in plain_tokens(written)} - held
    assert chained == set()
