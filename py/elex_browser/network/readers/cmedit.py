"""The text that ENM's `cmedit get` prints: an "FDN : name" line, then "attribute : value" lines.

Lists are written [1, 2] and structs {a=1, b=2}; both may hold each other. What stands before the first
name (the command) or beside the objects (the count at the end) is no value.
"""

import codecs
import re
from collections.abc import Iterator

from elex_browser.network.configuration import Configuration
from elex_browser.network.readers.bulk_cm import Taker, Values
from elex_browser.network.readers.csv_table import encoding_of
from elex_browser.network.readers.xml_stream import MAX_DEPTH, MAX_TEXT
from elex_browser.network.source import DamagedFileError

_PAIR = re.compile(r"\s*([A-Za-z_][\w.-]*)\s*:(?:\s(.*))?")
_COUNT = re.compile(r"\s*\d+ instance\(s\).*")
_PAIRS = {"[": "]", "{": "}"}


class CmeditReader:
    """Fills a configuration from the bytes of one text."""

    def __init__(self, configuration: Configuration, check: Taker, head: bytes) -> None:
        self._configuration = configuration
        self._check = check
        self._decode = codecs.getincrementaldecoder(encoding_of(head))("replace")
        self._rest = ""
        self._line = 0
        self._number: int | None = None
        self._values: Values = []

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: a line longer than any real one.
        """
        *lines, self._rest = (self._rest + self._decode.decode(data)).split("\n")
        for line in lines:
            self._take(line)
        if len(self._rest) > MAX_TEXT:
            raise DamagedFileError(self._line + 1, "one line is longer than a megabyte")

    def close(self) -> None:
        """Tell that the text ends here."""
        self._take(self._rest + self._decode.decode(b"", True))
        self._rest = ""
        self._store()

    def _take(self, line: str) -> None:
        self._line += 1
        line = line.rstrip("\r")
        match = _PAIR.fullmatch(line)
        if match and match[1].upper() == "FDN":
            self._store()
            dn = (match[2] or "").strip()
            self._number = self._configuration.object_of(dn) if "=" in dn else None
            if self._number is not None:
                self._configuration.mention(self._number)
        elif not line.strip() or _COUNT.fullmatch(line):
            return
        elif match is None:
            if self._number is not None:
                self._configuration.reject(self._line, f"{line.strip()[:80]!r} is no attribute")
        elif self._number is not None:
            self._values += leaves(match[1], (match[2] or "").strip())
        elif self._line > 1:
            self._configuration.reject(self._line, f"{match[1]} belongs to no FDN")

    def _store(self) -> None:
        """Keep the values of the object that ends here."""
        if self._number is not None and self._values:
            self._configuration.put(self._number, self._values)
            self._check.take(self._number, self._values)
        self._values = []


def leaves(attribute: str, text: str, depth: int = 0) -> Values:
    """Return the values of an attribute: items of lists one by one, members of structs by name."""
    inner = text[1:-1]
    if depth < MAX_DEPTH and text[:1] in _PAIRS and text[-1:] == _PAIRS[text[:1]] and text[1:]:
        parts = list(_split(inner))
        if text.startswith("["):
            return [leaf for part in parts for leaf in leaves(attribute, part, depth + 1)] or [
                (attribute, "")
            ]
        members = [part.partition("=") for part in parts]
        if all(separator and name.strip() for name, separator, _ in members):
            return [
                leaf
                for name, _, value in members
                for leaf in leaves(f"{attribute}.{name.strip()}", value.strip(), depth + 1)
            ] or [(attribute, "")]
    return [(attribute, text)]


def _split(text: str) -> Iterator[str]:
    """The parts between the commas that are in no inner list or struct."""
    depth, begin = 0, 0
    for at, sign in enumerate(text):
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and depth == 0:
            yield text[begin:at].strip()
            begin = at + 1
    if text.strip():
        yield text[begin:].strip()
