"""The JavaScript of the page and the worker passes TypeScript's checker, strictly, by its JSDoc types."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from building.kernels import BUILDS

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB
from building.out.single_file import PARTS

OPTIONS = {
    "strict": True,
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "target": "ES2024",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "types": [],
    "skipLibCheck": True,
    # What dist/ gets from elsewhere has its declarations in the cache, laid over web/.
    "rootDirs": [str(WEB), str(TYPES)],
}
PAGE = ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"]
# The globals of a service worker contradict those of a page, so it is a project of its own.
SERVICE_WORKER = ["ES2024", "WebWorker", "WebWorker.Iterable", "WebWorker.AsyncIterable"]
PROJECTS: dict[str, dict[str, Any]] = {
    "page and worker": {
        "compilerOptions": {**OPTIONS, "lib": PAGE},
        "include": [f"{WEB}/**/*.js", f"{WEB}/**/*.d.ts"],
        "exclude": [f"{WEB}/sw.js"],
    },
    "service worker": {
        "compilerOptions": {**OPTIONS, "lib": SERVICE_WORKER},
        "include": [f"{WEB}/sw.js"],
    },
    "elex-offline.html": {
        "compilerOptions": {**OPTIONS, "lib": PAGE, "paths": {"dist/*": [f"{WEB}/*"]}},
        "include": [f"{PARTS}/*.js"],
    },
}


@pytest.mark.parametrize("part", PROJECTS)
def test_tsc_finds_nothing(part: str, tmp_path: Path) -> None:
    project = tmp_path / "tsconfig.json"
    project.write_text(json.dumps(PROJECTS[part]))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)


def test_both_builds_of_the_kernels_are_declared_alike() -> None:
    declared = {(TYPES / "wasm" / build / "elex_kernels.d.ts").read_text() for build in BUILDS}
    assert len(declared) == 1
    assert "export class Workspace" in declared.pop()


def test_message_types_are_those_of_the_protocol() -> None:
    command = [sys.executable, "-m", "building.types.messages", "--check"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": "py"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
