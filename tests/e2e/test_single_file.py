"""elex-offline.html, opened from disk: no server, no network, and the learning is there again."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.page_objects import NIGHT, Chat
from tests.watching import Watch


def test_a_file_from_disk_answers_learns_and_remembers(
    browser: Browser, offline_file: Path
) -> None:
    context = browser.new_context(offline=True)
    watch = Watch(context, offline_file.as_uri())
    chat = Chat(context.new_page()).open(f"{offline_file.as_uri()}?seed=1")
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
    context.close()
    assert watch.problems == []


def test_a_file_from_disk_runs_the_scalar_kernels_and_the_learn_view(
    browser: Browser, offline_file: Path
) -> None:
    context = browser.new_context(offline=True)
    watch = Watch(context, offline_file.as_uri())
    chat = Chat(context.new_page()).open(
        f"{offline_file.as_uri()}?kernels=scalar&storage=memory#learn"
    )
    assert chat.page.evaluate("async () => (await elex).started.kernels") == "scalar"
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Learn")
    context.close()
    assert watch.problems == []
