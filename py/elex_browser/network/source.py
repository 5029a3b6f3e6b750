"""Files as they come: plain, gzip (RFC 1952) or zip, read as a stream, so that memory stays bounded.

A zip may hold many files, and gzip files among them.
"""

import asyncio
import gzip
import io
import time
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from elex_browser.errors import (
    SerializationError,
    StoppedError,
    StorageError,
    UnsupportedError,
    ValidationError,
)

CHUNK_BYTES = 1 << 16
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
MAX_PLAIN_BYTES = 4 << 30
MAX_PARTS = 100_000
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
    """One plain file within a source."""

    name: str
    stream: BinaryIO


def parts(source: Source) -> Iterator[Part]:
    """Open what a source holds, one after the other.

    Raises:
        DamagedFileError: the zip's directory cannot be read.
        UnsupportedError: an encrypted zip, or one with too many files.
    """
    head = source.file.read(4)
    source.file.seek(0)
    if not head.startswith(_ZIP):
        yield _unwrapped(source.name, source.file)
        return
    try:
        archive = zipfile.ZipFile(source.file)
    except (zipfile.BadZipFile, OSError, ValueError) as exc:
        raise DamagedFileError(0, f"{source.name} is a damaged zip file: {exc}") from exc
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_PARTS:
        problem = f"{source.name} holds {len(entries)} files"
        raise UnsupportedError(problem, f"Load at most {MAX_PARTS} files in one zip")
    for entry in entries:
        name = entry.filename if len(entries) > 1 else source.name
        try:
            yield _unwrapped(name, cast(BinaryIO, archive.open(entry)))
        except (RuntimeError, NotImplementedError) as exc:
            fix = "Unpack the zip and load its files"
            raise UnsupportedError(f"{entry.filename} in {source.name}: {exc}", fix) from exc
        except (zipfile.BadZipFile, OSError, zlib.error) as exc:
            problem = f"{entry.filename} in {source.name} is damaged: {exc}"
            raise DamagedFileError(0, problem) from exc


def _unwrapped(name: str, stream: BinaryIO) -> Part:
    head = stream.read(2)
    stream.seek(0)
    return Part(name, cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if head == _GZIP else stream)


async def chunks(part: Part, source: Source, watch: Watch | None) -> AsyncIterator[bytes]:
    """Yield the bytes of a part; others get their turn meanwhile.

    Raises:
        DamagedFileError: a compressed file that is cut short or damaged.
        StoppedError: `watch` stopped it.
        ValidationError: more bytes than can be loaded.
    """
    n_read, began = 0, time.perf_counter()
    while data := _read(part):
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


def _read(part: Part) -> bytes:
    try:
        return part.stream.read(CHUNK_BYTES)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as exc:
        raise DamagedFileError(0, f"{part.name} is damaged or cut short: {exc}") from exc
    except OSError as exc:
        fix = "Choose the file again; it may have been moved or changed meanwhile"
        raise StorageError(f"{part.name} could not be read: {exc}", fix) from exc
