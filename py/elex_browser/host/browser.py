"""A browser's worker as a host: what JavaScript registered, which is the Rust kernels and IndexedDB."""

import io
from typing import Any, BinaryIO, Literal, cast

from elex_browser import ffi
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.kernels.wasm import WasmKernels
from elex_browser.network.source import Source
from elex_browser.storage.base import Store
from elex_browser.storage.indexeddb import IndexedDbStore
from elex_browser.storage.memory import MemoryStore

FILE_BUFFER_BYTES = 1 << 18


class BrowserHost:
    """See `Host`."""

    def kernels(self) -> Kernels:
        """Return the Rust kernels, or NumPy's in a page that brings none."""
        kernels = ffi.host_part("kernels")
        return WasmKernels(kernels) if kernels is not None else ReferenceKernels()

    def store(self, kind: Literal["indexeddb", "memory"]) -> Store:
        """Return IndexedDB, or memory where that was asked for or the page brings no storage."""
        storage = ffi.host_part("storage")
        if kind == "memory" or storage is None:
            return MemoryStore()
        return IndexedDbStore(ffi.StorageBridge(storage))

    def source(self, file: Any) -> Source:
        """Return a file of the host, an object with `name`, `size` and `read(begin, end)`, as a source."""
        if isinstance(file, Source):
            return file
        buffered = io.BufferedReader(ffi.HostFile(file), FILE_BUFFER_BYTES)
        return Source.of(cast(BinaryIO, buffered), str(file.name))

    def heap_bytes(self) -> int:
        """Return the size of Python's WebAssembly memory."""
        return ffi.heap_bytes()
