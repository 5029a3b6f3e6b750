"""Measurement files at random, one writer per format that is read."""

import json
import random
from collections.abc import Callable
from xml.sax.saxutils import escape

from tests.data.generated.objects import Generated

_RESULTS = ("0", "7", "-1.5", "1e3", "0,5,1", "2,1,980,9,500", "NIL", "", " , ", "1,,3", "x", "NaN")
# What may stand in a list of results, which blanks separate.
_LISTED = ("0", "7", "-1.5", "0,5,1", "NIL", "x")
_END = "2026-03-02T08:15:00Z"
_HEAD = (
    '<fileHeader fileFormatVersion="32.435 V10.0" dnPrefix="SubNetwork=R">'
    '<fileSender localDn="ManagedElement=N1"/><measCollec beginTime="2026-03-02T08:00:00Z"/>'
    "</fileHeader>\n"
)


def pm_xml(rng: random.Random) -> Generated:
    """PM XML of TS 32.435 in all its forms: positions, order, lists, or mixtures that fit together."""
    n_held = 0
    infos = []
    for number in range(rng.randint(1, 4)):
        n_counters = rng.randint(1, 5)
        names = [f"c{number}x{i}" for i in range(n_counters)]
        form = rng.choice(("positions", "order", "lists", "list of names", "list of results"))
        text = _period(rng) + _types(names, form)
        for cell in range(rng.randint(1, 3)):
            results = [rng.choice(_LISTED if "list" in form else _RESULTS) for _ in names]
            n_held += n_counters
            mark = rng.choice(("", "<suspect>true</suspect>", "<suspect>false</suspect>"))
            inner = _results(results, form)
            text += f'<measValue measObjLdn="NRCellDU={cell}">{inner}{mark}</measValue>\n'
        infos.append(f'<measInfo measInfoId="G{number}">{text}</measInfo>\n')
    return Generated(
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<measCollecFile>{_HEAD}<measData>'
            f'<managedElement localDn="ManagedElement=N1"/>\n{"".join(infos)}</measData>'
            f'<fileFooter><measCollec endTime="{_END}"/></fileFooter></measCollecFile>\n'
        ).encode(),
        n_held,
    )


def mdc(rng: random.Random) -> Generated:
    """Measurements of TS 32.401."""
    names = [f"c{i}" for i in range(rng.randint(1, 5))]
    types = "".join(f"<mt>{name}</mt>" for name in names)
    values = ""
    n_cells = rng.randint(1, 4)
    for cell in range(n_cells):
        results = "".join(f"<r>{escape(rng.choice(_RESULTS))}</r>" for _ in names)
        values += f"<mv><moid>ManagedElement=1,Cell={cell}</moid>{results}</mv>\n"
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE mdc SYSTEM "MeasDataCollection.dtd">\n<mdc><mfh>'
        "<ffv>32.401</ffv><sn>SubNetwork=A,MeContext=E1</sn><cbt>20260302080000Z</cbt></mfh><md>"
        "<neid><neun>E1</neun><nedn>SubNetwork=A,MeContext=E1</nedn></neid><mi>"
        f"<mts>20260302081500Z</mts><gp>900</gp>{types}\n{values}</mi></md>"
        "<mff><ts>20260302081500Z</ts></mff></mdc>\n"
    )
    return Generated(text.encode(), len(names) * n_cells)


def ves_json(rng: random.Random) -> Generated:
    """VES events, one or several, one a line or in a list."""
    events, n_held = [], 0
    for number in range(rng.randint(1, 3)):
        names = [f"c{number}x{i}" for i in range(rng.randint(1, 4))]
        values = []
        for cell in range(rng.randint(1, 3)):
            results = [{"p": p, "sValue": rng.choice(_RESULTS)} for p, _ in enumerate(names, 1)]
            n_held += len(results)
            flag = rng.choice(("true", "false"))
            values.append(
                {"measObjInstId": f"Cell={cell}", "suspectFlag": flag, "measResults": results}
            )
        events.append(_event(names, values))
    form = rng.choice(("list", "lines", "eventList"))
    if form == "lines":
        text = "\n".join(map(json.dumps, events))
    elif form == "list":
        text = json.dumps(events)
    else:
        text = json.dumps({"eventList": [each["event"] for each in events]}, indent=1)
    return Generated(text.encode(), n_held)


def _event(names: list[str], values: list[dict[str, object]]) -> dict[str, object]:
    header = {
        "sourceName": "N1",
        "startEpochMicrosec": 1772438400_000_000,
        "lastEpochMicrosec": 1772439300_000_000,
    }
    info = {
        "measInfoId": {"sMeasInfoId": "G"},
        "measTypes": {"sMeasTypesList": names},
        "measValuesList": values,
    }
    collection = {"granularityPeriod": 900, "measuredEntityDn": "N1", "measInfoList": [info]}
    fields = {"perf3gppFieldsVersion": "1.0", "measDataCollection": collection}
    return {"event": {"commonEventHeader": header, "perf3gppFields": fields}}


def _period(rng: random.Random) -> str:
    return rng.choice(
        (
            f'<granPeriod duration="PT900S" endTime="{_END}"/>',
            '<granPeriod duration="PT15M" endTime="20260302081500Z"/>',
            f'<granPeriod endTime="{_END}"/>',
            "",
            '<granPeriod duration="PT900S" endTime="soon"/>',
        )
    )


def _types(names: list[str], form: str) -> str:
    if form in ("lists", "list of names"):
        return f"<measTypes>{' '.join(names)}</measTypes>\n"
    has_positions = form != "order"
    return "".join(
        f'<measType p="{p}">{name}</measType>' if has_positions else f"<measType>{name}</measType>"
        for p, name in enumerate(names, 1)
    )


def _results(results: list[str], form: str) -> str:
    if form in ("lists", "list of results"):
        return f"<measResults>{' '.join(results)}</measResults>"
    has_positions = form != "order"
    return "".join(
        f'<r p="{p}">{escape(text)}</r>' if has_positions else f"<r>{escape(text)}</r>"
        for p, text in enumerate(results, 1)
    )


WRITERS: dict[str, Callable[[random.Random], Generated]] = {
    "pm-xml": pm_xml,
    "mdc": mdc,
    "ves-json": ves_json,
}
