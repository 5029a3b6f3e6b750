"""What comes from npm, as package-lock.json pins it: files for dist/, the wasm optimiser, checkers."""

import shutil
from pathlib import Path

from building.commands import run
from building.layout import NODE_MODULES, NPM, ROOT, TYPES
from building.steps import Step
from building.tools.system import need

MANIFESTS = (ROOT / "package.json", ROOT / "package-lock.json")
# Where dist/ takes each file from; only .js names, because some servers do not know .mjs.
VENDOR = {
    "vendor/comlink.js": "comlink/dist/esm/comlink.min.mjs",
    "vendor/comlink-LICENSE.txt": "comlink/LICENSE",
    "vendor/idb.js": "idb/build/index.js",
    "vendor/idb-LICENSE.txt": "idb/LICENSE",
    "vendor/uplot.js": "uplot/dist/uPlot.iife.min.js",
    "vendor/uplot.css": "uplot/dist/uPlot.min.css",
    "vendor/uplot-LICENSE.txt": "uplot/LICENSE",
    "pyodide/pyodide.js": "pyodide/pyodide.mjs",
    "pyodide/pyodide.asm.js": "pyodide/pyodide.asm.mjs",
    "pyodide/pyodide.asm.wasm": "pyodide/pyodide.asm.wasm",
}
# (file in the types folder, file in node_modules): declarations that refer to each other keep their names.
DECLARATIONS = {
    "vendor/comlink.d.ts": "comlink/dist/esm/comlink.d.ts",
    "vendor/protocol.d.ts": "comlink/dist/esm/protocol.d.ts",
    "vendor/idb.d.ts": "idb/build/index.d.ts",
    "vendor/entry.d.ts": "idb/build/entry.d.ts",
    "vendor/database-extras.d.ts": "idb/build/database-extras.d.ts",
    "vendor/async-iterators.d.ts": "idb/build/async-iterators.d.ts",
    "vendor/wrap-idb-value.d.ts": "idb/build/wrap-idb-value.d.ts",
    "vendor/uplot.d.ts": "uplot/dist/uPlot.d.ts",
    "pyodide/pyodide.d.ts": "pyodide/pyodide.d.ts",
    "pyodide/ffi.d.ts": "pyodide/ffi.d.ts",
}
# npm has none for this module; it is what loadPyodide's option createPyodideModule takes.
ASM_DECLARATION = """\
import { PyodideConfig } from "./pyodide.js";
declare const createPyodideModule: NonNullable<PyodideConfig["createPyodideModule"]>;
export default createPyodideModule;
"""


def steps() -> list[Step]:
    """Return the one step that installs the packages."""
    return [
        Step(
            "node-tools",
            "Install the JavaScript packages",
            lambda: [*MANIFESTS, ROOT / ".npmrc", Path(__file__)],
            (NODE_MODULES / ".package-lock.json", TYPES / "vendor", TYPES / "pyodide"),
            install_packages,
        )
    ]


def install_packages() -> None:
    """Install node_modules in the cache; npm checks every package against the lock file's hash."""
    npm = need("npm", "npm")
    NPM.mkdir(parents=True, exist_ok=True)
    for path in (*MANIFESTS, ROOT / ".npmrc"):
        shutil.copy(path, NPM)
    run(npm, "ci", cwd=NPM)
    for target, source in DECLARATIONS.items():
        (TYPES / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(NODE_MODULES / source, TYPES / target)
    asm = TYPES / "pyodide" / "pyodide.asm.d.ts"
    asm.write_text(ASM_DECLARATION)
