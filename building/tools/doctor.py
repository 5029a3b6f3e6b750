"""`build.py doctor`: what is on this machine, what is missing, and the command that brings it."""

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from building.commands import BuildError, run
from building.layout import CACHE, DIST, NODE_MODULES, VENV_PYTHON
from building.tools import rust
from building.tools.system import CHROMIUM_NAMES, apt_command, find


class Finding(NamedTuple):
    """One line of the table; `found` is empty when it is missing, then `fix` is the command."""

    name: str
    found: str
    fix: str


def report() -> int:
    """Print the table and return 1 if something is missing that the build cannot bring, else 0."""
    needed, made = list(machine()), list(products())
    width = max(len(finding.name) for finding in (*needed, *made))
    for name, found, fix in (*needed, *made):
        print(f"{name:<{width}}  {found or f'missing. Run: {fix}'}")
    missing = [finding.name for finding in needed if not finding.found]
    verdict = f"Missing: {', '.join(missing)}." if missing else "All that the build needs is there."
    print(f"\n{verdict} The cache folder is {CACHE}.")
    return 1 if missing else 0


def machine() -> Iterator[Finding]:
    """Yield what has to be on the machine; as root, the build installs most of it itself."""
    yield Finding("Python", platform.python_version(), "")
    yield Finding("git", version("git"), apt_command("git"))
    yield Finding("node", version("node"), apt_command("nodejs"))
    yield Finding("npm", version("npm"), apt_command("npm"))
    for name in ("rustc", "cargo"):
        yield Finding(name, version(name), rust.RUSTUP_COMMAND)
    wasm = "installed" if rust.has_target() else ""
    target = f"rustup target add {rust.TARGET}"
    yield Finding("Rust for wasm", wasm, target if find("rustup") else rust.RUSTUP_COMMAND)
    yield Finding("Chromium", version(*CHROMIUM_NAMES), apt_command("chromium"))


def products() -> Iterator[Finding]:
    """Yield what the build installs or makes itself."""
    paths = {
        "Python tools": VENV_PYTHON,
        "JavaScript packages": NODE_MODULES,
        "wasm-bindgen": rust.BINDGEN,
        "dist/": DIST / "build.json",
    }
    for name, path in paths.items():
        yield Finding(name, "there" if path.exists() else "", "python3 build.py")


def version(*names: str) -> str:
    """Return what the first of these programs that is there says about its version, or nothing."""
    found = find(*names)
    if not found:
        return ""
    try:
        said = run(found, "--version", cwd=Path("/"))
    except BuildError:
        return ""
    # A warning may come first; the version is in the first line with a digit after a blank or alone.
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if _names_a_version(line)), "there")


def _names_a_version(line: str) -> bool:
    return any(word.lstrip("v")[:1].isdigit() and "." in word for word in line.split())
