"""elex-offline.html, opened from disk: no server, no network, and the learning is there again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.page_objects import NIGHT, Chat
from tests.watching import watched


@pytest.fixture
def disk(browser: Browser, offline_file: Path) -> Iterator[BrowserContext]:
    """A fresh profile without a network."""
    with watched(browser, offline_file.as_uri(), offline=True) as watch:
        yield watch.context


def test_a_file_from_disk_answers_learns_and_remembers(
    disk: BrowserContext, offline_file: Path
) -> None:
    chat = Chat(disk.new_page()).open(f"{offline_file.as_uri()}?seed=1")
    expect(chat.status).to_have_text("Works offline")

    chat.ask(NIGHT)
    expect(chat.answer).to_contain_text("FAJ 121 3094")
    chat.rate("Helpful")
    updates = "async () => (await (await (await elex).agent('FAJ 121 3094')).getQTableStats()).totalUpdates"
    learnt = chat.page.evaluate(updates)
    assert learnt > 0

    chat.reload()
    assert chat.page.evaluate(updates) == learnt
    assert chat.page.evaluate("async () => (await elex).started.kernels") == "simd"


def test_a_file_from_disk_runs_the_scalar_kernels_and_the_learn_view(
    disk: BrowserContext, offline_file: Path
) -> None:
    chat = Chat(disk.new_page()).open(
        f"{offline_file.as_uri()}?kernels=scalar&storage=memory#learn"
    )
    assert chat.page.evaluate("async () => (await elex).started.kernels") == "scalar"
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Learn")
