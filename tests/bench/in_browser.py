"""What runs inside Pyodide: all rows, as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from elex_browser import ffi
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.wasm import WasmKernels
from tests.bench import agent_rows, alone_rows, index_rows, kernel_rows


def run(options_json: str) -> str:
    """Return the rows for these options: sizes, and whether the index of 100,000 is built."""
    options = json.loads(options_json)
    host = ffi.host()
    rows = []
    for found in rows_of(options, host):
        rows.append(found)
        host.progress(f"  {found['operation']}, n = {found['n']}: {found['ours_ms']:.4g} ms")
    return json.dumps(rows)


def rows_of(options: dict[str, Any], host: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows one by one."""
    builds: dict[str, Kernels] = {build.name: WasmKernels(build) for build in host.builds}
    for rounds in options["alone"]:
        yield from alone_rows.alone(builds["simd"], host, rounds)
    for n in options["similarity"]:
        yield from kernel_rows.similarity(builds, host, n)
    for n in options["columns"]:
        yield from kernel_rows.columns(builds, n)
    for n in options["q_table"]:
        yield from kernel_rows.q_table(builds, n)
    for n in options["agent"]:
        yield from agent_rows.agent(builds["simd"], n)
    for n in options["index"]:
        yield from index_rows.index(builds, host, ffi.plain, n, "clustered")
    for n in options["uniform"]:
        yield from index_rows.index(builds, host, ffi.plain, n, "uniform")
