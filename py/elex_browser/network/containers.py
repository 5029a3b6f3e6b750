"""Files within files: gzip (RFC 1952), zip and tar, and gzip files among what those hold.

A part that cannot be opened is yielded with its problem, so that the others are still read.
"""

import contextlib
import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from elex_browser.errors import ElexError, UnsupportedError
from elex_browser.network.source import DamagedFileError, Part, Source

MAX_PARTS = 100_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_TAR, _TAR_PLACE = b"ustar", 257
_HEAD_BYTES = 512
# Where the first entry of a zip file has this name, it is a document of an office program.
_OFFICE = b"[Content_Types].xml"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNPACK = "Unpack it and load its files"
_UNREADABLE = (EOFError, OSError, zlib.error, zipfile.BadZipFile)
_DAMAGE = (*_UNREADABLE, ValueError, tarfile.TarError)


def parts(source: Source) -> Iterator[Part]:
    """Open what a source holds, one after the other.

    Raises:
        DamagedFileError: the directory of a zip or tar cannot be read.
        UnsupportedError: there are too many files in it.
    """
    whole = _unwrapped(source.name, source.file)
    head = _head(whole.stream)
    if _is_zip(head):
        yield from _zipped(source.name, whole.stream)
    elif _is_tar(head):
        yield from _tarred(source.name, whole.stream)
    else:
        yield whole


def _zipped(source: str, stream: BinaryIO) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(stream)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (*_DAMAGE, NotImplementedError) as exc:
        raise DamagedFileError(0, f"{source} is a damaged zip file: {exc}") from exc
    _check_count(source, len(entries))
    for entry in entries:
        name = entry.filename if len(entries) > 1 else source
        told = f"{entry.filename} in {source}"
        try:
            if entry.compress_type not in _METHODS:
                raise NotImplementedError("packed by a method that is not read")
            part = _inner(name, told, cast(BinaryIO, archive.open(entry)))
        except (RuntimeError, NotImplementedError) as exc:  # encrypted, or packed in another way
            part = _refused(name, UnsupportedError(f"{told}: {exc}", _UNPACK))
        except _DAMAGE as exc:
            part = _refused(name, DamagedFileError(0, f"{told} is damaged: {exc}"))
        yield part


def _tarred(source: str, stream: BinaryIO) -> Iterator[Part]:
    try:
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            for n_before, entry in enumerate(archive):
                _check_count(source, n_before + 1)
                member = archive.extractfile(entry) if entry.isfile() else None
                if member is not None:
                    yield _inner(entry.name, f"{entry.name} in {source}", cast(BinaryIO, member))
    except _DAMAGE as exc:
        raise DamagedFileError(0, f"{source} is a damaged tar file: {exc}") from exc


def _check_count(source: str, n_parts: int) -> None:
    if n_parts > MAX_PARTS:
        problem = f"{source} holds more than {MAX_PARTS} files"
        raise UnsupportedError(problem, f"Load at most {MAX_PARTS} files in one archive")


def _inner(name: str, told: str, stream: BinaryIO) -> Part:
    """A file of a container; one that is a container itself is refused."""
    part = _unwrapped(name, stream)
    head = _head(part.stream)
    if _is_zip(head) or _is_tar(head):
        problem = f"{told} is an archive within an archive"
        return _refused(name, UnsupportedError(problem, _UNPACK))
    return part


def _refused(name: str, problem: ElexError) -> Part:
    return Part(name, io.BytesIO(), problem)


def _is_zip(head: bytes) -> bool:
    return head.startswith(_ZIP) and _OFFICE not in head


def _is_tar(head: bytes) -> bool:
    return head[_TAR_PLACE:].startswith(_TAR)


def _unwrapped(name: str, stream: BinaryIO) -> Part:
    is_packed = _head(stream).startswith(_GZIP)
    return Part(name, cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if is_packed else stream)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes; none where they cannot be read, which reading the part will tell of."""
    try:
        head = stream.read(_HEAD_BYTES)
    except _UNREADABLE:
        head = b""
    with contextlib.suppress(*_UNREADABLE):
        stream.seek(0)
    return head
