"""Fixtures of all suites: what was built, a server for it, and pages that fail a test for any error.

`python3 build.py test` builds and installs first; pytest on its own uses what it finds.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from building.layout import CACHE, DIST
from building.out import single_file
from building.out.serving import Server
from building.tools.system import chromium
from tests.watching import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TESTS = Path(__file__).parent
# The quick ones first, and what keeps a core for long before what is short. Those with a browser last: it
# keeps an event loop running in its process, and asyncio.run(), which the others use, refuses to start beside
# it. Processes that share the work take file after file in this order, so that it holds in each of them.
SUITES = ("unit", "property", "rust", "checks", "bench", "building", "studies", "pyodide", "e2e")
# Debian's Chromium as a test browser: nothing in the background; root has no sandbox to offer.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# CI judges a change by the same examples every time; new ones are drawn at an engineer's desk, where what
# failed is kept. A failing property prints what reproduces it. Shared machines are slow at times, so there
# is no deadline.
IS_CI = bool(os.environ.get("CI"))
settings.register_profile(
    "elex",
    print_blob=True,
    deadline=None,
    derandomize=IS_CI,
    database=None if IS_CI else DirectoryBasedExampleDatabase(CACHE / "hypothesis"),
)
settings.load_profile("elex")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its suite, the folder it lies in, and bring suites and files into their order.

    Within a suite the files with most tests come first: at the end, small ones fill what is left of the time.
    """
    n_tests = Counter(item.path for item in items)
    for item in items:
        item.add_marker(suite(item))
    items.sort(key=lambda item: (SUITES.index(suite(item)), -n_tests[item.path]))


def suite(item: pytest.Item) -> str:
    """Return the name of the folder in tests/ that an item lies in."""
    return item.path.relative_to(TESTS).parts[0]


@pytest.fixture(scope="session")
def dist() -> Path:
    """The built site."""
    if not (DIST / "build.json").is_file():
        pytest.fail("dist/ is not built; run: python3 build.py")
    return DIST


@pytest.fixture(scope="session")
def offline_file(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole app as one HTML file."""
    target = tmp_path_factory.mktemp("disk") / "elex-offline.html"
    single_file.write(dist, target)
    return target


@pytest.fixture
def server(dist: Path) -> Iterator[Server]:
    """A server of dist/ with an origin of its own; a test may stop it to be offline."""
    with Server(dist) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for the whole run; tests get contexts of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(chromium()), args=CHROMIUM_FLAGS, headless=True
        )
        yield launched
        launched.close()


@pytest.fixture
def allow() -> list[str]:
    """Regular expressions of the problems that a test causes on purpose; a test appends to it."""
    return []


@pytest.fixture
def context(browser: "Browser", server: Server, allow: list[str]) -> Iterator["BrowserContext"]:
    """A fresh profile; errors of its pages and requests to elsewhere fail the test."""
    with watched(browser, server.url, allow) as watch:
        yield watch.context


@pytest.fixture
def page(context: "BrowserContext") -> "Page":
    """A page of the fresh profile, still empty: go to `server.url`."""
    return context.new_page()
