"""The times that `build.py evaluate` gives for the browser are measured, on the built site.

How long they are is no matter of a test: machines that run tests are busy with others.
"""

import json
import subprocess
import sys
from pathlib import Path

from building.commands import environment
from building.layout import ROOT
from studies.questions import DEVELOPMENT

N = 40


def test_evaluate_times_routing_in_pyodide_and_from_the_page(dist: Path, tmp_path: Path) -> None:
    questions, written = tmp_path / "questions.jsonl", tmp_path / "rows.json"
    questions.write_text("\n".join(DEVELOPMENT.read_text().splitlines()[:N]))
    # Another process: here a browser of the tests may hold this thread's event loop.
    subprocess.run(
        [sys.executable, "-m", "studies.routing.evaluate", questions, "--json", written],
        cwd=ROOT,
        env=environment({"PYTHONPATH": f"{ROOT / 'py'}:{ROOT}"}),
        check=True,
        capture_output=True,
    )
    rows = {row["kind"]: row for row in json.loads(written.read_text()) if "p50_ms" in row}
    for kind in ("Pyodide: route, scanning", "Pyodide: route, by graph", "page: elex.route()"):
        assert rows[kind]["n"] == N
        assert 0 < rows[kind]["p50_ms"] <= rows[kind]["p99_ms"]
    assert rows["Pyodide: linking the graph, a step"]["n"] > 100
