"""What a file is, told from its first bytes; one that this build does not read is named all the same."""

import re

from elex_browser.errors import UnsupportedError
from elex_browser.network.readers.csv_table import encoding_of, separator_of

CONFIGURATIONS = "bulk CM XML (3GPP TS 32.615), cmedit text and CSV with a column FDN"
MEASUREMENTS = "PM XML (3GPP TS 32.435 measCollecFile or TS 28.532 measDataFile)"
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOTS = {
    "bulkCmConfigDataFile": "bulk-cm",
    "measCollecFile": "pm-xml",
    "measDataFile": "pm-xml",
    "rpc-reply": "a NETCONF reply",
    "data": "a NETCONF data tree",
    "config": "a NETCONF data tree",
    "ManagedElement": "YANG instance data",
    "models": "a MOM",
    "mim": "a MOM",
    "raml": "a RAML export",
}
Format = str
"""One of "bulk-cm", "pm-xml", "csv", "cmedit"; anything else is the name of a format that is not read."""


def recognise(head: bytes) -> Format:
    """Return what a file seems to be."""
    text = head.decode(_encoding(head), "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        root = _ROOT.search(_COMMENT.sub("", text))
        name = root[1] if root else ""
        other = f"XML with the root element <{name[:60]}>" if name else "XML without any element"
        return _ROOTS.get(name, other)
    if text[:1] in ("{", "["):
        is_ves = "perf3gppFields" in text
        return "VES JSON" if is_ves else "JSON"
    if re.search(r"^\s*FDN\s*:", text, re.MULTILINE):
        return "cmedit"
    if re.search(r"^={20,}", text, re.MULTILINE) or re.search(r"^\S+> \w+", text):
        return "a moshell log"
    first = text.partition("\n")[0]
    if "\0" in text[:1000] or not first.strip():
        return "binary data" if head.strip() else "an empty file"
    return "csv" if separator_of(first) else "text"


def require(found: Format, wanted: tuple[Format, ...], name: str, readable: str) -> None:
    """Refuse a file that is not among the wanted formats.

    Raises:
        UnsupportedError: it names what was recognised and what can be read.
    """
    if found in wanted:
        return
    others = {
        "bulk-cm": ("a configuration (bulk CM XML)", "Load it with loadConfiguration"),
        "csv": ("a table (CSV)", "Load it with loadConfiguration"),
        "cmedit": ("a configuration (cmedit text)", "Load it with loadConfiguration"),
        "pm-xml": ("measurements (PM XML)", "Load it with loadMeasurements"),
    }
    told, fix = others.get(found, (found, f"This build reads {readable}"))
    raise UnsupportedError(f"{name} is {told}", fix)


def _encoding(head: bytes) -> str:
    if head[:2] in (b"<\0", b"\0<"):  # UTF-16 without a mark
        return "utf-16-le" if head[:1] == b"<" else "utf-16-be"
    return encoding_of(head)
