"""Writes small network files for the tests, in the forms that real exports have."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Attributes = Mapping[str, "str | Sequence[str] | Mapping[str, str]"]
MEAS_COLLEC = "http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec"


def bulk_cm(objects: Sequence[tuple[str, Attributes]], *, encoding: str = "UTF-8") -> bytes:
    """A bulk CM export of one node N1: objects of the form "EUtranCellFDD=1" with their attributes."""
    containers = "".join(_container(name, attributes) for name, attributes in objects)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<bulkCmConfigDataFile xmlns="configData.xsd" xmlns:xn="genericNrm.xsd" '
        'xmlns:es="EricssonSpecificAttributes.24.xsd">\n'
        '<fileHeader fileFormatVersion="32.615 V4.5" vendorName="Ericsson"/>\n'
        '<configData dnPrefix="Undefined">\n<xn:SubNetwork id="R"><xn:MeContext id="N1">'
        '<xn:ManagedElement id="N1">\n'
        f"{containers}</xn:ManagedElement></xn:MeContext></xn:SubNetwork></configData>\n"
        '<fileFooter dateTime="2025-01-01T00:00:00Z"/></bulkCmConfigDataFile>\n'
    )
    return text.encode(encoding)


def _container(name: str, attributes: Attributes) -> str:
    mo_class, _, value = name.partition("=")
    inner = "".join(_attribute(key, given) for key, given in attributes.items())
    return (
        f'<xn:VsDataContainer id="{value}"><xn:attributes>'
        f"<xn:vsDataType>vsData{mo_class}</xn:vsDataType>"
        "<xn:vsDataFormatVersion>EricssonSpecificAttributes</xn:vsDataFormatVersion>\n"
        f"<es:vsData{mo_class}>{inner}</es:vsData{mo_class}></xn:attributes>"
        "</xn:VsDataContainer>\n"
    )


def _attribute(key: str, given: "str | Sequence[str] | Mapping[str, str]") -> str:
    if isinstance(given, str):
        return f"<es:{key}>{escape(given)}</es:{key}>\n"
    if isinstance(given, Mapping):
        members = "".join(f"<es:{k}>{escape(v)}</es:{k}>" for k, v in given.items())
        return f"<es:{key}>{members}</es:{key}>\n"
    return "".join(f"<es:{key}>{escape(item)}</es:{key}>\n" for item in given)


def pm_xml(
    blocks: Sequence[tuple[Sequence[str], Mapping[str, Sequence[str]]]],
    *,
    end: str = "2025-01-01T10:15:00+01:00",
    duration: str = "PT900S",
    suspect: Sequence[str] = (),
    node: str = "N1",
) -> bytes:
    """A PM file of one node: per block the counters, and per object ("NRCellDU=1") its results."""
    infos = "".join(
        _meas_info(number, counters, results, end, duration, suspect)
        for number, (counters, results) in enumerate(blocks)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<measCollecFile xmlns="{MEAS_COLLEC}">\n'
        '<fileHeader fileFormatVersion="32.435 V10.0" vendorName="V" dnPrefix="SubNetwork=R">'
        f'<fileSender localDn="ManagedElement={node}" elementType="RadioNode"/>'
        '<measCollec beginTime="2025-01-01T10:00:00+01:00"/></fileHeader>\n'
        f'<measData><managedElement localDn="ManagedElement={node}" swVersion="S"/>\n{infos}'
        f'</measData><fileFooter><measCollec endTime="{end}"/></fileFooter></measCollecFile>\n'
    ).encode()


def _meas_info(
    number: int,
    counters: Sequence[str],
    results: Mapping[str, Sequence[str]],
    end: str,
    duration: str,
    suspect: Sequence[str],
) -> str:
    types = "".join(f'<measType p="{p}">{name}</measType>' for p, name in enumerate(counters, 1))
    values = "".join(
        f'<measValue measObjLdn="{name}">'
        + "".join(f'<r p="{p}">{escape(text)}</r>' for p, text in enumerate(given, 1))
        + ("<suspect>true</suspect>" if name in suspect else "")
        + "</measValue>\n"
        for name, given in results.items()
    )
    return (
        f'<measInfo measInfoId="G{number}"><job jobId="J"/>'
        f'<granPeriod duration="{duration}" endTime="{end}"/>{types}\n{values}</measInfo>\n'
    )
