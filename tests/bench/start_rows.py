"""From opening the page to ready, and from a question to its routes: as a user waits for them.

The measure beside ours is Pyodide as npm ships it with NumPy's own wheel, in a worker of an empty page.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page

from building.layout import CACHE, DIST, DOWNLOADS, NODE_MODULES
from building.out.serving import Server
from building.policy import HEADERS
from studies.questions import HELD_OUT, read_questions
from studies.routing.latency import ROUTE

BARE = CACHE / "bench-bare"
BARE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
BARE_PAGE = """<!doctype html><title>bare</title><script type="module" src="page.js"></script>"""
BARE_SCRIPT = """
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = () => performance.mark("ready");
"""
BARE_WORKER = """
import { loadPyodide } from "./pyodide.js";
import createPyodideModule from "./pyodide.asm.js";
const pyodide = await loadPyodide({ createPyodideModule });
await pyodide.loadPackage("numpy", { checkIntegrity: false });
pyodide.runPython("import numpy");
postMessage("ready");
"""
READY = "performance.getEntriesByName('{}')[0]?.startTime ?? 0"


def rows(browser: Browser, runs: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each way to start, medians over `runs` turns, and one for routing."""
    bare, first, again, offline = [], [], [], []
    routing: list[float] = []
    questions = [asked.question for asked in read_questions(HELD_OUT)]
    for _ in range(runs):
        bare.append(start_bare(browser))
        with Server(DIST) as server:
            context = browser.new_context()
            page = context.new_page()
            first.append(ready_after(page, server.url))
            page.get_by_text("Ready to work offline").wait_for()
            again.append(ready_after(page, server.url))
            server.stop()
            offline.append(ready_after(page, server.url))
            if not routing:
                page.evaluate(ROUTE, questions[:10])
                routing = page.evaluate(ROUTE, questions)
            context.close()
    beside = {"bare Pyodide + NumPy": round(median(bare), 1)}
    named = (("first visit", first), ("second visit", again), ("server stopped", offline))
    for name, times in named:
        yield {
            "operation": f"page open to ready, {name}",
            "n": runs,
            "ours_ms": round(median(times), 1),
            "against": beside,
        }
    late = quantiles(routing, n=100)[98]
    yield {
        "operation": "route a question, from the page",
        "n": len(routing),
        "ours_ms": round(median(routing), 2),
        "against": {"its 99th percentile": round(late, 2)},
    }


def ready_after(page: Page, url: str) -> float:
    """Open the page anew and return the milliseconds until it can be asked."""
    page.goto("about:blank")
    page.goto(url)
    page.evaluate("() => window.elex.then(() => true)")
    return float(page.evaluate(READY.format("elex-ready")))


def start_bare(browser: Browser) -> float:
    """Return the milliseconds from opening an empty page to Pyodide with NumPy imported."""
    assemble_bare(BARE)
    policy = HEADERS.pop("Content-Security-Policy")  # stock Pyodide makes its URLs without a policy
    context = browser.new_context()
    try:
        with Server(BARE) as server:
            page = context.new_page()
            page.goto(server.url)
            while not (at := page.evaluate(READY.format("ready"))):
                page.wait_for_timeout(20)
            return float(at)
    finally:
        context.close()
        HEADERS["Content-Security-Policy"] = policy


def assemble_bare(folder: Path) -> None:
    """Lay out stock Pyodide and NumPy's wheel, under names that any server sends as they are meant."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in BARE_FILES:
        shutil.copy(NODE_MODULES / "pyodide" / name, folder / name.replace(".mjs", ".js"))
    lock = json.loads((folder / "pyodide-lock.json").read_text())
    wheel = lock["packages"]["numpy"]["file_name"]
    shutil.copy(DOWNLOADS / wheel, folder / wheel)
    (folder / "index.html").write_text(BARE_PAGE)
    (folder / "page.js").write_text(BARE_SCRIPT)
    (folder / "worker.js").write_text(BARE_WORKER)
