"""Which result belongs to which counter, object and period; what cannot be told is rejected, not guessed."""

import pytest

from elex_browser.network.readers.measurements.pm_positions import Positions, Unpaired
from elex_browser.protocol import MeasurementReport
from tests.unit.network.loading import measurements, results

HEAD = (
    '<fileHeader dnPrefix="SubNetwork=R"><fileSender localDn="ManagedElement=N1"/>'
    '<measCollec beginTime="2026-03-02T08:00:00Z"/></fileHeader>'
)
PERIOD = '<granPeriod duration="PT900S" endTime="2026-03-02T08:15:00Z"/>'
TYPES = '<measType p="1">a</measType><measType p="2">b</measType>'


def file(info: str, footer: str = ' endTime="2026-03-02T08:15:00Z"') -> bytes:
    return (
        f'<measCollecFile>{HEAD}<measData><managedElement localDn="ManagedElement=N1"/>'
        f'<measInfo measInfoId="G">{info}</measInfo></measData>'
        f"<fileFooter><measCollec{footer}/></fileFooter></measCollecFile>"
    ).encode()


def cell(inside: str, types: str = TYPES, period: str = PERIOD) -> bytes:
    return file(f'{period}{types}<measValue measObjLdn="Cell=1">{inside}</measValue>')


def reasons(report: MeasurementReport) -> list[str]:
    return [each.reason for each in report.rejected for _ in range(each.count)]


@pytest.mark.parametrize(
    ("types", "inside"),
    [
        (TYPES, '<r p="2">40</r><r p="1">30</r>'),
        ("<measType>a</measType><measType>b</measType>", "<r>30</r><r>40</r>"),
        ("<measTypes>a b</measTypes>", '<r p="1">30</r><r p="2">40</r>'),
        (TYPES, "<measResults>30 40</measResults>"),
        ("<measTypes>a b</measTypes>", "<measResults>30 40</measResults>"),
        ('<measType p="2">b</measType><measType p="1">a</measType>', "<measResults>30 40</measResults>"),
        (TYPES, '<r p=" 01 ">30</r><r p="2">4<!-- -->0</r>'),
    ],
)  # fmt: skip
def test_every_pairing_that_is_clear_is_taken(types: str, inside: str) -> None:
    assert results(cell(inside, types)) == {"a": [30.0], "b": [40.0]}


def test_positions_that_cannot_be_trusted_are_rejected_with_their_value() -> None:
    store, report = measurements(
        cell('<r p="1">1</r><r p="1">2</r><r>3</r><r p="7">4</r><r p="x">5</r><r p="2">6</r>')
    )

    assert reasons(report) == [
        "p='1' comes more than once",
        "the result '3' has no p, the names of the counters have one",
        "no measType has p='7'",
        "p='x' is no position",
    ]
    assert (report.values, store.n_values) == (2, 2)


def test_two_counters_of_one_position_leave_its_results_open() -> None:
    types = '<measType p="1">a</measType><measType p="1">b</measType><measType p="2">c</measType>'
    _, report = measurements(cell('<r p="1">1</r><r p="2">2</r>', types))

    assert (report.values, reasons(report)) == (1, ["p='1' comes more than once"])


def test_a_list_of_another_length_is_rejected_as_a_whole() -> None:
    _, report = measurements(cell('<r p="1">1</r>'), cell("<measResults>1 2 3</measResults>"))

    assert reasons(report) == ["3 results stand for 2 counters"] * 3


def test_a_list_needs_positions_that_give_an_order() -> None:
    positions: Positions[str] = Positions()
    for position, counter in (("7", "a"), ("5", "b")):
        positions.add(position, counter)

    with pytest.raises(Unpaired, match="no order"):
        positions.pair_list(2)
    assert positions.pair("5", "1") == "b"


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ('<granPeriod duration="PT900S" endTime="20260302081500Z"/>', "08:15"),
        ('<granPeriod endTime="2026-03-02T09:15:00+0100"/>', "08:15"),
        ('<granPeriod duration="PT1H"/>', "09:00"),
        ("", "08:15"),
    ],
)
def test_what_is_not_given_of_a_period_follows_from_header_and_footer(
    period: str, end: str
) -> None:
    _, report = measurements(cell('<r p="1">1</r>', period=period))

    (found,) = report.periods
    assert (found.begin, found.end) == ("2026-03-02T08:00:00Z", f"2026-03-02T{end}:00Z")


