"""Where things lie: the sources, the one cache folder and dist/."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("ELEX_CACHE") or ROOT / ".cache").resolve()
DIST = ROOT / "dist"
PACKAGES = ROOT / "packages"

WEB = ROOT / "web"
PACKAGE = ROOT / "py" / "elex_browser"
RUST = ROOT / "rust-simd"
# What starts Pyodide on dist/ outside the app, to test and to measure inside it; served as /inside/.
INSIDE = ROOT / "building" / "out" / "in_pyodide"

DOWNLOADS = CACHE / "downloads"
VENV = CACHE / "venv"
VENV_PYTHON = VENV / "bin" / "python"
NPM = CACHE / "npm"
NODE_MODULES = NPM / "node_modules"
RUST_TOOLS = CACHE / "rust-tools"
KERNELS = CACHE / "kernels"
PYODIDE = CACHE / "pyodide"
WHEELS = CACHE / "wheels"
# Declarations of what dist/ gets from elsewhere; tsc lays this folder over web/.
TYPES = CACHE / "types"


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder in a fixed order, without what tools leave behind."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", "target"} & set(path.relative_to(folder).parts)
    )
