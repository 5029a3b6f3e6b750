"""CPython as a host: NumPy for kernels and memory for a store."""

from typing import Any, Literal

from elex_browser.errors import ValidationError
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.network.source import Source
from elex_browser.storage.base import Store
from elex_browser.storage.memory import MemoryStore


class CPythonHost:
    """See `Host`."""

    def kernels(self) -> Kernels:
        """Return the NumPy kernels."""
        return ReferenceKernels()

    def store(self, kind: Literal["indexeddb", "memory"]) -> Store:
        """Return a store in memory: there is no IndexedDB here."""
        return MemoryStore()

    def source(self, file: Any) -> Source:
        """Return a file that is a `Source` already.

        Raises:
            ValidationError: it is something else.
        """
        if not isinstance(file, Source):
            raise ValidationError(f"a {type(file).__name__} is no file", "Pass a Source")
        return file

    def heap_bytes(self) -> int:
        """Return 0: the heap is not bounded by us."""
        return 0
