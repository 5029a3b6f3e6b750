"""Times and durations are read in all forms of ISO 8601; anything else is no time."""

import pytest

from elex_browser.network.times import duration, moment, plain_seconds, utc_text

QUARTER = 1_772_446_500  # 2026-03-02T10:15:00Z


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T10:15:00Z", "2026-03-02T10:15:00", "2026-03-02T10:15Z", "2026-03-02 10:15:00Z",
        "20260302T101500Z", "20260302101500Z", "202603021015Z", "20260302101500", "20260302T1015",
        "2026-03-02T10:15:00.5Z", "2026-03-02T10:15:00,999Z", " 2026-03-02T10:15:00z\n",
        "2026-W10-1T10:15:00Z", "2026W101T101500Z", "2026-061T10:15:00Z", "2026061T101500Z",
        "2026-03-02T11:15:00+01:00", "2026-03-02T11:15:00+0100", "2026-03-02T08:15-02",
        "2026-03-02T10:15:00.000+00:00:00", "20260302111500+0100", "2026-03-02T10.25Z",
    ],
)  # fmt: skip
def test_one_time_is_read_in_all_its_forms(text: str) -> None:
    assert moment(text) == QUARTER


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026", "2026-03", "2026-13-02T08:15:00Z", "2026-02-29", "2026-366",
        "2026-03-02T25:00:00Z", "2026-03-02T10:60Z", "2026-03-02T10:15:00+25:00", "2026-0302",
        "2026-03-02T1015:00Z", "2026-03-02T10:1500Z", "202603-02", "2026-03-02T", "9" * 5000,
        "٢٠٢٦-03-02", "2026-W54-1", "2026-03-02T10:15:00 CET",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text) is None


def test_the_end_of_a_day_and_a_leap_second_are_the_next_begin() -> None:
    assert moment("2026-03-02T24:00:00Z") == moment("2026-03-03T00:00:00Z")
    assert moment("2016-12-31T23:59:60Z") == moment("2017-01-01T00:00:00Z")


def test_zones_may_lead_out_of_the_calendar() -> None:
    before, after = moment("0001-01-01T00:00:00+14:00"), moment("9999-12-31T23:59:59-14:00")
    assert before is not None
    assert after is not None
    assert utc_text(before) == "0000-12-31T10:00:00Z"
    assert utc_text(after) == "10000-01-01T13:59:59Z"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT900S", 900), ("PT15M", 900), ("PT0.25H", 900), ("P0Y0M0DT15M", 900), ("PT900.9S", 900),
        ("PT1H", 3600), ("P1D", 86_400), ("P1W", 604_800), ("P366D", 31_622_400),
        ("some", None), ("P", None), ("PT", None), ("P1DT", None), ("P1Y", None), ("P1M", None),
        ("PT1.5H3M", None), ("P367D", None), ("P99999999999D", None), ("PT" + "9" * 5000 + "S", None),
        ("P" + "9" * 5000 + "Y", None), ("-PT900S", None),
    ],
)  # fmt: skip
def test_durations_are_read_up_to_a_year(text: str, seconds: int | None) -> None:
    assert duration(text) == seconds


def test_plain_seconds_are_digits() -> None:
    assert plain_seconds(" 900 ") == 900
    assert [plain_seconds(text) for text in ("15 min", "", "9" * 30, "-1")] == [None] * 4
