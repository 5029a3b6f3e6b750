"""The crate's own tests, run on WebAssembly under Node, in the scalar and in the simd128 build."""

import os
import re
from pathlib import Path

import pytest

from building.commands import run
from building.kernels import BUILDS, cargo_environment
from building.layout import CRATE


@pytest.mark.parametrize("build", BUILDS)
def test_crate_passes_its_tests_on_wasm(build: str) -> None:
    said = run("cargo test --locked", env=cargo_environment(build) | same_examples(), cwd=CRATE)
    print(said)
    passed = sum(int(count) for count in re.findall(r"(\d+) passed", said))
    assert passed > 0, "no test ran on wasm"


def same_examples() -> dict[str, str]:
    """In CI, what makes the crate's properties draw the same examples every time."""
    script = Path(__file__).parent / "same_examples.cjs"
    return {"NODE_OPTIONS": f'--require="{script}"'} if os.environ.get("CI") else {}
