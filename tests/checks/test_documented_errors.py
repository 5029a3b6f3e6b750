"""docs/errors.md draws the tree of errors as it is, and explains every code and kind."""

import re
from typing import get_args

from building.layout import ROOT
from elex_browser.errors import CODES, ElexError, ErrorKind

TEXT = (ROOT / "docs" / "errors.md").read_text("utf-8")
LINE = re.compile(
    r"^(?P<before>[│├└─ ]*)(?P<name>\w+) +(?P<code>[A-Z_]+)(?:, kind (?P<kind>\w+))?$"
)


def tree(root: type[ElexError], depth: int = 1) -> list[tuple[int, str, str, str | None]]:
    """Depth, name, code and kind of the errors of errors.py below a class, in their order there.

    What a room adds for itself, such as the place in a formula, changes neither code nor kind.
    """
    found: list[tuple[int, str, str, str | None]] = []
    for error in root.__subclasses__():
        if error.__module__ != ElexError.__module__:
            continue
        found.append((depth, error.__name__, error.default_code, error.kind))
        found += tree(error, depth + 1)
    return found


def test_the_drawn_tree_is_the_tree_of_classes() -> None:
    drawn = TEXT.split("```text\nElexError\n")[1].split("```")[0].splitlines()
    lines = [LINE.match(line) for line in drawn]
    assert all(lines), drawn
    assert [
        (len(line["before"]) // 4, line["name"], line["code"], line["kind"])
        for line in lines
        if line is not None
    ] == tree(ElexError)


def test_every_code_and_kind_is_explained() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    assert explained == CODES | set(get_args(ErrorKind))
