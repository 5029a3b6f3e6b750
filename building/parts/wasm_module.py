"""What a WebAssembly module consists of (core specification 2.0, chapter 5), and what need not be in it."""

import re
from collections.abc import Iterator

# Sections of a module by their numbers.
GLOBALS, DATA = 6, 11
# Where panics happen and what core says of them: stable Rust puts these texts into every module, and passes
# their addresses to a handler of ours that traps without reading them.
PANIC_TEXTS = re.compile(
    rb"(?:/|src/|crates/)[\w./-]+\.rs\0"
    rb"|index out of bounds: the len is | but the index is "
    rb"|slice index starts at | but ends at |range (?:start|end) index | out of range for slice of length "
    rb"|(?:insertion|swap_remove|removal) index \(is |\) should be <=? len \(is "
    rb"|attempt to divide by zero|capacity overflow"
    rb"|user-provided comparison function does not correctly implement a total order"
    rb"|assertion failed: psize [<>]= size \+ (?:min|max)_overhead"
)


def sections_of(module: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the sections of a module (section 5.5.2)."""
    for kind, start, end in _places(module):
        yield kind, module[start:end]


def globals_of(section: bytes) -> Iterator[bool]:
    """Yield of each global of type i32 whether it is mutable (section 5.5.9)."""
    count, at = _leb128(section, 0) if section else (0, 0)
    for _ in range(count):
        yield section[at + 1] != 0
        # Type, mutability, the opcode of a constant, its number, and the end.
        at = _leb128(section, at + 3)[1] + 1


def without_panic_texts(module: bytes) -> bytes:
    """Return a module with zeros in place of the texts of panics; wasm-opt leaves runs of zeros out."""
    changed = bytearray(module)
    for kind, start, end in _places(module):
        if kind == DATA:
            blank = PANIC_TEXTS.sub(lambda found: bytes(len(found[0])), module[start:end])
            changed[start:end] = blank
    return bytes(changed)


def _places(module: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield of each section its number, where its content begins and where it ends."""
    at = 8
    while at < len(module):
        size, start = _leb128(module, at + 1)
        yield module[at], start, start + size
        at = start + size


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """Return an unsigned number and where what follows it begins (section 5.2.2)."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
