"""What is kept on the device: full disks, damaged records, and another tab with a newer version."""

from playwright.sync_api import Page, expect

from building.out.serving import Server
from tests.e2e import database
from tests.e2e.page_objects import BY_CODE, Chat

UPGRADE = """() => new Promise((resolve) => {
  const opening = indexedDB.open("elex", 1000);
  opening.onblocked = () => resolve("blocked");
  opening.onsuccess = () => { opening.result.close(); resolve("upgraded"); };
})"""


def test_a_full_disk_is_told_and_the_answer_can_be_rated_again(page: Page, server: Server) -> None:
    session = page.context.new_cdp_session(page)
    quota = {"origin": server.url.rstrip("/")}
    session.send("Storage.overrideQuotaForOrigin", {**quota, "quotaSize": 1})
    chat = Chat(page).open(server.url).ask(BY_CODE)

    page.get_by_role("button", name="Helpful").click()
    alert = page.get_by_role("region", name="Rating").get_by_role("alert")
    expect(alert).to_contain_text("there is no room left")
    expect(chat.status).to_have_text("Works online only")

    session.send("Storage.overrideQuotaForOrigin", quota)
    expect(page.get_by_role("button", name="Helpful")).to_be_enabled()


def test_a_damaged_record_is_told_and_set_aside(chat: Chat) -> None:
    chat.ask(BY_CODE)
    chat.rate("Helpful")
    chat.page.evaluate("async () => (await window.elex).close()")
    assert database.damage(chat.page, "agents") == 1

    chat.reload()

    expect(chat.page.get_by_role("heading", name="Some saved learning was damaged")).to_be_visible()
    assert database.count(chat.page, "damaged") == 1
    chat.ask(BY_CODE)
    expect(chat.learnt("Updates")).to_have_text("0")


def test_a_newer_version_in_another_tab_is_not_held_up(chat: Chat) -> None:
    chat.ask(BY_CODE)

    assert chat.page.evaluate(UPGRADE) == "upgraded"

    chat.page.get_by_role("button", name="Helpful").click()
    alert = chat.page.get_by_role("region", name="Rating").get_by_role("alert")
    expect(alert).to_contain_text("a newer version in another tab")
