"""python -m tests.bench [--json FILE] [--quick] [--no-peers] [--write]: benchmarks in Chromium."""

import argparse
import json
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import ConsoleMessage, sync_playwright

from building.commands import run
from building.layout import CACHE, DIST, INSIDE, ROOT
from building.out.serving import Handler, QuietServer
from building.parts.kernels import BUILDS, compile_crates, optimise
from building.tools.system import chromium, need
from tests.bench import report, start_rows
from tests.conftest import CHROMIUM_FLAGS

HERE = Path(__file__).parent
PEERS = CACHE / "bench-peers"
IN_BROWSER = (
    "__init__.py",
    "agent_rows.py",
    "alone_rows.py",
    "in_browser.py",
    "index_rows.py",
    "kernel_rows.py",
    "measure.py",
    "pure.py",
)
QUICK = {
    "alone": [21],
    "similarity": [593],
    "columns": [1000],
    "q_table": [1000],
    "agent": [27],
    "index": [1000],
    "uniform": [],
    "start": [1],
}
FULL = {
    "alone": [101],
    "similarity": [593, 1000, 10_000, 100_000],
    "columns": [593, 1000, 10_000, 100_000, 1_000_000],
    "q_table": [593, 1000, 10_000, 100_000, 1_000_000],
    "agent": [27],
    "index": [593, 1000, 10_000, 100_000],
    "uniform": [10_000],
    "start": [5],
}
LIMIT_MS = 3_600_000
RUN = """
(job) => new Promise((resolve, reject) => {
  const worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.progress) console.log(data.progress);
    else if (data.error) reject(new Error(data.error));
    else resolve(data.rows);
  };
  worker.onerror = (event) => reject(new Error(`${event.message} (${event.filename}:${event.lineno})`));
  worker.postMessage(job);
})
"""


class BenchHandler(Handler):
    """The server of dist/ without its content security policy: a peer needs what that forbids."""

    def end_headers(self) -> None:
        """Keep what gives the page exact timers."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        SimpleHTTPRequestHandler.end_headers(self)


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    parser.add_argument("--quick", action="store_true", help="small sizes only, in a minute")
    parser.add_argument("--no-peers", action="store_true", help="without packages of others")
    parser.add_argument("--write", action="store_true", help="put the table into docs/")
    parser.add_argument("--only", choices=sorted(FULL), action="append", help="only these rows")
    options = parser.parse_args()
    wanted = QUICK if options.quick else FULL
    if options.only:
        wanted = {name: n if name in options.only else [] for name, n in wanted.items()}
    if not options.no_peers:
        install_peers()
    rows = measure({**wanted, "peers": not options.no_peers})
    report.write(rows, options.json, into_document=options.write)
    print(report.table(rows), report.sizes(), sep="\n\n")
    return 0


def install_peers() -> None:
    """Install what we compare with; npm checks each package against the hash in the lock file."""
    manifests = [HERE / "package.json", HERE / "package-lock.json", ROOT / ".npmrc"]
    if (PEERS / "package-lock.json").is_file() and all(
        path.read_bytes() == (PEERS / path.name).read_bytes() for path in manifests
    ):
        return
    PEERS.mkdir(parents=True, exist_ok=True)
    for path in manifests:
        shutil.copy(path, PEERS)
    run(need("npm", "npm"), "ci", cwd=PEERS)


def compile_alone(target: Path) -> None:
    """Compile the kernels that repeat themselves, as the shipped ones are compiled, in both builds."""
    for build in BUILDS:
        [module] = compile_crates(build, "bench")
        compiled = target / f"alone-{build}.wasm"
        shutil.copy(module, compiled)
        optimise(compiled, simd=build == "simd")


def measure(wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the benchmarks in a worker of a page in Chromium and return their rows."""
    served = CACHE / "bench-page"
    shutil.rmtree(served, ignore_errors=True)
    shutil.copytree(HERE / "page", served)
    for name in IN_BROWSER:
        shutil.copy(HERE / name, served)
    if wanted["alone"]:
        compile_alone(served)
    extra = {"/bench/": served, "/inside/": INSIDE, "/peers/": PEERS / "node_modules"}
    handler = partial(BenchHandler, directory=str(DIST), extra=extra)
    server = QuietServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(chromium()), args=CHROMIUM_FLAGS
            )
            page = browser.new_page()
            page.set_default_timeout(LIMIT_MS)
            page.on("console", _show)
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/bench/bench.html")
            found = json.loads(page.evaluate(RUN, {"files": IN_BROWSER, "options": wanted}))
            page.close()
            starts = [row for runs in wanted["start"] for row in start_rows.rows(browser, runs)]
            return [*found, *starts]
    finally:
        server.shutdown()
        server.server_close()


def _show(message: ConsoleMessage) -> None:
    print(message.text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
