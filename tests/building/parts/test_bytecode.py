"""Bytecode in zips and wheels: it loads, it is where Python looks, RECORD fits, bytes repeat."""

import csv
import hashlib
import importlib.util
import json
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from building.parts.bytecode import compiled, main, pyc, read_zip, write_zip

FILES = {
    "pkg/__init__.py": b"from pkg.inner import value\n",
    "pkg/inner.py": b"def value():\n    raise LookupError('here')\n",
    "pkg/data.tsv": b"a\tb\n",
    "pkg/tests/test_pkg.py": b"",
    "pkg-1.dist-info/METADATA": b"Name: pkg\nVersion: 1\n",
    "pkg-1.dist-info/RECORD": b"stale",
}


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def run_value(folder: Path) -> str:
    command = [
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path[:0] = [{str(folder)!r}]; import pkg; pkg.value()",
    ]
    return subprocess.run(command, capture_output=True, text=True).stderr


@pytest.mark.parametrize("sourceless", [True, False])
def test_compiled_package_runs_from_its_bytecode(tmp_path: Path, sourceless: bool) -> None:
    files = compiled(FILES, "/site", sourceless=sourceless)
    if not sourceless:  # unchecked: the source could say anything
        files["pkg/inner.py"] = b"value = None"
    assert "LookupError: here" in run_value(unpacked(files, tmp_path))


def test_sourceless_form_has_no_sources_and_the_other_has_both() -> None:
    bare = compiled(FILES, "/site", sourceless=True)
    both = compiled(FILES, "/site", sourceless=False)
    assert not [name for name in bare if name.endswith(".py")]
    assert set(FILES) <= set(both)
    assert importlib.util.cache_from_source("pkg/inner.py") in both


def test_tracebacks_name_the_place_of_installation(tmp_path: Path) -> None:
    folder = unpacked(compiled(FILES, "/site", sourceless=True), tmp_path)
    assert 'File "/site/pkg/inner.py", line 2' in run_value(folder)


def test_record_lists_what_the_wheel_holds() -> None:
    files = compiled(FILES, "/site", sourceless=True)
    name = "pkg-1.dist-info/RECORD"
    rows = {
        path: (digest, size) for path, digest, size in csv.reader(files[name].decode().splitlines())
    }
    assert set(rows) == set(files)
    assert rows.pop(name) == ("", "")
    for path, (digest, size) in rows.items():
        expected = urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={expected}", str(len(files[path])))


def test_zip_depends_on_the_files_alone(tmp_path: Path) -> None:
    write_zip(tmp_path / "one.zip", FILES)
    write_zip(tmp_path / "two.zip", dict(reversed(FILES.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert read_zip(tmp_path / "one.zip") == FILES


def test_job_drops_what_matches(tmp_path: Path) -> None:
    source, target, job = (tmp_path / name for name in ("in.whl", "out.whl", "job.json"))
    write_zip(source, FILES)
    names = {"source": str(source), "target": str(target), "folder": "/site"}
    job.write_text(json.dumps([{**names, "sourceless": True, "drop": "/tests/", "add": {}}]))
    main(job)
    with zipfile.ZipFile(target) as archive:
        assert "pkg/inner.pyc" in archive.namelist()
        assert not [name for name in archive.namelist() if "tests" in name]


def test_flags_say_unchecked_hash() -> None:
    content = pyc(b"x = 1", "x.py")
    assert content[:4] == importlib.util.MAGIC_NUMBER
    assert int.from_bytes(content[4:8], "little") == 0b01
