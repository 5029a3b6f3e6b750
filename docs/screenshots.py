"""The pictures in docs/: taken from the built app by a script, so that they show what is there.

`python3 build.py` first, then `.cache/venv/bin/python -m docs.screenshots`.
"""

import sys

from playwright.sync_api import Browser, Page, sync_playwright

from building.layout import DIST, ROOT
from building.out.serving import Server
from building.tools.system import chromium

PICTURES = ROOT / "docs"
QUESTION = "How do I cut power on a 4T4R cell at night?"
CONFIGURATION = "FDN,lbActivationThreshold\n" + "".join(
    f'"SubNetwork=R,MeContext=N1,ManagedElement=N1,EUtranFreqRelation={number}",{value}\n'
    for number, value in enumerate((400, 20000, 1200, -5), 1)
)
WIDE, NARROW = (1280, 900), (390, 844)


def main() -> int:
    """Take every picture."""
    with Server(DIST) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=["--no-sandbox"])
        for name, size, theme, show in (
            ("screenshot", WIDE, "light", rated),
            ("screenshot-learning", WIDE, "dark", learning),
            ("screenshot-agents", WIDE, "light", agents),
            ("screenshot-network", WIDE, "light", network),
            ("screenshot-phone", NARROW, "light", answered),
        ):
            page = open_app(browser, server.url, size, theme)
            show(page)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.context.close()
            print(f"docs/{name}.png")
        browser.close()
    return 0


def open_app(browser: Browser, address: str, size: tuple[int, int], theme: str) -> Page:
    """Open the app in a fresh profile and wait until it is ready, offline too."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}?seed=1")
    page.evaluate("() => window.elex.then(() => true)")
    page.get_by_text("Ready to work offline").wait_for()
    return page


def answered(page: Page) -> None:
    """A question and its answer."""
    page.get_by_role("textbox", name="Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("article").wait_for()


def rated(page: Page) -> None:
    """The answer, and beside it what the agent has learnt."""
    learnt(page)
    page.evaluate("scrollTo(0, 0)")


def learnt(page: Page) -> None:
    """What a rating taught the agent."""
    answered(page)
    page.get_by_role("button", name="Helpful", exact=True).click()
    heading = page.get_by_role("heading", name="The agent has learnt")
    heading.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")


def learning(page: Page) -> None:
    """The measured curves, and what the agents learnt here."""
    learnt(page)
    page.get_by_role("link", name="Learn", exact=True).click()
    page.get_by_role("heading", name="What MIMO Sleep Mode has learnt").wait_for()
    page.evaluate("scrollTo(0, 0)")


def agents(page: Page) -> None:
    """The list of agents, with one of them."""
    learnt(page)
    page.get_by_role("link", name="Agents", exact=True).click()
    page.get_by_label("Search").fill("sleep")
    options = page.get_by_role("listbox", name="Agents").get_by_role("option")
    options.filter(has_text="FAJ 121 3094").click()
    page.get_by_role("button", name="Ask this agent").wait_for()


def network(page: Page) -> None:
    """What was found in a configuration of four relations."""
    page.get_by_role("link", name="Network", exact=True).click()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Choose configuration file").click()
    content = CONFIGURATION.encode()
    chosen.value.set_files({"name": "site.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Change script").wait_for()
    page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    sys.exit(main())
