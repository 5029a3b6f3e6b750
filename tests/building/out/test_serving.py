"""The development server: right types and headers, further folders, a clear word about a taken port."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from building.commands import BuildError
from building.out.serving import Server
from building.policy import HEADERS


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "sub").mkdir(parents=True)
    for name in (
        "index.html",
        "app.js",
        "kernels.wasm",
        "app.webmanifest",
        "packages.pack",
        "sub/x.json",
    ):
        (folder / name).write_text(f"content of {name}")
    return folder


@pytest.fixture
def server(site: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "secret.txt").write_text("secret")
    more = tmp_path / "more"
    more.mkdir()
    (more / "runner.js").write_text("more")
    with Server(site, extra={"/tests/": more}) as running:
        yield running


def fetch(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    request = urllib.request.Request(server.url + path, headers=headers)
    answer = urllib.request.urlopen(request, timeout=5)
    assert isinstance(answer, http.client.HTTPResponse)
    return answer


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("", "text/html; charset=utf-8"),
        ("app.js", "text/javascript"),
        ("app.js?version=1", "text/javascript"),
        ("kernels.wasm", "application/wasm"),
        ("app.webmanifest", "application/manifest+json"),
        ("packages.pack", "application/octet-stream"),
        ("sub/x.json", "application/json"),
    ],
)
def test_files_have_their_type_and_every_header(server: Server, path: str, type_: str) -> None:
    with fetch(server, path) as answer:
        assert answer.headers["Content-Type"] == type_
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_policy_also_covers_errors(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as raised:
        fetch(server, "absent.js")
    with raised.value as answer:
        assert answer.code == 404
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_extra_folder_is_served_under_its_prefix(server: Server) -> None:
    with fetch(server, "tests/runner.js") as answer:
        assert answer.read() == b"more"


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "tests/../../secret.txt"])
def test_nothing_outside_is_served(server: Server, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", f"/{path}")
    assert connection.getresponse().status == 404
    connection.close()


def test_unchanged_file_is_answered_with_304(server: Server) -> None:
    with fetch(server, "app.js") as answer:
        date = answer.headers["Last-Modified"]
    with pytest.raises(urllib.error.HTTPError) as raised:
        fetch(server, "app.js", **{"If-Modified-Since": date})
    with raised.value as not_modified:
        assert not_modified.code == 304


def test_taken_port_is_named_with_a_way_out(server: Server, site: Path) -> None:
    with pytest.raises(BuildError, match=rf"Port {server.port} is taken.*--port"):
        Server(site, server.port).start()


def test_stopped_server_answers_no_more_and_starts_again_at_its_port(server: Server) -> None:
    port = server.port
    server.stop()
    server.stop()
    with pytest.raises(urllib.error.URLError):
        fetch(server, "app.js")
    server.start()
    assert server.port == port
    with fetch(server, "app.js") as answer:
        assert answer.status == 200
