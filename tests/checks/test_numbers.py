"""Every number that somebody chose stands in its room's config, with a mark that says where it comes from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from building.layout import ROOT

PACKAGE = ROOT / "py" / "elex_browser"
CONFIGS = ("config.py", "limits.py", "weights.py")
ROOMS = ("agents", "answering", "asking", "episodes", "knowledge", "learning")
"""Rooms that decide by numbers; each has one module for them."""

FORMATS = {
    "agents/initial_values.py": {"_CONTEXT_ANSWER"},  # a column
    "asking/subjects.py": {"_FAR"},  # a place behind every text
    "knowledge/names.py": {"_ELSEWHERE"},  # no place in the text
    "knowledge/pack.py": {"PACK_VERSION"},
    "knowledge/vectors.py": {"_SCAN"},  # never a graph, however many there are
    "learning/q_table_file.py": {"MAX_CONTRIBUTORS"},  # of the file's format
    "learning/rows.py": {"_FIRST_CAPACITY"},  # of an array that doubles
    "learning/tensor_file.py": {"MAX_HEADER_BYTES"},  # of the file's format
}
"""What is no choice: versions, places, sizes of a format."""

MARK = re.compile(r"\[([A-Z]{2,})\]")


def config_files() -> list[Path]:
    return sorted(path for path in PACKAGE.glob("*/*.py") if path.name in CONFIGS)


def holds_number(value: ast.expr | None) -> bool:
    """Whether a number is written in an expression; True and False are none."""
    return value is not None and any(
        isinstance(node, ast.Constant) and type(node.value) in (int, float)
        for node in ast.walk(value)
    )


def numbers_of(tree: ast.Module) -> Iterator[tuple[str, ast.AnnAssign]]:
    """The fields of a module's classes that have numbers, as "Class.field"."""
    for kind in tree.body:
        if isinstance(kind, ast.ClassDef):
            for field in kind.body:
                if isinstance(field, ast.AnnAssign) and holds_number(field.value):
                    yield f"{kind.name}.{ast.unparse(field.target)}", field


def comment_on(field: ast.AnnAssign, lines: list[str]) -> str:
    """The comment of a field: behind it, or the nearest one above it with no blank line between."""
    behind = lines[(field.end_lineno or field.lineno) - 1].partition("#")[2]
    above = field.lineno - 2
    while lines[above].strip() and not lines[above].lstrip().startswith("#"):
        above -= 1
    found: list[str] = []
    while lines[above].lstrip().startswith("#"):
        found.insert(0, lines[above].strip())
        above -= 1
    return " ".join([*found, behind])


def unmarked(source: str) -> list[str]:
    """The numbers of a module without a mark that its docstring explains."""
    tree, lines = ast.parse(source), source.splitlines()
    explained = set(MARK.findall(ast.get_docstring(tree) or ""))
    return [
        name
        for name, field in numbers_of(tree)
        if not explained.intersection(MARK.findall(comment_on(field, lines)))
    ]


def test_every_deciding_room_has_one_module_of_numbers() -> None:
    assert [path.parent.name for path in config_files()] == list(ROOMS)


@pytest.mark.parametrize("path", config_files(), ids=lambda path: path.parent.name)
def test_every_number_has_a_source(path: Path) -> None:
    source = path.read_text("utf-8")
    assert list(numbers_of(ast.parse(source))), f"{path} holds no number"
    assert unmarked(source) == []


@pytest.mark.parametrize("path", config_files(), ids=lambda path: path.parent.name)
def test_every_mark_is_explained_and_used(path: Path) -> None:
    source = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    used = MARK.findall("\n".join(line.partition("#")[2] for line in source.splitlines()))
    assert set(used) == set(MARK.findall(docstring))


@pytest.mark.parametrize("room", ROOMS)
def test_no_number_stands_beside_its_config(room: str) -> None:
    stray = {}
    for path in sorted((PACKAGE / room).glob("*.py")):
        if path.name in CONFIGS:
            continue
        assigned = [
            ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign) and holds_number(node.value)
        ]
        name = f"{room}/{path.name}"
        if found := set(assigned) - FORMATS.get(name, set()):
            stray[name] = found
    assert stray == {}


def test_a_number_without_a_source_is_found() -> None:
    source = '''"""Numbers.

Sources: [OWN] chosen here; [SPEC] as specified.
"""


class Limits:
    """Some."""

    # [OWN] Chosen.
    first: int = 1
    second: float = 2.0  # [SPEC]

    third: tuple[float, ...] = (0.5, 0.6)
    # Said without a source.
    fourth: float = -1.0
    # [GUESS] No such mark.
    fifth: int = 5
    flag: bool = True
'''
    assert unmarked(source) == ["Limits.third", "Limits.fourth", "Limits.fifth"]
