"""Fixtures of the end-to-end tests: pages with the app on them, and copies of dist/ to break."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from building.out.serving import Server
from tests.e2e.page_objects import Agents, Chat
from tests.watching import Watch

# Machines that share their cores are slow at times; a wait ends as soon as what it waits for is there.
expect.set_options(timeout=30_000)


@pytest.fixture
def chat(page: Page, server: Server) -> Chat:
    """The app, started, with nothing stored; seeded, because agents explore on purpose."""
    return Chat(page).open(f"{server.url}?seed=1")


@pytest.fixture
def agents(chat: Chat) -> Agents:
    """The list of agents of the started app."""
    return Agents(chat.page).open()


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
def lab(browser: Browser, dist: Path) -> Iterator[Page]:
    """One started page for all SDK tests of a module: they share the engine, not their agents."""
    with Server(dist) as server:
        context = browser.new_context()
        watch = Watch(context, server.url)
        page = context.new_page()
        Chat(page).open(f"{server.url}?storage=memory&seed=1")
        page.evaluate(
            """async () => {
              window.sdk = await import("./elex.js");
              window.plain = ({ code, problem, fix }) => ({ code, problem, fix });
            }"""
        )
        yield page
        context.close()
    assert watch.problems_but([]) == []
