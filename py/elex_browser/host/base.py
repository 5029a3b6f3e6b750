"""What a host gives: kernels, a store, files of the user, and the size of its heap."""

from typing import Any, Literal, Protocol

from elex_browser.kernels.base import Kernels
from elex_browser.network.source import Source
from elex_browser.storage.base import Store


class Host(Protocol):
    """The surroundings of one process."""

    def kernels(self) -> Kernels:
        """Return the fastest kernels that are there."""
        ...

    def store(self, kind: Literal["indexeddb", "memory"]) -> Store:
        """Return where records are kept; memory where there is nothing that lasts."""
        ...

    def source(self, file: Any) -> Source:
        """Return a file that came with a request in the form in which it is read."""
        ...

    def heap_bytes(self) -> int:
        """Return the size of the interpreter's memory; 0 where it is not bounded by us."""
        ...
