"""dist/: put together in a folder beside it and swapped in, so that it is never half of two builds.

build.json lists every file with its hash. The build id is a hash over that list; sw.js carries it, so the
service worker's bytes change with every build and browsers notice.
"""

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from building import policy
from building.commands import BuildError
from building.layout import DIST, KERNELS, NODE_MODULES, PYODIDE, ROOT, WEB, WHEELS, files_below
from building.parts.wheel import file_name, version
from building.steps import Step
from building.tools.node import VENDOR

# The measured learning curves, and the module of dist/ that the page draws them from.
CURVES, CURVES_MODULE = ROOT / "docs" / "learning-curves.json", "ui/learning/curves.js"
# What the service worker does not keep: itself, and the list that it reads.
UNLISTED = {"sw.js", "build.json"}


def steps() -> list[Step]:
    """Return the one step that makes dist/."""
    return [
        Step(
            "site",
            "Assemble dist/",
            lambda: [Path(__file__), Path(policy.__file__), *sources().values(), version()],
            (DIST,),
            publish,
        )
    ]


def sources() -> dict[str, Path]:
    """Return for each file of dist/ but build.json where it comes from."""
    web = {path.relative_to(WEB).as_posix(): path for path in files_below(WEB)}
    found = {name: path for name, path in web.items() if _is_shipped(name)}
    found |= {name: NODE_MODULES / source for name, source in VENDOR.items()}
    found[CURVES_MODULE] = CURVES
    found |= {f"pyodide/{path.name}": path for path in files_below(PYODIDE)}
    found |= {f"wasm/{path.relative_to(KERNELS).as_posix()}": path for path in files_below(KERNELS)}
    found[f"wheels/{file_name()}"] = WHEELS / file_name()
    return dict(sorted(found.items()))


def _is_shipped(name: str) -> bool:
    """Leave out what is for editors only: configurations, and declarations of inner modules."""
    is_inner_declaration = name.endswith(".d.ts") and "/" in name
    return not (is_inner_declaration or name.endswith("config.json"))


def publish() -> None:
    """Assemble the site and put it in the place of the old one."""
    staging, previous = ROOT / "dist.staging", ROOT / "dist.previous"
    assemble(staging)
    shutil.rmtree(previous, ignore_errors=True)
    if DIST.exists():
        DIST.rename(previous)
    staging.rename(DIST)
    shutil.rmtree(previous, ignore_errors=True)


def assemble(target: Path) -> None:
    """Write the whole site into an empty `target`; the same sources give the same bytes."""
    shutil.rmtree(target, ignore_errors=True)
    for name, source in sources().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name, source))
    files = [entry(target, path) for path in files_below(target) if path.name not in UNLISTED]
    build_id = identify(files, (target / "sw.js").read_bytes())
    _insert(target / "sw.js", build_id)
    manifest = {
        "version": version(),
        "buildId": build_id,
        "wheel": f"wheels/{file_name()}",
        "files": files,
    }
    (target / "build.json").write_text(json.dumps(manifest, indent=1) + "\n")


def content(name: str, source: Path) -> bytes:
    """Return a file as dist/ has it."""
    data = source.read_bytes()
    if name == CURVES_MODULE:
        return curves_module(json.loads(data))
    if name == "sw.js":
        headers = json.dumps(policy.KEPT_HEADERS, indent=2)
        return filled(data, '{ "__HEADERS__": "" }', headers, name)
    if name == "index.html":
        return filled(data, "__POLICY__", policy.written(policy.of_page()), name)
    if name not in VENDOR:
        return data
    data = re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", data)  # source maps are not shipped
    # Of uPlot only the script is minified, a third of its module; this line makes a module of it.
    return data + b"export default uPlot;\n" if name == "vendor/uplot.js" else data


def filled(data: bytes, place: str, text: str, name: str) -> bytes:
    """Return a file with a text in its place.

    Raises:
        BuildError: the place is not there, or there are several.
    """
    if data.count(place.encode()) != 1:
        raise BuildError(
            f"web/{name} has {data.count(place.encode())} times {place}; it needs it once"
        )
    return data.replace(place.encode(), text.encode())


def curves_module(curves: list[dict[str, Any]]) -> bytes:
    """Return the learning curves as a module, as precise as a screen can show them."""
    for curve in curves:
        curve |= {band: [round(x, 4) for x in curve[band]] for band in ("mean", "low", "high")}
    head = "/** The learning curves that `build.py evaluate --learning` measured. */"
    return f"{head}\nexport default {json.dumps(curves, separators=(',', ':'))};\n".encode()


def entry(folder: Path, path: Path) -> dict[str, str | int]:
    """Return a file's line in build.json."""
    data = path.read_bytes()
    digest = hashlib.sha256(data)
    integrity = f"sha256-{base64.b64encode(digest.digest()).decode()}"
    name = path.relative_to(folder).as_posix()
    return {"path": name, "size": len(data), "sha256": digest.hexdigest(), "integrity": integrity}


def identify(files: list[dict[str, str | int]], service_worker: bytes) -> str:
    """Return the build id: a hash over all files, the service worker included."""
    total = hashlib.sha256(service_worker)
    for file in files:
        total.update(f"{file['path']}\0{file['sha256']}\n".encode())
    return total.hexdigest()[:16]


def _insert(service_worker: Path, build_id: str) -> None:
    text = service_worker.read_text()
    text = text.replace("__BUILD_ID__", build_id).replace("__VERSION__", version())
    service_worker.write_text(text)
