"""Everything by keyboard alone."""

from playwright.sync_api import Page, expect

from building.out.serving import Server
from tests.e2e.page_objects import Agents, Chat


def tab_to(page: Page, name: str, limit: int = 40) -> None:
    """Press Tab until the focused element has that accessible name or text."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const { activeElement: e } = document;"
            " return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; }"
        )
        if focused.strip() == name:
            return
    raise AssertionError(f"Tab never reached {name!r}")


def test_ask_rate_and_browse_without_a_mouse(shared_chat: Chat) -> None:
    chat, page = shared_chat, shared_chat.page
    tab_to(page, "Your question")
    page.keyboard.type("Which parameters does FAJ 121 3094 have?")
    page.keyboard.press("Enter")
    expect(chat.answer).to_be_visible()

    tab_to(page, "Helpful")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="The agent has learnt")).to_be_visible()

    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    tab_to(page, "Agents")
    page.keyboard.press("Enter")
    agents = Agents(page)
    expect(agents.rows.first).to_be_visible()
    tab_to(page, "Search")
    page.keyboard.type("MIMO Sleep Mode")
    expect(agents.rows.first).to_contain_text("MIMO Sleep Mode")
    page.get_by_label("Status").focus()
    page.keyboard.press("Tab")
    expect(agents.rows.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(agents.detail).to_contain_text("Success rate")


def test_arrow_keys_move_through_the_list(agents: Agents) -> None:
    agents.rows.first.focus()
    agents.page.keyboard.press("ArrowDown")
    expect(agents.rows.nth(1)).to_be_focused()
    agents.page.keyboard.press("End")
    expect(agents.rows.last).to_be_focused()
    agents.page.keyboard.press("Home")
    expect(agents.rows.first).to_be_focused()


def test_a_list_that_is_read_anew_keeps_its_focus(agents: Agents) -> None:
    agents.rows.nth(1).focus()

    agents.page.evaluate(
        "document.getElementById('agent-status').dispatchEvent(new Event('change'))"
    )

    expect(agents.list).to_have_attribute("aria-busy", "false")
    expect(agents.rows.nth(1)).to_be_focused()


def test_shift_enter_makes_a_new_line_and_asks_nothing(shared_chat: Chat) -> None:
    chat = shared_chat
    asked = chat.history.get_by_role("button").count()
    chat.question.fill("first")
    chat.question.press("Shift+Enter")
    chat.page.keyboard.type("second")

    expect(chat.question).to_have_value("first\nsecond")
    expect(chat.history.get_by_role("button")).to_have_count(asked)


def test_focus_is_visible(shared_chat: Chat) -> None:
    tab_to(shared_chat.page, "Agents")
    outline = shared_chat.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_the_theme_is_switched_and_remembered(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_role("button", name="Switch to dark").press("Enter")
    page.reload()
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()
