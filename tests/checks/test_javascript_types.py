"""The JavaScript of the page and the worker passes TypeScript's checker, strictly, by its JSDoc types."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB

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


@pytest.mark.parametrize("part", ["page and worker", "service worker"])
def test_tsc_finds_nothing(part: str, tmp_path: Path) -> None:
    is_page = part == "page and worker"
    options = {**OPTIONS, "lib": PAGE if is_page else SERVICE_WORKER}
    files = {
        "include": [f"{WEB}/**/*.js", f"{WEB}/**/*.d.ts"] if is_page else [f"{WEB}/sw.js"],
        "exclude": [f"{WEB}/sw.js"] if is_page else [],
    }
    project = tmp_path / "tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": options, **files}))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)


def test_message_types_are_those_of_the_protocol() -> None:
    command = [sys.executable, "-m", "building.types.messages", "--check"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": "py"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
