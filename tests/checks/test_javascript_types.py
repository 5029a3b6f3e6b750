"""The JavaScript of the page and the worker passes TypeScript's checker, strictly, by its JSDoc types."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB

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
PARTS = {
    "page": (PAGE, ["app.js", "elex.js", "sdk/**/*", "shared/**/*", "ui/**/*"]),
    "worker": (WORKER, ["shared/**/*", "worker/**/*"]),
    "service worker": (WORKER, ["sw.js"]),
}


def test_every_script_belongs_to_a_thread() -> None:
    checked = {
        path for _, patterns in PARTS.values() for each in patterns for path in WEB.glob(each)
    }
    assert set(WEB.rglob("*.js")) <= checked


@pytest.mark.parametrize("part", PARTS)
def test_tsc_finds_nothing(part: str, tmp_path: Path) -> None:
    lib, patterns = PARTS[part]
    project = tmp_path / "tsconfig.json"
    # Our own declarations are looked at, too; Pyodide's, which the worker needs, lack what they refer to.
    options = {**OPTIONS, "lib": lib, "skipLibCheck": part == "worker"}
    include = [f"{WEB}/{pattern}" for pattern in patterns]
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


def test_message_types_are_those_of_the_protocol() -> None:
    command = [sys.executable, "-m", "building.types", "--check"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": "py"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
