"""The virtual environment of the build and the tests, from hash-pinned requirements."""

import os
import shutil
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from building.commands import BuildError, run
from building.layout import ROOT, VENV, VENV_PYTHON
from building.steps import Step
from building.tools.system import apt_command, install_by_apt

REQUIREMENTS = ROOT / "requirements-dev.txt"
PIP = "-m pip --disable-pip-version-check"


def steps() -> list[Step]:
    """Return the one step that makes the environment."""
    return [
        Step(
            "python-tools",
            "Install the Python tools into a virtual environment",
            lambda: [
                REQUIREMENTS,
                sys.version,
                sysconfig.get_platform(),
                os.path.realpath(sys.executable),
            ],
            (VENV_PYTHON, VENV / "pyvenv.cfg"),
            make_environment,
        )
    ]


def make_environment() -> None:
    """Make the environment anew and install what requirements-dev.txt pins, wheels only."""
    if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python3.{sys.version_info.minor}-venv"
        if not install_by_apt(package):
            problem = "Python cannot make virtual environments here"
            raise BuildError(f"{problem}. Run: {apt_command(package)}")
    shutil.rmtree(VENV, ignore_errors=True)
    run(Path(sys.executable), "-m venv", VENV)
    options = "--no-deps --require-hashes --only-binary :all: -r"
    run(VENV_PYTHON, PIP, "install", options, REQUIREMENTS)
