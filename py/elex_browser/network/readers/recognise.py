"""What a file is, told from its first bytes; one that this build does not read is named all the same."""

import re
from typing import Literal, NamedTuple, get_args

from elex_browser.errors import ElexError, SerializationError, UnsupportedError
from elex_browser.network.readers import kinds
from elex_browser.network.readers.configurations.cmedit_table import HEADER
from elex_browser.network.readers.configurations.csv_table import MAX_TITLE_LINES, header_of
from elex_browser.network.readers.configurations.enm_import import OPERATION
from elex_browser.network.readers.configurations.moshell import BANNER, PROMPT, RULE, plain
from elex_browser.network.readers.models import model_columns, yang_statements
from elex_browser.network.readers.syntax.text_decoding import text_of
from elex_browser.protocol import ConfigurationFormat, ModelFormat

Purpose = Literal["configuration", "measurements", "model"]
MeasurementFormat = Literal["pm-xml", "ves-json"]
Format = ConfigurationFormat | MeasurementFormat | ModelFormat

_READ: dict[Purpose, str] = {
    "configuration": "bulk CM XML (3GPP TS 32.615), NETCONF XML, YANG data as JSON, what cmedit and "
    "moshell print, import files of ENM and CSV with a column FDN",
    "measurements": "PM XML (3GPP TS 32.435 measCollecFile, TS 28.532 measDataFile, TS 32.401 mdc) and "
    "VES JSON",
    "model": "MOM XML, YANG, and CSV or JSON with class, attribute, type and range",
}
_LOADERS: dict[Purpose, str] = {
    "configuration": "loadConfiguration",
    "measurements": "loadMeasurements",
    "model": "loadModel",
}
_NAMES: dict[str, str] = {
    "bulk-cm": "a configuration (bulk CM XML)",
    "netconf": "a configuration (NETCONF XML)",
    "yang-json": "a configuration (YANG data as JSON)",
    "cmedit": "a configuration (cmedit text)",
    "cmedit-table": "a configuration (a cmedit table)",
    "moshell": "a configuration (a moshell log)",
    "enm-import": "a plan of changes (an import file of ENM)",
    "csv": "a table (CSV)",
    "pm-xml": "measurements (PM XML)",
    "ves-json": "measurements (VES JSON)",
    "mom-xml": "a model of managed objects (MOM XML)",
    "yang": "a model of managed objects (YANG)",
    "model-csv": "a model of managed objects (CSV)",
    "model-json": "a model of managed objects (JSON)",
}
_ROOTS: dict[str, Format] = {
    "bulkCmConfigDataFile": "bulk-cm",
    "measCollecFile": "pm-xml",
    "measDataFile": "pm-xml",
    "mdc": "pm-xml",
    "rpc-reply": "netconf",
    "data": "netconf",
    "config": "netconf",
    "edit-config": "netconf",
    "ManagedElement": "netconf",
    "instance-data-set": "netconf",
    "models": "mom-xml",
    "mim": "mom-xml",
}
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]{1,200}:)?([\w.-]{1,200})([^>]*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NAMED = re.compile(r"\t\s*(?:FDN|DN|LDN|MO)\s*(?:\t|$)", re.IGNORECASE)
_LISTING = re.compile(r"^\s*FDN\s*:", re.MULTILINE)
_CLASS_MEMBER = re.compile(r'"(?:[\w.-]{1,200}:)?[A-Z]\w{0,200}"\s*:\s*[\[{]')
# An attribute with its class, or classes that hold their attributes.
_MODEL_ROW = re.compile(r'"(?:mo_?class|class)"\s*:\s*"', re.IGNORECASE)
_MODEL_ATTRIBUTE = re.compile(r'"(?:attribute|parameter)(?:_?name)?"\s*:\s*"', re.IGNORECASE)
_MODEL_CLASSES = re.compile(r'"classes"\s*:\s*[\[{]')


class Recognised(NamedTuple):
    """What a file is; without a format it is not read, and the kind names it."""

    format: Format | None
    kind: kinds.Kind

    @property
    def purpose(self) -> Purpose | None:
        """What it is loaded as."""
        if self.format is None:
            return None
        if self.format in get_args(MeasurementFormat):
            return "measurements"
        return "configuration" if self.format in get_args(ConfigurationFormat) else "model"


def recognise(head: bytes) -> Recognised:
    """Return what a file seems to be."""
    binary = kinds.by_bytes(head)
    if binary is not None:
        return Recognised(None, binary)
    text = plain(text_of(head)).lstrip(" \t\r\n")
    if text.startswith("<"):
        return _xml(text)
    if text[:1] in ("{", "["):
        found = _json(text)
    elif "\0" in text[:1000] or not text:
        return Recognised(None, kinds.Kind("binary data" if text else "an empty file"))
    else:
        found = _of_lines(text)
    if found is not None:
        return _read(found)
    is_json = text[:1] in ("{", "[")
    other = kinds.Kind("JSON of a kind that is not known" if is_json else "text")
    return Recognised(None, kinds.by_lines(text) or other)


def require(found: Recognised, wanted: Purpose, name: str) -> None:
    """Refuse a file that is not what is loaded.

    Raises:
        UnsupportedError: it names what was recognised and what can be read.
    """
    purpose = found.purpose
    if purpose == wanted:
        return
    fix = found.kind.fix or f"This build reads {_READ[wanted]}"
    if purpose is not None:
        fix = f"Load it with {_LOADERS[purpose]}"
    raise UnsupportedError(f"{name} is {found.kind.told}", fix)


def empty(name: str) -> ElexError:
    """Return the error for a file without a byte."""
    return SerializationError(f"{name} is empty and holds no values", "Export it again")


def _read(found: Format) -> Recognised:
    return Recognised(found, kinds.Kind(_NAMES[found]))


def _xml(text: str) -> Recognised:
    root = _ROOT.search(_COMMENT.sub("", text))
    if root is None:
        return Recognised(None, kinds.Kind("XML without any element"))
    name = root[1]
    if name in _ROOTS:
        return _read(_ROOTS[name])
    # A fragment of a YANG tree begins with any class.
    is_class = name[:1].isupper() and "urn:" in root[2]
    return _read("netconf") if is_class else Recognised(None, kinds.by_root(name))


def _json(text: str) -> Format | None:
    if "perf3gppFields" in text:
        return "ves-json"
    is_row = _MODEL_ROW.search(text) and _MODEL_ATTRIBUTE.search(text)
    if is_row or (_MODEL_CLASSES.search(text) and '"attributes"' in text):
        return "model-json"
    return "yang-json" if _CLASS_MEMBER.search(text) else None


def _of_lines(text: str) -> Format | None:
    lines = text.split("\n")
    if yang_statements.is_yang(text):
        return "yang"
    if _LISTING.search(text):
        return "enm-import" if any(map(OPERATION.fullmatch, lines)) else "cmedit"
    if PROMPT.match(text) or any(RULE.fullmatch(line) or BANNER.match(line) for line in lines):
        return "moshell"
    if any(HEADER.match(line) and not _NAMED.search(line) for line in lines):
        return "cmedit-table"
    first = lines[:MAX_TITLE_LINES]
    if model_columns.header_of(first) is not None:
        return "model-csv"
    if header_of(first) is not None:
        return "csv"
    return None
