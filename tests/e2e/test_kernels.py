"""The kernels in a page: a trap becomes an error, a fresh instance goes on, and memory has an end."""

from typing import Any

import pytest
from playwright.sync_api import Page

from building.out.serving import Server

# What the worker does, with a hand on the instance; column 7 does not exist, which is a bug and traps.
RUN = """
async ([build, base]) => {
  const { Instance } = await import(`${base}worker/kernels/instance.js`);
  const { Matrix } = await import(`${base}worker/kernels/matrix.js`);
  const glue = await import(`${base}wasm/${build}/elex_kernels.js`);
  await glue.default({ module_or_path: new URL(`wasm/${build}/elex_kernels_bg.wasm`, base) });
  const instance = new Instance(glue);
  const attempt = (work) => {
    try { return work(); } catch ({ name, code, problem, fix }) { return { name, code, problem, fix }; }
  };
  const rows = Float32Array.of(1, 0, 0, 1);
  const find = (matrix) => [...matrix.topK(Float32Array.of(0, 1), 1).indices];
  const before = new Matrix(instance, rows, 2, 2);
  const found = find(before);
  const huge = attempt(() => new Matrix(instance, rows, 30_000_000, 128));
  const afterHuge = find(before);
  const trap = attempt(() => instance.call("testing", (_, workspace) => workspace.f64_column(7)));
  const lost = attempt(() => find(before));
  before.close();
  const after = find(new Matrix(instance, rows, 2, 2));
  return { found, huge, afterHuge, trap, lost, after, generation: instance.generation };
}
"""


@pytest.fixture(params=["simd", "scalar"])
def outcome(
    request: pytest.FixtureRequest, page: Page, server: Server, allow: list[str]
) -> dict[str, Any]:
    """What happened in one build."""
    # A page of this origin that starts nothing; the browser looks for an icon that only the app names.
    allow.append(r"favicon\.ico")
    page.goto(f"{server.url}build.json")
    return dict(page.evaluate(RUN, [request.param, server.url]))


def test_a_trap_is_an_error_and_the_next_call_works(outcome: dict[str, Any]) -> None:
    assert outcome["trap"]["code"] == "QUERY_FAILED"
    assert "stopped while testing" in outcome["trap"]["problem"]
    assert outcome["trap"]["fix"]
    assert outcome["generation"] == 1
    assert outcome["after"] == [1]


def test_what_the_lost_instance_held_says_so(outcome: dict[str, Any]) -> None:
    assert outcome["lost"]["code"] == "QUERY_FAILED"
    assert "lost" in outcome["lost"]["problem"]


def test_more_than_memory_can_hold_is_refused_and_loses_nothing(outcome: dict[str, Any]) -> None:
    assert outcome["huge"]["code"] == "MEMORY_ERROR"
    assert outcome["found"] == outcome["afterHuge"] == [1]
