"""The SDK as another page would use it: batches, errors, seeds, and what it tells of itself."""

import math

import numpy as np
import pytest
from playwright.sync_api import Page

ASK_TWENTY_TIMES = """async () => {
  const elex = await window.elex;
  const round = async () => {
    const { queryId } = await elex.ask("Which parameters does FAJ 121 3094 have?");
    await elex.feedback(queryId, { rating: 1 });
    await elex.agents({ text: "sleep" });
    await (await elex.agent("FAJ 121 3094")).getLearningState();
    await elex.ask("").catch((error) => error.code);
  };
  await elex.liveProxies();
  await round(); // what is made once and kept is made now
  await elex.flush();
  const before = await elex.liveProxies();
  for (let i = 0; i < 20; i += 1) await round();
  await elex.flush();
  return [before, await elex.liveProxies()];
}"""


def test_similarity_is_that_of_numpy_in_float64(lab: Page) -> None:
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(50, 19)).astype(np.float32)
    query = rng.normal(size=19).astype(np.float32)
    found = lab.evaluate(
        """([query, rows, k]) => sdk.EdgeBatch.similaritySearch(
            Float32Array.from(query), rows.map((row) => Float32Array.from(row)), k)""",
        [query.tolist(), rows.tolist(), 5],
    )
    wide, one = rows.astype(np.float64), query.astype(np.float64)
    expected = wide @ one / np.linalg.norm(wide, axis=1) / np.linalg.norm(one)
    best = np.argsort(-expected, kind="stable")[:5]
    assert [hit["index"] for hit in found] == best.tolist()
    assert np.allclose([hit["score"] for hit in found], expected[best], atol=1e-6)


def test_rows_end_to_end_give_the_same_as_rows_one_by_one(lab: Page) -> None:
    one_by_one, end_to_end = lab.evaluate(
        """async () => {
          const rows = [[1, 0], [0, 1], [1, 1]].map((row) => Float32Array.from(row));
          const query = Float32Array.of(1, 0.5);
          const flat = Float32Array.from(rows.flatMap((row) => [...row]));
          const search = (candidates) => sdk.EdgeBatch.similaritySearch(query, candidates, 9);
          return [await search(rows), await search(flat)];
        }"""
    )
    assert one_by_one == end_to_end
    assert len(one_by_one) == 3


def test_a_batch_of_updates_follows_the_equation(lab: Page) -> None:
    values = lab.evaluate(
        """async () => [...await sdk.EdgeBatch.batchQUpdate([
          { state: "s", action: "a", reward: 1, nextMaxQ: 2, currentQ: 0.5 },
          { state: "s", action: "b", reward: -1, nextMaxQ: 0 },
        ], 0.1, 0.9)]"""
    )
    assert math.isclose(values[0], 0.5 + 0.1 * (1 + 0.9 * 2 - 0.5), rel_tol=1e-6)
    assert math.isclose(values[1], -0.1, rel_tol=1e-6)


@pytest.mark.parametrize(
    "call",
    [
        "similaritySearch([1, 2], new Float32Array(4), 1)",
        "similaritySearch(new Float32Array(2), new Float32Array(3), 1)",
        "similaritySearch(new Float32Array(2), new Float32Array(4), 0)",
        "similaritySearch(Float32Array.of(NaN, 1), new Float32Array(4), 1)",
        "batchQUpdate([], 1.5, 0.9)",
        "batchQUpdate([{ reward: NaN, nextMaxQ: 0 }], 0.1, 0.9)",
        "batchQUpdate('no', 0.1, 0.9)",
    ],
)
def test_bad_batches_are_validation_errors_with_a_fix(lab: Page, call: str) -> None:
    error = lab.evaluate(f"() => sdk.EdgeBatch.{call}.then(() => null, plain)")
    assert error
    assert error["code"] == "VALIDATION_ERROR"
    assert error["problem"]
    assert error["fix"]


def test_errors_are_elex_errors_with_code_problem_and_fix(lab: Page) -> None:
    error = lab.evaluate(
        """async () => {
          const elex = await window.elex;
          const thrown = await elex.agent("FAJ 121 9999").catch((error) => error);
          const { code, problem, fix } = thrown;
          return [thrown instanceof sdk.ElexError, thrown instanceof Error, code, problem, fix];
        }"""
    )
    assert error[:3] == [True, True, "NOT_FOUND"]
    assert "9999" in error[3]
    assert error[4]


