"""Notes what a page must not do: errors, error messages on the console, requests that leave its origin."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request


class Watch:
    """The problems of all pages and workers of a browser context."""

    def __init__(self, context: "BrowserContext", origin: str) -> None:
        self.context = context
        self._problems: list[str] = []
        self._origin = origin
        context.on("console", self._on_console)
        context.on("weberror", lambda raised: self._problems.append(f"page: {raised.error}"))
        context.on("request", self._on_request)

    def fail_if_any(self, allowed: Sequence[str] = ()) -> None:
        """Fail for problems since the last call that none of the regular expressions describes."""
        found, self._problems = self._problems, []
        patterns = [re.compile(pattern) for pattern in allowed]
        unexpected = [p for p in found if not any(pattern.search(p) for pattern in patterns)]
        if unexpected:
            pytest.fail("the page had problems:\n" + "\n".join(unexpected))

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self._problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: "Request") -> None:
        if not request.url.startswith((self._origin, "data:", "blob:")):
            self._problems.append(f"request to elsewhere: {request.url}")


@contextmanager
def watched(
    browser: "Browser", origin: str, allowed: Sequence[str] = (), **options: Any
) -> Iterator[Watch]:
    """A fresh profile; what its pages must not do fails the test at the end."""
    context = browser.new_context(**options)
    watch = Watch(context, origin)
    yield watch
    context.close()
    watch.fail_if_any(allowed)
