"""How much a damaged file still holds for certain, counted by other parsers than the product's own.

What they count is a lower bound: values + missing + rejected must not be less. None where the other parser
refuses the file, for then its damage is told in another way.
"""

import csv
import io
import json
from xml.etree import ElementTree

_ABOUT_DATA = ("vsDataType", "vsDataFormatVersion")


def pm_xml(data: bytes) -> int | None:
    """Results of PM XML: `r`, words of lists, and whatever holds text inside an object."""
    root = _parsed(data)
    if root is None:
        return None
    n_held = 0
    for parent in root.iter():
        for each in parent:
            local, text = _local(each.tag), (each.text or "").strip()
            if local == "r":
                n_held += 1
            elif local == "measResults":
                n_held += len(text.split())
            elif _local(parent.tag) in ("measValue", "mv") and local not in (
                "suspect",
                "sf",
                "moid",
            ):
                n_held += bool(text) and not len(each)
    return n_held


def bulk_cm(data: bytes) -> int | None:
    """Leaves with text below configData."""
    root = _parsed(data)
    if root is None:
        return None
    leaves = (each for data in root if _local(data.tag) == "configData" for each in data.iter())
    return sum(
        bool((each.text or "").strip()) and not len(each) and _local(each.tag) not in _ABOUT_DATA
        for each in leaves
    )


def listing(data: bytes) -> int | None:
    """Lines of an attribute below the first FDN, in what cmedit prints."""
    lines = data.decode("utf-8", "replace").replace("\r", "\n").split("\n")
    first = next(
        (i for i, line in enumerate(lines) if line.strip().startswith("FDN : ")), len(lines)
    )
    below = (line.partition(" : ") for line in lines[first:])
    return sum(name.isalnum() and bool(sign) and name.upper() != "FDN" for name, sign, _ in below)


def ves_json(data: bytes) -> int | None:
    """Results of VES events that are where they belong."""
    try:
        document = json.loads(data)
    except ValueError:
        return None
    return _n_results(document)


def _n_results(value: object) -> int:
    if isinstance(value, dict):
        own = value.get("measResults")
        n_own = len(own) if isinstance(own, list) and "measObjInstId" in value else 0
        return n_own + sum(_n_results(each) for key, each in value.items() if key != "measResults")
    return sum(map(_n_results, value)) if isinstance(value, list) else 0


def table(data: bytes, separator: str) -> int | None:
    """Records of a table with something beside their first cell, by Python's csv."""
    try:
        records = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator))
    except (csv.Error, UnicodeDecodeError):
        return None
    return sum(any(cell.strip() for cell in record[1:]) for record in records[1:])


def netconf(data: bytes) -> int | None:
    """Leaves with text that are no keys."""
    root = _parsed(data)
    if root is None:
        return None
    leaves = (each for each in root.iter() if (each.text or "").strip() and not len(each))
    return sum(not _local(each.tag).lower().endswith("id") for each in leaves)


def yang_json(data: bytes) -> int | None:
    """Values that are no keys."""
    try:
        return _n_leaves(json.loads(data), "")
    except ValueError:
        return None


def _n_leaves(value: object, name: str) -> int:
    if isinstance(value, dict):
        return sum(_n_leaves(each, key) for key, each in value.items())
    if isinstance(value, list):
        return sum(_n_leaves(each, name) for each in value)
    return not name.lower().endswith("id")


def _parsed(data: bytes) -> ElementTree.Element | None:
    data = data.replace(b'<!DOCTYPE mdc SYSTEM "MeasDataCollection.dtd">', b"")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
