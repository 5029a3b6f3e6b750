"""The styles of the page: each is linked, each rule is for something that is there, and lines can be read."""

import re
from pathlib import Path

from building.layout import WEB

STYLES = sorted(WEB.rglob("*.css"))
SCRIPTS = [*WEB.rglob("*.js"), WEB / "index.html", WEB / "messages.d.ts"]
GENERATED = {"elex.d.ts", "messages.d.ts"}
WIDEST = 160


def plain(style: Path) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)


def test_every_style_sheet_is_linked_once() -> None:
    linked = re.findall(r'rel="stylesheet" href="(ui/[^"]+)"', (WEB / "index.html").read_text())
    assert sorted(linked) == [path.relative_to(WEB).as_posix() for path in STYLES]


def test_every_class_and_property_of_a_style_is_used() -> None:
    # Classes that follow an agent's status are written in lower case.
    scripts = "\n".join(path.read_text() for path in SCRIPTS).lower()
    styles = "\n".join(plain(path) for path in STYLES)
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", styles))
    unused = {name for name in classes if not re.search(rf"\b{name}\b", scripts)}
    properties = set(re.findall(r"(--[\w-]+):", styles))
    unused |= {name for name in properties if f"var({name})" not in styles}
    assert unused == set()


def test_no_line_of_web_is_too_wide_to_read() -> None:
    wide = [
        f"{path.relative_to(WEB)}:{number}"
        for path in sorted(WEB.rglob("*"))
        if path.suffix in {".css", ".js", ".html", ".ts"} and path.name not in GENERATED
        for number, line in enumerate(path.read_text().splitlines(), 1)
        # The policy is one value, which other places repeat.
        if len(line) > WIDEST and "Content-Security-Policy" not in line
    ]
    assert wide == []
