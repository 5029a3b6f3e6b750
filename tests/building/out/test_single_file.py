"""The parts of elex-offline.html: everything in it, the same bytes again, and nothing left out in silence."""

import re
import shutil
from pathlib import Path

import pytest

from building.commands import BuildError
from building.out import single_file
from building.pack import pack


@pytest.fixture(scope="module")
def bundles(dist: Path) -> tuple[str, str]:
    """The script of the page and that of the worker."""
    return single_file.bundles(dist)


@pytest.fixture
def own_dist(dist: Path, tmp_path: Path) -> Path:
    """A copy of the modules of dist/, to be changed."""
    ignored = shutil.ignore_patterns("*.wasm", "*.zip", "*.pack", "*.whl")
    return shutil.copytree(dist, tmp_path / "dist", ignore=ignored)


def test_no_script_imports_a_module(bundles: tuple[str, str]) -> None:
    page, worker = (re.sub(r"/\*(?s:.*?)\*/|//.*", "", text) for text in bundles)
    assert not re.search(r"^import\b|\bfrom ?\"|\bimport\(", page, re.MULTILINE)
    under_node_only = r'import\("(?:node:\w+(?:/\w+)?|ws)"\)'
    assert not re.search(
        r'^import\b|\bimport\("', re.sub(under_node_only, "", worker), re.MULTILINE
    )


def test_the_page_has_a_database_of_its_own_and_no_service_worker(
    bundles: tuple[str, str],
) -> None:
    page, _ = bundles
    assert "elex-offline" in page
    assert "serviceWorker.register" not in page.replace(" ", "")


def test_the_worker_holds_both_kernels_and_pyodide(bundles: tuple[str, str]) -> None:
    _, worker = bundles
    for module in ("wasm/simd/elex_kernels.js", "wasm/scalar/elex_kernels.js", "pyodide.asm.js"):
        assert module in worker


def test_a_missing_module_is_named(own_dist: Path) -> None:
    (own_dist / "shared" / "errors.js").unlink()
    with pytest.raises(BuildError, match=r"Could not resolve .*errors\.js"):
        single_file.bundles(own_dist)


def test_a_replaced_module_that_nothing_imports_stops_the_build(own_dist: Path) -> None:
    app = own_dist / "app.js"
    shutil.copy(own_dist / "ui" / "frame" / "updates.js", own_dist / "ui" / "frame" / "moved.js")
    app.write_text(
        app.read_text().replace('from "./ui/frame/updates.js"', 'from "./ui/frame/moved.js"')
    )
    with pytest.raises(BuildError, match=r"Nothing imports ui/frame/updates\.js"):
        single_file.bundles(own_dist)


def test_a_script_that_html_would_end_stops_the_build(dist: Path) -> None:
    with pytest.raises(BuildError, match="mean something in HTML"):
        single_file.html(dist, 'const text = "<!-- no comment";', "")


def test_the_same_files_give_the_same_pack() -> None:
    one = pack({"a.js": b"1", "b.js": b"2"})
    two = pack({"b.js": b"2", "a.js": b"1"})
    assert one == two


def test_the_same_site_gives_the_same_file(dist: Path, offline_file: Path, tmp_path: Path) -> None:
    single_file.write(dist, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == offline_file.read_bytes()


def test_the_file_refers_to_nothing_outside(offline_file: Path) -> None:
    text = offline_file.read_text()
    tags = re.findall(r"<(?:script|link|img)\b[^>]*>", re.sub(r"(?s)<script.*?</script>", "", text))
    assert tags
    assert all("data:image/svg+xml" in tag for tag in tags)


def test_the_file_names_no_place_of_this_machine(offline_file: Path, dist: Path) -> None:
    assert str(dist.parent) not in offline_file.read_text()
