"""Without a server: the app starts from what it keeps, and a new build waits for the user."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from building.out.serving import Server
from building.parts import site
from building.policy import KEPT_HEADERS
from tests.e2e.page_objects import BY_CODE, OFFLINE_MS, Chat

CHECK_FOR_UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => null);
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return "none";
  return new Promise((resolve) => {
    const tell = () => ["installed", "redundant"].includes(worker.state) && resolve(worker.state);
    worker.addEventListener("statechange", tell);
    tell();
  });
}"""
NOTICE = "A new version is ready."


@pytest.fixture
def own_chat(page: Page, own_server: Server) -> Chat:
    """The app from a copy of dist/, kept for offline use."""
    return Chat(page).open(own_server.url).wait_until_offline_works()


def publish(folder: Path, change: Callable[[Path], None]) -> None:
    """Make another build of a copy of dist/: change it, list it anew, stamp the service worker."""
    old = json.loads((folder / "build.json").read_text())
    change(folder)
    paths = [folder / file["path"] for file in old["files"]]
    files = [site.entry(folder, path) for path in paths]
    build_id = site.identify(files, (folder / "sw.js").read_bytes())
    worker = (folder / "sw.js").read_text().replace(old["buildId"], build_id)
    (folder / "sw.js").write_text(worker)
    (folder / "build.json").write_text(json.dumps({**old, "buildId": build_id, "files": files}))


def rename(folder: Path) -> None:
    """A change that a user would see."""
    page = folder / "index.html"
    page.write_text(page.read_text().replace("<title>ELEX Browser", "<title>ELEX Browser 2"))


def served_title(page: Page) -> str:
    """The title of the index.html that the page gets now."""
    title: str = page.evaluate(
        "async () => (await (await fetch('./')).text()).match(/<title>(.*?)</)[1]"
    )
    return title


def test_with_the_server_stopped_it_answers_remembers_and_keeps_the_headers(
    chat: Chat, server: Server
) -> None:
    chat.ask(BY_CODE)
    chat.rate("Helpful")
    updates = chat.learnt("Updates").inner_text()
    chat.wait_until_offline_works()

    server.stop()
    chat.reload()
    chat.ask(BY_CODE)

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()
    expect(chat.learnt("Updates")).to_have_text(updates)
    expect(chat.status).to_have_text("Works offline")
    headers = chat.page.evaluate(
        "async () => Object.fromEntries((await fetch('./worker/worker.js')).headers)"
    )
    expected = {name.lower(): value for name, value in KEPT_HEADERS.items()}
    assert {name: headers.get(name) for name in expected} == expected
    assert chat.page.evaluate("crossOriginIsolated")


def test_a_new_version_waits_for_the_user_and_then_takes_the_place_of_the_old(
    own_chat: Chat, own_dist: Path
) -> None:
    publish(own_dist, rename)
    assert own_chat.page.evaluate(CHECK_FOR_UPDATE) == "installed"

    expect(own_chat.page.get_by_text(NOTICE)).to_be_visible()
    own_chat.page.reload()
    assert served_title(own_chat.page) == "ELEX Browser"

    with own_chat.page.expect_navigation():
        own_chat.page.get_by_role("button", name="Reload").click()
    own_chat.wait_until_ready()

    assert served_title(own_chat.page) == "ELEX Browser 2"
    expect(own_chat.page.get_by_text(NOTICE)).to_have_count(0)
    build_id = json.loads((own_dist / "build.json").read_text())["buildId"]
    expect(own_chat.status).to_have_text("Works offline", timeout=OFFLINE_MS)
    kept = own_chat.page.evaluate("caches.keys()")
    assert [name.split()[-1] for name in kept] == [build_id]


def test_a_tampered_update_leaves_the_old_version(
    own_chat: Chat, own_dist: Path, own_server: Server, allow: list[str]
) -> None:
    allow += ["integrity", "Failed to fetch", "status of 404"]
    publish(own_dist, rename)
    page = own_dist / "index.html"
    page.write_text(page.read_text() + "<!-- not what was built -->")

    assert own_chat.page.evaluate(CHECK_FOR_UPDATE) == "redundant"
    own_server.stop()
    own_chat.reload()

    assert served_title(own_chat.page) == "ELEX Browser"
    expect(own_chat.page.get_by_text(NOTICE)).to_have_count(0)
    assert len(own_chat.page.evaluate("caches.keys()")) == 1
