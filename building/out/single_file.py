"""elex-offline.html: the whole app in one file that a browser opens from disk, without a server.

From file:// a page may fetch nothing and import no module. So esbuild makes one script of the page and one of
the worker (building/out/bundle.mjs, building/out/offline/); the page's stands in the file, the worker's lies
with everything that it fetches in one pack, as text.
"""

import base64
import hashlib
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from building import policy
from building.commands import BuildError, run
from building.layout import CACHE, NODE_MODULES, files_below
from building.pack import pack

BUNDLER = Path(__file__).with_name("bundle.mjs")
PARTS = Path(__file__).with_name("offline")
# What the worker fetches, and the licences that go with the libraries.
FETCHED = re.compile(r"build\.json$|vendor/.*\.txt$|pyodide/(?!.*\.js$)|wheels/|wasm/.*\.wasm$")


def write(dist: Path, target: Path) -> None:
    """Write the one file of a built site; the same site gives the same bytes."""
    page, worker = bundles(dist)
    files = {path.relative_to(dist).as_posix(): path for path in files_below(dist)}
    packed = {name: path.read_bytes() for name, path in files.items() if FETCHED.match(name)}
    packed["offline-worker.js"] = worker.encode()
    carried = base64.b64encode(pack(packed)).decode()
    target.write_text(html(dist, page, carried), encoding="utf-8")


def bundles(dist: Path) -> tuple[str, str]:
    """Return the script of the page and that of the worker.

    Raises:
        BuildError: a module is missing, or one that the file has its own of is imported by none.
    """
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        run("node", BUNDLER, NODE_MODULES, dist, Path(folder))
        page, worker = (
            (Path(folder) / name).read_text(encoding="utf-8") for name in ("page.js", "worker.js")
        )
    return page, worker


def html(dist: Path, script: str, carried: str) -> str:
    """Return index.html with styles, icon, script and files inside it.

    Raises:
        BuildError: index.html lacks a place for one of them, or the script holds what ends it in HTML.
    """
    if re.search("<!--|</?script", script, re.IGNORECASE):
        raise BuildError("The page's script holds <!-- or <script, which mean something in HTML")
    text = (dist / "index.html").read_text(encoding="utf-8")
    icon = base64.b64encode((dist / "icon.svg").read_bytes()).decode()
    styles = "\n".join(
        (dist / name).read_text(encoding="utf-8") for name in re.findall(STYLE, text)
    )
    directives = policy.of_single_file(script=hash_of(script), style=hash_of(styles))
    text = re.sub(rf"\s*(?:{STYLE}|{SCRIPT}|{LINK})", "", text)
    text = text.replace('"icon.svg"', f'"data:image/svg+xml;base64,{icon}"')
    text = sub_once(
        r'(?s)(http-equiv="Content-Security-Policy" content=)"[^"]*"',
        lambda m: f'{m[1]}"{policy.written(directives)}"',
        text,
    )
    text = sub_once("</head>", lambda _: f"<style>{styles}</style>\n  </head>", text)
    data = f'<script id="files" type="text/plain">{carried}</script>'
    end = f'{data}\n<script type="module">{script}</script>\n  </body>'
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
