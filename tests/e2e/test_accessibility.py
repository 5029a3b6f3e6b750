"""axe-core finds nothing in any view, at either width, in either theme; and nothing is cut off."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from building.layout import NODE_MODULES
from tests.e2e.page_objects import NIGHT, Agents, Chat, Learn

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const told = ({ html, failureSummary }) => `${html} ${failureSummary}`;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(told)}`);
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now."""
    page.evaluate(AXE.read_text() + ";0")
    # Colours that fade in are judged once they are there.
    page.evaluate("() => Promise.all(document.getAnimations().map(({ finished }) => finished))")
    found: list[str] = page.evaluate(RUN)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width: int = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_is_accessible(chat: Chat, width: int, theme: Literal["light", "dark"]) -> None:
    page = chat.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)
    found: dict[str, list[str]] = {"start": violations(page)}

    chat.ask(NIGHT)
    found["answer"] = violations(page)
    chat.rate("Helpful")
    found["rated"] = violations(page)
    assert overflow(page) <= 0
    chat.ask("")
    found["error"] = violations(page)

    for action in ("RequestClarification", "Escalate"):
        chat.allow_only(action).ask("How do I save energy?")
        found[action] = violations(page)
        assert overflow(page) <= 0

    learn = Learn(page).open()
    expect(learn.readings).to_be_visible()
    found["learn"] = violations(page)
    assert overflow(page) <= 0

    agents = Agents(page).open()
    found["agents"] = violations(page)
    agents.choose("MIMO Sleep Mode")
    expect(agents.detail).to_contain_text("Success rate")
    found["agent"] = violations(page)
    assert overflow(page) <= 0

    page.get_by_role("link", name="System").click()
    expect(page.get_by_role("region", name="Storage")).to_be_visible()
    found["system"] = violations(page)
    assert overflow(page) <= 0
    assert {view: list_ for view, list_ in found.items() if list_} == {}
