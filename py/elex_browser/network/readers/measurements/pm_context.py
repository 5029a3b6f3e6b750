"""What a measurement file says around its results: whose they are, and of which period."""

from elex_browser.network.readers.measurements.pm_periods import NoPeriod, Span, period_of
from elex_browser.network.readers.measurements.pm_roles import Role
from elex_browser.network.times import Given, duration, moment, plain_seconds
from elex_browser.ran.dn import below, has_controls

_MAX_NAMES = 100_000


class NoRow(Exception):
    """Results that cannot be filed, and why."""


class PmContext:
    """Header, footer, element and period of the results at hand.

    Attributes:
        begin, end: of the file, as header and footer give them.
        allows_text: whether results may be texts, as only TS 28.532 has them.
    """

    def __init__(self) -> None:
        self.begin = self.end = Given()
        self.allows_text = False
        self._prefix = self._sender = self._base = ""
        self._info_end = self._info_length = Given()
        self._period: Span | str | None = None
        self._dns: dict[tuple[str, str], str] = {}

    def note(self, role: Role, name: str, attributes: dict[str, str]) -> None:
        """Note what an element says in its attributes."""
        if role is Role.ROOT:
            self.allows_text = name.endswith("measDataFile")
        elif role is Role.HEADER:
            self._prefix = attributes.get("dnPrefix", "")
        elif role is Role.SENDER:
            self._sender = attributes.get("localDn") or attributes.get("senderName", "")
        elif role is Role.COLLECTION:
            if "beginTime" in attributes:
                self.begin = Given.of(attributes["beginTime"], moment)
            if "endTime" in attributes:
                self.end = Given.of(attributes["endTime"], moment)
        elif role is Role.DATA:
            # Without a managed element the sender is the node; one named empty has its objects in full.
            self._base = below(self._prefix, self._sender)
        elif role is Role.ELEMENT:
            self._base = below(self._prefix, attributes.get("localDn", ""))
        elif role is Role.INFO:
            self._info_end, self._info_length, self._period = Given(), Given(), None
        elif role is Role.GRANULARITY:
            self._info_end = Given.of(attributes.get("endTime"), moment)
            self._info_length = Given.of(attributes.get("duration"), duration)
            self._period = None

    def note_text(self, role: Role, text: str) -> None:
        """Note what an element says in its text (TS 32.401)."""
        if role is Role.SENDER_NAME:
            self._sender = text
        elif role is Role.ELEMENT_NAME:
            self._base = below(self._prefix, text)
        elif role is Role.BEGIN:
            self.begin = Given.of(text, moment)
        elif role is Role.END:
            self.end = Given.of(text, moment)
        elif role is Role.PERIOD_END:
            self._info_end, self._period = Given.of(text, moment), None
        elif role is Role.PERIOD_LENGTH:
            self._info_length, self._period = Given.of(text, plain_seconds), None

    def dn(self, ldn: str) -> str:
        """Return the full name of an object.

        Raises:
            NoRow: it has none, or one that no command may carry.
        """
        dn = self._dns.get((self._base, ldn))
        if dn is None:
            dn = below(self._base, ldn)
            if not dn:
                raise NoRow("measValue names no object")
            if has_controls(dn):
                raise NoRow(f"the name {dn[:80]!r} holds control characters")
            if len(self._dns) < _MAX_NAMES:
                self._dns[self._base, ldn] = dn
        return dn

    def span(self) -> Span:
        """Return the period of the measInfo at hand.

        Raises:
            NoRow: it cannot be told.
        """
        if self._period is None:
            try:
                self._period = period_of(self.begin, self._info_end, self._info_length)
            except NoPeriod as exc:
                self._period = str(exc)
        if isinstance(self._period, str):
            raise NoRow(self._period)
        return self._period
