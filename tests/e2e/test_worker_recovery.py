"""A worker that hangs or dies in a call: the call ends with a way out, and what was acknowledged is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from building.out.serving import Server
from tests.e2e.page_objects import BY_CODE, Chat
from tests.watching import watched

# What can go wrong in a worker, told to it by a message that the app never sends.
ACCIDENTS = """
self.addEventListener("message", ({ data }) => {
  if (data === "end") self.close();
  if (data === "hang") for (;;);
  if (data === "work") {
    const handle = engine.handle.bind(engine);
    const isDone = new Promise((resolve) => { self.finish = resolve; });
    engine.handle = (...call) => isDone.then(() => handle(...call));
  }
  if (data === "finish") self.finish();
  if (data === "fail") engine.pyodide._api.fatal_error(new RangeError("Maximum call stack size exceeded"));
  if (data === "stall") engine.handle = () => new Promise(() => {});
});
"""
# Holds the workers that the page makes, so that an accident can reach the newest.
SPY = """
window.workers = [];
window.Worker = class extends Worker {
  constructor(...made) { super(...made); window.workers.push(this); }
};
"""
OUTCOME = "({ code, problem, fix }) => ({ code, problem, fix })"


# What Pyodide says on the console when it fails.
FATAL = ["fatal error", "Maximum call stack", "Stack", "fatally failed"]


@pytest.fixture(scope="module")
def fragile(browser: Browser, dist: Path) -> Iterator[Chat]:
    """The started app with a worker that can be told to fail; it recovers after every test."""

    def endanger(route: Route) -> None:
        original = route.fetch()
        route.fulfill(response=original, body=original.text() + ACCIDENTS)

    with (
        Server(dist) as server,
        watched(browser, server.url, FATAL, service_workers="block") as watch,
    ):
        page = watch.context.new_page()
        page.route("**/worker.js", endanger)
        page.add_init_script(SPY)
        page.clock.install()
        yield Chat(page).open(f"{server.url}?seed=1")


def ask_and_suffer(page: Page, accident: str) -> dict[str, Any]:
    """Ask while the accident happens, and return the error that the call ended with."""
    error: dict[str, Any] = page.evaluate(
        f"""async (accident) => {{
          const elex = await window.elex;
          window.workers.at(-1).postMessage(accident);
          return elex.ask("FAJ 121 3094").then(() => null, {OUTCOME});
        }}""",
        accident,
    )
    return error


def learnt(page: Page) -> int:
    """How often the agent of FAJ 121 3094 has updated its table."""
    count: int = page.evaluate(
        """async () => {
          const agent = await (await window.elex).agent("FAJ 121 3094");
          return (await agent.getQTableStats()).totalUpdates;
        }"""
    )
    return count


@pytest.mark.parametrize(("accident", "reason"), [("end", "gone"), ("fail", "call stack size")])
def test_a_dead_worker_ends_the_call_and_the_next_one_has_the_learning(
    fragile: Chat, accident: str, reason: str
) -> None:
    fragile.ask(BY_CODE)
    fragile.rate("Helpful")
    before = learnt(fragile.page)
    assert before > 0

    error = ask_and_suffer(fragile.page, accident)
    assert error["code"] == "QUERY_FAILED"
    assert reason in error["problem"]
    assert "stored" in error["fix"]

    assert learnt(fragile.page) == before
    fragile.ask(BY_CODE)
    expect(fragile.answer).to_be_visible()


@pytest.mark.parametrize("accident", ["hang", "stall"])
def test_a_call_without_end_is_told_of_and_a_restart_ends_it(fragile: Chat, accident: str) -> None:
    page = fragile.page
    before = learnt(page)
    begin_and_watch(page, accident)
    page.clock.fast_forward(5_000)  # time goes on by itself, too, which a slow machine has to spare
    assert page.evaluate("told") == []
    page.clock.fast_forward(16_000)
    assert page.evaluate("told") == [["waiting", "ask"]]

    page.evaluate("async () => (await window.elex).restart()")

    error = page.evaluate("asked")
    assert error["code"] == "QUERY_FAILED"
    assert "restarted while this call waited" in error["problem"]
    assert page.evaluate("told") == [["waiting", "ask"], ["waiting", None], ["restart", None]]
    assert learnt(page) == before


def test_the_page_offers_a_restart_and_answers_after_it(fragile: Chat) -> None:
    page = fragile.page
    page.evaluate("workers.at(-1).postMessage('hang')")
    fragile.question.fill(BY_CODE)
    fragile.question.press("Enter")
    expect(page.get_by_role("button", name="Asking…")).to_be_disabled()
    page.clock.fast_forward(21_000)

    page.get_by_role("button", name="Restart the engine").click()

    expect(fragile.error).to_contain_text("restarted while this call waited")
    expect(page.get_by_role("button", name="Restart the engine")).to_have_count(0)
    fragile.ask(BY_CODE)
    expect(fragile.answer).to_be_visible()


def test_long_work_is_told_of_and_not_ended(fragile: Chat) -> None:
    page = fragile.page
    begin_and_watch(page, "work")
    page.clock.fast_forward(600_000)
    assert page.evaluate("told") == [["waiting", "ask"]]
    page.evaluate("workers.at(-1).postMessage('finish')")

    assert page.evaluate("asked") == "FAJ 121 3094"
    assert page.evaluate("told") == [["waiting", "ask"], ["waiting", None]]


def test_calls_at_the_same_time_share_one_new_start(fragile: Chat) -> None:
    ask_and_suffer(fragile.page, "end")
    n_workers, n_after_hiding, codes, n_after_calls = fragile.page.evaluate(
        """async () => {
          const elex = await window.elex;
          const before = workers.length;
          await elex.flush(); // as when the page is hidden: nothing is queued in a dead engine
          const hidden = workers.length;
          const calls = [elex.ask("FAJ 121 3094"), elex.ask("FAJ 121 3095")];
          const asked = await Promise.all(calls);
          return [before, hidden, asked.map(({ fajCode }) => fajCode), workers.length];
        }"""
    )
    assert codes == ["FAJ 121 3094", "FAJ 121 3095"]
    assert (n_after_hiding, n_after_calls) == (n_workers, n_workers + 1)


def test_an_agent_alone_is_made_afresh_by_initialize(fragile: Chat) -> None:
    status, error, again, is_ready = fragile.page.evaluate(
        f"""async () => {{
          const {{ EdgeAgent }} = await import("./elex.js");
          const none = {{ category: "", parameters: [], counters: [], kpis: [] }};
          const config = {{ id: "a", fajCode: "FAJ 1 1", ...none }};
          const agent = new EdgeAgent(config);
          const status = await agent.initialize();
          workers.at(-1).postMessage("end");
          const error = await agent.getStats().then(() => null, {OUTCOME});
          const again = await agent.initialize();
          return [status, error, again, (await agent.getStats()).id === "a" && agent.isReady];
        }}"""
    )
    assert status == again == "initialized"
    assert error["code"] == "QUERY_FAILED"
    assert "initialize()" in error["fix"]
    assert is_ready


def test_a_closed_instance_stays_closed(fragile: Chat) -> None:
    errors, n_started = fragile.page.evaluate(
        f"""async () => {{
          const before = workers.length;
          const {{ openElex }} = await import("./elex.js");
          const elex = await openElex({{ storage: "memory" }});
          await elex.close();
          const calls = [elex.ask("FAJ 121 3094"), elex.restart(), elex.agents()];
          const ended = await Promise.all(calls.map((call) => call.then(() => null, {OUTCOME})));
          return [ended, workers.length - before];
        }}"""
    )
    assert [error["code"] for error in errors] == ["QUERY_FAILED"] * 3
    assert all("closed" in error["problem"] for error in errors)
    assert n_started == 1


def begin_and_watch(page: Page, accident: str) -> None:
    """Ask while the accident happens; `asked` is what comes of it, `told` the events meanwhile."""
    page.evaluate(
        f"""async (accident) => {{
          const elex = await window.elex;
          window.hearing?.abort();
          window.hearing = new AbortController();
          window.told = [];
          for (const type of ["waiting", "restart"]) {{
            const hear = ({{ detail }}) => told.push([type, detail?.method ?? null]);
            elex.addEventListener(type, hear, {{ signal: hearing.signal }});
          }}
          window.workers.at(-1).postMessage(accident);
          window.asked = elex.ask("FAJ 121 3094").then(({{ fajCode }}) => fajCode, {OUTCOME});
        }}""",
        accident,
    )
