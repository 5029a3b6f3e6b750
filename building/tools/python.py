"""The virtual environment of the build, the tests and the studies, from hash-pinned requirements."""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from building.commands import BuildError, environment, run
from building.layout import ROOT, VENV, VENV_PYTHON
from building.steps import Step
from building.tools.system import apt_command, install_by_apt

REQUIREMENTS = ROOT / "requirements-dev.txt"
STUDY_REQUIREMENTS = ROOT / "requirements-studies.txt"
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


def study_steps() -> list[Step]:
    """Return the steps that make the environment and put the libraries of the studies into it, too."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = VENV / "lib" / version / "site-packages"
    libraries = Step(
        "study-libraries",
        "Install the libraries of the studies",
        lambda: [STUDY_REQUIREMENTS],
        tuple(packages / name / "__init__.py" for name in ("scipy", "sklearn")),
        lambda: install(STUDY_REQUIREMENTS),
    )
    return [*steps(), libraries]


def make_environment() -> None:
    """Make the environment anew and install what requirements-dev.txt pins, wheels only."""
    if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python3.{sys.version_info.minor}-venv"
        if not install_by_apt(package):
            problem = "Python cannot make virtual environments here"
            raise BuildError(f"{problem}. Run: {apt_command(package)}")
    shutil.rmtree(VENV, ignore_errors=True)
    run(Path(sys.executable), "-m venv", VENV)
    install(REQUIREMENTS)


def install(requirements: Path) -> None:
    """Install what a file pins into the environment; pip checks every wheel against its hash."""
    options = "--no-deps --require-hashes --only-binary :all: -r"
    run(VENV_PYTHON, PIP, "install", options, requirements)


def in_environment(*arguments: str) -> int:
    """Run the Python of the environment, with the project's packages, and return its exit code."""
    env = environment({"PYTHONPATH": os.pathsep.join((str(ROOT / "py"), str(ROOT)))})
    return subprocess.run([VENV_PYTHON, *arguments], cwd=ROOT, env=env).returncode
