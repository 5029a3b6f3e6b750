"""One security policy: what the server sends, what the service worker puts on, what the pages carry."""

import json
import re
from pathlib import Path

import pytest

from building import policy
from building.commands import BuildError
from building.layout import ROOT, files_below
from building.parts.site import filled


def of_html(path: Path) -> dict[str, str]:
    """The directives in the meta element of a page."""
    text = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', path.read_text(encoding="utf-8")
    )
    assert text
    return dict(directive.split(" ", 1) for directive in text[1].split("; "))


def test_the_page_has_the_policy_of_the_header_but_what_only_a_header_can_say(dist: Path) -> None:
    header = policy.HEADERS["Content-Security-Policy"]
    sent = dict(directive.split(" ", 1) for directive in header.split("; "))
    assert sent.pop("frame-ancestors") == "'none'"
    assert of_html(dist / "index.html") == sent


def test_the_service_worker_puts_on_every_header_of_the_server(dist: Path) -> None:
    text = (dist / "sw.js").read_text()
    written = re.search(r"const HEADERS = (\{.*?\});", text, re.DOTALL)
    assert written
    assert {**json.loads(written[1]), "Cache-Control": "no-cache"} == policy.HEADERS


def test_the_one_file_allows_less_than_the_page_but_a_worker_and_a_style_of_its_own(
    dist: Path, offline_file: Path
) -> None:
    page, one_file = of_html(dist / "index.html"), of_html(offline_file)
    changed = {name for name in page if one_file.get(name) != page[name]}
    hashed = r"'sha256-[\w+/]+='"
    assert changed == {
        "script-src", "worker-src", "connect-src", "style-src", "img-src", "manifest-src", "trusted-types",
    }  # fmt: skip
    assert re.fullmatch(f"{hashed} 'wasm-unsafe-eval'", one_file["script-src"])
    assert re.fullmatch(hashed, one_file["style-src"])
    assert one_file["connect-src"] == "'none'"
    assert one_file["worker-src"] == "blob:"
    assert "manifest-src" not in one_file


def test_no_form_of_the_policy_allows_scripts_from_texts() -> None:
    forms = (
        policy.DIRECTIVES,
        policy.of_page(),
        policy.of_single_file(script="'self'", style="'self'"),
    )
    for form in forms:
        assert form["default-src"] == "'none'"
        assert form["require-trusted-types-for"] == "'script'"
        assert "unsafe-inline" not in policy.written(form)
        assert "'unsafe-eval'" not in policy.written(form)


def test_the_sources_state_it_in_one_place() -> None:
    folders = [ROOT / name for name in ("building", "web", "studies")]
    sources = [path for folder in folders for path in files_below(folder)]
    stating = [path for path in sources if b"default-src" in path.read_bytes()]
    assert stating == [Path(policy.__file__)]


def test_a_page_without_a_place_for_it_stops_the_build() -> None:
    with pytest.raises(BuildError, match=r"web/index\.html has 0 times __POLICY__"):
        filled(b"<meta>", "__POLICY__", "default-src 'none'", "index.html")
