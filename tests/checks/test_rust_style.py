"""Every crate passes rustfmt, and clippy for wasm in both builds."""

import pytest

from building.commands import run
from building.layout import RUST
from building.parts.kernels import BUILDS, cargo_environment


def test_rustfmt_would_change_nothing() -> None:
    run("cargo fmt --all --check", cwd=RUST)


# Apart, because tests bring std along, and with it a second panic handler into modules without std.
@pytest.mark.parametrize("targets", ["--lib", "--tests"])
@pytest.mark.parametrize("build", BUILDS)
def test_clippy_finds_nothing(build: str, targets: str) -> None:
    command = f"cargo clippy --locked --workspace {targets} -- --deny warnings"
    run(command, env=cargo_environment(build), cwd=RUST)
