"""The Python sources pass ruff and mypy as pyproject.toml sets them."""

import subprocess
import sys

import pytest

from building.layout import ROOT

SOURCES = "build.py building docs py studies tests"
CHECKS = {
    "ruff finds nothing": f"ruff check --no-fix --output-format concise {SOURCES}",
    "ruff would format nothing": f"ruff format --check {SOURCES}",
    "mypy finds nothing in the packages": "mypy",
    "mypy finds nothing in build.py": "mypy build.py",
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS.keys())
def test_python_sources_pass(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