def test_parameters_nested_too_deep_are_refused_before_they_are_sent(lab: Page) -> None:
    code = lab.evaluate(
        """async () => {
          let deep = {};
          for (let i = 0; i < 10_000; i += 1) deep = { deep };
          return (await window.elex).ask(deep).then(() => "answered", ({ code }) => code);
        }"""
    )
    assert code == "VALIDATION_ERROR"


def test_the_seed_makes_exploration_reproducible(lab: Page) -> None:
    first, again, other = lab.evaluate(
        """async () => {
          const run = async (seed) => {
            const elex = await sdk.openElex({ storage: "memory", seed });
            const actions = [];
            for (let i = 0; i < 12; i += 1) {
              const { actionTaken } = await elex.ask("FAJ 121 3094 parameters");
              actions.push(actionTaken);
            }
            await elex.close();
            return actions.join();
          };
          return [await run(1), await run(1), await run(2)];
        }"""
    )
    assert first == again
    assert first != other


def test_changes_of_status_are_heard_before_the_call_returns_that_made_them(lab: Page) -> None:
    events, then, failing = lab.evaluate(
        """async () => {
          const elex = await sdk.openElex({ storage: "memory", seed: 1 });
          const heard = [];
          const listen = ({ detail }) => heard.push(detail);
          elex.addEventListener("agentstatus", listen);
          await elex.ask("FAJ 121 3094 parameters");
          const first = heard.splice(0);
          elex.removeEventListener("agentstatus", listen);
          elex.addEventListener("agentstatus", () => { throw new Error("a listener's own"); });
          self.addEventListener("error", (event) => event.preventDefault(), { once: true });
          const again = await elex.ask("FAJ 121 3055 parameters");
          await elex.close();
          return [first, heard, again.fajCode];
        }"""
    )
    mine = [event for event in events if event["fajCode"] == "FAJ 121 3094"]
    assert [(event["before"], event["after"]) for event in mine] == [("Initializing", "ColdStart")]
    assert mine[0]["trigger"] == "knowledge_loaded"
    assert then == []
    assert failing == "FAJ 121 3055"


def test_the_graph_of_features_can_be_walked(lab: Page) -> None:
    plan, conflicts, unknown = lab.evaluate(
        """async () => {
          const elex = await window.elex;
          const unknown = await elex.conflicts(["FAJ 121 9999"]).catch(plain);
          return [await elex.activationPlan(["faj1215721"]), await elex.conflicts(["FAJ 121 3094"]), unknown];
        }"""
    )
    codes = [step["fajCode"] for step in plan["order"]]
    assert codes[-1] == "FAJ 121 5721"
    assert "FAJ 121 4900" in codes[:-1]
    assert "FAJ 121 0860" in [other["fajCode"] for other in conflicts["others"]]
    assert unknown["code"] == "NOT_FOUND"


def test_twenty_questions_leave_no_python_proxy_behind(lab: Page) -> None:
    before, after = lab.evaluate(ASK_TWENTY_TIMES)
    assert after <= before


def test_it_tells_its_version_simd_and_memory(lab: Page) -> None:
    version, simd, memory = lab.evaluate(
        "async () => [sdk.wasmVersion(), sdk.simdAvailable(), await sdk.memoryStats()]"
    )
    assert version.count(".") == 2
    assert simd is True
    assert memory["totalAgents"] == 593
    assert memory["pyodideMemoryBytes"] > 1_000_000


def test_progress_ends_complete_and_counts_bytes(lab: Page) -> None:
    phases = lab.evaluate(
        """async () => {
          const last = {};
          const onProgress = ({ phase, done, total }) => { last[phase] = [done, total]; };
          const elex = await sdk.openElex({ storage: "memory", onProgress });
          const isComplete = () => Object.values(last).every(([done, total]) => done === total);
          for (let i = 0; i < 600 && !isComplete(); i += 1) {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          await elex.close();
          return last;
        }"""
    )
    assert {"engine", "python", "numpy", "package", "kernels", "catalogue"} <= set(phases)
    assert phases["engine"][1] > 5_000_000
    assert all(done == total for done, total in phases.values())
