"""Python tests that run on CPython run unchanged inside Pyodide, in a worker, on what dist/ ships.

All unit tests do, and of the properties those of the kernels, which cross into Rust there. The others draw
their examples for plain Python and NumPy; what of these differs here, 32-bit sizes, the unit tests meet.
"""

import json
import os
import shutil
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from building.layout import INSIDE, ROOT, files_below
from building.out.serving import Server
from tests.watching import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATTERNS = ("tests/unit/**/test_*.py", "tests/property/test_kernels_*.py")
FILES = sorted(path.relative_to(ROOT) for pattern in PATTERNS for path in ROOT.glob(pattern))
# pytest and hypothesis with what they import, all pure Python, taken from this environment.
PURE = "pytest pluggy iniconfig packaging pygments hypothesis sortedcontainers".split()
LIMIT_MS = 600_000

# One worker has one core; more than these would rather need memory.
N_WORKERS = min(os.cpu_count() or 1, 4)

RUN = """
([suites, limit]) => Promise.all(suites.map((suite) => new Promise((resolve, reject) => {
  window.policy ??= trustedTypes.createPolicy("app", { createScriptURL: (url) => url });
  const worker = new Worker(policy.createScriptURL("runner.js"), { type: "module" });
  const give_up = () => reject(new Error(`the tests did not end within ${limit} ms`));
  setTimeout(() => { worker.terminate(); give_up(); }, limit);
  worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.value));
  worker.onerror = (event) => reject(new Error(`${event.message} (${event.filename}:${event.lineno})`));
  worker.postMessage(suite);
})))
"""


@pytest.fixture(scope="module")
def results(
    browser: "Browser", dist: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What pytest inside Pyodide reported: {output, files: {path: {passed, failures}}}."""
    folder = tmp_path_factory.mktemp("pyodide")
    for name in ("runner.html", "runner.js", "runner.py"):
        shutil.copy(Path(__file__).parent / name, folder)
    pack_environment(folder / "pytest.zip")
    pack_suites(folder / "suite.zip")
    with (
        Server(dist, extra={"/tests/": folder, "/inside/": INSIDE}) as server,
        watched(browser, server.url) as watch,
    ):
        page = watch.context.new_page()
        page.set_default_timeout(LIMIT_MS)
        page.goto(f"{server.url}tests/runner.html")
        # CI is what tells both runs to draw the same examples every time.
        environment = {name: os.environ[name] for name in ("CI",) if name in os.environ}
        suites = [{"arguments": part, "environment": environment} for part in shares(FILES)]
        values = [json.loads(value) for value in page.evaluate(RUN, [suites, LIMIT_MS])]
    return {
        "files": {name: found for value in values for name, found in value["files"].items()},
        "output": "\n".join(value["output"] for value in values),
    }


def shares(files: list[Path]) -> list[list[str]]:
    """Return one list of files per worker, about equal in what there is to run."""
    parts: list[list[Path]] = [[] for _ in range(N_WORKERS)]

    def size(file: Path) -> int:
        return (ROOT / file).stat().st_size

    for file in sorted(files, key=size, reverse=True):
        min(parts, key=lambda part: sum(map(size, part))).append(file)
    return [[str(file) for file in sorted(part)] for part in parts if part]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_file_passes_inside_pyodide(file: Path, results: dict[str, Any]) -> None:
    found = results["files"].get(str(file))
    assert found, f"nothing of {file} ran:\n{results['output']}"
    assert not found["failures"], "\n\n".join(found["failures"])
    assert found["passed"] > 0, results["output"]


def pack_environment(target: Path) -> None:
    """Zip pytest and what it needs from this environment's site-packages."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in PURE:
            for file in distribution(name).files or []:
                if ".." not in file.parts and "__pycache__" not in file.parts:
                    archive.write(str(file.locate()), str(file))


def pack_suites(target: Path) -> None:
    """Zip the suites, what they share, their data and pytest's settings."""
    folders = [
        ROOT / name for name in ("tests/unit", "tests/property", "tests/data", "studies/data")
    ]
    files = [ROOT / "pyproject.toml", ROOT / "tests" / "support.py"]
    with zipfile.ZipFile(target, "w") as archive:
        for path in [*files, *(p for f in folders for p in files_below(f))]:
            archive.write(path, path.relative_to(ROOT).as_posix())
