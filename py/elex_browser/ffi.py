"""The one door to JavaScript: only this file imports `js`, `pyodide.ffi` or `elex_host`."""

import ctypes
import io
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

import msgspec
import numpy as np
from numpy.typing import NDArray
from pyodide.ffi import JsException, to_js  # type: ignore[import-not-found]

from elex_browser.errors import CODES, StorageError, UnexpectedError, error_of
from elex_browser.storage.indexeddb import StoredChanges
from elex_browser.storage.seal import StoredRecord


def host() -> Any:
    """Return what the worker registered: an object with `kernels` and `storage`."""
    # Here and not above: the worker registers it before the first call, not before the import.
    import elex_host  # type: ignore[import-not-found]

    return elex_host


def host_part(name: str) -> Any | None:
    """Return a part of what the worker registered; None where it is not there, as in pages of others."""
    try:
        return getattr(host(), name, None) or None
    except ModuleNotFoundError:
        return None


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a JavaScript function; what it throws comes out as an ElexError.

    Arrays among the arguments are lent: JavaScript takes their buffer and releases it in the call.
    """
    try:
        return function(*arguments)
    except JsException as exc:
        raise_translated(exc)


def raise_translated(exc: JsException) -> NoReturn:
    """Raise ours from a JavaScript error; its code counts only when it is one of ours.

    A DOMException has a numeric `code`, which means something else.
    """
    code = getattr(exc, "code", None)
    if isinstance(code, str) and code in CODES:
        kind = getattr(exc, "kind", None)
        known = kind if isinstance(kind, str) else None
        raise error_of(code, str(exc.problem), str(exc.fix), known) from exc
    raise UnexpectedError(f"{exc.name}: {exc.message}", "Reload the page and try again") from exc


def array(typed_array: Any) -> NDArray[Any]:
    """Copy a JavaScript typed array into a NumPy array of the same numbers."""
    return np.asarray(typed_array.to_py())


def on_heap(kernels: Any) -> Any:
    """Return the host's kernels in the form that takes addresses in the interpreter's memory."""
    import pyodide_js  # type: ignore[import-not-found]

    return kernels.onHeap(pyodide_js._module)


def address(array: NDArray[Any]) -> int:
    """Return where an array begins in the interpreter's memory; it must be kept alive meanwhile."""
    try:
        # A third of the time that NumPy takes to describe the array.
        return ctypes.addressof(ctypes.c_char.from_buffer(array.data))
    except (TypeError, ValueError):  # read-only, or without numbers
        return int(array.__array_interface__["data"][0])


class lent:
    """Addresses of arrays without gaps, for the block of a `with`, which keeps the arrays alive.

    A misaligned array, which no typed array could show, is lent as a copy.
    """

    def __init__(self, *arrays: NDArray[Any]) -> None:
        self._arrays = arrays
        self._copies: list[NDArray[Any]] = []

    def __enter__(self) -> list[int]:
        found = [address(array) for array in self._arrays]
        for at, array in enumerate(self._arrays):
            if found[at] % array.itemsize:
                copy = array.copy()
                self._copies.append(copy)
                found[at] = address(copy)
        return found

    def __exit__(self, *exc: object) -> None:
        self._copies.clear()


def heap_bytes() -> int:
    """Return the size of the interpreter's own WebAssembly memory."""
    import pyodide_js

    return int(pyodide_js._module.HEAPU8.byteLength)


class HostFile(io.RawIOBase):
    """A file that the user chose, read piece by piece; the host has its bytes."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._size = int(file.size)
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Return where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an offset from the start, from here, or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = min(max(base + offset, 0), self._size)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Copy bytes into a buffer and return how many.

        Raises:
            StorageError: the browser cannot read the file any more.
        """
        n = min(len(buffer), self._size - self._at)
        if n == 0:
            return 0
        try:
            piece = self._file.read(self._at, self._at + n)
        except JsException as exc:
            problem = f"{self._file.name} could not be read: {exc.name}: {exc.message}"
            fix = "Choose the file again; it may have been moved or changed meanwhile"
            raise StorageError(problem, fix) from exc
        piece.assign_to(memoryview(buffer)[:n])
        self._at += n
        return n


class StorageBridge:
    """The host's storage with Python types: records go out as plain objects and come in as copies."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage

    async def get(self, kind: str, key: str) -> StoredRecord | None:
        """Return one stored record."""
        found = await self._settle(lambda: self._storage.get(kind, key))
        return None if not found else _stored_record(found)

    async def load(self, kind: str) -> list[StoredRecord]:
        """Return all stored records of a kind."""
        return [_stored_record(one) for one in await self._settle(lambda: self._storage.load(kind))]

    async def write(self, changes: list[StoredChanges]) -> None:
        """Make all changes in one transaction; return after its commit."""
        sent = plain([msgspec.to_builtins(of, builtin_types=(bytes,)) for of in changes])
        await self._settle(lambda: self._storage.write(sent))

    async def usage(self) -> tuple[int, int, bool]:
        """Return (records, payload bytes, whether the browser promised to keep them)."""
        found = await self._settle(lambda: self._storage.usage())
        return int(found.records), int(found.payloadBytes), bool(found.persistent)

    async def close(self) -> None:
        """Close the database."""
        await self._settle(lambda: self._storage.close())

    async def _settle(self, work: Callable[[], Awaitable[Any]]) -> Any:
        """Wait for the host; what the browser refuses is an IO_ERROR."""
        try:
            return await work()
        except JsException as exc:
            if getattr(exc, "code", None) in CODES:
                raise_translated(exc)
            problem = f"the browser's storage failed with {exc.name}: {exc.message}"
            fix = "Free some disk space or allow this site to keep data, then try again"
            raise StorageError(problem, fix) from exc


def plain(value: Any) -> Any:
    """Copy to JavaScript: plain objects, typed arrays for bytes, and no hidden proxies."""
    import js  # type: ignore[import-not-found]

    return to_js(value, dict_converter=js.Object.fromEntries, create_pyproxies=False)


def _stored_record(found: Any) -> StoredRecord:
    return StoredRecord(
        key=str(found.key),
        schema_version=int(found.schemaVersion),
        generation=int(found.generation),
        payload=found.payload.to_bytes(),
        sha256=found.sha256.to_bytes(),
    )
