"""The modules in dist/ carry nothing that only a panic would print, and no path of this machine."""

import gzip
import re
from pathlib import Path

import pytest

from building.commands import BuildError
from building.layout import RUST
from building.parts.kernels import refuse_memory_of_its_own
from building.parts.wasm_module import DATA, sections_of, without_panic_texts

MODULES = [
    f"{build}/{name}.wasm"
    for build in ("simd", "scalar")
    for name in ("elex_kernels_bg", "in_place")
]
# What core, alloc and std say when they panic, and where.
OF_PANICS = re.compile(
    rb"panicked at|\.rs\b|src/|crates/|/rustc/|\.cargo|called `|unwrap\(\)|out of bounds|out of range"
    rb"|slice index|attempt to |overflow|already (?:mutably )?borrowed|assertion"
    rb"|unreachable code|should be <|explicit panic|total order"
)
# Compressed, some tenth above what they are: more would be something that came along unasked.
MOST_BYTES = {"elex_kernels_bg.wasm": 75_000, "in_place.wasm": 2_000}


@pytest.mark.parametrize("module", MODULES)
def test_a_released_module_holds_no_texts_of_panics(dist: Path, module: str) -> None:
    data = (dist / "wasm" / module).read_bytes()
    assert str(RUST.parent).encode() not in data
    assert str(Path.home()).encode() + b"/" not in data
    found = {text[0] for text in OF_PANICS.finditer(dict(sections_of(data)).get(DATA, b""))}
    assert not found


@pytest.mark.parametrize("build", ["simd", "scalar"])
def test_a_released_module_still_says_what_is_wrong(dist: Path, build: str) -> None:
    data = (dist / "wasm" / build / "elex_kernels_bg.wasm").read_bytes()
    for text in (b"SERIALIZATION_ERROR", b" dimensions, the index ", b"holds NaN or an infinity"):
        assert text in data


@pytest.mark.parametrize("module", MODULES)
def test_a_released_module_is_small(dist: Path, module: str) -> None:
    path = dist / "wasm" / module
    assert len(gzip.compress(path.read_bytes(), 9)) <= MOST_BYTES[path.name]


@pytest.mark.parametrize("build", ["simd", "scalar"])
def test_what_runs_in_the_memory_of_others_keeps_nothing_there(dist: Path, build: str) -> None:
    refuse_memory_of_its_own(dist / "wasm" / build / "in_place.wasm")
    with pytest.raises(BuildError, match="not its own"):
        refuse_memory_of_its_own(dist / "wasm" / build / "elex_kernels_bg.wasm")


def test_texts_of_panics_become_zeros_and_others_stay() -> None:
    text = b"what we say\0src/a/b.rs\0\x20index out of bounds: the len is \xc0 but the index is \xc0end"
    module = b"\0asm\1\0\0\0" + bytes([DATA, len(text)]) + text
    kept = without_panic_texts(module)
    assert len(kept) == len(module)
    assert kept[10:] == text.replace(b"src/a/b.rs", bytes(10)).replace(
        b"index out of bounds: the len is ", bytes(32)
    ).replace(b" but the index is ", bytes(18))
