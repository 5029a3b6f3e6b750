"""Where the wheels come from: the first source with the right hash; all that was tried when none has it."""

import hashlib
from pathlib import Path

import pytest

from building.commands import BuildError
from building.parts import wasm_wheels

NAME, CONTENT = "numpy-9-any.whl", b"the wheel"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty cache, a CDN that does not answer and an index without the carrying wheel."""

    def refuse(what: str) -> bytes:
        raise OSError(f"no answer for {what}")

    (tmp_path / "downloads").mkdir()
    monkeypatch.setattr(wasm_wheels, "DOWNLOADS", tmp_path / "downloads")
    monkeypatch.setattr(wasm_wheels, "_read_address", refuse)
    monkeypatch.setattr(wasm_wheels, "_read_carrier", refuse)
    monkeypatch.delenv("ELEX_PYODIDE_MIRROR", raising=False)


def test_mirror_folder_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)
    monkeypatch.setenv("ELEX_PYODIDE_MIRROR", str(tmp_path))
    wasm_wheels.fetch(NAME, SHA256)
    assert (tmp_path / "downloads" / NAME).read_bytes() == CONTENT


def test_file_with_another_hash_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_bytes(b"something else")
    monkeypatch.setenv("ELEX_PYODIDE_MIRROR", str(tmp_path))
    monkeypatch.setattr(wasm_wheels, "_read_carrier", lambda name: CONTENT)
    wasm_wheels.fetch(NAME, SHA256)
    assert (tmp_path / "downloads" / NAME).read_bytes() == CONTENT


def test_file_in_the_cache_needs_no_source(tmp_path: Path) -> None:
    cached = tmp_path / "downloads" / NAME
    cached.write_bytes(CONTENT)

    wasm_wheels.fetch(NAME, SHA256)  # without a mirror, a CDN or an index it could only fail

    assert cached.read_bytes() == CONTENT


def test_failure_names_every_source_and_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_bytes(b"something else")
    monkeypatch.setenv("ELEX_PYODIDE_MIRROR", str(tmp_path))
    with pytest.raises(BuildError) as raised:
        wasm_wheels.fetch(NAME, SHA256)
    told = str(raised.value)
    for part in ("the mirror: another file", "CDN: no answer", "open-webui", "ELEX_PYODIDE_MIRROR"):
        assert part in told
    assert not list((tmp_path / "downloads").iterdir())


def test_cdn_is_the_address_that_pyodide_names() -> None:
    assert wasm_wheels.cdn().endswith("/v314.0.3/full/")
