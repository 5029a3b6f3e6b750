"""A vector index as bytes, as Rust writes it (rust-simd/crates/kernels/src/hnsw/bytes.rs): files carry over.

Layout, little endian: magic, version, parameters, state of the generator, number of slots, entry; then
columns, each with its length in bytes before it: ids, vacant slots, levels, vectors, lengths of the lists
and their links; at the end a 64-bit checksum. What scans writes a file without a graph, which the module
builds when it reads one that needs it, and reads past the graph of others.
"""

from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import SerializationError, ValidationError
from elex_browser.kernels.base import F32, U32, IndexParameters
from elex_browser.kernels.check import check_index

MAGIC = b"ELEXHNSW"
VERSION = 2
NOTHING = 0xFFFF_FFFF
UNLINKED = 0xFF
HEADER = np.dtype(
    [
        ("magic", "S8"),
        ("version", "<u4"),
        ("parameters", "<u4", 8),
        ("random", "<u8"),
        ("n_slots", "<u4"),
        ("entry", "<u4"),
    ]
)
WORD = (1 << 64) - 1


class Saved(NamedTuple):
    """The vectors of an index.

    Attributes:
        parameters: what it was made with.
        ids: one for each vector.
        numbers: float32 of length 1, or int8; shape (n, dimensions).
        scales: what `numbers` are to be multiplied by, shape (n,).
    """

    parameters: IndexParameters
    ids: U32
    numbers: NDArray[np.float32] | NDArray[np.int8]
    scales: F32


def encode(saved: Saved) -> bytes:
    """Return the bytes of an index without a graph."""
    p, n = saved.parameters, len(saved.ids)
    settings = (p.dimensions, p.m, p.m_max0, p.ef_construction, p.ef_search, p.seed)
    header = np.zeros((), HEADER)
    header["magic"], header["version"] = MAGIC, VERSION
    header["parameters"] = (*settings, p.int8, p.exact_up_to)
    header["random"], header["n_slots"], header["entry"] = p.seed, n, NOTHING
    nobody, levels = np.zeros(0, np.uint32), np.full(n, UNLINKED, np.uint8)
    vectors = [saved.numbers, saved.scales] if p.int8 else [saved.numbers]
    columns = [saved.ids, nobody, levels, *vectors, nobody, nobody]
    body = header.tobytes() + b"".join(_column(column) for column in columns)
    return body + _checksum(body).to_bytes(8, "little")


def decode(data: bytes) -> Saved:
    """Return the vectors in the bytes of an index.

    Raises:
        SerializationError: bytes that are damaged, cut off or of another version.
    """
    header = _open(data)
    *settings, int8, exact_up_to = header["parameters"].tolist()
    names = ("dimensions", "m", "m_max0", "ef_construction", "ef_search", "seed")
    given = dict(zip(names, settings, strict=True))
    parameters = IndexParameters(**given, int8=int8 != 0, exact_up_to=exact_up_to)
    try:
        check_index(parameters)
    except ValidationError as exc:
        raise SerializationError(exc.problem, "Build it again from its source") from exc
    n = int(header["n_slots"])
    vectors = ["i1", "<f4"] if int8 else ["<f4"]
    ids, vacant, levels, numbers, *rest = _columns(
        data, ["<u4", "<u4", "u1", *vectors, "u1", "<u4"]
    )
    scales = rest[0] if int8 else np.ones(n, np.float32)
    sizes = (len(ids), len(levels), len(numbers), len(scales))
    if sizes != (n, n, n * parameters.dimensions, n):
        _refuse("its columns have different lengths")
    if not (np.isfinite(numbers).all() and np.isfinite(scales).all()):
        _refuse("its vectors are not finite")
    if len(np.unique(vacant)) != len(vacant) or (vacant >= n).any():
        _refuse("its vacant slots are not its own")
    taken = np.setdiff1d(np.arange(n), vacant)
    if len(np.unique(ids[taken])) != len(taken):
        _refuse("an id is there twice")
    rows = numbers.reshape(n, parameters.dimensions)
    return Saved(parameters, ids[taken], rows[taken], scales[taken])


def _open(data: bytes) -> np.void:
    """Check magic, version and checksum and return the header."""
    if len(data) < HEADER.itemsize + 8:
        _refuse(f"{len(data)} bytes are too few")
    if not data.startswith(MAGIC):
        _refuse("the bytes begin with something else")
    header: np.void = np.frombuffer(data, HEADER, count=1)[0]
    if header["version"] != VERSION:
        _refuse(f"version {header['version']}, this build reads {VERSION}")
    if _checksum(data[:-8]) != int.from_bytes(data[-8:], "little"):
        _refuse("the checksum does not fit the bytes")
    return header


def _columns(data: bytes, kinds: list[str]) -> list[NDArray[Any]]:
    """Cut the columns out; after the last nothing may be left but the checksum."""
    found: list[NDArray[Any]] = []
    at, end = HEADER.itemsize, len(data) - 8
    for kind in kinds:
        size = int.from_bytes(data[at : at + 4], "little")
        at += 4
        if at + size > end or size % np.dtype(kind).itemsize:
            _refuse("the bytes are cut off")
        found.append(np.frombuffer(data[at : at + size], kind))
        at += size
    if at != end:
        _refuse(f"{end - at} bytes too many")
    return found


def _column(numbers: NDArray[Any]) -> bytes:
    little = numbers.astype(numbers.dtype.newbyteorder("<"), copy=False)
    return little.nbytes.to_bytes(4, "little") + little.tobytes()


def _checksum(body: bytes) -> int:
    """Return FNV-1a over words of 8 bytes, each step turned by 29 bits, as the kernels' columns.rs does."""
    whole = len(body) // 8 * 8
    last = int.from_bytes(b"\1" + body[whole:], "big")
    total = 0xCBF2_9CE4_8422_2325
    for word in (*np.frombuffer(body, "<u8", whole // 8).tolist(), last):
        total = (total ^ word) * 0x0000_0100_0000_01B3 & WORD
        total = (total << 29 | total >> 35) & WORD
    return total


def _refuse(problem: str) -> NoReturn:
    raise SerializationError(f"the index is damaged: {problem}", "Build it again from its source")
