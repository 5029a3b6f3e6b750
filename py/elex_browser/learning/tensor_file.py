"""Reads and writes the safetensors format: named arrays and text metadata, nothing executable.

Layout (safetensors format description, version of 2023): u64 little-endian header length, JSON
header, then the arrays back to back. The format has no checksum, so the metadata carries one of
ours.
"""

import hashlib
import math
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import ElexError, SerializationError
from elex_browser.text.json_depth import check_depth

DTYPES: dict[str, str] = {"F32": "<f4", "F64": "<f8", "U8": "|u1", "U16": "<u2", "U32": "<u4"}
MAX_HEADER_BYTES = 1 << 20
_NAMES = {dtype: name for name, dtype in DTYPES.items()}
_METADATA = "__metadata__"
_DIGEST = "sha256"

Tensors = dict[str, NDArray[Any]]


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


def encode(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """Return the file's bytes; equal input gives equal bytes."""
    header: dict[str, object] = {}
    parts: list[bytes] = []
    end = 0
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name])
        part = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
        start, end = end, end + len(part)
        dtype = _NAMES[array.dtype.newbyteorder("<").str]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [start, end]}
        parts.append(part)
    checked = dict(sorted(metadata.items()))
    checked[_DIGEST] = _digest(tensors, metadata)
    text = msgspec.json.encode({_METADATA: checked, **header})
    text += b" " * (-len(text) % 8)  # arrays start aligned, as the format recommends
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def decode(data: bytes) -> tuple[Tensors, dict[str, str]]:
    """Return (arrays, metadata without the checksum); the arrays are read-only views of `data`.

    Raises:
        SerializationError: anything about the bytes is not exactly as written.
    """
    if len(data) < 8:
        raise _damage(f"{len(data)} bytes are too few for a safetensors file")
    length = int.from_bytes(data[:8], "little")
    if length > MAX_HEADER_BYTES or 8 + length > len(data):
        raise _damage(f"the header claims {length} bytes of {len(data)}")
    metadata, entries = _decode_header(data[8 : 8 + length])
    body = memoryview(data)[8 + length :]
    _check_layout(entries, len(body))
    tensors = {name: _array(name, entry, body) for name, entry in entries.items()}
    if metadata.pop(_DIGEST, "") != _digest(tensors, metadata):
        raise _damage("the checksum does not fit the content")
    return tensors, metadata


def _decode_header(text: bytes) -> tuple[dict[str, str], dict[str, _Entry]]:
    try:
        check_depth(text, 4)
        raw = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        metadata = msgspec.json.decode(raw.pop(_METADATA, b"{}"), type=dict[str, str])
        entries = {
            name: msgspec.json.decode(entry, type=_Entry, strict=True)
            for name, entry in raw.items()
        }
    except (msgspec.DecodeError, UnicodeDecodeError, ElexError) as exc:
        raise _damage(f"the header cannot be read ({exc})") from exc
    return metadata, entries


def _check_layout(entries: dict[str, _Entry], size: int) -> None:
    """Every byte of the body belongs to exactly one array."""
    end = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
        if entry.dtype not in DTYPES:
            raise _damage(f"array {name!r} has the unknown type {entry.dtype!r}")
        if any(length < 0 for length in entry.shape):
            raise _damage(f"array {name!r} has the shape {entry.shape}")
        n_bytes = math.prod(entry.shape) * np.dtype(DTYPES[entry.dtype]).itemsize
        if entry.data_offsets != (end, end + n_bytes):
            raise _damage(
                f"array {name!r} lies at {entry.data_offsets}, expected {(end, end + n_bytes)}"
            )
        end += n_bytes
    if end != size:
        raise _damage(f"the arrays take {end} bytes of {size}")


def _array(name: str, entry: _Entry, body: memoryview) -> NDArray[Any]:
    start, end = entry.data_offsets
    try:
        return np.frombuffer(body[start:end], DTYPES[entry.dtype]).reshape(entry.shape)
    except ValueError as exc:
        raise _damage(f"array {name!r} cannot have the shape {entry.shape}") from exc


def _digest(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> str:
    """SHA-256 over content, independent of the order in which a writer laid it out."""
    digest = hashlib.sha256()
    for key, value in sorted(metadata.items()):
        digest.update(msgspec.json.encode([key, value]))
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name])
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        digest.update(msgspec.json.encode([name, little.dtype.str, list(array.shape)]))
        digest.update(little.tobytes())
    return digest.hexdigest()


def _damage(problem: str) -> SerializationError:
    return SerializationError(
        f"this is no sound Q-table file: {problem}", "Export the table again and use that file"
    )
