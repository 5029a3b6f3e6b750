"""A file to load and its bytes, read as a stream, so that memory stays bounded."""

import asyncio
import gzip
import io
import tarfile
import time
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from elex_browser.errors import (
    ElexError,
    SerializationError,
    StoppedError,
    StorageError,
    ValidationError,
)

CHUNK_BYTES = 1 << 16
_DAMAGE = (EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError)
MAX_PLAIN_BYTES = 4 << 30
# A page stays lively when its worker answers within a frame or two.
SLICE_S = 0.02
Watch = Callable[[int, int], bool]
"""Told of bytes done and in all; False stops the work."""


class DamagedFileError(SerializationError):
    """A file that cannot be read on from a line; 0 where the line is not known."""

    def __init__(self, line: int, problem: str) -> None:
        self.line = line
        super().__init__(problem, "Fetch the file again; what was loaded before is unchanged")


class Source(NamedTuple):
    """A file to load: its name, its bytes with random access, and how many they are."""

    name: str
    file: BinaryIO
    size: int
    is_ours: bool = False

    @classmethod
    def of(cls, file: bytes | str | Path | BinaryIO, name: str | None = None) -> "Source":
        """Take bytes, a path or an open binary file.

        Raises:
            StorageError: the path cannot be opened.
        """
        if isinstance(file, bytes):
            return cls(name or "file", io.BytesIO(file), len(file))
        if isinstance(file, str | Path):
            try:
                opened = Path(file).open("rb")  # noqa: SIM115  # closed by close()
            except OSError as exc:
                raise StorageError(f"{file} cannot be opened: {exc}", "Check the path") from exc
            return cls(name or Path(file).name, opened, Path(file).stat().st_size, is_ours=True)
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        return cls(name or Path(str(getattr(file, "name", "file"))).name, file, size)

    def close(self) -> None:
        """Close a file that was opened here; one that was handed in stays open."""
        if self.is_ours:
            self.file.close()


class Part(NamedTuple):
    """One plain file within a source, or why it cannot be opened."""

    name: str
    stream: BinaryIO
    problem: ElexError | None = None


async def chunks(part: Part, source: Source, watch: Watch | None) -> AsyncIterator[bytes]:
    """Yield the bytes of a part; others get their turn meanwhile.

    Raises:
        ElexError: the part's own problem.
        DamagedFileError: a compressed file that is cut short or damaged.
        StoppedError: `watch` stopped it.
        ValidationError: more bytes than can be loaded.
    """
    if part.problem:
        raise part.problem
    n_read, began = 0, time.perf_counter()
    for data in _pieces(part):
        n_read += len(data)
        if n_read > MAX_PLAIN_BYTES:
            problem = f"{part.name} holds more than {MAX_PLAIN_BYTES >> 30} GiB"
            raise ValidationError(problem, "Load the files of fewer nodes at once")
        yield data
        if time.perf_counter() - began > SLICE_S:
            tell(source, watch)
            await asyncio.sleep(0)
            began = time.perf_counter()


def tell(source: Source, watch: Watch | None) -> None:
    """Report how far the source was read.

    Raises:
        StoppedError: `watch` stopped it.
    """
    done = min(source.file.tell(), source.size)
    if watch is not None and not watch(done, source.size):
        fix = "Load the file again when it is wanted; what was loaded before is unchanged"
        raise StoppedError(f"loading {source.name} was stopped", fix)


def _pieces(part: Part) -> Iterator[bytes]:
    """The bytes in large pieces; of a file that is damaged, what comes before the damage."""
    # read() of a compressed file throws away what it has when it meets the damage; read1() does not.
    read = getattr(part.stream, "read1", part.stream.read)
    while True:
        pieces, n_bytes, piece = [], 0, b"-"
        problem: ElexError | None = None
        while piece and n_bytes < CHUNK_BYTES and problem is None:
            try:
                piece = read(CHUNK_BYTES - n_bytes)
            except _DAMAGE as exc:
                piece, problem = b"", _damaged(part.name, exc)
            pieces.append(piece)
            n_bytes += len(piece)
        if n_bytes:
            yield b"".join(pieces)
        if problem is not None:
            raise problem
        if not piece:
            return


def _damaged(name: str, exc: Exception) -> ElexError:
    is_packed = not isinstance(exc, OSError) or isinstance(exc, gzip.BadGzipFile)
    if is_packed:
        return DamagedFileError(0, f"{name} is damaged or cut short: {exc}")
    fix = "Choose the file again; it may have been moved or changed meanwhile"
    return StorageError(f"{name} could not be read: {exc}", fix)
