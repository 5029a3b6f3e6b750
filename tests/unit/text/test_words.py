"""Words: tokens, stems, repair of mistyped words, and what kind of question a text is."""

import pytest

from elex_browser.asking.kind import Complexity, QueryType, complexity, query_type
from elex_browser.text.spelling import repair
from elex_browser.text.words import (
    FRAME,
    STOP,
    expansions,
    plain_tokens,
    split_camel,
    stem,
    tokens,
)

COUNTS = {"handover": 9, "handovers": 2, "carrier": 5, "barrier": 1, "paging": 4, "packing": 1}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cells", "cell"),
        ("sleeping", "sleep"),
        ("activation", "activat"),
        ("activate", "activat"),
        ("frequencies", "frequency"),
        ("dropped", "drop"),
        ("bus", "bus"),
        ("neighbours", "neighbor"),
        ("synchronisation", "synchroniz"),
        ("synchronize", "synchroniz"),
        ("licences", "licens"),
        ("fibre", "fiber"),
        ("signalling", "signal"),
        ("64qam", "64qam"),
        ("lte", "lte"),
    ],
)
def test_stem_joins_the_forms_of_a_word(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_tokens_leave_out_what_carries_nothing() -> None:
    assert tokens("How do I cut the power of my cells?") == ["cut", "power", "cell"]
    assert tokens("what is the of") == []


def test_compounds_count_whole_and_in_parts() -> None:
    assert tokens("intra-LTE handover") == ["intra", "lte", "intralt", "handover"]
    assert tokens("E-UTRAN") == ["utran", "eutran"]
    # Which is no word of anybody: its parts stand alone.
    assert tokens("inter-frequency") == ["inter", "frequency"]


def test_identifiers_fall_into_their_words() -> None:
    assert split_camel("pmMimoSleepTime") == "pm Mimo Sleep Time"
    assert tokens("lbActivationThreshold") == ["lb", "activat", "threshold"]


def test_plain_tokens_keep_every_word() -> None:
    assert plain_tokens("Radio of the Cells") == ["radio", "of", "the", "cell"]


def test_frame_words_are_stems_and_no_stop_words() -> None:
    assert stem("configured") in FRAME
    assert not FRAME & STOP


def test_acronyms_are_expanded_also_inside_compounds() -> None:
    acronyms = {"drx": "discontinuous reception", "csirs": "reference signal"}
    assert expansions("C-DRX and CSI-RS, drx", acronyms) == [
        "discontinuous reception",
        "reference signal",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("handovr", "handover"),
        ("hanodver", "handover"),
        ("handoverr", "handover"),
        ("carrjer", "carrier"),
        ("pagin", "paging"),
        ("handover", "handover"),
        ("cell", "cell"),
        ("xandover", "xandover"),
        ("hxndovxr", "hxndovxr"),
        ("pm4567x", "pm4567x"),
        ("передача", "передача"),
    ],
)
def test_one_edit_is_mended_and_no_more(typed: str, meant: str) -> None:
    assert repair(typed, COUNTS) == meant


def test_endless_word_is_left_alone_at_once() -> None:
    assert repair("x" * 10_000, COUNTS) == "x" * 10_000


def test_of_two_near_words_the_more_used_one_is_meant() -> None:
    assert repair("handoverx", COUNTS) == "handover"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which parameters control MIMO Sleep Mode?", "parameter"),
        ("MimoSleepFunction.sleepMode", "parameter"),
        ("which counters show the sleep time", "counter"),
        ("pmMimoSleepTime is zero", "counter"),
        ("what KPIs does it move", "kpi"),
        ("how do I activate carrier aggregation", "procedure"),
        ("calls drop at the cell edge", "troubleshoot"),
        ("handover fails towards one neighbour", "troubleshoot"),
        ("cell throughput at night", "kpi"),
        ("equipment in the cabinet", "general"),
        ("MIMO Sleep Mode", "general"),
        ("", "general"),
    ],
)
def test_kind_of_a_question(text: str, expected: QueryType) -> None:
    assert query_type(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is ANR?", "simple"),
        ("how do I cut power on a 4T4R cell at night in the city?", "moderate"),
        (
            "drops rise and throughput falls; also load is uneven, but only at noon, or is it the sync?",
            "complex",
        ),
        ("word " * 40, "complex"),
    ],
)
def test_complexity_of_a_question(text: str, expected: Complexity) -> None:
    assert complexity(text) == expected
