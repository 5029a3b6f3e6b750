"""A static server for dist/ on 127.0.0.1, with the headers that a careful host would send."""

import errno
import socketserver
import sys
import threading
import urllib.parse
from collections.abc import Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from building.commands import BuildError
from building.policy import HEADERS

HOST = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, and of `extra` folders under a prefix of their own."""

    # Written out: what the machine's own table says differs from machine to machine.
    extensions_map: dict[str, str] = {  # noqa: RUF012 - declared so in the base class
        "": "application/octet-stream",
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".ts": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".zip": "application/zip",
    }

    def __init__(self, *args: object, extra: Mapping[str, Path], **kwargs: object) -> None:
        self.extra = extra
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Return the file that an address means."""
        plain = urllib.parse.urlsplit(path).path
        for prefix, folder in self.extra.items():
            if plain.startswith(prefix):
                original, self.directory = self.directory, str(folder)
                try:
                    return super().translate_path("/" + plain.removeprefix(prefix))
                finally:
                    self.directory = original
        return super().translate_path(path)

    def end_headers(self) -> None:
        """Send our headers with every answer, errors and 304 included."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address is all that a user needs to read."""


class QuietServer(ThreadingHTTPServer):
    """A threading server that a browser may leave in the middle of an answer."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which can take seconds where DNS does not answer."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a broken connection pass, show anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Server:
    """Serves a folder until it is stopped; tests stop it to prove that a page works without.

    `extra` maps prefixes such as "/tests/" to further folders. Port 0 takes a free one; `port` then
    tells which, and a restart keeps it.
    """

    def __init__(
        self, folder: Path, port: int = 0, extra: Mapping[str, Path] | None = None
    ) -> None:
        self.folder, self.port, self.extra = folder, port, dict(extra or {})
        self._server: QuietServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address of the folder, with a slash at its end."""
        return f"http://{HOST}:{self.port}/"

    def start(self) -> "Server":
        """Listen, and answer from a thread.

        Raises:
            BuildError: the port is taken or not allowed.
        """
        handler = partial(Handler, directory=str(self.folder), extra=self.extra)
        try:
            self._server = QuietServer((HOST, self.port), handler)
        except OSError as exc:
            reason = (
                "is taken" if exc.errno == errno.EADDRINUSE else f"cannot be used ({exc.strerror})"
            )
            problem = (
                f"Port {self.port} {reason}. Choose another with --port, or 0 for any free one."
            )
            raise BuildError(problem) from exc
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close; nothing answers at the address any more. Twice is harmless."""
        server, thread, self._server = self._server, self._thread, None
        if server is None or thread is None:
            return
        server.shutdown()
        thread.join()
        server.server_close()

    def wait(self) -> None:
        """Block until the thread ends, which is when somebody interrupts."""
        if self._thread:
            self._thread.join()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.stop()
