"""elex.d.ts: the public types of the SDK in one file, taken by tsc from the JSDoc of web/elex.js.

`python -m building.types.declarations` writes web/elex.d.ts; `--check` only compares it. What tsc emits per
module is joined here, because a user of the SDK should need one file and see none of its inner modules.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from building.commands import run
from building.layout import NODE_MODULES, ROOT, TYPES, WEB

DECLARATIONS = WEB / "elex.d.ts"
HEAD = """\
// Generated from the JSDoc of web/elex.js and from py/elex_browser/protocol/ by
// `python -m building.types.declarations`; edit those.
"""
# Beside elex.js itself: which statements of which inner modules are public.
PUBLIC = {
    "sdk/edge-agent": ("class EdgeAgent",),
    "sdk/edge-batch": ("class EdgeBatch",),
    "shared/errors": ("class ElexError", "type ErrorCode"),
    "shared/simd": ("function simdAvailable",),
    "sdk/connection": ("type Waiting",),
    "shared/worker-interface": ("type Progress",),
}
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
# `type X = import("./messages.js").X`, imports and re-exports: everything is in the one file already.
REDUNDANT = re.compile(r"import |export \{|export type (\w+) = import\([^)]*\)\.\1;")
INTERNAL = re.compile(
    r"    /\*\*(?:(?!\*/).)*@internal.*?\*/\n    (constructor)?.*?;\n(?=    [/\w#]|\})", re.DOTALL
)
STATEMENT_END = re.compile(r"(\S.*;|\})$|\};$")


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
    with tempfile.TemporaryDirectory() as folder:
        emitted = emit(Path(folder))
        parts = list(statements((emitted / "elex.d.ts").read_text(encoding="utf-8")))
        for module, names in PUBLIC.items():
            written = WEB / f"{module}.d.ts"  # by hand, else what tsc emitted
            source = written if written.exists() else emitted / f"{module}.d.ts"
            found = statements(source.read_text(encoding="utf-8"))
            wanted = tuple(f"export {name}" for name in names)
            parts += [part for part in found if _code(part).startswith(wanted)]
    messages = (WEB / "messages.d.ts").read_text(encoding="utf-8").split("\n", 3)[3]
    sdk = "\n".join(part for part in parts if not REDUNDANT.match(_code(part)))
    # tsc keeps @internal members of JavaScript; a hidden constructor must also forbid `new`.
    sdk = INTERNAL.sub(lambda hit: "    private constructor();\n" if hit[1] else "", sdk)
    return HEAD + "\n" + re.sub(r"import\([^)]*\)\.", "", sdk) + "\n" + messages


def emit(folder: Path) -> Path:
    """Let tsc write the declarations of web/elex.js and all it imports; return where web/ is there."""
    project = folder / "tsconfig.json"
    options = {**OPTIONS, "outDir": str(folder / "out")}
    project.write_text(json.dumps({"compilerOptions": options, "files": [str(WEB / "elex.js")]}))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)
    return folder / "out" / WEB.relative_to(ROOT)


def statements(text: str) -> Iterator[str]:
    """Split a declaration file into its statements, each with the comment before it."""
    part: list[str] = []
    for line in text.splitlines():
        if line.startswith("/**"):
            part = []  # a comment that belongs to no statement, such as a @typedef
        part.append(line)
        if STATEMENT_END.match(line):
            yield "\n".join(part)
            part = []


def _code(part: str) -> str:
    """Return a statement without the comment before it."""
    return re.sub(r"\A/\*\*.*?\*/\s*", "", part, flags=re.DOTALL)


if __name__ == "__main__":
    sys.exit(main())
