"""The readers' own tests, run where the build runs: they need no browser."""

import re

from building.commands import run
from building.layout import CACHE, RUST


def test_readers_pass_their_tests() -> None:
    folder = {"CARGO_TARGET_DIR": str(CACHE / "cargo-target" / "native")}
    said = run("cargo test --locked --package readers", env=folder, cwd=RUST)
    print(said)
    passed = sum(int(count) for count in re.findall(r"(\d+) passed", said))
    assert passed > 0, "no test of the readers ran"
