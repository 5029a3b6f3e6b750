"""elex.d.ts: the public types of the SDK in one file, taken by tsc from the JSDoc of web/elex.js.

`python -m building.types.declarations` writes web/elex.d.ts; `--check` only compares it. What tsc emits per
module is bundled here, because a user of the SDK should need one file and see none of its inner modules.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB
from building.types import messages

DECLARATIONS = WEB / "elex.d.ts"
HEAD = """\
// Generated from the JSDoc of web/elex.js and from py/elex_browser/protocol/ by
// `python -m building.types.declarations`; edit those.

"""
# What a user of the SDK may name: its exports, every message, and the type of an error's code.
PUBLIC = """\
export * from "./elex.js";
export type * from "./messages.js";
export type { ErrorCode } from "./shared/errors.js";
"""
OPTIONS = {
    "strict": True,
    "allowJs": True,
    "checkJs": True,
    "declaration": True,
    "emitDeclarationOnly": True,
    "target": "ES2024",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "lib": ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    "types": [],
    "skipLibCheck": True,
    "rootDirs": [str(WEB), str(TYPES)],
    "rootDir": str(ROOT),
}


def main() -> int:
    """Write web/elex.d.ts, or tell by the exit code whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    text = declarations()
    if not parser.parse_args().check:
        DECLARATIONS.write_text(text, encoding="utf-8")
    elif DECLARATIONS.read_text(encoding="utf-8") != text:
        print(
            "web/elex.d.ts is out of date: run python -m building.types.declarations",
            file=sys.stderr,
        )
        return 1
    return 0


def declarations() -> str:
    """Return the text of elex.d.ts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        emitted = emit(folder)
        run("node", Path(__file__).with_name("public.mjs"), NODE_MODULES, emitted)
        bundled = bundle(emitted, folder).replace(messages.HEAD, "")
    # Comments still name types by their modules, which a user does not see.
    return HEAD + re.sub(r'import\("[^"]+"\)\.', "", bundled)


def emit(folder: Path) -> Path:
    """Let tsc write the declarations of web/elex.js and all it imports; return where web/ is there."""
    options = {**OPTIONS, "outDir": str(folder / "out")}
    project = write_project(folder / "emit.json", options, WEB / "elex.js")
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)
    return folder / "out" / WEB.relative_to(ROOT)


def bundle(emitted: Path, folder: Path) -> str:
    """Join what is public of the emitted declarations, with all that it refers to."""
    entry, target = emitted / "public.d.ts", folder / "bundle.d.ts"
    entry.write_text(PUBLIC)
    options = {name: value for name, value in OPTIONS.items() if name != "rootDir"}
    # messages.d.ts and what comes from elsewhere are not emitted.
    options["rootDirs"] = [str(emitted), str(WEB), str(TYPES)]
    project = write_project(folder / "bundle.json", options, entry)
    bundler = NODE_MODULES / "dts-bundle-generator" / "dist" / "bin" / "dts-bundle-generator.js"
    settings = "--silent --no-check --no-banner --export-referenced-types=false"
    run("node", bundler, settings, "--project", project, "-o", target, entry)
    return target.read_text(encoding="utf-8")


def write_project(path: Path, options: Mapping[str, object], file: Path) -> Path:
    """Write a tsconfig.json of one file and return its path."""
    path.write_text(json.dumps({"compilerOptions": options, "files": [str(file)]}))
    return path


if __name__ == "__main__":
    sys.exit(main())
