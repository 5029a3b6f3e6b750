"""`build.py package`: what leaves the project, in packages/: a wheel, an npm tarball, a zip, one HTML file.

The same dist/ gives the same bytes, so a hash says whether two builds are the same.
"""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from building import policy
from building.layout import DIST, PACKAGES, ROOT, WHEELS, files_below
from building.out import single_file
from building.parts.wheel import file_name, version
from building.steps import Step

BESIDE = {name: ROOT / name for name in ("README.md", "LICENSE", "CHANGELOG.md")}
# The first moment that a zip can name.
BEGIN = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644


def products() -> dict[str, tuple[str, Callable[[Path], object]]]:
    """Return for each file of packages/ what it is for, and what writes it."""
    name = f"elex-browser-{version()}"
    return {
        file_name(): (
            "the Python package, for pip, and for micropip in any Pyodide page",
            lambda target: shutil.copyfile(WHEELS / file_name(), target),
        ),
        f"{name}.tgz": (
            "the SDK with all it loads, for npm install FILE",
            lambda target: target.write_bytes(npm_tarball(DIST)),
        ),
        f"{name}.zip": (
            "dist/, for any static web server",
            lambda target: target.write_bytes(zipped(DIST)),
        ),
        "elex-offline.html": (
            "the whole app, opened from disk without a server",
            lambda target: single_file.write(DIST, target),
        ),
    }


def steps() -> list[Step]:
    """Return the one step that writes packages/."""
    makers = [Path(__file__), Path(single_file.__file__), Path(policy.__file__)]
    makers += [single_file.BUNDLER, *files_below(single_file.PARTS)]
    return [
        Step(
            "packages",
            "Write packages/",
            # build.json has the hash of every file but sw.js, whose text it decides together with this.
            lambda: [DIST / "build.json", DIST / "sw.js", *BESIDE.values(), *makers],
            (PACKAGES,),
            write,
        )
    ]


def write() -> None:
    """Write every product into an empty packages/."""
    shutil.rmtree(PACKAGES, ignore_errors=True)
    PACKAGES.mkdir()
    for name, (_, make) in products().items():
        make(PACKAGES / name)


def report() -> None:
    """Print what lies in packages/: size, name, use and hash of each."""
    for name, (use, _) in products().items():
        data = (PACKAGES / name).read_bytes()
        print(f"{len(data) / 1e6:6.1f} MB  {PACKAGES.name}/{name}: {use}")
        print(f"           sha256 {hashlib.sha256(data).hexdigest()}")


def npm_tarball(dist: Path) -> bytes:
    """Return what `npm pack` would make of dist/ with a package.json beside it."""
    files = {path.relative_to(dist).as_posix(): path.read_bytes() for path in files_below(dist)}
    files |= {name: path.read_bytes() for name, path in BESIDE.items()}
    files["package.json"] = (json.dumps(npm_manifest(), indent=2) + "\n").encode()
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in sorted(files.items()):
            member = tarfile.TarInfo(f"package/{name}")
            member.size, member.mode = len(data), READABLE
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), 9, mtime=0)


def npm_manifest() -> Mapping[str, object]:
    """Return the package.json of the SDK."""
    return {
        "name": "elex-browser",
        "version": version(),
        "description": "593 RAN feature agents that answer and learn inside one browser page, offline",
        "license": "Apache-2.0",
        "type": "module",
        "types": "./elex.d.ts",
        "exports": {".": {"types": "./elex.d.ts", "default": "./elex.js"}, "./*": "./*"},
    }


def zipped(folder: Path) -> bytes:
    """Return a zip of all files of a folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_below(folder):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), BEGIN)
            member.external_attr = READABLE << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
    return target.getvalue()
