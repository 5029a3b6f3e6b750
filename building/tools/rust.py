"""Rust for wasm: the installed toolchain plus its wasm target, wasm-bindgen of the workspace's version."""

import re
import shutil
import tomllib
from pathlib import Path

from building.commands import BuildError, run
from building.layout import CACHE, RUST, RUST_TOOLS
from building.steps import Step
from building.tools.system import find, install_by_apt

TARGET = "wasm32-unknown-unknown"
BINDGEN = RUST_TOOLS / "bin" / "wasm-bindgen"
TEST_RUNNER = RUST_TOOLS / "bin" / "wasm-bindgen-test-runner"
RUSTUP_COMMAND = "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"


def steps() -> list[Step]:
    """Return the steps that bring the wasm target and wasm-bindgen."""
    bindgen = Step(
        "wasm-bindgen",
        f"Compile wasm-bindgen {bindgen_version()} (once, some minutes)",
        lambda: [bindgen_version()],
        (BINDGEN, TEST_RUNNER),
        install_bindgen,
    )
    return [
        Step("rust-target", f"Find Rust for {TARGET}", lambda: [rustc_version()], (), add_target),
        bindgen,
    ]


def add_target() -> None:
    """Make sure that the standard library for wasm is there, by rustup if need be."""
    if not has_target():
        run(need_rustup(), "target add", TARGET, cwd=RUST)


def has_target() -> bool:
    """Return whether rustc has a standard library for wasm, whoever installed it."""
    if not find("rustc"):
        return False
    try:
        folder = Path(run("rustc --print target-libdir --target", TARGET, cwd=RUST).strip())
    except BuildError:
        return False
    return any(folder.glob("libstd-*.rlib"))


def need_rustup() -> Path:
    """Return rustup's path; where a distribution packages it, it and a toolchain are installed.

    Raises:
        BuildError: rustup is missing and apt has none.
    """
    if found := find("rustup"):
        return found
    if install_by_apt("rustup") and (found := find("rustup")):
        run(found, "default stable")
        return found
    raise BuildError(f"Rust with rustup is missing. Run: {RUSTUP_COMMAND}")


def need_components() -> None:
    """Make sure that clippy and rustfmt are there; a minimal toolchain lacks them."""
    if not (find("cargo-clippy") and find("rustfmt")) or "not installed" in _clippy_version():
        run(need_rustup(), "component add clippy rustfmt", cwd=RUST)


def install_bindgen() -> None:
    """Compile the command line tool and the test runner into the cache, from their own lock file."""
    command = (
        f"cargo install wasm-bindgen-cli --version {bindgen_version()} --locked --force --debug"
    )
    programs = "--bin wasm-bindgen --bin wasm-bindgen-test-runner"
    # Unoptimised it is compiled in half the time and still handles the module in a blink.
    profile = {"CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_PROFILE_DEV_STRIP": "symbols"}
    scratch = CACHE / "rust-tools-target"
    folders = ("--root", RUST_TOOLS, "--target-dir", scratch)
    run(command, programs, *folders, env=profile, cwd=CACHE)
    shutil.rmtree(scratch)


def bindgen_version() -> str:
    """Return the version of wasm-bindgen that the workspace is locked to; the tool must have the same."""
    lock = tomllib.loads((RUST / "Cargo.lock").read_text())
    return next(str(p["version"]) for p in lock["package"] if p["name"] == "wasm-bindgen")


def rustc_version() -> str:
    """Return the compiler's version, or "absent"."""
    if not find("rustc"):
        return "absent"
    return re.split(r"\s", run("rustc --version", cwd=RUST), maxsplit=1)[1].strip()


def _clippy_version() -> str:
    try:
        return run("cargo clippy --version", cwd=RUST)
    except BuildError as failure:
        return str(failure)
