"""How long routing takes in the browser: inside Pyodide, and for a page that waits for the answer.

Needs dist/, Chromium and Playwright; where one is missing it says so, and figures without it remain.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from building.layout import DIST, INSIDE
from building.out.serving import Server
from building.tools.system import CHROMIUM_NAMES, apt_command, find

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROGRAM = Path(__file__).with_name("route_in_pyodide.py")
LIMIT_MS = 600_000
RUN = """
(job) => new Promise((resolve, reject) => {
  const policy = trustedTypes.createPolicy("app", { createScriptURL: (url) => url });
  const worker = new Worker(policy.createScriptURL("worker.js"), { type: "module" });
  worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.value));
  worker.onerror = (event) => reject(new Error(`${event.message} (${event.filename}:${event.lineno})`));
  worker.postMessage(job);
})
"""
ROUTE = """
async (questions) => {
  const elex = await window.elex;
  const times = [];
  for (const question of questions) {
    const begin = performance.now();
    await elex.route(question).catch((error) => error);
    times.push(performance.now() - begin);
  }
  return times;
}
"""


class Latency(msgspec.Struct, frozen=True):
    """How long something takes, in milliseconds: the median and the 99th percentile of `n` runs."""

    kind: str
    n: int
    p50_ms: float
    p99_ms: float


def missing(dist: Path = DIST) -> str | None:
    """Return why nothing can be measured here, or None."""
    if not (dist / "build.json").is_file():
        return "dist/ is not built (python3 build.py)"
    if find(*CHROMIUM_NAMES) is None:
        return f"there is no Chromium ({apt_command('chromium')})"
    try:
        import playwright.sync_api  # noqa: F401 - whether it is there is all that counts
    except ImportError:
        return "Playwright is not installed (python3 build.py brings it)"
    return None


def measure(questions: Sequence[str]) -> list[Latency]:
    """Route questions inside Pyodide and from the page, in Chromium, on what dist/ holds.

    Only where `missing()` is None.
    """
    from playwright.sync_api import sync_playwright

    browser_path = find(*CHROMIUM_NAMES)
    with Server(DIST, extra={"/inside/": INSIDE}) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_path), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_default_timeout(LIMIT_MS)
        inside = _inside_pyodide(page, server.url, questions)
        times = {f"Pyodide: {name}": found for name, found in inside.items()}
        times |= {
            f"page: {name}": found
            for name, found in _from_page(page, server.url, questions).items()
        }
        browser.close()
    return [row(kind, found) for kind, found in times.items()]


def row(kind: str, times_ms: Sequence[float]) -> Latency:
    """The figures of some runs."""
    middle, late = np.percentile(times_ms, [50, 99])
    return Latency(kind, len(times_ms), round(float(middle), 2), round(float(late), 2))


def table(rows: Sequence[Latency]) -> str:
    """The rows as text, figures aligned."""
    head = f"{'milliseconds':<36}{'n':>6}{'p50':>9}{'p99':>9}"
    return "\n".join(
        [head, *(f"{r.kind:<36}{r.n:>6}{r.p50_ms:>9.2f}{r.p99_ms:>9.2f}" for r in rows)]
    )


def _inside_pyodide(page: "Page", address: str, questions: Sequence[str]) -> dict[str, list[float]]:
    page.goto(f"{address}inside/page.html")
    job = {"program": PROGRAM.read_text(), "argument": json.dumps(list(questions))}
    return dict(json.loads(page.evaluate(RUN, job)))


def _from_page(page: "Page", address: str, questions: Sequence[str]) -> dict[str, list[float]]:
    """From the first visit of the app to ready, and then a route at a time through its SDK."""
    page.goto(address)
    page.evaluate("() => window.elex.then(() => true)")
    ready = page.evaluate("performance.getEntriesByName('elex-ready')[0].startTime")
    page.evaluate(ROUTE, list(questions[:100]))
    return {"open to ready": [float(ready)], "elex.route()": page.evaluate(ROUTE, list(questions))}