@pytest.mark.parametrize(
    ("period", "footer", "told"),
    [
        ('<granPeriod duration="PT900S" endTime="2026-13-02T08:15:00Z"/>', "", "time of this measInfo"),
        ('<granPeriod duration="soon" endTime="2026-03-02T08:15:00Z"/>', "", "duration of this measInfo"),
        ("", "", "not given"),
        ("", ' endTime="later"', "cannot be read: 'later'"),
        ("", ' endTime="2020-01-01T00:00:00Z"', "not given"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_read_costs_the_results_of_its_block_only(
    period: str, footer: str, told: str
) -> None:
    bad = file(
        f'{period}{TYPES}<measValue measObjLdn="Cell=2"><r p="1">1</r><r p="2">NIL</r></measValue>',
        footer,
    )

    _, report = measurements(cell('<r p="1">1</r>'), bad)

    assert (report.values, report.missing, len(report.periods)) == (1, 0, 1)
    assert len(reasons(report)) == 2
    assert told in report.rejected[0].reason


@pytest.mark.parametrize(
    ("inside", "n_lost", "told"),
    [
        ("<measResultz>1 2</measResultz>", 2, "<measResultz> is not known here but holds text"),
        ('<x p="1">1 2</x>', 1, "<x> is not known"),
        ('<suspect>ture</suspect><r p="2">2</r>', 2, "neither true nor false"),
        ("<suspecx>true</suspecx>", 1, "<suspecx> is not known"),
        ('<r p="2">1<b>2</b></r>', 1, "<b> is not known"),
        ("stray", 1, "belongs to no element"),
    ],
)
def test_text_that_is_not_understood_is_told(inside: str, n_lost: int, told: str) -> None:
    good = file(f'{PERIOD}{TYPES}<measValue measObjLdn="Cell=2"><r p="1">5</r></measValue>')

    _, report = measurements(good, cell(f'<r p="1">1</r>{inside}'))

    assert len(reasons(report)) == n_lost
    assert all(told in reason for reason in reasons(report))


def test_results_outside_their_object_are_rejected() -> None:
    value = '<measValue measObjLdn="Cell=1"><r p="1">1</r></measValue>'
    nameless = '<measValue measObjLdx="Cell=2"><r p="1">3</r></measValue>'
    _, report = measurements(file(f'{PERIOD}{TYPES}{value}<r p="2">2</r>{nameless}'))

    assert report.values == 1
    assert reasons(report) == ["the result lies in no object", "measValue names no object"]


def test_an_object_that_a_file_breaks_off_in_is_doubtful() -> None:
    whole = cell('<r p="1">1</r><r p="2">2</r><suspect>false</suspect>')

    _, report = measurements(whole[: whole.index(b"<suspect>")])

    assert (report.values, report.suspect) == (2, 2)
    assert "not well-formed" in report.rejected[0].reason


def test_names_are_one_however_they_are_spelt() -> None:
    spellings = (
        "Cell=1",
        " Cell = 1",
        "ManagedElement=N1,Cell=1",
        "SubNetwork=R, ManagedElement=N1, Cell=1",
    )
    values = "".join(
        f'<measValue measObjLdn="{name}"><r p="1">1</r></measValue>' for name in spellings
    )

    store, _ = measurements(file(f"{PERIOD}{TYPES}{values}"))

    assert store.dns == ["SubNetwork=R,ManagedElement=N1,Cell=1"]


def test_a_name_with_a_line_break_is_refused() -> None:
    _, report = measurements(
        cell('<r p="1">1</r>'),
        file(
            f'{PERIOD}{TYPES}<measValue measObjLdn="Cell=1&#10;delete"><r p="1">1</r></measValue>'
        ),
    )

    assert "control characters" in report.rejected[0].reason


def test_texts_are_results_of_the_newer_format_only() -> None:
    newer = cell('<r p="1">up</r>').replace(b"measCollecFile", b"measDataFile")

    store, report = measurements(newer, cell('<r p="1">up</r><r p="2">1</r>'))

    assert (report.values, reasons(report)) == (2, ["'up' is no number"])
    assert store.column("a").texts == {0: "up"}


MDC = (
    '<?xml version="1.0"?><!DOCTYPE mdc SYSTEM "MeasDataCollection.dtd"><mdc><mfh><ffv>1</ffv>'
    "<sn>SubNetwork=A</sn><st/><vn/><cbt>20260302080000Z</cbt></mfh><md><neid><neun>E1</neun>"
    "<nedn>SubNetwork=A,MeContext=E1</nedn></neid><mi><mts>20260302081500Z</mts><gp>900</gp>"
    "<mt>a</mt><mt>b</mt><mv><moid>ManagedElement=1,Cell=1</moid><r>12</r><r></r><sf>FALSE</sf></mv>"
    "</mi></md><mff><ts>20260302081500Z</ts></mff></mdc>"
)


def test_the_older_format_of_the_standard_is_read() -> None:
    store, report = measurements(MDC.encode())

    assert store.dns == ["SubNetwork=A,MeContext=E1,ManagedElement=1,Cell=1"]
    assert (report.values, report.missing, report.periods[0].seconds) == (1, 1, 900)
    with pytest.raises(Exception, match="DOCTYPE"):
        measurements(MDC.replace('"MeasDataCollection.dtd"', '"x" [<!ENTITY a "b">]').encode())
