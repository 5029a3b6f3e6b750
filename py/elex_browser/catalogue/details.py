"""Details of one feature, read on first use: parameters, counters, events, packages, releases.

One file per category holds one JSON object a line. A feature's line is found by its first key and only
that line is decoded. Identifiers are found by scanning the same text: at 730 kB a scan costs less than
keeping a second index would.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.ran.codes import FajCode

ParameterRole = Literal["introduced", "affecting", "affected", "referenced", "unstated"]
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
PARAMETER_ROLES: tuple[ParameterRole, ...] = get_args(ParameterRole)


class Parameter(msgspec.Struct, frozen=True):
    """An attribute of an MO class and what the feature has to do with it."""

    mo_class: str
    attribute: str
    relation: ParameterRole


class Counter(msgspec.Struct, frozen=True):
    """A counter; `mo_class` is empty where the documentation names none."""

    mo_class: str
    name: str


class IdentifierUse(msgspec.Struct, frozen=True):
    """A feature that documents an identifier, in which MO class (lower case, "" if none), and as what."""

    faj: FajCode
    mo_class: str
    role: Literal[
        "introduced", "affecting", "affected", "referenced", "unstated", "counter", "event", "mo"
    ]


class FeatureDetails(msgspec.Struct, frozen=True):
    """What the catalogue knows of one feature beyond the index.

    Attributes:
        packages: code to name of the value packages it is sold in.
        releases: those whose notes mention it.
        parameters: MO class to relation to attributes.
        counters: MO class ("" where none is given) to counters.
    """

    faj: FajCode
    packages: dict[str, str] = {}
    releases: tuple[str, ...] = ()
    parameters: dict[str, dict[ParameterRole, tuple[str, ...]]] = {}
    counters: dict[str, tuple[str, ...]] = {}
    events: tuple[str, ...] = ()

    def parameter_list(self) -> list[Parameter]:
        """All parameters, those that the feature introduces first."""
        return [
            Parameter(mo_class, attribute, relation)
            for relation in PARAMETER_ROLES
            for mo_class, by_relation in self.parameters.items()
            for attribute in by_relation.get(relation, ())
        ]

    def counter_list(self) -> list[Counter]:
        """All counters by MO class."""
        return [
            Counter(mo_class, name) for mo_class, names in self.counters.items() for name in names
        ]


class Details:
    """Reads category files once and features one by one."""

    def __init__(self) -> None:
        self._text: dict[str, bytes] = {}
        self._lower: dict[str, bytes] = {}
        self._read: dict[FajCode, FeatureDetails] = {}
        self._decode = msgspec.json.Decoder(FeatureDetails).decode

    def of(self, faj: FajCode, category: str) -> FeatureDetails:
        """The details of a feature; it must exist in this category."""
        details = self._read.get(faj)
        if details is None:
            text = self._category(category)
            start = text.index(f'{{"faj":"{faj}"'.encode())
            details = self._read[faj] = self._decode(text[start : text.index(b"\n", start)])
        return details

    def users_of(self, identifier: str, categories: Iterable[str]) -> list[IdentifierUse]:
        """The features that document an identifier, in any case, in the order of categories and codes."""
        if not _IDENTIFIER.fullmatch(identifier):
            return []
        quoted = f'"{identifier.lower()}"'.encode()
        uses: dict[IdentifierUse, None] = {}
        for category in categories:
            text = self._lower_category(category)
            at = text.find(quoted)
            while at >= 0:
                use = _use_at(text, at, at + len(quoted))
                if use is not None:
                    uses[use] = None
                at = text.find(quoted, at + len(quoted))
        return list(uses)

    def _category(self, category: str) -> bytes:
        text = self._text.get(category)
        if text is None:
            text = self._text[category] = read_bytes(
                f"catalogue/data/details/{slug(category)}.jsonl"
            )
        return text

    def _lower_category(self, category: str) -> bytes:
        text = self._lower.get(category)
        if text is None:
            text = self._lower[category] = self._category(category).lower()
        return text


def slug(category: str) -> str:
    """The file name of a category: "NR/5G" is "nr-5g", "Voice & IMS" is "voice-and-ims"."""
    return re.sub(r"[^a-z0-9]+", "-", category.lower().replace("&", "and")).strip("-")


def _use_at(text: bytes, start: int, end: int) -> IdentifierUse | None:
    """What the quoted string at `start` is in its line; None for a key of the schema."""
    line = text.rfind(b"\n", 0, start) + 1
    faj = FajCode(text[line + 8 : text.index(b'"', line + 8)].decode().upper())
    if text[end : end + 1] == b":":
        # The next character tells an MO class (an object or a list of names) from a text such as the code.
        mo_class = text[start + 1 : end - 1].decode()
        is_mo = text[end + 1 : end + 2] in b"{[" and mo_class not in _SCHEMA_KEYS
        return IdentifierUse(faj, mo_class, "mo") if is_mo else None
    opening = text.rfind(b'":[', line, start)
    if opening < 0 or text.find(b"]", opening, start) >= 0:
        return None
    key = _key_before(text, line, opening)
    if key in PARAMETER_ROLES:
        return IdentifierUse(faj, _key_before(text, line, text.rfind(b'":{', line, opening)), key)
    if key == "releases":
        return None
    return (
        IdentifierUse(faj, "", "event") if key == "events" else IdentifierUse(faj, key, "counter")
    )


def _key_before(text: bytes, line: int, colon: int) -> str:
    """The key whose closing quote is at `colon`."""
    return text[text.rfind(b'"', line, colon) + 1 : colon].decode()


_SCHEMA_KEYS = {"faj", "packages", "releases", "parameters", "counters", "events", *PARAMETER_ROLES}
