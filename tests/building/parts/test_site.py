"""dist/ is what build.json says, and the same sources give the same bytes."""

import base64
import gzip
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from building.layout import ROOT, files_below
from building.pack import pack
from building.parts import pyodide, site, wheel


@pytest.fixture(scope="module")
def build(dist: Path) -> dict[str, Any]:
    return dict(json.loads((dist / "build.json").read_text()))


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_below(folder)
    }


def test_build_json_lists_every_file_but_itself_and_the_service_worker(
    dist: Path, build: dict[str, Any]
) -> None:
    assert {file["path"] for file in build["files"]} == set(contents(dist)) - {
        "build.json",
        "sw.js",
    }


def test_build_json_tells_sizes_and_hashes(dist: Path, build: dict[str, Any]) -> None:
    for file in build["files"]:
        data = (dist / file["path"]).read_bytes()
        digest = hashlib.sha256(data).digest()
        assert file["size"] == len(data)
        assert file["sha256"] == digest.hex()
        assert file["integrity"] == f"sha256-{base64.b64encode(digest).decode()}"


def test_service_worker_carries_the_build_id(dist: Path, build: dict[str, Any]) -> None:
    text = (dist / "sw.js").read_text()
    assert build["buildId"] in text
    assert "__BUILD_ID__" not in text


def test_site_is_the_same_when_assembled_again(dist: Path, tmp_path: Path) -> None:
    site.assemble(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(dist)


def test_build_id_changes_with_any_file() -> None:
    files: list[dict[str, str | int]] = [{"path": "a.js", "sha256": "1"}]
    ids = {
        site.identify(files, b"worker"),
        site.identify(files, b"worker 2"),
        site.identify([{"path": "b.js", "sha256": "1"}], b"worker"),
        site.identify([{"path": "a.js", "sha256": "2"}], b"worker"),
    }
    assert len(ids) == 4


def test_page_draws_the_learning_curves_that_were_measured(dist: Path) -> None:
    module = (dist / site.CURVES_MODULE).read_text()
    drawn = json.loads(module[module.index("[") : module.rindex("]") + 1])
    measured = json.loads(site.CURVES.read_text())
    assert [curve["strategy"] for curve in drawn] == [curve["strategy"] for curve in measured]
    for one, other in zip(drawn, measured, strict=True):
        assert one["questions"] == other["questions"]
        for band in ("mean", "low", "high"):
            assert one[band] == pytest.approx(other[band], abs=5e-5)


def test_pyodide_files_are_the_same_when_made_again(dist: Path, tmp_path: Path) -> None:
    pyodide.make_files(tmp_path / "again")
    made = contents(tmp_path / "again")
    shipped = contents(dist / "pyodide")
    assert made == {name: shipped[name] for name in made}


def test_wheel_is_the_same_when_built_again(dist: Path, tmp_path: Path) -> None:
    again = wheel.make_wheel(tmp_path / "again")
    assert again.read_bytes() == (dist / "wheels" / again.name).read_bytes()


def test_wheel_holds_sources_bytecode_and_data(dist: Path) -> None:
    with zipfile.ZipFile(dist / "wheels" / wheel.file_name()) as archive:
        names = set(archive.namelist())
    expected = ["py.typed", "errors.py", "__pycache__/errors.cpython-314.pyc"]
    expected += ["catalogue/data/features.tsv", "knowledge/data/routing.pack"]
    assert {f"elex_browser/{name}" for name in expected} <= names


def test_pack_lists_its_files_before_their_bytes() -> None:
    files = {"b/two.txt": b"22", "a.txt": b"1"}
    plain = gzip.decompress(pack(files))
    length = int.from_bytes(plain[:4], "little")
    assert json.loads(plain[4 : 4 + length]) == [["a.txt", 1], ["b/two.txt", 2]]
    assert plain[4 + length :] == b"122"


def test_pack_has_what_numpy_needs_and_no_tests(dist: Path) -> None:
    plain = gzip.decompress((dist / "pyodide" / "packages.pack").read_bytes())
    header = plain[4 : 4 + int.from_bytes(plain[:4], "little")]
    names = [name for name, _ in json.loads(header)]
    for package in ("numpy", "msgspec", "micropip"):
        assert f"{package}/__init__.pyc" in names
        assert [n for n in names if n.startswith(package) and n.endswith("dist-info/METADATA")]
    assert not [name for name in names if "/tests/" in name or name.endswith((".py", ".pyi", ".h"))]


def test_nothing_in_dist_names_this_machine(dist: Path) -> None:
    home = str(ROOT).encode()
    assert not [path for path in files_below(dist) if home in path.read_bytes()]
