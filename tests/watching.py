"""Notes what a page must not do: errors, error messages on the console, requests that leave its origin."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request


class Watch:
    """The problems of all pages and workers of a browser context."""

    def __init__(self, context: "BrowserContext", origin: str) -> None:
        self.problems: list[str] = []
        self._origin = origin
        context.on("console", self._on_console)
        context.on("weberror", lambda raised: self.problems.append(f"page: {raised.error}"))
        context.on("request", self._on_request)

    def problems_but(self, allowed: Iterable[str]) -> list[str]:
        """Return the problems that none of the regular expressions describes."""
        patterns = [re.compile(pattern) for pattern in allowed]
        return [p for p in self.problems if not any(pattern.search(p) for pattern in patterns)]

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: "Request") -> None:
        if not request.url.startswith((self._origin, "data:", "blob:")):
            self.problems.append(f"request to elsewhere: {request.url}")
