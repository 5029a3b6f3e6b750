"""Bytecode instead of sources, or beside them, in a zip or wheel; runs inside Pyodide, as its own.

Pyodide spends most of its start compiling Python. The .pyc files are of the unchecked-hash kind
(PEP 552), so nothing is compared with a source at import. RECORD is rewritten for what the wheel then
holds (PEP 427).
"""

import base64
import hashlib
import importlib.util
import json
import marshal
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

UNCHECKED_HASH = 0b01
OLDEST_DATE = (1980, 1, 1, 0, 0, 0)


def main(job: Path) -> None:
    """Carry out a file with a list of {source, target, folder, sourceless, drop, add}."""
    for task in json.loads(job.read_bytes()):
        files = read_zip(Path(task["source"]), task["drop"])
        files |= {name: Path(path).read_bytes() for name, path in task["add"].items()}
        write_zip(
            Path(task["target"]), compiled(files, task["folder"], sourceless=task["sourceless"])
        )


def read_zip(path: Path, drop: str | None = None) -> dict[str, bytes]:
    """Return the files of a zip by name, without those in which the regular expression is found."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {name: archive.read(name) for name in names if not (drop and re.search(drop, name))}


def compiled(files: Mapping[str, bytes], folder: str, *, sourceless: bool) -> dict[str, bytes]:
    """Return the files with bytecode for every module; `folder` is where tracebacks say they lie."""
    result: dict[str, bytes] = {}
    place: Callable[[str], str] = _beside if sourceless else importlib.util.cache_from_source
    for name, content in files.items():
        is_module = name.endswith(".py")
        if is_module:
            result[place(name)] = pyc(content, f"{folder}/{name}")
        if not (is_module and sourceless):
            result[name] = content
    for name in [name for name in result if name.endswith(".dist-info/RECORD")]:
        result[name] = record(result, name)
    return result


def pyc(source: bytes, path: str) -> bytes:
    """Return the content of an unchecked-hash .pyc file."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    flags = UNCHECKED_HASH.to_bytes(4, "little")
    return (
        importlib.util.MAGIC_NUMBER
        + flags
        + importlib.util.source_hash(source)
        + marshal.dumps(code)
    )


def record(files: Mapping[str, bytes], name: str) -> bytes:
    """Return the RECORD of these files; its own line has no hash."""
    lines = []
    for path in sorted(files):
        digest = (
            base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b"=").decode()
        )
        lines.append(f"{path},," if path == name else f"{path},sha256={digest},{len(files[path])}")
    return ("\n".join(lines) + "\n").encode()


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip whose bytes depend on nothing but the files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, OLDEST_DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)


def _beside(name: str) -> str:
    return name + "c"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
