"""Files that this build knows by name but does not read, with the way to one that it reads."""

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """What a file is, and what to do with it; `fix` is empty where nothing better than a list is known."""

    told: str
    fix: str = ""


_AS_CSV = "Save the table as CSV (UTF-8) with a column FDN and load that"
_UNPACK = "Unpack it and load the files in it; gzip, zip and tar are read as they are"
_AS_TEXT = "Load the export that the text or picture was made from: XML, JSON, CSV or a log"
_OTHER_PM = "Convert it to PM XML of 3GPP (TS 32.435) and load that"
_OTHER_CM = (
    "Convert it to CSV with the columns FDN, attribute and value; the known ranges are another vendor's, "
    "also where names are the same"
)
_WORKBOOK = Kind("a workbook of a spreadsheet (xlsx)", _AS_CSV)
_BY_FIRST_BYTES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", Kind("a PDF document", _AS_TEXT)),
    (b"\x89PNG", Kind("a picture (PNG)", _AS_TEXT)),
    (b"\xff\xd8\xff", Kind("a picture (JPEG)", _AS_TEXT)),
    (b"GIF8", Kind("a picture (GIF)", _AS_TEXT)),
    (b"BM", Kind("a picture (BMP)", _AS_TEXT)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", _UNPACK)),
    (b"Rar!", Kind("a RAR archive", _UNPACK)),
    (b"BZh", Kind("a bzip2 file", _UNPACK)),
    (b"\xfd7zXZ", Kind("an xz file", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard file", _UNPACK)),
    (b"\x1f\x9d", Kind("a file of compress (.Z)", _UNPACK)),
    (b"\x1f\x8b", Kind("a gzip file within a gzip file", _UNPACK)),
    (b"\xd0\xcf\x11\xe0", Kind("a document of an older office program (xls, doc)", _AS_CSV)),
    (b"PAR1", Kind("a Parquet file", _AS_CSV)),
    (b"SQLite format 3", Kind("an SQLite database", _AS_CSV)),
)
_OFFICE = (
    (b"xl/", _WORKBOOK),
    (b"word/", Kind("a text document (docx)", _AS_TEXT)),
    (b"ppt/", Kind("slides (pptx)", _AS_TEXT)),
)
_BY_ROOT = {
    "OMeS": Kind("measurements of a Nokia network (OMeS)", _OTHER_PM),
    "raml": Kind("a configuration of a Nokia network (RAML)", _OTHER_CM),
    "html": Kind("XML with the root element <html>, a web page", _AS_TEXT),
    "workbook": Kind("a part of a workbook", _AS_CSV),
    "Workbook": Kind("a workbook of a spreadsheet as XML", _AS_CSV),
    "schema": Kind("an XML schema, which describes a format and holds no values"),
    "kml": Kind("a map (KML)"),
    "rpc": Kind("a NETCONF request"),
    "hello": Kind("a NETCONF greeting, which holds no configuration"),
}
_MML = re.compile(r"^\s*(?:SET|ADD|MOD|RMV|LST|DSP|ACT|DEA)\s+\w{1,60}\s*:.*;", re.MULTILINE)
_MML_KIND = Kind("a script of MML commands of a Huawei network", _OTHER_CM)
_COMMANDS = re.compile(r"^\s*cmedit\s+(?:set|create|delete|action)\s", re.MULTILINE)
_COMMANDS_KIND = Kind(
    "a script of cmedit commands, which holds no values that are there",
    "Load what `cmedit get` prints, or an import file with SET, CREATE and DELETE",
)


def by_bytes(head: bytes) -> Kind | None:
    """Tell a binary file by its first bytes."""
    if head.startswith(b"PK"):
        found = (kind for mark, kind in _OFFICE if mark in head)
        return next(found, Kind("a zip file or a document in one", _UNPACK))
    return next((kind for mark, kind in _BY_FIRST_BYTES if head.startswith(mark)), None)


def by_root(name: str) -> Kind:
    """Tell XML by its root element."""
    return _BY_ROOT.get(name, Kind(f"XML with the root element <{name[:60]}>"))


def by_lines(text: str) -> Kind | None:
    """Tell a text file by its lines."""
    if _COMMANDS.search(text):
        return _COMMANDS_KIND
    return _MML_KIND if _MML.search(text) else None
