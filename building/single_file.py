"""elex-offline.html: the whole app in one file that a browser opens from disk, without a server.

From file:// a page may fetch nothing and import no module, so one script carries all files as text, and
gives the modules addresses of their own (blob:) in the order in which they import each other.
"""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from building.commands import BuildError
from building.layout import ROOT, files_below

PARTS = ROOT / "building" / "offline"
ORIGIN = "https://elex.invalid/"
PAGE_MODULES = ("ui/frame/theme.js", "app.js")
WORKER = "worker/worker.js"
# Besides the modules, what the worker fetches, and the licences that go with the libraries.
FETCHED = re.compile(r"build\.json$|vendor/.*\.txt$|pyodide/(?!.*\.js$)|wheels/|wasm/.*\.wasm$")
# An import of a module by its name; `import("…").Type` is a comment's way to name a type.
IMPORT = re.compile(r"""(?:\bfrom|\bimport|\bimport\()\s*(?P<name>"\.{1,2}/[^"]+")(?!\)\.[A-Z])""")
POLICY = (
    "default-src 'none'; script-src {script} blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'; "
    "style-src {style}; img-src data: blob:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types app elex-single-file"
)
# There is no service worker and none is needed: the file is there as long as it is kept.
UPDATES = """\
export async function watchUpdates(notices, { onReadiness }) {
  onReadiness("offline-ready", "Everything is in this file");
}
"""
# Texts that hold only where a server is: (module, what it says, what it says here).
CHANGES = (
    # All files of a disk share their databases, in Chromium at least.
    ("worker/start.js", 'options.databaseName ?? "elex"', 'options.databaseName ?? "elex-offline"'),
    ("worker/kernels/kernels.js", "import(glueUrl.href)", "elexImport(glueUrl.href)"),
)


def write(dist: Path, target: Path) -> None:
    """Write the one file of a built site; the same site gives the same bytes."""
    modules = {name: text for name, text in read_modules(dist)}
    page = in_order(modules, PAGE_MODULES)
    glue = [name for name in modules if name.startswith("wasm/")]
    worker = in_order(modules, (WORKER, *glue))
    files = {name: linked(name, modules[name]).encode() for name in {*page, *worker}}
    files["offline-worker.js"] = script("worker.js").encode()
    for path in files_below(dist):
        name = path.relative_to(dist).as_posix()
        if FETCHED.match(name):
            files[name] = path.read_bytes()
    packed = base64.b64encode(pack(files, page=page, worker=worker)).decode()
    target.write_text(html(dist, packed), encoding="utf-8")


def read_modules(dist: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every module, with what a file from disk needs changed."""
    changes = {name: [c for c in CHANGES if c[0] == name] for name, *_ in CHANGES}
    for path in files_below(dist):
        name = path.relative_to(dist).as_posix()
        if path.suffix != ".js" or name == "sw.js":
            continue
        text = UPDATES if name == "ui/frame/updates.js" else path.read_text(encoding="utf-8")
        for _, old, new in changes.pop(name, []):
            text = replace(text, old, new, name)
        yield name, text.replace("import.meta.url", json.dumps(ORIGIN + name))
    if changes:
        raise BuildError(f"dist/ has no {', '.join(changes)}, which elex-offline.html needs")


def replace(text: str, old: str, new: str, place: str) -> str:
    """Replace a text that must be there exactly once.

    Raises:
        BuildError: it is not.
    """
    if text.count(old) != 1:
        raise BuildError(
            f"{place} has {text.count(old)} times `{old}`; elex-offline.html needs it once"
        )
    return text.replace(old, new)


def imports(name: str, text: str) -> list[str]:
    """Return the modules that one imports, by their names in dist/."""
    return [resolved(name, found["name"][1:-1]) for found in IMPORT.finditer(text)]


def resolved(importer: str, name: str) -> str:
    """Return what a relative name means in a module."""
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / name).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def in_order(modules: dict[str, str], entries: Iterable[str]) -> list[str]:
    """Return all modules that the entries reach, each after those that it imports.

    Raises:
        BuildError: a module is missing, or imports itself through others, which no order serves.
    """
    ordered: list[str] = []
    open_ones: list[str] = []

    def visit(name: str) -> None:
        if name in open_ones:
            raise BuildError(f"The modules import in a circle: {' → '.join([*open_ones, name])}")
        if name in ordered:
            return
        if name not in modules:
            raise BuildError(
                f"{open_ones[-1] if open_ones else 'The app'} imports {name}, not in dist/"
            )
        open_ones.append(name)
        for imported in imports(name, modules[name]):
            visit(imported)
        open_ones.pop()
        ordered.append(name)

    for entry in entries:
        visit(entry)
    return ordered


def linked(name: str, text: str) -> str:
    """Return a module whose imports are placeholders for addresses."""

    def mark(found: re.Match[str]) -> str:
        imported = f'"elex-module:{resolved(name, found["name"][1:-1])}"'
        return found[0].replace(found["name"], imported)

    return IMPORT.sub(mark, text)


def pack(files: dict[str, bytes], **orders: list[str]) -> bytes:
    """Return the files and the orders of the modules as building/offline/files.js reads them."""
    names = sorted(files)
    header = json.dumps({"files": [[name, len(files[name])] for name in names], **orders}).encode()
    content = b"".join(files[name] for name in names)
    return gzip.compress(len(header).to_bytes(4, "little") + header + content, 9, mtime=0)


def script(name: str) -> str:
    """Return a script of building/offline with what both of them share before it."""
    return (PARTS / "files.js").read_text(encoding="utf-8") + (PARTS / name).read_text(
        encoding="utf-8"
    )


def html(dist: Path, packed: str) -> str:
    """Return index.html with styles, icon and scripts inside it."""
    text = (dist / "index.html").read_text(encoding="utf-8")
    icon = base64.b64encode((dist / "icon.svg").read_bytes()).decode()
    styles = "\n".join(
        (dist / name).read_text(encoding="utf-8") for name in re.findall(STYLE, text)
    )
    code = script("page.js")
    policy = POLICY.format(script=hash_of(code), style=hash_of(styles))
    text = re.sub(rf"\s*(?:{STYLE}|{SCRIPT}|{LINK})", "", text)
    text = text.replace('"icon.svg"', f'"data:image/svg+xml;base64,{icon}"')
    text = sub_once(
        r'(?s)(http-equiv="Content-Security-Policy" content=)"[^"]*"',
        lambda m: f'{m[1]}"{policy}"',
        text,
    )
    text = sub_once("</head>", lambda _: f"<style>{styles}</style>\n  </head>", text)
    data = f'<script id="files" type="text/plain">{packed}</script>'
    end = f'{data}\n<script type="module">{code}</script>\n  </body>'
    return sub_once("</body>", lambda _: end, text)


STYLE = r'<link rel="stylesheet" href="([^"]+)">'
SCRIPT = r"<script [^>]*src=[^>]*></script>"
LINK = r'<link rel="(?:manifest|modulepreload|preload)"[^>]*>'


def sub_once(pattern: str, new: Callable[[re.Match[str]], str], text: str) -> str:
    """Replace the one place that a pattern finds.

    Raises:
        BuildError: index.html has it not once.
    """
    text, count = re.subn(pattern, new, text)
    if count != 1:
        raise BuildError(
            f"index.html has {count} places like `{pattern}`; elex-offline.html needs one"
        )
    return text


def hash_of(text: str) -> str:
    """Return the source expression of an inline script or style (CSP level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
