"""Which folder of web/ may load which: the folder says the thread, and no view knows another one."""

import re
from pathlib import PurePosixPath

from building.layout import WEB

VIEWS = {folder.name for folder in (WEB / "ui").iterdir()} - {"parts", "frame"}
# What a folder may load beside its own scripts; the page's script app.js connects them all.
MAY_LOAD: dict[str, set[str]] = {
    "shared": set(),
    "sdk": {"shared", "vendor"},
    "elex.js": {"sdk", "shared"},
    "worker": {"shared", "vendor", "pyodide"},
    "ui/parts": set(),
    "ui/frame": {"ui/parts", "sdk/trusted.js"},
    **{f"ui/{view}": {"ui/parts", "ui/frame", "elex.js", "vendor"} for view in VIEWS},
}
IMPORT = re.compile(
    r'^(?:import|export)\b[^;"]*"(\.[^"]+)";|\bimport\("(\.[^"]+)"\)(?!\.[A-Z])', re.MULTILINE
)


def place(name: str) -> str:
    """The folder that a rule speaks of, or the script's own name where it has none."""
    return next((rule for rule in MAY_LOAD if name == rule or name.startswith(f"{rule}/")), name)


def imports(name: str) -> set[str]:
    """What a script loads, by names within dist/; types are no loading."""
    folder = PurePosixPath("/", name).parent
    found = IMPORT.findall((WEB / name).read_text())
    paths = [(WEB / str(folder)[1:] / (fixed or later)).resolve() for fixed, later in found]
    return {path.relative_to(WEB).as_posix() for path in paths}


def test_scripts_load_only_what_their_folder_may() -> None:
    names = [path.relative_to(WEB).as_posix() for path in WEB.rglob("*.js")]
    loads = {(name, other) for name in names if place(name) in MAY_LOAD for other in imports(name)}
    assert ("worker/worker.js", "shared/errors.js") in loads
    refused = [
        f"{name} loads {other}"
        for name, other in sorted(loads)
        if place(other) != place(name)
        and not any(other == each or other.startswith(f"{each}/") for each in MAY_LOAD[place(name)])
    ]
    assert refused == []


def test_every_script_has_a_rule() -> None:
    names = {path.relative_to(WEB).as_posix() for path in WEB.rglob("*.js")}
    assert {name for name in names if place(name) not in MAY_LOAD} == {"app.js", "sw.js"}
