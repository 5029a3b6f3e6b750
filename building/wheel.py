"""The wheel of elex_browser: what the build backend makes of pyproject.toml, plus bytecode for Pyodide.

Any other Python ignores the .cpython-314.pyc files; Pyodide compiles nothing when it imports the package.
"""

import shutil
import tempfile
import tomllib
from pathlib import Path

from building.commands import run
from building.layout import CACHE, PACKAGE, ROOT, VENV_PYTHON, WHEELS, files_below
from building.pyodide_files import (
    BYTECODE,
    NPM_PYODIDE,
    SITE_PACKAGES,
    compile_inside_pyodide,
    task,
)
from building.steps import Step

PYPROJECT = ROOT / "pyproject.toml"


def version() -> str:
    """Return the project's version."""
    return str(tomllib.loads(PYPROJECT.read_text())["project"]["version"])


def file_name() -> str:
    """Return the wheel's name."""
    return f"elex_browser-{version()}-py3-none-any.whl"


def steps() -> list[Step]:
    """Return the one step that makes the wheel."""
    texts = [
        PYPROJECT,
        ROOT / "README.md",
        ROOT / "LICENSE",
        NPM_PYODIDE / "package.json",
        *BYTECODE,
    ]
    return [
        Step(
            "wheel",
            "Build the Python wheel",
            lambda: [*texts, *files_below(PACKAGE)],
            (WHEELS / file_name(),),
            lambda: make_wheel(WHEELS),
        )
    ]


def make_wheel(target: Path) -> Path:
    """Write the wheel into `target`, alone, and return its path."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        run(VENV_PYTHON, "-m hatchling build -t wheel -d", Path(folder))
        [plain] = Path(folder).glob("*.whl")
        compile_inside_pyodide([task(plain, target / plain.name, SITE_PACKAGES, sourceless=False)])
    return target / file_name()
