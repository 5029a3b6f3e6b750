"""Product codes of RAN features: FAJ (what is sold) and CXC (what is activated).

A FAJ code is a product group of three digits and a number of three or four: "FAJ 121 3094", written in
the field as FAJ1213094, "faj 121-3094", "121 3094" or "FAJ 121 3094/1". A CXC code is "CXC" and seven
digits, also written "CXC 401 1808". Revision suffixes (/1, /R2A) name an issue of the same product and
are dropped.
"""

import re
from typing import Literal, NewType

import msgspec

from elex_browser.errors import ValidationError

FajCode = NewType("FajCode", str)
CxcCode = NewType("CxcCode", str)

RAN_GROUP = "121"
"""The product group of RAN features: the only one that is understood without the letters FAJ."""

# Typographic dashes and spaces come in with text pasted from documents; ASCII digits only, because
# `\d` would also take digits of other scripts that int() and the catalogue do not share.
_GAP = r"[\s_\-\u2010-\u2015:]{0,3}"
_SUFFIX = r"(?:\s?/\s?(?:[0-9]{1,2}|R[0-9]{1,2}[A-Z]{0,2})(?![0-9A-Z]))?"
_FAJ = rf"FAJ{_GAP}(?P<group>[0-9]{{3}})[\s_\-\u2010-\u2015/.]{{0,2}}(?P<number>[0-9]{{3,4}})"
_BARE_FAJ = rf"{RAN_GROUP}[\s_\-\u2010-\u2015]{{0,2}}(?P<bare>[0-9]{{4}})"
_CXC = rf"CXC{_GAP}(?P<cxc>[0-9]{{3}}[\s_\-\u2010-\u2015]?[0-9]{{4}})"

# Before a code no letter, digit or decimal point may stand, else it is the tail of something longer.
_CODE = re.compile(rf"(?<![0-9A-Z.])(?:{_FAJ}|{_CXC}|{_BARE_FAJ}){_SUFFIX}(?![0-9])", re.IGNORECASE)
_SHORT = re.compile(r"[0-9]{4}")
_NOT_DIGIT = re.compile(r"[^0-9]")


class FoundCode(msgspec.Struct, frozen=True):
    """A code in a text: its kind, its normal spelling, and where it stands."""

    kind: Literal["faj", "cxc"]
    code: str
    start: int
    end: int


def faj(number: str, group: str = RAN_GROUP) -> FajCode:
    """The normal spelling, "FAJ 121 3094"."""
    return FajCode(f"FAJ {group} {number}")


def agent_id(code: FajCode) -> str:
    """The id of a feature's agent: "faj-121-3094"."""
    return code.lower().replace(" ", "-")


def find_codes(text: str) -> list[FoundCode]:
    """Every FAJ and CXC code in `text`, in the order of the text, repetitions included."""
    return [_found(match) for match in _CODE.finditer(text)]


def parse_faj(text: str, *, short: bool = False) -> FajCode:
    """The one FAJ code that `text` consists of; with `short`, four bare digits are one too.

    Raises:
        ValidationError: the text is not exactly one FAJ code.
    """
    stripped = text.strip()
    if short and _SHORT.fullmatch(stripped):
        return faj(stripped)
    match = _CODE.fullmatch(stripped)
    if match is None or match["cxc"] is not None:
        problem = f"{_excerpt(text)} is not a FAJ code"
        raise ValidationError(problem, "Write it as FAJ 121 3094")
    return FajCode(_found(match).code)


def parse_cxc(text: str) -> CxcCode:
    """The one CXC code that `text` consists of.

    Raises:
        ValidationError: the text is not exactly one CXC code.
    """
    match = _CODE.fullmatch(text.strip())
    if match is None or match["cxc"] is None:
        problem = f"{_excerpt(text)} is not a CXC code"
        raise ValidationError(problem, "Write it as CXC4011808")
    return CxcCode(_found(match).code)


def _found(match: re.Match[str]) -> FoundCode:
    start, end = match.span()
    if match["cxc"] is not None:
        return FoundCode("cxc", "CXC" + _NOT_DIGIT.sub("", match["cxc"]), start, end)
    if match["bare"] is not None:
        return FoundCode("faj", faj(match["bare"]), start, end)
    return FoundCode("faj", faj(match["number"], match["group"]), start, end)


def _excerpt(text: str) -> str:
    """A quoted beginning of a text, short enough for a message."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    return repr(shown)
