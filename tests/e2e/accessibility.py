"""What axe-core finds wrong with a page, at two widths and in both themes, and what is cut off there."""

from typing import Literal

from playwright.sync_api import Page

from building.layout import NODE_MODULES

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
    """By how many pixels the page stays wider than its window, once charts have followed its width."""
    width: int = page.evaluate(
        """async () => {
          const excess = () => document.documentElement.scrollWidth - innerWidth;
          for (let i = 0; i < 60 && excess() > 0; i++) await new Promise(requestAnimationFrame);
          return excess();
        }"""
    )
    return width


WIDTHS = (1280, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def judge(page: Page, view: str) -> dict[str, list[str]]:
    """What is wrong with a view, by width and theme."""
    found: dict[str, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if (cut_off := overflow(page)) > 0:
            found[f"{view}, {width}"] = [f"{cut_off} pixels are cut off"]
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            if wrong := violations(page):
                found[f"{view}, {width}, {theme}"] = wrong
    return found
