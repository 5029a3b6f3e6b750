"""Pyodide as dist/ ships it: standard library and packages as bytecode, a lock file without downloads.

The packages come as one pack that the worker writes into site-packages while Pyodide boots; that starts
faster than wheels.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from building.commands import run
from building.layout import CACHE, NODE_MODULES, PYODIDE
from building.pack import pack
from building.parts.bytecode import read_zip
from building.parts.wasm_wheels import lock, wheels
from building.steps import Step

HERE = Path(__file__).parent
NPM_PYODIDE = NODE_MODULES / "pyodide"
BYTECODE = (HERE / "bytecode.py", HERE / "bytecode.mjs")
SITE_PACKAGES = "/lib/python3.14/site-packages"
# Not needed at run time: tests, headers, type stubs, the Fortran compiler's wrapper.
DROPPED = r"/tests/|\.(pyi|h|a|pc|ini|pxd|pyx)$|^numpy/f2py/"


def steps() -> list[Step]:
    """Return the one step that makes the files."""
    return [
        Step(
            "pyodide",
            "Compile Python's standard library and the packages for Pyodide",
            lambda: [
                *BYTECODE,
                Path(__file__),
                HERE.parent / "pack.py",
                NPM_PYODIDE / "package.json",
                *wheels(),
            ],
            (PYODIDE,),
            lambda: make_files(PYODIDE),
        )
    ]


def make_files(target: Path) -> None:
    """Write python_stdlib.zip, packages.pack and pyodide-lock.json into an empty `target`."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        stdlib = task(
            NPM_PYODIDE / "python_stdlib.zip", target / "python_stdlib.zip", "/lib/python314.zip"
        )
        packages = [task(wheel, Path(folder) / wheel.name, SITE_PACKAGES) for wheel in wheels()]
        compile_inside_pyodide([stdlib, *packages])
        files: dict[str, bytes] = {}
        for wheel in sorted(Path(folder).iterdir()):
            files |= read_zip(wheel)
    (target / "packages.pack").write_bytes(pack(files))
    # Everything is in the pack; a name in the lock file would only be a file that is not there.
    text = json.dumps({"info": lock()["info"], "packages": {}}, indent=1)
    (target / "pyodide-lock.json").write_text(text + "\n")


def task(
    source: Path,
    target: Path,
    folder: str,
    *,
    sourceless: bool = True,
    add: Mapping[str, Path] | None = None,
) -> dict[str, Any]:
    """Return one task for building/parts/bytecode.py; `add` names further files for the zip."""
    added = {name: f"/host{path}" for name, path in (add or {}).items()}
    drop = DROPPED if sourceless else None
    names = {"source": f"/host{source}", "target": f"/host{target}", "folder": folder}
    return {**names, "sourceless": sourceless, "drop": drop, "add": added}


def compile_inside_pyodide(tasks: Iterable[dict[str, Any]]) -> None:
    """Let Pyodide itself compile, under Node, so that the bytecode is its own."""
    script, runner = BYTECODE
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        job = Path(folder) / "job.json"
        job.write_text(json.dumps(list(tasks)))
        run("node", runner, NPM_PYODIDE, script, job)
