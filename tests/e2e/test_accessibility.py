"""axe-core finds nothing in any view, at either width, in either theme; and nothing is cut off."""

from playwright.sync_api import expect

from tests.e2e.accessibility import judge
from tests.e2e.page_objects import NIGHT, Agents, Chat, Learn


def test_every_view_is_accessible(chat: Chat) -> None:
    page = chat.page
    found = judge(page, "start")

    chat.ask(NIGHT)
    found |= judge(page, "answer")
    chat.rate("Helpful")
    found |= judge(page, "rated")
    chat.ask("")
    found |= judge(page, "error")

    for action in ("RequestClarification", "Escalate"):
        chat.allow_only(action).ask("How do I save energy?")
        found |= judge(page, action)

    learn = Learn(page).open()
    expect(learn.readings).to_be_visible()
    found |= judge(page, "learn")

    agents = Agents(page).open()
    found |= judge(page, "agents")
    agents.choose("MIMO Sleep Mode")
    expect(agents.detail).to_contain_text("Success rate")
    found |= judge(page, "agent")

    page.get_by_role("link", name="System").click()
    expect(page.get_by_role("region", name="Storage")).to_be_visible()
    found |= judge(page, "system")
    assert found == {}
