"""The parts of elex-offline.html: modules in an order that serves, and nothing changed in silence."""

import re
from pathlib import Path

import pytest

from building.commands import BuildError
from building.out import single_file


def test_modules_stand_after_those_they_import() -> None:
    modules = {
        "app.js": 'import { a } from "./ui/a.js";\nimport "./b.js";',
        "ui/a.js": 'export * from "../b.js";\nconst later = await import("./c.js");',
        "ui/c.js": '/** @type {import("./never.js").Type} */\nexport default 1;',
        "b.js": "export const b = 1;",
        "unused.js": "",
    }
    assert single_file.in_order(modules, ["app.js"]) == ["b.js", "ui/c.js", "ui/a.js", "app.js"]


def test_a_circle_of_imports_is_named() -> None:
    modules = {"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'}
    with pytest.raises(BuildError, match=r"a\.js → b\.js → a\.js"):
        single_file.in_order(modules, ["a.js"])


def test_a_missing_module_is_named() -> None:
    with pytest.raises(BuildError, match=r"a\.js imports b\.js"):
        single_file.in_order({"a.js": 'import "./b.js";'}, ["a.js"])


def test_imports_become_placeholders() -> None:
    text = (
        'import { a } from "../a.js"; import("./b.js").then(c); /** @type {import("./d.js").D} */'
    )
    assert single_file.linked("ui/x.js", text) == (
        'import { a } from "elex-module:a.js"; import("elex-module:ui/b.js").then(c); '
        '/** @type {import("./d.js").D} */'
    )


def test_a_text_that_is_gone_stops_the_build() -> None:
    with pytest.raises(BuildError, match=r"kernels\.js has 0 times"):
        single_file.replace("nothing", "import(glueUrl.href)", "", "kernels.js")


def test_the_same_files_give_the_same_pack() -> None:
    one = single_file.pack({"a.js": b"1", "b.js": b"2"}, page=["a.js"])
    two = single_file.pack({"b.js": b"2", "a.js": b"1"}, page=["a.js"])
    assert one == two


def test_the_file_refers_to_nothing_outside(offline_file: Path) -> None:
    text = offline_file.read_text()
    tags = re.findall(r"<(?:script|link|img)\b[^>]*>", re.sub(r"(?s)<script.*?</script>", "", text))
    assert tags
    assert all("data:image/svg+xml" in tag for tag in tags)
