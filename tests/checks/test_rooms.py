"""Imports follow the order of rooms that docs/architecture.md lists, and none goes round in a circle."""

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from building.layout import ROOT

PACKAGE = ROOT / "py" / "elex_browser"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
Imports = Mapping[str, set[str]]
"""Module → the modules of the package that it imports, anywhere in its text."""


def modules_of(package: Path) -> dict[str, Path]:
    """The modules of a package by their full names."""
    found = {}
    for path in package.rglob("*.py"):
        steps = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return found


def imports_of(package: Path) -> Imports:
    """What each module imports of its package, at the top or only when a function runs."""
    modules = modules_of(package)
    return {
        name: {module for module in _named_in(path, modules) if module in modules}
        for name, path in modules.items()
    }


def _named_in(path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else str(node.module)


def circle_in(imports: Imports) -> list[str]:
    """The modules of a circle, each imported by the next; empty where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def order_of_rooms() -> list[str]:
    """The rooms and the files beside them, from top to bottom, as the document lists them."""
    text = ARCHITECTURE.read_text("utf-8")
    table = text.split("### `py/elex_browser/`")[1].split("\n### ")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    return [room.rstrip("/") for row in rows for room in re.findall(r"`([^`]+)`", row)]


def room_of(module: str) -> str:
    """The room of a module, or its file where it lies beside the rooms."""
    steps = module.split(".")[1:]
    if not steps:
        return "__init__.py"
    return steps[0] if (PACKAGE / steps[0]).is_dir() else f"{steps[0]}.py"


def test_no_import_goes_round_in_a_circle() -> None:
    assert circle_in(imports_of(PACKAGE)) == []


def test_every_room_has_its_place() -> None:
    rooms = order_of_rooms()
    assert len(rooms) == len(set(rooms))
    assert set(rooms) == {room_of(module) for module in modules_of(PACKAGE)}


def test_imports_only_go_down() -> None:
    place = {room: at for at, room in enumerate(order_of_rooms())}
    upwards = [
        f"{module} imports {other}"
        for module, others in imports_of(PACKAGE).items()
        for other in sorted(others)
        if place[room_of(other)] < place[room_of(module)]
    ]
    assert upwards == []


def test_a_circle_is_found_also_where_an_import_is_late(tmp_path: Path) -> None:
    package = tmp_path / "house"
    package.mkdir()
    (package / "top.py").write_text("from house.middle import a\n")
    (package / "middle.py").write_text("import house.bottom\n")
    (package / "bottom.py").write_text("def late():\n    from house import middle\n")

    circle = circle_in(imports_of(package))

    assert set(circle) == {"house.middle", "house.bottom"}
    assert all(later in imports_of(package)[each] for later, each in pairwise(circle))
