"""The page as its user sees it: roles, labels and verbs. No selector of structure leaves this file."""

from playwright.sync_api import Locator, Page, expect

BY_CODE = "Which parameters does FAJ 121 3094 have?"
NIGHT = "how do I cut power on a 4T4R cell at night?"
# A cold start takes about two seconds on two cores; machines that share them take longer.
START_MS = 60_000
# Agents choose among five ways of answering by what they learnt; a test of one way settles it.
ALLOW_ONLY = """async (action) => {
  const elex = await window.elex;
  const { ask } = Object.getPrototypeOf(elex);
  elex.ask = (content) => ask.call(elex, { content, availableActions: [action] });
}"""
# Back to the view that asks, with every way of answering allowed, as after the start.
SETTLE = """async () => {
  const elex = await window.elex;
  delete elex.ask;
  location.hash = "ask";
}"""
# Files of the whole build are fetched and hashed once.
OFFLINE_MS = 60_000


class Chat:
    """The view that asks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.question = page.get_by_role("textbox", name="Your question")
        self.answer = page.get_by_role("article")
        self.error = page.get_by_role("alert")
        self.status = page.get_by_role("banner").get_by_role("status")
        self.learning = page.get_by_role("region", name="What this agent has learnt")
        self.history = page.get_by_role("region", name="This session")

    def open(self, address: str) -> "Chat":
        """Go there and wait until the engine answers."""
        self.page.goto(address)
        return self.wait_until_ready()

    def reload(self) -> "Chat":
        """Load the page again, from the network or from what is kept."""
        self.page.reload()
        return self.wait_until_ready()

    def wait_until_ready(self) -> "Chat":
        """Wait for the instance that the page exposes; a failed start fails here with its message."""
        self.page.set_default_timeout(START_MS)
        self.page.evaluate("() => window.elex.then(() => true)")
        return self

    def wait_until_offline_works(self) -> "Chat":
        """Wait for the first promise of it."""
        expect(self.status).to_have_text("Ready to work offline", timeout=OFFLINE_MS)
        return self

    def ask(self, text: str) -> "Chat":
        """Type a question, press Enter, and wait for the answer."""
        self.question.fill(text)
        self.question.press("Enter")
        expect(self.page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
        return self

    def settle(self) -> "Chat":
        """Come back from where another test left the page."""
        self.page.evaluate(SETTLE)
        expect(self.page.get_by_role("heading", name="Ask", exact=True)).to_be_attached()
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.question.fill("")
        self.page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
        return self

    def allow_only(self, action: str) -> "Chat":
        """Let agents that are not chosen by the user answer in one way alone."""
        self.page.evaluate(ALLOW_ONLY, action)
        return self

    def rate(self, word: str, *, settled: bool = False) -> None:
        """Choose a rating and wait until it is learnt."""
        if settled:
            self.page.get_by_label("My question is settled").check()
        self.page.get_by_role("button", name=word, exact=True).click()
        expect(self.page.get_by_role("heading", name="The agent has learnt")).to_be_visible()

    def section(self, title: str) -> Locator:
        """A part of the answer."""
        return self.answer.get_by_role("region", name=title, exact=True)

    def learnt(self, figure: str) -> Locator:
        """A figure of what the asked agent has learnt, such as Interactions."""
        return self.learning.get_by_role("definition").nth(
            ["Status", "Interactions", "Updates", "Exploration"].index(figure)
        )


class Agents:
    """The view that lists them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.list = page.get_by_role("listbox", name="Agents")
        self.rows = self.list.get_by_role("option")
        self.detail = page.get_by_role("region", name="Agent", exact=True)

    def open(self) -> "Agents":
        """Change to this view."""
        self.page.get_by_role("link", name="Agents", exact=True).click()
        expect(self.page.get_by_role("heading", name="Agents", exact=True)).to_be_visible()
        return self

    def show_all(self) -> "Agents":
        """Take away what narrows the list."""
        self.search("")
        for label in ("Category", "Access", "Status"):
            self.narrow(label, "")
        expect(self.rows).to_have_count(593)
        return self

    def search(self, text: str) -> "Agents":
        """Narrow the list by a text."""
        self.page.get_by_label("Search").fill(text)
        return self._settled()

    def narrow(self, label: str, choice: str) -> "Agents":
        """Narrow the list by category, access or status."""
        self.page.get_by_label(label).select_option(choice)
        return self._settled()

    def _settled(self) -> "Agents":
        expect(self.list).to_have_attribute("aria-busy", "false")
        return self

    def choose(self, name: str) -> "Agents":
        """Show one agent."""
        self.rows.filter(has_text=name).first.click()
        return self

    def figure(self, name: str) -> Locator:
        """A figure of the shown agent."""
        names = self.detail.get_by_role("term").all_inner_texts()
        return self.detail.get_by_role("definition").nth(names.index(name))


class Learn:
    """The view on learning."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.curves = page.get_by_role("region", name="How fast agents learn", exact=True)
        self.readings = self.curves.get_by_role("table", name="Share of the best possible reward")
        self.slider = page.get_by_label("Read it after")
        self.asked = page.get_by_role("table", name="Agents that you asked", exact=True)
        self.past = page.get_by_role("region", name="Past questions", exact=True)
        self.device = page.get_by_role("region", name="On this device", exact=True)
        self.events = page.get_by_role("region", name="Events", exact=True)

    def open(self) -> "Learn":
        """Change to this view and wait for its last figures."""
        self.page.get_by_role("link", name="Learn", exact=True).click()
        expect(self.events).not_to_contain_text("Reading")
        return self

    def learnt_by(self, name: str) -> Locator:
        """What a chosen agent has learnt."""
        return self.page.get_by_role("region", name=f"What {name} has learnt", exact=True)


class Network:
    """The view that loads files."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.error = page.get_by_role("alert")
        self.kpis = page.get_by_role("region", name="KPIs", exact=True)

    def open(self) -> "Network":
        """Change to this view."""
        self.page.get_by_role("link", name="Network", exact=True).click()
        expect(self.page.get_by_role("heading", name="Network", exact=True)).to_be_visible()
        return self

    def forget_all(self) -> "Network":
        """Let go of what another test loaded."""
        forget = self.page.get_by_role("button", name="Forget all files")
        if forget.is_visible():
            forget.click()
            expect(forget).to_be_hidden()
        return self

    def load(self, kind: str, *files: tuple[str, bytes]) -> "Network":
        """Choose files: `kind` is "configuration file" or "measurement files"."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name=f"Choose {kind}").click()
        chooser.value.set_files(
            [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
        )
        return self

    def report(self, name: str) -> Locator:
        """The report on a file."""
        return self.page.get_by_role("region", name=f"Report on {name}", exact=True)

    def save(self, button: str) -> tuple[str, str]:
        """Press a download button and return the file's name and text."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button).click()
        return download.value.suggested_filename, download.value.path().read_text()
