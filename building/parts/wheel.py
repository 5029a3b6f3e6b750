"""The wheel of elex_browser: what the build backend makes of pyproject.toml, plus what is ready to use.

The knowledge comes compiled beside its sources, so that no page compiles it; so does bytecode for Pyodide.
Any other Python ignores the .cpython-314.pyc files.
"""

import shutil
import tempfile
import tomllib
from pathlib import Path

from building.commands import run
from building.layout import CACHE, PACKAGE, ROOT, VENV_PYTHON, WHEELS, files_below
from building.parts.embedding.table import TABLE
from building.parts.pyodide import (
    BYTECODE,
    NPM_PYODIDE,
    SITE_PACKAGES,
    compile_inside_pyodide,
    task,
)
from building.steps import Step

PYPROJECT = ROOT / "pyproject.toml"
ROUTING_PACK = "elex_browser/knowledge/data/routing.pack"
EMBEDDING_TABLE = TABLE.relative_to(PACKAGE.parent).as_posix()


def version() -> str:
    """Return the project's version."""
    return str(tomllib.loads(PYPROJECT.read_text())["project"]["version"])


def file_name() -> str:
    """Return the wheel's name."""
    return f"elex_browser-{version()}-py3-none-any.whl"


def steps() -> list[Step]:
    """Return the one step that makes the wheel."""
    texts = [PYPROJECT, ROOT / "README.md", ROOT / "LICENSE", NPM_PYODIDE / "package.json"]
    makers = [*BYTECODE, Path(__file__), Path(__file__).with_name("routing_pack.py")]
    return [
        Step(
            "wheel",
            "Build the Python wheel",
            lambda: [*texts, *makers, *files_below(PACKAGE)],
            (WHEELS / file_name(),),
            lambda: make_wheel(WHEELS),
        )
    ]


def make_wheel(target: Path) -> Path:
    """Write the wheel into `target`, alone, and return its path."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    made = target / file_name()
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        run(VENV_PYTHON, "-m hatchling build -t wheel -d", Path(folder))
        pack = Path(folder) / "routing.pack"
        run(
            VENV_PYTHON,
            "-m building.parts.routing_pack",
            pack,
            env={"PYTHONPATH": str(PACKAGE.parent)},
        )
        source, add = Path(folder) / made.name, {ROUTING_PACK: pack, EMBEDDING_TABLE: TABLE}
        compile_inside_pyodide([task(source, made, SITE_PACKAGES, sourceless=False, add=add)])
    return made
