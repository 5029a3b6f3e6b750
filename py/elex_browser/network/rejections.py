"""What could not be taken: an entry for each value up to a limit, and the number of all."""

from typing import NamedTuple, Protocol

from elex_browser.protocol import FileRejected, Rejected

MAX_ENTRIES = 10_000
_REASON_LENGTH = 500


class Reject(Protocol):
    """Counts values that cannot be taken; a count of 0 only tells of a place."""

    def __call__(self, line: int, reason: str, count: int = 1) -> None: ...


class Entry(NamedTuple):
    """One value that could not be taken, or with 0 only a place that is told of."""

    file: str
    line: int
    reason: str
    n_values: int


class Rejections:
    """Entries in the order in which they came.

    Attributes:
        n_values: how many values all of them stand for, also those that are not listed.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._n_unlisted = 0
        self.n_values = 0

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def first(self) -> Entry:
        """The first of them; there is one."""
        return self._entries[0]

    def add(self, line: int, reason: str, count: int = 1, file: str = "") -> None:
        """Note values that cannot be taken, or with a count of 0 a place that is only told of."""
        self.n_values += count
        room = MAX_ENTRIES - len(self._entries)
        entry = Entry(file, line, reason[:_REASON_LENGTH], min(count, 1))
        n_listed = min(max(count, 1), room)
        self._entries += [entry] * n_listed
        self._n_unlisted += max(count - n_listed, 0)

    def entries(self) -> list[Entry]:
        """Return the entries; the last one stands for all that are not listed."""
        if not self._n_unlisted:
            return self._entries
        reason = f"more values could not be taken than the first {MAX_ENTRIES}, which are listed"
        return [*self._entries, Entry("", 0, reason, self._n_unlisted)]

    def rejected(self) -> list[Rejected]:
        """Return them as they cross."""
        return [Rejected(line=e.line, reason=e.reason, count=e.n_values) for e in self.entries()]

    def of_files(self) -> list[FileRejected]:
        """Return them as they cross, with the file of each."""
        return [
            FileRejected(file=e.file, line=e.line, reason=e.reason, count=e.n_values)
            for e in self.entries()
        ]
