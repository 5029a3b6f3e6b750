"""Fixtures of the end-to-end tests: pages with the app on them, and copies of dist/ to break."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from building.out.serving import Server
from tests.e2e.page_objects import Agents, Chat
from tests.watching import Watch, watched

# Machines that share their cores are slow at times; a wait ends as soon as what it waits for is there.
expect.set_options(timeout=30_000)


@pytest.fixture
def chat(page: Page, server: Server) -> Chat:
    """The app, started, with nothing stored; seeded, because agents explore on purpose."""
    return Chat(page).open(f"{server.url}?seed=1")


@pytest.fixture
def own_dist(dist: Path, tmp_path: Path) -> Path:
    """A copy of dist/ that a test may change."""
    copy = tmp_path / "dist"
    shutil.copytree(dist, copy)
    return copy


@pytest.fixture
def own_server(own_dist: Path, allow: list[str]) -> Iterator[Server]:
    """A server of that copy; a page of it may ask there, too."""
    with Server(own_dist) as running:
        allow.append(f"request to elsewhere: {re.escape(running.url)}")
        yield running


@pytest.fixture(scope="module")
def started(browser: Browser, dist: Path) -> Iterator[tuple[Chat, Watch]]:
    """The app, started once for a file: a start takes longer than most tests."""
    with Server(dist) as server, watched(browser, server.url) as watch:
        yield Chat(watch.context.new_page()).open(f"{server.url}?seed=1"), watch


@pytest.fixture
def shared_chat(started: tuple[Chat, Watch]) -> Iterator[Chat]:
    """The app for tests that do not mind what others of their file asked; each settles how it is answered."""
    chat, watch = started
    yield chat.settle()
    watch.fail_if_any()


@pytest.fixture
def agents(shared_chat: Chat) -> Agents:
    """The list of agents of the shared app, whole."""
    return Agents(shared_chat.page).open().show_all()


@pytest.fixture(scope="session")
def laboratory(browser: Browser, dist: Path) -> Iterator[tuple[Page, Watch]]:
    """A started page with the SDK at hand."""
    with Server(dist) as server, watched(browser, server.url) as watch:
        page = watch.context.new_page()
        Chat(page).open(f"{server.url}?storage=memory&seed=1")
        page.evaluate(
            """async () => {
              window.sdk = await import("./elex.js");
              window.plain = ({ code, problem, fix }) => ({ code, problem, fix });
            }"""
        )
        yield page, watch


@pytest.fixture
def lab(laboratory: tuple[Page, Watch]) -> Iterator[Page]:
    """That page: the tests of the SDK share an engine, not their agents."""
    page, watch = laboratory
    yield page
    watch.fail_if_any()
