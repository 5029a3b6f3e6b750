"""Fixtures of the end-to-end tests: pages with the app on them, and copies of dist/ to break."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_objects import Agents, Chat
from playwright.sync_api import Browser, Page

from building.serving import Server
from tests.conftest import watch


@pytest.fixture
def chat(page: Page, server: Server) -> Chat:
    """The app, started, with nothing stored."""
    return Chat(page).open(server.url)


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
def own_server(own_dist: Path) -> Iterator[Server]:
    """A server of that copy."""
    with Server(own_dist) as running:
        yield running


@pytest.fixture(scope="module")
def lab(browser: Browser, dist: Path) -> Iterator[Page]:
    """One started page for all SDK tests of a module: they share the engine, not their agents."""
    problems: list[str] = []
    with Server(dist) as server:
        context = browser.new_context()
        watch(context, server.url, problems)
        page = context.new_page()
        Chat(page).open(f"{server.url}?storage=memory&seed=1")
        page.evaluate("async () => { window.sdk = await import('./elex.js'); }")
        yield page
        context.close()
    assert not problems, os.linesep.join(problems)
