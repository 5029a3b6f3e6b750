"""What leaves the project as single files: each is used here as its user would."""

import json
import os
import re
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from building.commands import run
from building.layout import NODE_MODULES, VENV_PYTHON, files_below
from building.out import package
from building.parts.wheel import version

ASK = """
import asyncio
from elex_browser import Elex

async def main():
    elex = await Elex.open()
    print((await elex.ask("Which parameters does FAJ 121 3094 have?")).faj_code)

asyncio.run(main())
"""
USE = """
import { ElexError, EdgeAgent, openElex, simdAvailable, wasmVersion } from "elex-browser";
const error = await openElex().catch((thrown) => thrown);
const { code } = new ElexError("NOT_FOUND", "a", "b");
console.log(wasmVersion(), simdAvailable(), error instanceof Error, typeof EdgeAgent, code);
"""
TYPED = """
import { ElexError, openElex, type QueryResponse } from "elex-browser";
const answer: QueryResponse = await (await openElex({ storage: "memory" })).ask("How?");
// @ts-expect-error a confidence is a number
const wrong: string = answer.confidence;
export { ElexError, wrong };
"""


@pytest.fixture(scope="module")
def packages(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every product but the one file, which has tests of its own."""
    folder = tmp_path_factory.mktemp("packages")
    for name, (_, make) in package.products().items():
        if not name.endswith(".html"):
            make(folder / name)
    return folder


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of somebody else that installed the npm tarball."""
    project = tmp_path_factory.mktemp("project")
    (project / "package.json").write_text('{"type": "module"}')
    tarball = packages / f"elex-browser-{version()}.tgz"
    run("npm install --offline --no-audit --no-fund", tarball, cwd=project)
    return project


def test_the_wheel_answers_where_pip_installed_it(packages: Path, tmp_path: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    run(VENV_PYTHON, "-m pip install --no-index --no-deps --target", tmp_path, wheel)
    (tmp_path / "ask.py").write_text(ASK)

    said = run(VENV_PYTHON, tmp_path / "ask.py", env={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path)

    assert said.strip() == "FAJ 121 3094"


def test_the_npm_package_is_imported_by_its_name(installed: Path) -> None:
    (installed / "use.js").write_text(USE)
    said = run("node", installed / "use.js", cwd=installed)
    assert said.split() == [version(), "true", "true", "function", "NOT_FOUND"]


def test_the_npm_package_brings_its_types(installed: Path) -> None:
    (installed / "typed.ts").write_text(TYPED)
    options = {"strict": True, "noEmit": True, "target": "ES2024", "types": []}
    modules = {"module": "ESNext", "moduleResolution": "Bundler", "lib": ["ES2024", "DOM"]}
    settings = {"compilerOptions": options | modules, "files": ["typed.ts"]}
    (installed / "tsconfig.json").write_text(json.dumps(settings))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "-p", installed)


def test_the_npm_package_holds_all_that_the_sdk_loads(installed: Path, dist: Path) -> None:
    folder = installed / "node_modules" / "elex-browser"
    shipped = {path.relative_to(folder).as_posix() for path in files_below(folder)}
    wanted = {path.relative_to(dist).as_posix() for path in files_below(dist)}
    assert wanted | {"package.json", "README.md", "LICENSE", "CHANGELOG.md"} == shipped


def test_the_zip_is_dist(packages: Path, dist: Path) -> None:
    with zipfile.ZipFile(packages / f"elex-browser-{version()}.zip") as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {
        path.relative_to(dist).as_posix(): path.read_bytes() for path in files_below(dist)
    }


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "ui").mkdir(parents=True)
        (tmp_path / name / "ui" / "a.js").write_text("1")
        (tmp_path / name / "elex.js").write_text("2")
    os.utime(tmp_path / "two" / "elex.js", (1, 1))
    (tmp_path / "two" / "elex.js").chmod(0o600)

    one, two = tmp_path / "one", tmp_path / "two"
    assert package.zipped(one) == package.zipped(two)
    assert package.npm_tarball(one) == package.npm_tarball(two)
    with tarfile.open(fileobj=BytesIO(package.npm_tarball(one))) as archive:
        members = archive.getmembers()
    assert all(re.match("package/", member.name) for member in members)
    assert {(member.mtime, member.uid, member.uname) for member in members} == {(0, 0, "")}
