"""When the engine cannot start: the error on the page, with what to do and a button that does it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from building.out.serving import Server
from building.policy import HEADERS
from tests.e2e.page_objects import BY_CODE, START_MS, Chat

REFUSE_DATABASES = """
IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError"); };
"""


def open_and_expect(page: Page, address: str, code: str) -> Chat:
    """Go there and wait for the error panel with that code."""
    page.goto(address)
    chat = Chat(page)
    expect(chat.error).to_contain_text("ELEX could not start", timeout=START_MS)
    expect(chat.error).to_contain_text("What to do:")
    expect(chat.error).to_contain_text(code)
    return chat


def test_a_missing_numpy_is_named_and_trying_again_helps(
    page: Page, own_server: Server, own_dist: Path, allow: list[str]
) -> None:
    allow.append("status of 404")
    pack = own_dist / "pyodide" / "packages.pack"
    aside = pack.rename(own_dist.parent / "aside")

    chat = open_and_expect(page, own_server.url, "IO_ERROR")
    expect(chat.error).to_contain_text("pyodide/packages.pack is missing")

    aside.rename(pack)
    chat.error.get_by_role("button", name="Try again").click()
    chat.wait_until_ready().ask(BY_CODE)
    expect(chat.answer).to_be_visible()


def test_blocked_webassembly_is_unsupported(
    page: Page, server: Server, allow: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    allow += ["Content Security Policy", "WebAssembly"]
    policy = HEADERS["Content-Security-Policy"].replace(" 'wasm-unsafe-eval'", "")
    monkeypatch.setitem(HEADERS, "Content-Security-Policy", policy)

    chat = open_and_expect(page, server.url, "UNSUPPORTED")

    expect(chat.error).to_contain_text("WebAssembly does not run here")


def test_refused_storage_can_be_gone_on_without(page: Page, server: Server) -> None:
    def refuse(route: Route) -> None:
        original = route.fetch()
        route.fulfill(response=original, body=original.text() + REFUSE_DATABASES)

    page.route("**/worker.js", refuse)
    chat = open_and_expect(page, server.url, "IO_ERROR")
    expect(chat.error).to_contain_text("could not be opened")

    chat.error.get_by_role("button", name="Continue without saving").click()
    chat.wait_until_ready().ask(BY_CODE)
    chat.rate("Helpful")

    expect(page.get_by_role("region", name="Rating")).to_contain_text("saving is off")
    expect(page.get_by_role("banner")).to_contain_text("Not saving")


def test_an_unknown_choice_of_kernels_is_refused(page: Page, server: Server) -> None:
    open_and_expect(page, f"{server.url}?kernels=quantum", "INVALID_CONFIG")


def test_a_file_that_is_not_the_build_is_named(
    page: Page, own_server: Server, own_dist: Path
) -> None:
    (own_dist / "pyodide" / "packages.pack").write_text("<html>a friendly error page</html>")

    chat = open_and_expect(page, own_server.url, "IO_ERROR")

    expect(chat.error).to_contain_text("pyodide/packages.pack (NumPy) is damaged")


def test_a_missing_worker_is_told(
    page: Page, own_server: Server, own_dist: Path, allow: list[str]
) -> None:
    allow.append("status of 404")
    (own_dist / "worker" / "worker.js").unlink()

    chat = open_and_expect(page, own_server.url, "UNSUPPORTED")

    expect(chat.error).to_contain_text("/worker/worker.js could not be loaded")
