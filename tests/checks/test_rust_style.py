"""The crate passes rustfmt, and clippy for wasm in both builds."""

import pytest

from building.commands import run
from building.layout import CRATE
from building.parts.kernels import BUILDS, cargo_environment


def test_rustfmt_would_change_nothing() -> None:
    run("cargo fmt --check", cwd=CRATE)


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("targets", ["--lib --features module", "--tests"])
def test_clippy_finds_nothing(build: str, targets: str) -> None:
    command = f"cargo clippy --locked {targets} -- --deny warnings"
    run(command, env=cargo_environment(build), cwd=CRATE)
