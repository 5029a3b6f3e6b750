"""The JavaScript of the page and the worker passes TypeScript's checker, strictly, by its JSDoc types."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB
from building.out.single_file import PARTS
from building.parts.kernels import BUILDS

# `any` as a type, in JSDoc or in a declaration; not the word.
ANY = re.compile(r"[{<(|:]\s*any\b(?=\s*[\]\[}>|);,])")
OPTIONS = {
    "strict": True,
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "target": "ES2024",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "types": [],
    # What dist/ gets from elsewhere has its declarations in the cache, laid over web/.
    "rootDirs": [str(WEB), str(TYPES)],
}
# The globals of the threads contradict each other, so each is a project of its own; web/shared/ runs in two.
PAGE = ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"]
WORKER = ["ES2024", "WebWorker", "WebWorker.Iterable", "WebWorker.AsyncIterable"]
THREADS = {
    "page": (PAGE, ["app.js", "elex.js", "sdk/**/*", "shared/**/*", "ui/**/*"]),
    "worker": (WORKER, ["shared/**/*", "worker/**/*"]),
    "service worker": (WORKER, ["sw.js"]),
}


def test_every_script_belongs_to_a_thread() -> None:
    checked = {
        path for _, patterns in THREADS.values() for each in patterns for path in WEB.glob(each)
    }
    assert set(WEB.rglob("*.js")) <= checked


@pytest.mark.parametrize("thread", THREADS)
def test_tsc_finds_nothing(thread: str, tmp_path: Path) -> None:
    lib, patterns = THREADS[thread]
    # Our own declarations are looked at, too; Pyodide's, which the worker needs, lack what they refer to.
    options = {**OPTIONS, "lib": lib, "skipLibCheck": thread == "worker"}
    check(options, [f"{WEB}/{pattern}" for pattern in patterns], tmp_path)


@pytest.mark.parametrize(
    ("lib", "scripts"), [(PAGE, ("page", "updates")), (WORKER, ("worker", "served"))]
)
def test_tsc_finds_nothing_in_what_stands_in_for_a_server(
    lib: list[str], scripts: tuple[str, ...], tmp_path: Path
) -> None:
    options = {**OPTIONS, "lib": lib, "paths": {"dist/*": [f"{WEB}/*"]}, "skipLibCheck": True}
    check(options, [f"{PARTS}/{script}.js" for script in scripts], tmp_path)


def check(options: dict[str, Any], include: list[str], folder: Path) -> None:
    project = folder / "tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": options, "include": include}))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)


def test_nothing_is_typed_as_any() -> None:
    written = [*WEB.rglob("*.js"), *WEB.rglob("*.d.ts")]
    lines = [
        f"{path.relative_to(WEB)}: {line}"
        for path in written
        for line in path.read_text().splitlines()
        if ANY.search(line)
    ]
    assert lines == []


def test_both_builds_of_the_kernels_are_declared_alike() -> None:
    declared = {(TYPES / "wasm" / build / "elex_kernels.d.ts").read_text() for build in BUILDS}
    assert len(declared) == 1
    assert "export class Workspace" in declared.pop()


@pytest.mark.parametrize("module", ["messages", "methods"])
def test_generated_types_are_those_of_python(module: str) -> None:
    command = [sys.executable, "-m", f"building.types.{module}", "--check"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": "py"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
