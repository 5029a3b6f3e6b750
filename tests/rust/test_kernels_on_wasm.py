"""The kernels' own tests, run on WebAssembly under Node, in the scalar and in the simd128 build."""

import re

import pytest

from building.commands import run
from building.layout import RUST
from building.parts.kernels import BUILDS, cargo_environment


@pytest.mark.parametrize("build", BUILDS)
def test_crates_pass_their_tests_on_wasm(build: str) -> None:
    said = run(
        "cargo test --locked --workspace --exclude readers", env=cargo_environment(build), cwd=RUST
    )
    print(said)
    passed = sum(int(count) for count in re.findall(r"(\d+) passed", said))
    assert passed > 0, "no test ran on wasm"
