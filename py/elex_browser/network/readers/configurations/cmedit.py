"""The text that ENM's `cmedit get` prints: an "FDN : name" line, then "attribute : value" lines.

Lists are written [1, 2] and structs {a=1, b=2}; both may hold each other. What stands before the first
name (the command) or beside the objects (the count at the end) is no value.
"""

import re

from elex_browser.network.intake import Intake
from elex_browser.network.readers.syntax.text_decoding import Lines
from elex_browser.network.readers.syntax.value_text import Values, leaves
from elex_browser.protocol import PlannedOperation

_PAIR = re.compile(r"\s*([A-Za-z_][\w.-]*)\s*:(?:\s(.*))?")
COUNT = re.compile(r"\s*\d+ instance\(s\).*")


class CmeditReader:
    """Fills a configuration from the bytes of one text."""

    def __init__(self, intake: Intake, head: bytes) -> None:
        self._intake = intake
        self._lines = Lines(head)
        self._dn: str | None = None
        self._begin = 0
        self._values: Values = []
        self.operation: PlannedOperation | None = None

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            DamagedFileError: a line longer than any real one.
        """
        for line in self._lines.feed(data):
            self.take(line)

    def close(self) -> None:
        """Tell that the text ends here."""
        for line in self._lines.rest():
            self.take(line)
        self.store()

    def break_off(self) -> None:
        """Keep what is complete: the line at hand is not."""
        self.store()

    def take(self, line: str) -> None:
        """Take one line."""
        match = _PAIR.fullmatch(line)
        if match and match[1].upper() == "FDN":
            self.store()
            self._dn = (match[2] or "").strip()
            self._begin = self._lines.number
        elif not line.strip() or COUNT.fullmatch(line):
            return
        elif match is None:
            if self._dn is not None:
                self.reject(f"{line.strip()[:80]!r} is no attribute")
        elif self._dn is not None:
            self._values += leaves(match[1], (match[2] or "").strip())
        elif self._lines.number > 1:
            self.reject(f"{match[1]} belongs to no FDN")

    def reject(self, reason: str, count: int = 1) -> None:
        """Reject what stands in the present line."""
        self._intake.reject(self._lines.number, reason, count)

    def store(self) -> None:
        """Keep the values of the object that ends here."""
        dn, values = self._dn, self._values
        self._dn, self._values = None, []
        if dn is None:
            return
        number = self._intake.number_of(self._begin, dn, len(values))
        if number is not None:
            self._intake.take(number, values, self.operation)
