"""Programs of the machine: found on PATH, or installed by apt when that needs no question."""

import os
import shutil
from pathlib import Path

from building.commands import BuildError, run

# Where rustup puts its programs; a shell has it on PATH only from the next login on.
os.environ["PATH"] += os.pathsep + str(Path.home() / ".cargo" / "bin")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(*names: str) -> Path | None:
    """Return the first of these programs that is on PATH."""
    for name in names:
        if path := shutil.which(name):
            return Path(path)
    return None


def need(name: str, package: str) -> Path:
    """Return the path of a program, installed by apt if need be.

    Raises:
        BuildError: it is missing and cannot be installed without a question.
    """
    found = find(name) or (install_by_apt(package) and find(name))
    if not found:
        raise BuildError(f"{name} is missing. Run: {apt_command(package)}")
    return found


def chromium() -> Path:
    """Return Chromium's path, installed by apt if need be; no browser is downloaded otherwise.

    Raises:
        BuildError: there is none and apt cannot install it here.
    """
    found = find(*CHROMIUM_NAMES) or (install_by_apt("chromium") and find("chromium"))
    if not found:
        raise BuildError(f"The tests need Chromium. Run: {apt_command('chromium')}")
    return found


def install_by_apt(package: str) -> bool:
    """Install a Debian package; False where this is no Debian, we are not root, or it does not exist."""
    if os.geteuid() != 0 or not find("apt-get"):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run("apt-get update")
        run("apt-get install -y --no-install-recommends", package, env=quiet)
    except BuildError as failure:
        print(f"(apt-get could not install {package}: {str(failure).splitlines()[-1]})", flush=True)
        return False
    return True


def apt_command(package: str) -> str:
    """Return the command that brings a package on Debian and Ubuntu."""
    return f"sudo apt-get update && sudo apt-get install -y {package}"
